"""How late a holding update is: from the instant at which a promise falls due to the one when every surface says more.

Run as `python bench/promise_kept.py [--events N]`. An incident promises its next update in a few seconds, and nobody
writes it; for each surface a reader asks again and again over a connection that it keeps. Half way, with a promise
open, the server is ended by SIGKILL and started again.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from statistics import median

from bench.measuring import Row
from bench.served_site import Reader, Served, served
from bench.workplace import options, workplace
from statuspage.model import derived_id
from statuspage.timeline.due import post_id

EVENTS = 50
LIMIT_SECONDS = 1.0
AHEAD = timedelta(seconds=3)
"""How far ahead each promise is."""
LOOKS_BEFORE_SECONDS = 0.3
NEXT = timedelta(minutes=20)
"""To the promise that a holding update of a critical incident makes."""
SETTINGS = """\
[site]
title = "Acme Status"
url = "https://status.acme.example"

[[component]]
id = "card-payments"
name = "Card payments"
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """A promise that nobody keeps."""

    number: int
    due_at: datetime

    @property
    def slug(self) -> str:
        """Return the name of its incident."""
        return f"event-{self.number}"

    @property
    def text(self) -> str:
        """Return the file of its incident."""
        now = self.due_at - AHEAD
        return (
            "---\ntitle: Card payments are failing\nimpact: critical\n"
            "components:\n  card-payments: major_outage\n---\n\n"
            f"## {now:%Y-%m-%d %H:%M:%S} UTC — Investigating\n\nAbout one card payment in three fails.\n\n"
            f"Next update: {self.due_at:%Y-%m-%d %H:%M:%S} UTC\n"
        )

    def surfaces(self) -> dict[str, Callable[[bytes], bool]]:
        """Return each surface with the question whether it has the holding update and the new promise."""
        own_id = post_id(derived_id(self.slug), self.due_at).encode()
        promised = self.due_at + NEXT
        promised += timedelta(seconds=-promised.second % 60)
        promise = f"{promised:%Y-%m-%dT%H:%M}:00.000Z".encode()
        return {
            "/": lambda body: own_id in body,
            "/updates.atom": lambda body: own_id in body,
            "/history.atom": lambda body: body.count(b"&lt;small&gt;") == 2,
            "/api/v2/summary.json": lambda body: own_id in body,
            "/hold/hold.json": lambda body: b'"next_update":"' + promise in body,
        }


def main() -> None:
    """Print the row."""
    parser = options(__doc__)
    parser.add_argument("--events", type=int, default=EVENTS)
    arguments = parser.parse_args()
    with workplace(arguments.folder) as place:
        site = place.fresh("site")
        (site / "incidents").mkdir(parents=True)
        (site / "statuspage.toml").write_text(SETTINGS, encoding="utf-8")
        print(row(lateness(site, log=place.fresh("serve-log"), events=arguments.events)))


def lateness(site: Path, *, log: Path, events: int) -> list[float]:
    """Return for each event how many seconds after its due instant the last surface said more."""
    half = events // 2
    with served(site, log=log, now=None) as server:
        waits = [seconds_late(write_event(site, number), server) for number in range(half)]
        promised = write_event(site, half)
        server.kill()
    with served(site, log=log, now=None) as server:
        waits.append(seconds_late(promised, server))
        return waits + [seconds_late(write_event(site, number), server) for number in range(half + 1, events)]


def write_event(site: Path, number: int) -> Event:
    """Put the file of an event in place of the one before it."""
    event = Event(number=number, due_at=now().replace(microsecond=0) + AHEAD)
    folder = site / "incidents"
    for old in folder.glob("*.md"):
        old.unlink()
    (folder / f"{event.slug}.md").write_text(event.text, encoding="utf-8")
    return event


def seconds_late(event: Event, server: Served) -> float:
    """Return how long after the due instant of an event the last surface has what it is to have."""
    surfaces = event.surfaces()
    with ThreadPoolExecutor(len(surfaces)) as pool:
        readers = [(Reader(server.port, address), is_there) for address, is_there in surfaces.items()]
        # Until then the readers leave the server in peace.
        time.sleep(max(0.0, (event.due_at - now()).total_seconds() - LOOKS_BEFORE_SECONDS))
        waits = [pool.submit(_seen_at, reader, is_there) for reader, is_there in readers]
        return max((wait.result() - event.due_at).total_seconds() for wait in waits)


def row(waits: Sequence[float]) -> Row:
    """Return what was measured as a row of the table."""
    return Row(
        target="lateness",
        what=f"promise due → holding update on page, feeds, JSON and hold message, {len(waits)} events",
        wanted=f"≤ {LIMIT_SECONDS:g} s",
        measured=f"worst {1000 * max(waits):.0f} ms",
        spread=f"median {1000 * median(waits):.0f} ms, {1000 * min(waits):.0f}–{1000 * max(waits):.0f}",
        is_met=max(waits) <= LIMIT_SECONDS,
    )


def now() -> datetime:
    """Return the time of the machine, by which a server without `--now` goes."""
    return datetime.now(UTC)  # noqa: TID251 - what is measured is the distance to it


def _seen_at(reader: Reader, is_there: Callable[[bytes], bool]) -> datetime:
    reader.wait_until(is_there, what="holding update")
    return now()


if __name__ == "__main__":
    main()
