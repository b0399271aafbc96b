"""Those who read a site while it is edited, and note what they must never see."""

from __future__ import annotations

import gzip
import http.client
import json
import random
import re
import threading
from collections.abc import Callable, Set
from xml.etree import ElementTree

from bench.edits import step_numbers
from bench.served_site import HOST, READ_SECONDS

SURFACES = """/ / /history/ /history.atom /history.rss /updates.atom /updates.rss /feed.json /heartbeat.json /hold/
/hold/hold.json /hold/en.txt /hold/en.ssml /sitemap.xml /badge.svg /api/v2/summary.json /api/v2/incidents.json
/api/v2/incidents/unresolved.json /api/v1/status.json /calendar.ics""".split()
LINKS_FOLLOWED = 4
INCIDENT_LINK = re.compile(r'href="(/(?:incidents|maintenance)/([^"/#]+)/)"')


class SoakReader(threading.Thread):
    """One reader with a connection that it keeps, reading at random until told to stop."""

    def __init__(self, port: int, *, gone: Set[str], seed: int) -> None:
        super().__init__(name=f"reader-{seed}", daemon=True)
        self._port = port
        self._gone = gone
        self._chance = random.Random(seed)
        self._connection = http.client.HTTPConnection(HOST, port, timeout=READ_SECONDS)
        self._newest_seen: dict[str, int] = {}
        self._stopping = threading.Event()
        self.answers = 0
        self.links = 0
        self.violations: list[str] = []

    def stop(self) -> None:
        """End the reading, and wait for the answer that is under way."""
        self._stopping.set()
        if self.is_alive():
            self.join()
        self._connection.close()

    def run(self) -> None:
        """Read one surface after the other."""
        while not self._stopping.is_set():
            self.read_one_surface()

    def read_one_surface(self) -> None:
        """Read any of the surfaces; from a page of HTML, follow some links to incidents."""
        address = self._chance.choice(SURFACES)
        links = dict(INCIDENT_LINK.findall(self._read(address)))
        for link in self._chance.sample(sorted(links), min(LINKS_FOLLOWED, len(links))):
            self._follow(link, slug=links[link], read_from=address)

    def _follow(self, link: str, *, slug: str, read_from: str) -> None:
        self.links += 1
        self._read(link, may_be_missing=lambda: slug in self._gone, why=f" (link on {read_from})")

    def _read(self, address: str, *, may_be_missing: Callable[[], bool] = lambda: False, why: str = "") -> str:
        """Return what stands at an address and judge it; nothing where the answer was bad."""
        try:
            status, kind, text = self._answer(address)
        except (OSError, http.client.HTTPException, ValueError, EOFError) as error:
            self.violations.append(f"{address}{why}: {type(error).__name__}: {error}")
            self._connection.close()
            return ""
        self.answers += 1
        if status == http.client.NOT_FOUND and may_be_missing():
            return ""
        if status != http.client.OK:
            self.violations.append(f"{address}{why}: answered {status}")
            return ""
        faults = (fault for fault in (what_is_not_whole(text, kind), self._what_is_older(address, text)) if fault)
        self.violations += [f"{address}{why}: {fault}" for fault in faults]
        return text

    def _answer(self, address: str) -> tuple[int, str, str]:
        """Return status, media type and text of one answer, packed or not."""
        packing = self._chance.choice(("identity", "gzip"))
        self._connection.request("GET", address, headers={"Accept-Encoding": packing})
        response = self._connection.getresponse()
        body = response.read()
        if response.getheader("Content-Encoding") == "gzip":
            body = gzip.decompress(body)
        return response.status, response.getheader("Content-Type", ""), body.decode()

    def _what_is_older(self, address: str, text: str) -> str:
        """Return what is wrong when an address says less than it said before; nothing where no edit is named."""
        number = max(step_numbers(text), default=0)
        before = self._newest_seen.get(address, 0)
        self._newest_seen[address] = max(number, before)
        return f"edit {number} after edit {before}" if 0 < number < before else ""


def what_is_not_whole(text: str, kind: str) -> str:
    """Return what is wrong with a text that should be a whole document of its media type; nothing where it is one."""
    if "html" in kind:
        return "" if text.rstrip().endswith("</html>") else "does not end in </html>"
    try:
        if "json" in kind:
            json.loads(text)
        elif "xml" in kind:
            ElementTree.fromstring(text)  # noqa: S314 - our own server wrote it
    except (ValueError, ElementTree.ParseError) as error:
        return f"is no {kind}: {error}"
    return ""
