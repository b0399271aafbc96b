"""Write a site of any size, the same at every run: what the figures are measured on.

Run as `python bench/corpus.py COUNT FOLDER`. An incident has five updates of about 170 words, 5.8 kB in all. There are
about ten a day, one in fifty is odd in some way (`bench/oddities.py`), and the newest few are still open.
"""

from __future__ import annotations

import random
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

from bench.oddities import ODDITIES
from bench.written import WrittenIncident, WrittenUpdate, file_of

NOW = datetime(2026, 11, 1, tzinfo=UTC)
"""The instant to build at: the corpus ends there."""
COMPONENTS = 20
SECONDS_APART = 9_000
"""So that 1,000 incidents fill the 90 days that the page shows: a larger site has more history, not more news."""
ODD_EVERY = 50
OPEN = 3
"""How many of the newest are still open."""
STATES = ("degraded_performance", "partial_outage", "major_outage")
STATUSES = ("Investigating", "Identified", "Update", "Monitoring", "Resolved")
WORDS = """payments orders parcels messages sign in search page card bank account customer app website phone
queue order refund address delivery driver depot hour morning minute part third half most some every each
works fails waits stops starts comes goes shows sends loads opens closes moves finds keeps takes gives helps
slowly again now still already soon late early today there here again once twice often never always""".split()

SETTINGS = """\
[site]
title = "Bench Status"
url = "https://status.example.com"
timezone = "Europe/Berlin"
"""


def main(count: int, folder: Path) -> None:
    """Write the site."""
    write_site(folder, incidents(count))


def write_site(folder: Path, written: Iterator[WrittenIncident]) -> None:
    """Write the settings and each incident into `folder`."""
    folder.mkdir(parents=True, exist_ok=True)
    rows = (f'[[component]]\nid = "service-{n}"\nname = "Service {n}"\n' for n in range(COMPONENTS))
    (folder / "statuspage.toml").write_text("\n".join([SETTINGS, *rows]), encoding="utf-8")
    for incident in written:
        target = folder / "incidents" / incident.path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(file_of(incident))


def incidents(
    count: int, *, seconds_apart: float = SECONDS_APART, odd_every: int = ODD_EVERY
) -> Iterator[WrittenIncident]:
    """Yield so many incidents, the oldest first, ending at `NOW`."""
    for number in range(count):
        began_at = NOW - timedelta(seconds=seconds_apart * (count - number))
        is_open = count - number <= OPEN
        incident = plain_incident(number, began_at, is_open=is_open)
        turn, rest = divmod(number, odd_every)
        yield incident if rest or is_open else ODDITIES[turn % len(ODDITIES)](incident)


def plain_incident(number: int, began_at: datetime, *, is_open: bool) -> WrittenIncident:
    """Return an incident with nothing unusual about it."""
    chance = random.Random(number)
    service, state, title = chance.randrange(COMPONENTS), chance.choice(STATES), sentence(chance, 6)
    updates, at = [], began_at.replace(second=0)
    for status in STATUSES[:-1] if is_open else STATUSES:
        promise = () if status == "Resolved" else ("Next update: 30m",)
        updates.append(WrittenUpdate(at=at, status=status, body="\n\n".join(paragraphs(chance)), field_lines=promise))
        at += timedelta(minutes=chance.randrange(5, 40))
    return WrittenIncident(
        slug=f"{began_at:%Y-%m-%d}-incident-{number:06}",
        title=title,
        service=service,
        state=state,
        updates=tuple(updates),
    )


def paragraphs(chance: random.Random) -> Iterator[str]:
    """Yield about 170 words of plain Markdown: paragraphs, a list, emphasis, code, a link."""
    yield " ".join(sentence(chance, 12) + "." for _ in range(4))
    yield f"**{sentence(chance, 3)}** {sentence(chance, 14)}. See [the notes](https://example.com/notes/{chance.randrange(999)})."
    yield "\n".join(f"- {sentence(chance, 10)}" for _ in range(5))
    yield f"{sentence(chance, 25)} `{chance.choice(WORDS)}` {sentence(chance, 25)}."


def sentence(chance: random.Random, length: int) -> str:
    """Return so many words, the first with a capital."""
    return " ".join(chance.choices(WORDS, k=length)).capitalize()


if __name__ == "__main__":
    main(int(sys.argv[1]), Path(sys.argv[2]))
