"""What customers will read and callers will hear of an incident, as the writing commands print it."""

from __future__ import annotations

import textwrap
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from statuspage.errors import Fault
from statuspage.pipeline import Compiled
from statuspage.render.hold import hold_wordings
from statuspage.render.markup import to_text
from statuspage.render.words import clock_time, update_word, weekday_words, zone_word
from statuspage.shown import ShownIncident


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """One incident as it reaches people."""

    read: str
    """What customers read; empty while it is not public."""
    heard: str
    """What callers hear; empty when that is nothing."""
    faults: tuple[Fault, ...]
    """What is wrong with its file."""

    def as_text(self) -> str:
        """Return both for a person to read."""
        read = self.read or "Nothing yet: it is not public."
        heard = self.heard or "Nothing."
        parts = ("Customers will read:", _indented(read), "Callers will hear:", _indented(heard))
        return "\n\n".join(parts)


def preview_of(compiled: Compiled, slug: str, *, path: str) -> Preview:
    """Return the incident `slug`, whose file is at `path` below the site folder, as it reaches people."""
    shown = compiled.shown
    every = (*shown.incidents, *shown.maintenances)
    incident = next((incident for incident in every if incident.source.slug == slug), None)
    return Preview(
        read=_read(incident, shown.site.zone) if incident else "",
        heard=hold_wordings(shown, shown.hold.languages[0])[0],
        faults=tuple(fault for fault in compiled.faults if fault.path == path),
    )


def _read(incident: ShownIncident, zone: ZoneInfo) -> str:
    lines = [incident.source.title]
    if incident.updates:
        newest = incident.updates[0]
        at = f"{clock_time(newest.at, zone)} {zone_word(newest.at, zone)}"
        lines.append(f"{update_word(newest)} · {weekday_words(newest.at.astimezone(zone).date())} · {at}")
        lines += ["", to_text(newest.body)] if newest.body else []
    if promise := incident.promise:
        lines += ["", f"Next update by {clock_time(promise.due_at, zone)} {zone_word(promise.due_at, zone)}."]
    return "\n".join(lines)


def _indented(text: str) -> str:
    return "\n".join(textwrap.indent(textwrap.fill(line, 96), "  ") for line in text.split("\n"))
