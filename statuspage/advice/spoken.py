"""Words for callers that no voice can say: codes, slashes, unknown capitals (HOLD.md §2, rule 7)."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from statuspage.errors import Fault, Severity
from statuspage.model import HoldStyle, Incident, Page, Update
from statuspage.render.hold import unspeakable

_MOST_TOKENS = 3
_FIELDS: tuple[tuple[str, Callable[[Update], str | None]], ...] = (
    ("Hold:", lambda update: update.hold),
    ("What you can do:", lambda update: update.what_you_can_do),
    ("Still working:", lambda update: update.still_working),
)


def spoken_advice(page: Page, *, text_of: Callable[[Incident], tuple[str, str]]) -> tuple[Fault, ...]:
    """Return a warning for each field that callers of an open incident are to hear, and cannot.

    `text_of` returns the path of an incident's file and its text.
    """
    is_open = (incident for incident in page.incidents if not incident.is_closed and not incident.is_draft)
    return tuple(fault for incident in is_open for fault in _of(incident, page.hold, text_of))


def _of(incident: Incident, style: HoldStyle, text_of: Callable[[Incident], tuple[str, str]]) -> Iterator[Fault]:
    # Planned work ends by itself: of what it once said, only words that were written for callers are worth a warning.
    told = [
        (key, text)
        for update in incident.updates
        for key, text in _fields(update)
        if key == "Hold:" or not incident.is_maintenance
    ]
    found = [(key, tokens) for key, text in told if (tokens := unspeakable(text, style))]
    if not found:
        return
    path, text = text_of(incident)
    for key, tokens in found:
        listed = ", ".join(f'"{token}"' for token in tokens[:_MOST_TOKENS])
        what = f"a voice can't say {listed}, so the sentence is left out; write it in words, or in [hold.say]"
        line = _line_of(text, key, tokens[0])
        yield Fault(path=path, line=line, where=key.rstrip(":"), what=what, severity=Severity.WARNING)


def _fields(update: Update) -> Iterator[tuple[str, str]]:
    for key, said in _FIELDS:
        if text := said(update):
            yield key, text


def _line_of(text: str, key: str, token: str) -> int | None:
    """Return the line on which the token stands, behind the key where it stands on that line."""
    holding = [(number, line) for number, line in enumerate(text.splitlines(), start=1) if token in line]
    with_key = [number for number, line in holding if line.lstrip().lower().startswith(key.lower())]
    return next(iter([*with_key, *(number for number, _ in holding)]), None)
