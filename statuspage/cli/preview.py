"""What customers will read and callers will hear of an update, as the writing commands print it."""

from __future__ import annotations

import textwrap
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from statuspage.render.hold import hold_wordings
from statuspage.render.markup import to_text
from statuspage.render.words import next_update_words, time_words, update_word, weekday_words
from statuspage.shown import Shown, ShownIncident, ShownUpdate


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """One update as it reaches people."""

    read: str
    """What customers read; empty while it is not public."""
    heard: str
    """What callers hear; empty when that is nothing."""

    def as_text(self) -> str:
        """Return both for a person to read."""
        read = self.read or "Nothing yet: it is not public."
        heard = self.heard or "Nothing."
        parts = ("Customers will read:", _indented(read), "Callers will hear:", _indented(heard))
        return "\n\n".join(parts)


def preview_of(update: ShownUpdate | None, incident: ShownIncident | None, shown: Shown) -> Preview:
    """Return the update of the incident as it reaches people; None where the public sees none such."""
    return Preview(
        read=_read(update, incident, shown.site.zone) if update and incident else "",
        heard=hold_wordings(shown, shown.hold.languages[0])[0],
    )


def _read(update: ShownUpdate, incident: ShownIncident, zone: ZoneInfo) -> str:
    day = update.at.astimezone(zone).date()
    lines = [
        incident.source.title,
        f"{update_word(update)} · {weekday_words(day)} · {time_words(update.at, zone)}",
        "",
        to_text(update.body),
    ]
    # Of an update that others follow by now, the promise is an old one.
    if update is incident.updates[0] and (promise := incident.promise):
        lines += ["", next_update_words(promise, zone)]
    return "\n".join(lines)


def _indented(text: str) -> str:
    return "\n".join(textwrap.indent(textwrap.fill(line, 96), "  ") for line in text.split("\n"))
