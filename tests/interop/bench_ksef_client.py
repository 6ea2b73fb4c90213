"""Sends documents with ksef-client as bench_sending.py asks, and tells what processor time it took."""

import json
import sys
import time
from pathlib import Path

from ksef_client import KsefClient, KsefClientOptions
from ksef_client import models as m
from ksef_client.services import AuthCoordinator
from ksef_client.services.workflows import OnlineSessionWorkflow

FORM = m.FormCode(system_code="FA (3)", schema_version="1-0E", value="FA")


def log_in(client: KsefClient, nip: str, token: str) -> str:
    key = client.security.get_public_key_certificate(m.PublicKeyCertificateUsage.KSEFTOKENENCRYPTION)
    result = AuthCoordinator(client.auth).authenticate_with_ksef_token(
        token=token,
        public_certificate=key.certificate,
        public_key_id=key.public_key_id,
        context_identifier_type="nip",
        context_identifier_value=nip,
        poll_interval_seconds=0.05,
        max_attempts=100,
    )
    return result.access_token


def send_all(client: KsefClient, access_token: str, documents: list[bytes]) -> int:
    key = client.security.get_public_key_certificate(m.PublicKeyCertificateUsage.SYMMETRICKEYENCRYPTION)
    session = OnlineSessionWorkflow(client.sessions).open_session(
        form_code=FORM,
        public_certificate=key.certificate,
        public_key_id=key.public_key_id,
        access_token=access_token,
    )
    accepted = 0
    for document in documents:
        sent = session.send_invoice(document)
        while (status := session.get_invoice_status(sent.reference_number)).status.code < 200:
            pass
        if status.status.code == 200:
            session.get_invoice_upo_by_ref(sent.reference_number)
            accepted += 1
    session.close()
    return accepted


def main() -> None:
    task = json.loads(sys.stdin.readline())
    documents = [Path(path).read_bytes() for path in task["documents"]]
    with KsefClient(KsefClientOptions(base_url=task["api"])) as client:
        access_token = log_in(client, task["nip"], task["token"])
        print(json.dumps({"connected": True}), flush=True)
        if not sys.stdin.readline():
            return
        before = time.process_time()
        accepted = send_all(client, access_token, documents)
        cost = {"accepted": accepted, "processorMilliseconds": (time.process_time() - before) * 1000}
        print(json.dumps(cost), flush=True)


if __name__ == "__main__":
    main()
