"""A running ksef-sim and its management port."""

import json
import subprocess
import urllib.request
from contextlib import contextmanager


class Simulator:
    """The addresses that the simulator printed, and what its management port can make."""

    def __init__(self, addresses: dict[str, str]) -> None:
        self.api = addresses["api"]
        self._management = addresses["management"].rstrip("/")

    def make_company(self, nip: str, name: str) -> None:
        self._post("/companies", {"nip": nip, "name": name})

    def make_token(self, nip: str) -> str:
        """A token with the permissions to read and to issue invoices."""
        made = self._post("/tokens", {"nip": nip, "permissions": ["InvoiceRead", "InvoiceWrite"]})
        return made["token"]

    def make_certificate(self, nip: str) -> tuple[str, str, str]:
        """Certificate, encrypted key and password of a company's seal for authentication."""
        made = self._post("/certificates", {"owner": {"company": nip}})
        return made["crt"], made["key"], made["password"]

    def switch(self, quirk: str) -> None:
        """Switches a quirk on."""
        request = urllib.request.Request(f"{self._management}/quirks/{quirk}", data=b"", method="PUT")
        urllib.request.urlopen(request, timeout=30).close()

    def requests(self) -> int:
        """How many requests came to the API."""
        with urllib.request.urlopen(self._management + "/arrived", timeout=30) as response:
            return len(json.load(response)["requests"])

    def _post(self, path: str, body: object) -> dict:
        request = urllib.request.Request(
            self._management + path,
            data=json.dumps(body).encode(),
            headers={"Content-Type": "application/json"},
        )
        with urllib.request.urlopen(request, timeout=30) as response:
            return json.load(response)


@contextmanager
def running(program: str, *arguments: str):
    """Starts the simulator, waits for its line, and ends it afterwards."""
    process = subprocess.Popen([program, *arguments], stdout=subprocess.PIPE, text=True)
    try:
        line = process.stdout.readline()
        if not line:
            raise RuntimeError(f"{program} ended with code {process.wait()} before it was ready")
        yield Simulator(json.loads(line))
    finally:
        process.terminate()
        process.wait()
