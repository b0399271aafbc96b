"""Small sites of the invented ferry line, each at an instant at which its pages are of a kind that customers meet."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from statuspage.pipeline import build
from statuspage.sound import SiteSound

REPOSITORY = Path(__file__).resolve().parents[2]
HEARD = "one problem"
"""The site whose hold message is there to listen to; to speak for all of them takes too long."""

TWELFTH_SERVICE = """
[[component]]
id = "lost-property"
name = "Lost property"
spoken = "lost property"
description = "Things that were left on a boat or a quay"
"""
PHONE_LINE = """\
---
title: You may wait 25 minutes on the phone
components:
  phone-line: degraded performance
---

## 2026-10-15 13:52 — Investigating

Many of you are calling about the gates, and we can't pick up fast enough. We're sorry.
Four more of us are on the phones from 14:30.

Next update: 14:40
What you can do: Read this page first. It knows what we know.
Still working: Messages that you leave. We call each of you back today.
"""
REFUNDS = """\
---
title: You can't get a refund right now
components:
  refunds: partial outage
---

## 2026-10-15 14:01 — Investigating

Half of all refunds stop at the last step, since 13:50. That's our mistake. We're sorry for the wait.
No refund is lost, and you keep your place in the line.

Next update: 14:45
What you can do: Ask again tomorrow, or leave it to us. We'll write to you.
Still working: Moving a crossing to another day.
"""
UNREADABLE = """\
---
title: The boat tracker shows no boats
components:
  boat-tracker: major outage
---

## 11:20 — Investigating

The map is empty. We're looking into it.
"""
MANY_SERVICES = """\
[site]
id = "ternsea15oct"
title = "Ternsea Ferries Status"
url = "https://status.ternsea.example"
language = "en"
timezone = "Europe/London"
support = { phone = "+44 1632 960144", email = "help@ternsea.example", url = "https://www.ternsea.example/help" }
"""
PLACES = ("Ternsea", "Oyce", "Marra", "Sandwick")
A_PLACE = 25
"""So many services has each of the places."""
OF_A_BUSY_MONTH = 130
"""More problems than one page of a month holds."""
TICKET_MACHINE = """\
---
title: Ticket machine {number} at {place} took no cards
components:
  {id}: partial outage
---

## 2026-09-{day:02} {hour:02}:05 — Investigating

The machine turns every card down. It's our fault, and we're sorry.

## 2026-09-{day:02} {hour:02}:50 — Resolved

A new reader is in, and 20 of 20 cards went through.
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A site folder yet to be written, and the instant at which it is built."""

    now: datetime
    sample: Callable[[str], bool] = field(default=lambda _: True)
    """Which incidents of the sample site it has, by the name of their file."""
    settings: str = ""
    """All of the settings; empty for those of the sample site with a twelfth service."""
    languages: str = ""
    """A further line of settings: languages that nothing is translated into."""
    more: Mapping[str, str] = field(default_factory=dict)
    """Incidents of its own, by the name of their file."""


def _id_of(place: str, number: int) -> str:
    return f"{place.lower()}-{number}"


def _many_settings() -> str:
    lines = [MANY_SERVICES]
    for place in PLACES:
        lines.append(f'[[group]]\nname = "Ticket machines at {place}"\n')
        for number in range(1, A_PLACE + 1):
            name = f"Machine {number} at {place}"
            lines.append(f'[[group.component]]\nid = "{_id_of(place, number)}"\nname = "{name}"\nspoken = "{name}"\n')
    return "\n".join(lines)


def _busy_month() -> dict[str, str]:
    told = {}
    for turn in range(OF_A_BUSY_MONTH):
        place, number, day = PLACES[turn % 4], turn % A_PLACE + 1, turn % 28 + 1
        text = TICKET_MACHINE.format(
            number=number, place=place, id=_id_of(place, number), day=day, hour=6 + turn // 28 * 3
        )
        told[f"2026-09-{day:02}-{_id_of(place, number)}-{turn}.md"] = text
    return told


def _at(text: str) -> datetime:
    return datetime.fromisoformat(f"{text}:00+01:00")


def _one_problem(name: str) -> bool:
    return name not in ("2026-10-15-text-alerts.md", "2026-10-15-winter-tickets.md")


SITES: Mapping[str, Told] = {
    "well": Told(now=datetime.fromisoformat("2026-10-27T09:12:00+00:00")),
    "one problem": Told(now=_at("2026-10-15T14:10"), sample=_one_problem, languages='languages = ["ar"]'),
    "several problems": Told(
        now=_at("2026-10-15T14:10"), more={"2026-10-15-phone-line.md": PHONE_LINE, "2026-10-15-refunds.md": REFUNDS}
    ),
    "planned work": Told(now=_at("2026-10-22T00:30")),
    "unreadable file": Told(
        now=datetime.fromisoformat("2026-10-27T11:24:00+00:00"), more={"2026-10-27-boat-tracker.md": UNREADABLE}
    ),
    "late promise": Told(
        now=_at("2026-10-15T14:25"),
        sample=lambda name: _one_problem(name) and "boarding-gates" not in name,
        more={"2026-10-15-refunds.md": REFUNDS.replace("14:45", "14:20")},
    ),
    "many services": Told(
        now=_at("2026-10-05T09:00"), sample=lambda _: False, settings=_many_settings(), more=_busy_month()
    ),
}


def build_site(name: str, folder: Path) -> Path:
    """Write the site of that name into an empty folder, build it there, and return the folder of its pages."""
    told = SITES[name]
    incidents = folder / "incidents"
    incidents.mkdir(parents=True)
    settings = told.settings or (REPOSITORY / "statuspage.toml").read_text().replace(
        "\n[promise]", f"{TWELFTH_SERVICE}\n[promise]"
    )
    (folder / "statuspage.toml").write_text(settings.replace("[site]", f"[site]\n{told.languages}", 1))
    shutil.copytree(REPOSITORY / "static", folder / "static")
    for path in (REPOSITORY / "incidents").rglob("*.md"):
        if told.sample(path.name):
            shutil.copy(path, incidents)
    for file_name, text in told.more.items():
        (incidents / file_name).write_text(text)
    build(folder, output=folder / "public", now=told.now, sound=SiteSound(folder) if name == HEARD else None)
    return folder / "public"
