"""A site that `statuspage serve` serves, and a reader that asks it again and again over one connection."""

from __future__ import annotations

import http.client
import os
import re
import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from bench.commands import STATUSPAGE
from bench.corpus import NOW
from bench.measuring import Failed

STOP_SECONDS = 20
READ_SECONDS = 60
POLL_SECONDS = 0.001
HOST = "127.0.0.1"


@dataclass(frozen=True, slots=True, kw_only=True)
class Served:
    """A server that runs: its process, and the port that it answers on."""

    pid: int
    port: int

    def kill(self) -> None:
        """End it and all its processes at once, as a machine that loses power does."""
        os.killpg(self.pid, signal.SIGKILL)


@contextmanager
def served(site: Path, *, log: Path, now: datetime | None = NOW) -> Iterator[Served]:
    """Serve a site at an instant, by default that of the corpus, until the block ends; None: at the machine's time."""
    command: list[str | Path] = [STATUSPAGE, "serve", "--site", site, "--host", HOST, "--port", "0"]
    command += ["--now", now.isoformat()] if now else []
    with (
        log.open("ab") as notes,
        subprocess.Popen(command, stdout=subprocess.PIPE, stderr=notes, text=True, start_new_session=True) as process,
    ):
        assert process.stdout is not None
        try:
            yield Served(pid=process.pid, port=_port(process.stdout.readline(), log))
        finally:
            process.terminate()
            try:
                process.wait(STOP_SECONDS)
            except subprocess.TimeoutExpired:
                process.kill()


class Reader:
    """One keep-alive connection that asks for one address, and only for what is new there."""

    def __init__(self, port: int, address: str) -> None:
        self.address = address
        self._connection = http.client.HTTPConnection(HOST, port, timeout=READ_SECONDS)
        self._tag = ""

    def news(self) -> bytes | None:
        """Return what stands at the address; None when it is as it was last time."""
        self._connection.request("GET", self.address, headers={"If-None-Match": self._tag} if self._tag else {})
        response = self._connection.getresponse()
        body = response.read()
        if response.status == http.client.NOT_MODIFIED:
            return None
        if response.status != http.client.OK:
            raise Failed(f"{self.address}: answered {response.status}")
        self._tag = response.getheader("ETag", "")
        return body

    def seen_at(self, word: str) -> float:
        """Ask until the word stands there; return the moment on the clock of `time.perf_counter`."""
        self.wait_until(lambda body: word.encode() in body, what=word)
        return time.perf_counter()

    def wait_until(self, is_there: Callable[[bytes], bool], *, what: str) -> None:
        """Ask until what stands there is so."""
        deadline = time.perf_counter() + READ_SECONDS
        while time.perf_counter() < deadline:
            body = self.news()
            if body is not None and is_there(body):
                return
            time.sleep(POLL_SECONDS)
        raise Failed(f"{self.address}: no {what} within {READ_SECONDS} s")


def _port(greeting: str, log: Path) -> int:
    found = re.search(r"http://[\d.]+:(\d+)/", greeting)
    if found is None:
        raise Failed(f"statuspage serve did not start, see {log}: {greeting}")
    return int(found[1])
