"""Starts the simulator and lets the npm package ksef-client-ts walk through it; see typescript.cjs.

Usage: typescript.py KSEF_SIM FOLDER, the folder with node_modules; run by `cargo xtask interop`.
"""

import json
import subprocess
import sys
import tempfile
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import simulator
from invoice import invoice

NIP = "5265877635"
DOCUMENTS = 7


def main(program: str, packages: str) -> int:
    today = datetime.now(ZoneInfo("Europe/Warsaw")).date()
    with tempfile.TemporaryDirectory() as folder, simulator.running(program, "--rate-limits", "0") as running:
        running.make_company(NIP, "Żółta Łódź sp. z o.o.")
        # The client writes X509IssuerName in the order of the certificate (C, O, CN). The contract wants RFC 2253, which
        # is the other way round; the service let such signatures through with a warning before it grew strict.
        running.switch("signature-warning")
        certificate, key, password = running.make_certificate(NIP)
        documents = []
        for number in range(DOCUMENTS):
            path = Path(folder) / f"{number}.xml"
            path.write_bytes(invoice(NIP, f"TS/{number}", today))
            documents.append(str(path))
        task = {
            "api": running.api,
            "nip": NIP,
            "token": running.make_token(NIP),
            "certificate": certificate,
            "key": key,
            "password": password,
            "documents": documents,
        }
        walk = str(Path(__file__).parent / "typescript.cjs")
        return subprocess.run(["node", walk, packages], input=json.dumps(task), text=True).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], sys.argv[2]))
