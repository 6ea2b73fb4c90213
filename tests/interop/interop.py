"""The PyPI package ksef-client works against ksef-sim: logs in with a token and a certificate, sends, asks, downloads.

Run by `cargo xtask interop`, which installs the package and builds the simulator. Closes with "N passed, N failed".
"""

import hashlib
import sys
import time
import traceback
from base64 import b64encode
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from cryptography.hazmat.primitives import serialization
from ksef_client import KsefClient, KsefClientOptions
from ksef_client import models as m
from ksef_client.exceptions import KsefHttpError
from ksef_client.services import AuthCoordinator
from ksef_client.services.workflows import OnlineSessionWorkflow

import simulator
from invoice import invoice

NIP = "5265877635"
FORM = m.FormCode(system_code="FA (3)", schema_version="1-0E", value="FA")
MIDNIGHT = datetime.now(ZoneInfo("Europe/Warsaw")).replace(hour=0, minute=0, second=0, microsecond=0)
TODAY = MIDNIGHT.date()
PATIENCE_SECONDS = 30


class Walk:
    """What the checks share: each one goes on from where the one before stopped."""

    def __init__(self, client: KsefClient, simulator: simulator.Simulator) -> None:
        self.client = client
        self.simulator = simulator
        self.access_token = ""
        self.document = invoice(NIP, "FV/2026/11/0001", TODAY)

    def key(self, usage: m.PublicKeyCertificateUsage):
        return self.client.security.get_public_key_certificate(usage)

    def log_in(self, token: str) -> str:
        key = self.key(m.PublicKeyCertificateUsage.KSEFTOKENENCRYPTION)
        result = AuthCoordinator(self.client.auth).authenticate_with_ksef_token(
            token=token,
            public_certificate=key.certificate,
            public_key_id=key.public_key_id,
            context_identifier_type="nip",
            context_identifier_value=NIP,
            poll_interval_seconds=0.05,
            max_attempts=PATIENCE_SECONDS * 20,
        )
        return result.access_token

    def open_session(self):
        key = self.key(m.PublicKeyCertificateUsage.SYMMETRICKEYENCRYPTION)
        return OnlineSessionWorkflow(self.client.sessions).open_session(
            form_code=FORM,
            public_certificate=key.certificate,
            public_key_id=key.public_key_id,
            access_token=self.access_token,
        )

    def settled(self, look):
        """Asks until the status is no longer "in progress"."""
        deadline = time.monotonic() + PATIENCE_SECONDS
        while (answer := look()).status.code < 200:
            if time.monotonic() > deadline:
                raise AssertionError(f"still at {answer.status.code} after {PATIENCE_SECONDS} s")
            time.sleep(0.05)
        return answer

    # The checks, in order.

    def logs_in_with_a_token(self) -> None:
        self.access_token = self.log_in(self.simulator.make_token(NIP))
        assert self.access_token.count(".") == 2, "the access token is no JWT"

    def a_changed_token_is_refused(self) -> None:
        token = self.simulator.make_token(NIP)
        changed = token[:-1] + ("0" if token[-1] != "0" else "1")
        try:
            self.log_in(changed)
        except KsefHttpError:
            raise
        except Exception as refusal:
            assert "450" in str(refusal), refusal
            return
        raise AssertionError("a token with another last digit opened the door")

    def sends_an_invoice(self) -> None:
        self.session = self.open_session()
        self.sent = self.session.send_invoice(self.document)
        status = self.settled(lambda: self.session.get_invoice_status(self.sent.reference_number))
        assert status.status.code == 200, status.status
        assert status.invoice_hash == b64encode(hashlib.sha256(self.document).digest()).decode()
        self.ksef_number = status.ksef_number
        assert self.ksef_number.startswith(f"{NIP}-"), self.ksef_number

    def the_same_invoice_again_is_a_duplicate(self) -> None:
        again = self.session.send_invoice(self.document)
        status = self.settled(lambda: self.session.get_invoice_status(again.reference_number))
        assert status.status.code == 440, status.status
        assert status.status.extensions["originalKsefNumber"] == self.ksef_number, status.status.extensions

    def another_sellers_invoice_is_refused(self) -> None:
        foreign = self.session.send_invoice(invoice("7740001454", "FV/2026/11/0002", TODAY))
        status = self.settled(lambda: self.session.get_invoice_status(foreign.reference_number))
        assert status.status.code == 410, status.status

    def closes_the_session(self) -> None:
        self.session.close()
        status = self.settled(self.session.get_status)
        assert status.status.code == 200, status.status
        assert status.successful_invoice_count == 1, status
        assert status.failed_invoice_count == 2, status
        self.upo_pages = status.upo.pages

    def lists_the_sessions_invoices(self) -> None:
        assert len(self.session.list_invoices().invoices) == 3
        failed = self.session.list_failed_invoices().invoices
        assert self.sent.reference_number not in [one.reference_number for one in failed]
        assert len(failed) == 2

    def downloads_the_upo_of_the_invoice(self) -> None:
        upo = self.session.get_invoice_upo_by_ref(self.sent.reference_number)
        assert self.ksef_number.encode() in upo and b"Signature" in upo
        by_number = self.session.get_invoice_upo_by_ksef(self.ksef_number)
        assert self.ksef_number.encode() in by_number

    def downloads_the_upo_of_the_session(self) -> None:
        upo = self.session.get_upo(self.upo_pages[0].reference_number)
        assert self.ksef_number.encode() in upo

    def downloads_the_invoice_by_its_number(self) -> None:
        found = self.client.invoices.get_invoice_bytes(self.ksef_number, access_token=self.access_token)
        assert found.content == self.document, "not the bytes that were sent"

    def finds_the_invoice_by_a_query(self) -> None:
        found = self.client.invoices.query_invoice_metadata_by_date_range(
            subject_type=m.InvoiceQuerySubjectType.SUBJECT1,
            date_type=m.InvoiceQueryDateType.ISSUE,
            date_from=MIDNIGHT.isoformat(),
            date_to=(MIDNIGHT + timedelta(days=1)).isoformat(),
            access_token=self.access_token,
            page_size=10,
        )
        assert [one.ksef_number for one in found.invoices] == [self.ksef_number], found.invoices

    def logs_in_with_a_certificate(self) -> None:
        certificate, key, password = self.simulator.make_certificate(NIP)
        opened = serialization.load_pem_private_key(key.encode(), password.encode())
        plain = opened.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
        result = AuthCoordinator(self.client.auth).authenticate_with_xades(
            context_identifier_type="nip",
            context_identifier_value=NIP,
            subject_identifier_type="certificateSubject",
            certificate_pem=certificate,
            private_key_pem=plain.decode(),
            enforce_xades_compliance=True,
            poll_interval_seconds=0.05,
            max_attempts=PATIENCE_SECONDS * 20,
        )
        assert result.access_token.count(".") == 2


CHECKS = [
    Walk.logs_in_with_a_token,
    Walk.a_changed_token_is_refused,
    Walk.sends_an_invoice,
    Walk.the_same_invoice_again_is_a_duplicate,
    Walk.another_sellers_invoice_is_refused,
    Walk.closes_the_session,
    Walk.lists_the_sessions_invoices,
    Walk.downloads_the_upo_of_the_invoice,
    Walk.downloads_the_upo_of_the_session,
    Walk.downloads_the_invoice_by_its_number,
    Walk.finds_the_invoice_by_a_query,
    Walk.logs_in_with_a_certificate,
]


def main(program: str) -> int:
    passed = failed = 0
    with simulator.running(program) as running:
        running.make_company(NIP, "Żółta Łódź sp. z o.o.")
        with KsefClient(KsefClientOptions(base_url=running.api)) as client:
            walk = Walk(client, running)
            for check in CHECKS:
                name = check.__name__.replace("_", " ")
                try:
                    check(walk)
                except Exception:
                    failed += 1
                    print(f"FAILED  {name}\n{traceback.format_exc()}", flush=True)
                else:
                    passed += 1
                    print(f"passed  {name}", flush=True)
    print(f"{passed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
