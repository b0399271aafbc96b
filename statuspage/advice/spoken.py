"""Words for callers that no voice can say: codes, slashes, unknown capitals (HOLD.md §2, rule 7)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from statuspage.errors import Fault, Severity
from statuspage.layout import SETTINGS
from statuspage.model import ComponentChange, HoldStyle, Incident, Page, Update
from statuspage.render.hold import catalogue_for, spoken_name, unspeakable, unspeakable_news

_MOST_TOKENS = 3
_FIELDS: tuple[tuple[str, Callable[[Update], str | None]], ...] = (
    ("Hold:", lambda update: update.hold),
    ("What you can do:", lambda update: update.what_you_can_do),
    ("Still working:", lambda update: update.still_working),
)
_LEFT_OUT = "so the sentence is left out; write it in words, or in [hold.say]"
_NOT_HEARD = "so callers don't hear that sentence; write it in words, in Hold: or in [hold.say]"


def spoken_advice(page: Page, *, text_of: Callable[[Incident], tuple[str, str]]) -> tuple[Fault, ...]:
    """Return a warning for everything that callers of an open incident are to hear, and cannot.

    That is a field line, the first sentences of the newest update, or the name of a component. `text_of` returns the
    path of an incident's file and its text.
    """
    is_open = [incident for incident in page.incidents if not incident.is_closed and not incident.is_draft]
    texts = [fault for incident in is_open for fault in _of(incident, page, text_of)]
    return (*texts, *_of_names(is_open, page))


def _of(incident: Incident, page: Page, text_of: Callable[[Incident], tuple[str, str]]) -> Iterator[Fault]:
    found = [*_in_fields(incident, page.hold), *_in_news(incident, page)]
    if not found:
        return
    path, text = text_of(incident)
    for key, tokens, effect in found:
        line = _line_of(text, key, tokens[0])
        what = f"a voice can't say {_listed(tokens)}, {effect}"
        yield Fault(path=path, line=line, where=key.rstrip(":"), what=what, severity=Severity.WARNING)


def _in_fields(incident: Incident, style: HoldStyle) -> Iterator[tuple[str, tuple[str, ...], str]]:
    """Yield each field with what cannot be said in it."""
    # Planned work ends by itself: of what it once said, only words that were written for callers are worth a warning.
    for update in incident.updates:
        for key, said in _FIELDS:
            text = said(update)
            if text and (key == "Hold:" or not incident.is_maintenance) and (tokens := unspeakable(text, style)):
                yield key, tokens, _LEFT_OUT


def _in_news(incident: Incident, page: Page) -> Iterator[tuple[str, tuple[str, ...], str]]:
    """Yield what cannot be said of the newest update, where nobody has written other words for callers."""
    newest = next((update for update in reversed(incident.updates) if not update.is_timed), None)
    if newest and not newest.hold and not incident.is_maintenance:
        tokens = unspeakable_news(newest.body, page.hold, catalogue_for(page.site.language))
        if tokens:
            yield "text", tokens, _NOT_HEARD


def _of_names(incidents: Sequence[Incident], page: Page) -> Iterator[Fault]:
    touched = {change.component_id for i in incidents if not i.is_maintenance for change in _changes(i)}
    words = catalogue_for(page.hold.languages[0])
    for component in page.components:
        name = component.spoken_as(words.language)
        if component.id in touched and not spoken_name(name, page.hold, words):
            what = f'a voice can\'t say "{name}", so callers hear "{words.service}"; write spoken = "…" in words'
            yield Fault(path=SETTINGS, where=f"component {component.id}", what=what, severity=Severity.WARNING)


def _changes(incident: Incident) -> Iterator[ComponentChange]:
    yield from incident.components
    for update in incident.updates:
        yield from update.components


def _listed(tokens: Sequence[str]) -> str:
    return ", ".join(f'"{token}"' for token in tokens[:_MOST_TOKENS])


def _line_of(text: str, key: str, token: str) -> int | None:
    """Return the line on which the token stands, behind the key where it stands on that line."""
    holding = [(number, line) for number, line in enumerate(text.splitlines(), start=1) if token in line]
    with_key = [number for number, line in holding if line.lstrip().lower().startswith(key.lower())]
    return next(iter([*with_key, *(number for number, _ in holding)]), None)
