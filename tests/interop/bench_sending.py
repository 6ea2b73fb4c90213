"""What connecting and sending cost, beside the PyPI package ksef-client, against the same simulator in the same run.

Usage: bench_sending.py KSEF_SIM SENDING_COST. Prints one JSON line a figure; run by `cargo xtask bench sending`.

Everybody does the same: each document is sent by itself through one session, its status is asked for until it has its
KSeF number, and its UPO is fetched. The time is the processor time of the sending process alone. Okienko sends twice:
as the program does it, with checks, archive and every step on disk, and by its client alone. It is the client that is
held against ksef-client, which neither checks nor keeps anything.
"""

import json
import subprocess
import sys
import tempfile
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import simulator
from invoice import invoice_of_size

NIP = "5265877635"
DOCUMENTS = 100
DOCUMENT_BYTES = 5_000


class Sender:
    """A sending process: it gets its task as one line, says when it has connected, waits for a line, and sends."""

    def __init__(self, command: list[str], api: str, token: str, documents: list[str]) -> None:
        self._process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self._say({"api": api, "nip": NIP, "token": token, "documents": documents})
        assert self._hear()["connected"]

    def send(self) -> dict:
        self._say({})
        return self._hear()

    def end(self) -> None:
        self._process.stdin.close()
        self._process.wait()

    def _say(self, message: dict) -> None:
        self._process.stdin.write(json.dumps(message) + "\n")
        self._process.stdin.flush()

    def _hear(self) -> dict:
        line = self._process.stdout.readline()
        if not line:
            raise RuntimeError(f"the sender ended with code {self._process.wait()}")
        return json.loads(line)


def write_documents(folder: Path, series: str) -> list[str]:
    today = datetime.now(ZoneInfo("Europe/Warsaw")).date()
    paths = []
    for index in range(DOCUMENTS):
        path = folder / f"{series}-{index}.xml"
        path.write_bytes(invoice_of_size(NIP, f"{series}/{index}", today, DOCUMENT_BYTES))
        paths.append(str(path))
    return paths


def figure(name: str, value: float, unit: str, limit: float, at_least: bool = False) -> None:
    line = {"figure": name, "value": round(value, 3), "unit": unit, "limit": limit, "atLeast": at_least}
    print(json.dumps(line), flush=True)


def requests_to_connect(program: str, sender: str) -> int:
    """At the simulator's usual pace, where a status is not settled at the first look."""
    with simulator.running(program) as running:
        running.make_company(NIP, "Przykład sp. z o.o.")
        Sender([sender, "outbox"], running.api, running.make_token(NIP), []).end()
        return running.requests()


def processor_time(command: list[str], running: simulator.Simulator, documents: list[str]) -> float:
    """Milliseconds a document."""
    sender = Sender(command, running.api, running.make_token(NIP), documents)
    cost = sender.send()
    sender.end()
    assert cost["accepted"] == DOCUMENTS, cost
    return cost["processorMilliseconds"] / DOCUMENTS


def main(program: str, sender: str) -> None:
    figure("requests-to-connect-with-a-token", requests_to_connect(program, sender), "requests", 6)
    with (
        tempfile.TemporaryDirectory() as folder,
        simulator.running(program, "--pace", "immediate", "--rate-limits", "0") as running,
    ):
        running.make_company(NIP, "Przykład sp. z o.o.")
        folder = Path(folder)
        program_itself = processor_time([sender, "outbox"], running, write_documents(folder, "A"))
        client_alone = processor_time([sender, "client"], running, write_documents(folder, "B"))
        other = [sys.executable, "-B", str(Path(__file__).parent / "bench_ksef_client.py")]
        other_client = processor_time(other, running, write_documents(folder, "C"))
    figure("processor-time-a-document", program_itself, "ms", 5)
    figure("processor-time-a-document-client-alone", client_alone, "ms", 5)
    figure("processor-time-against-ksef-client", other_client / client_alone, "times less", 5, at_least=True)


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2])
