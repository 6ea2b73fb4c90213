"""The PyPI package ksef-client works against ksef-sim: logs in with a token and a certificate, sends online and in batch,
asks, downloads, exports a package, makes and revokes a token, enrols a certificate.

Run by `cargo xtask interop`, which installs the package and builds the simulator. Closes with "N passed, N failed".
"""

import hashlib
import io
import sys
import tarfile
import time
import traceback
import zipfile
from base64 import b64decode, b64encode
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import httpx
from cryptography import x509
from cryptography.hazmat.primitives import serialization
from ksef_client import KsefClient, KsefClientOptions
from ksef_client import models as m
from ksef_client.exceptions import KsefHttpError
from ksef_client.http import HttpResponse
from ksef_client.services import AuthCoordinator
from ksef_client.services.crypto import build_encryption_data
from ksef_client.services.csr import generate_csr_ec, generate_csr_rsa
from ksef_client.services.workflows import BatchSessionWorkflow, ExportWorkflow, OnlineSessionWorkflow

import simulator
from invoice import invoice

NIP = "5265877635"
FORM = m.FormCode(system_code="FA (3)", schema_version="1-0E", value="FA")
MIDNIGHT = datetime.now(ZoneInfo("Europe/Warsaw")).replace(hour=0, minute=0, second=0, microsecond=0)
TODAY = MIDNIGHT.date()
PATIENCE_SECONDS = 120


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
        # An owner: may make tokens and apply for certificates, which a token may not.
        self.owner_token = result.access_token

    def makes_a_token_logs_in_with_it_and_revokes_it(self) -> None:
        made = self.client.tokens.generate_token(
            m.GenerateTokenRequest(
                description="Token dla programu",
                permissions=[m.TokenPermissionType.INVOICEREAD, m.TokenPermissionType.INVOICEWRITE],
            ),
            access_token=self.owner_token,
        )
        status = lambda: self.client.tokens.get_token_status(made.reference_number, access_token=self.owner_token)
        self.until(lambda: status().status == m.AuthenticationTokenStatus.ACTIVE)
        self.log_in(made.token)
        self.client.tokens.revoke_token(made.reference_number, access_token=self.owner_token)
        self.until(lambda: status().status == m.AuthenticationTokenStatus.REVOKED)
        try:
            self.log_in(made.token)
        except Exception as refusal:
            assert "450" in str(refusal), refusal
            return
        raise AssertionError("a revoked token opened the door")

    def sends_a_batch(self, compression=m.CompressionType.ZIP, series="B") -> None:
        documents = [invoice(NIP, f"{series}/{number}", TODAY) for number in range(3)]
        key = self.key(m.PublicKeyCertificateUsage.SYMMETRICKEYENCRYPTION)
        workflow = BatchSessionWorkflow(self.client.sessions, Storage())
        reference = workflow.open_upload_and_close(
            form_code=FORM,
            archive_bytes=packed(documents, compression),
            compression_type=compression,
            public_certificate=key.certificate,
            public_key_id=key.public_key_id,
            access_token=self.access_token,
            parallelism=2,
        )
        look = lambda: self.client.sessions.get_session_status(reference, access_token=self.access_token)
        status = self.settled(look)
        assert status.status.code == 200, status.status
        assert (status.successful_invoice_count, status.failed_invoice_count) == (3, 0), status
        listed = self.client.sessions.get_session_invoices(reference, access_token=self.access_token).invoices
        assert [one.invoice_file_name for one in listed] == ["0.xml", "1.xml", "2.xml"], listed
        page = status.upo.pages[0].reference_number
        upo = self.client.sessions.get_session_upo(reference, page, access_token=self.access_token)
        content = getattr(upo, "content", upo)
        assert listed[0].ksef_number.encode() in (content if isinstance(content, bytes) else content.encode())

    def sends_a_batch_as_targz(self) -> None:
        self.sends_a_batch(m.CompressionType.TARGZ, "T")

    def exports_a_package(self, compression=m.CompressionType.ZIP) -> None:
        key = self.key(m.PublicKeyCertificateUsage.SYMMETRICKEYENCRYPTION)
        encryption = build_encryption_data(key.certificate, public_key_id=key.public_key_id)
        started = self.client.invoices.export_invoices(
            m.InvoiceExportRequest(
                encryption=encryption.encryption_info,
                filters=m.InvoiceQueryFilters(
                    subject_type=m.InvoiceQuerySubjectType.SUBJECT1,
                    date_range=m.InvoiceQueryDateRange(
                        date_type=m.InvoiceQueryDateType.PERMANENTSTORAGE,
                        from_=(MIDNIGHT - timedelta(days=1)).isoformat(),
                        restrict_to_permanent_storage_hwm_date=True,
                    ),
                ),
                compression_type=compression,
            ),
            access_token=self.access_token,
        )
        look = lambda: self.client.invoices.get_export_status(
            started.reference_number, access_token=self.access_token
        )
        status = self.settled(look)
        assert status.status.code == 200, status.status
        assert not status.package.is_truncated and status.package.permanent_storage_hwm_date
        result = ExportWorkflow(self.client.invoices, Storage(), require_export_part_hash=True).download_and_process_package(
            status.package, encryption, compression_type=compression
        )
        numbers = [one["ksefNumber"] for one in result.metadata_summaries]
        assert len(numbers) == status.package.invoice_count == len(result.invoice_xml_files), numbers
        assert result.invoice_xml_files[f"{self.ksef_number}.xml"].encode() == self.document

    def exports_a_package_as_targz(self) -> None:
        self.exports_a_package(m.CompressionType.TARGZ)

    def enrols_a_certificate(self) -> None:
        client, token = self.client.certificates, self.owner_token
        data = client.get_enrollment_data(token)
        for kind, csr in [
            (m.KsefCertificateType.AUTHENTICATION, generate_csr_ec(data.to_dict())),
            (m.KsefCertificateType.OFFLINE, generate_csr_rsa(data.to_dict())),
        ]:
            applied = client.send_enrollment(
                m.EnrollCertificateRequest(
                    certificate_name="Certyfikat programu", certificate_type=kind, csr=csr.csr_base64
                ),
                access_token=token,
            )
            look = lambda: client.get_enrollment_status(applied.reference_number, access_token=token)
            status = self.settled(look)
            assert status.status.code == 200, status.status
            serial = status.certificate_serial_number
            found = client.retrieve_certificate(
                m.RetrieveCertificatesRequest(certificate_serial_numbers=[serial]), access_token=token
            ).certificates[0]
            certificate = x509.load_der_x509_certificate(b64decode(found.certificate))
            private = serialization.load_der_private_key(b64decode(csr.private_key_base64), None)
            assert certificate.public_key() == private.public_key(), "a certificate for another key"
            assert f"{certificate.serial_number:016X}" == serial and found.certificate_type == kind
        client.revoke_certificate(
            serial,
            m.RevokeCertificateRequest(revocation_reason=m.CertificateRevocationReason.SUPERSEDED),
            access_token=token,
        )

    def until(self, fulfilled) -> None:
        deadline = time.monotonic() + PATIENCE_SECONDS
        while not fulfilled():
            assert time.monotonic() < deadline, f"not after {PATIENCE_SECONDS} s"
            time.sleep(0.05)


class Storage:
    """Sends and fetches parts at their own addresses. The client itself takes only https there and never this machine,
    as is right with the real ones; the simulator's are plain and here."""

    def request(self, method, url, *, headers=None, data=None, skip_auth=False, expected_status=None, **_):
        assert skip_auth, "a token at an address that must not get one"
        answer = httpx.request(method, url, headers=headers, content=data)
        assert answer.status_code in (expected_status or {200}), answer.text
        return HttpResponse(answer.status_code, answer.headers, answer.content)


def packed(documents: list[bytes], compression: m.CompressionType) -> bytes:
    """A package, made without the client's help."""
    package = io.BytesIO()
    if compression == m.CompressionType.ZIP:
        with zipfile.ZipFile(package, "w", zipfile.ZIP_DEFLATED) as archive:
            for number, document in enumerate(documents):
                archive.writestr(f"{number}.xml", document)
    else:
        with tarfile.open(fileobj=package, mode="w:gz") as archive:
            for number, document in enumerate(documents):
                entry = tarfile.TarInfo(f"{number}.xml")
                entry.size = len(document)
                archive.addfile(entry, io.BytesIO(document))
    return package.getvalue()


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
    Walk.makes_a_token_logs_in_with_it_and_revokes_it,
    Walk.sends_a_batch,
    Walk.sends_a_batch_as_targz,
    Walk.exports_a_package,
    Walk.exports_a_package_as_targz,
    Walk.enrols_a_certificate,
]


def main(program: str) -> int:
    passed = failed = 0
    # Asked without a pause, as here, the simulator would meet the published limits.
    with simulator.running(program, "--rate-limits", "0") as running:
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
