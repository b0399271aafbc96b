"""A real `statuspage serve` on a loopback port, and a site for it to serve."""

from __future__ import annotations

import http.client
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

NOW = "2026-11-21T14:10:00Z"
LIMIT_SECONDS = 15.0
STOP_LIMIT_SECONDS = 5.0

SETTINGS = """\
[site]
title = "Acme Status"
url = "https://status.acme.example"

[[component]]
id = "card-payments"
name = "Card payments"
spoken = "card payments"
"""
INCIDENT = """\
---
title: Card payments are failing
components:
  card-payments: major_outage
---

## 2026-11-21 14:05 UTC — Investigating

About one card payment in three fails.

Next update: 14:35
"""
IDENTIFIED = """
## 2026-11-21 14:08 UTC — Identified

The link to one card network is broken.

Next update: 15:00
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What a server answered."""

    status: int
    headers: dict[str, str]
    """By name in lower case."""
    body: bytes

    @property
    def text(self) -> str:
        """Return the body as text."""
        return self.body.decode()


@dataclass(slots=True, kw_only=True)
class Server:
    """A running `statuspage serve`."""

    process: subprocess.Popen[str]
    port: int = 0
    said: list[str] = field(default_factory=list)
    """Its lines on standard output so far."""
    logged: list[str] = field(default_factory=list)
    """Its lines on standard error so far."""

    def ask(self, path: str, *, method: str = "GET", **headers: str) -> Answer:
        """Return its answer to one request, for the path exactly as given; `_` in names of headers stands for `-`."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=LIMIT_SECONDS)
        try:
            connection.request(method, path, headers={name.replace("_", "-"): value for name, value in headers.items()})
            answer = connection.getresponse()
            fields = {name.lower(): value for name, value in answer.getheaders()}
            return Answer(status=answer.status, headers=fields, body=answer.read())
        finally:
            connection.close()

    def wait_until(self, is_so: Callable[[], bool]) -> None:
        """Return once it is so; fail when that takes too long."""
        deadline = time.monotonic() + LIMIT_SECONDS
        while not is_so():
            assert time.monotonic() < deadline, (self.said, self.logged)
            assert self.process.poll() is None, (self.said, self.logged)
            time.sleep(0.02)

    def stop(self) -> float:
        """End it as an operator does and return how many seconds that took."""
        began = time.monotonic()
        self.process.terminate()
        self.process.wait(LIMIT_SECONDS)
        return time.monotonic() - began


def write_site(folder: Path) -> Path:
    """Write a site with one open incident and return its incident file."""
    incident = folder / "incidents" / "2026-11-21-card-payments.md"
    incident.parent.mkdir(parents=True)
    incident.write_text(INCIDENT)
    (folder / "statuspage.toml").write_text(SETTINGS)
    return incident


@contextmanager
def serving(site_dir: Path, *options: str) -> Iterator[Server]:
    """Run `statuspage serve` on a free port until the block ends."""
    command = [sys.executable, "-m", "statuspage", "serve", "--site", str(site_dir), "--port", "0", *options]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    server = Server(process=process)
    readers = [
        threading.Thread(target=_collect, args=(process.stdout, server.said)),
        threading.Thread(target=_collect, args=(process.stderr, server.logged)),
    ]
    for reader in readers:
        reader.start()
    try:
        server.wait_until(lambda: any(" at http://" in line for line in server.said))
        server.port = int(server.said[0].partition("http://127.0.0.1:")[2].partition("/")[0])
        yield server
    finally:
        if process.poll() is None:
            server.stop()
        for reader in readers:
            reader.join()
        for stream in (process.stdout, process.stderr):
            if stream is not None:
                stream.close()


def _collect(stream: Iterator[str], lines: list[str]) -> None:
    lines.extend(line.rstrip("\n") for line in stream)
