"""From starting the program to a window with content in it, at the second start.

Usage: window.py PROGRAM, on a display. WebKit's own driver starts the program and is asked until the page has its heading;
looking at pictures of the window instead would take the computer more time than what is measured. Prints one figure.
"""

import json
import os
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path

LIMIT_MILLISECONDS = 1000
PATIENCE_SECONDS = 30
HEADING = "return document.querySelector('h1')?.innerText ?? null"


class Driver:
    """A WebKitWebDriver for one start: with a second session it does not always find the program."""

    def __init__(self, data: str) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self._port = free.getsockname()[1]
        environment = dict(os.environ, TAURI_WEBVIEW_AUTOMATION="true", OKIENKO_DATA=data)
        command = ["WebKitWebDriver", f"--port={self._port}", "--host=127.0.0.1"]
        self._process = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL)
        self._ask(lambda: self._call("GET", "/status")["ready"])

    def start_until_content(self, program: str) -> float:
        """Milliseconds."""
        options = {"binary": program, "args": []}
        wanted = {"capabilities": {"alwaysMatch": {"webkitgtk:browserOptions": options}}}
        started = time.monotonic()
        session = "/session/" + self._call("POST", "/session", wanted)["sessionId"]
        self._ask(lambda: self._call("POST", session + "/execute/sync", {"script": HEADING, "args": []}))
        return (time.monotonic() - started) * 1000

    def end(self, program: str) -> None:
        """Ends the driver and the program with it."""
        self._process.terminate()
        self._process.wait()
        # A start while this one is still ending would only bring it to the front.
        self._ask(lambda: not is_running(program))

    def _ask(self, question):
        deadline = time.monotonic() + PATIENCE_SECONDS
        while True:
            try:
                if answer := question():
                    return answer
            except OSError:
                # Not listening yet, or the page is being replaced.
                pass
            if time.monotonic() > deadline:
                raise TimeoutError(f"no window with content after {PATIENCE_SECONDS} s")
            # Asking without a pause would take from the program the processor that it starts on.
            time.sleep(0.01)

    def _call(self, method: str, path: str, body: object = None):
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(f"http://127.0.0.1:{self._port}{path}", data=data, method=method)
        with urllib.request.urlopen(request, timeout=PATIENCE_SECONDS) as response:
            return json.load(response)["value"]


def is_running(program: str) -> bool:
    """Whether any process runs this program."""
    for link in Path("/proc").glob("[0-9]*/exe"):
        try:
            if os.path.samefile(link, program):
                return True
        except OSError:
            # Gone meanwhile, or somebody else's.
            continue
    return False


def start_once(program: str, data: str) -> float:
    driver = Driver(data)
    try:
        return driver.start_until_content(program)
    finally:
        driver.end(program)


def main(program: str) -> None:
    with tempfile.TemporaryDirectory() as data:
        # The first start lays the archive and fills the caches of the web engine.
        start_once(program, data)
        took = start_once(program, data)
    line = {"figure": "window-with-content-second-start", "unit": "ms", "limit": LIMIT_MILLISECONDS}
    print(json.dumps(line | {"value": round(took)}), flush=True)


if __name__ == "__main__":
    main(sys.argv[1])
