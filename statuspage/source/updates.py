"""One update: its heading, its field lines and its words."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from decimal import Decimal

from statuspage.errors import Unreadable
from statuspage.model import ComponentState, Status, Update, Window
from statuspage.source.components import NamedState, Terms, read_states
from statuspage.source.fields import Field, split_fields
from statuspage.source.headings import Block, UpdateHeading
from statuspage.source.notes import Notes
from statuspage.source.times import is_time_of_day, parse_next
from statuspage.vocabulary import STATE_BY_WORD, fitting_status, folded, parse_flag, parse_impact, parse_state

LARGEST_UPDATE_BYTES = 50 * 1024
HARDLY_MEANT_AHEAD = timedelta(hours=12)
"""A time of day that lies further ahead than this was probably meant to be today's."""
_SHARE = re.compile(r"(\d{1,3}(?:[.,]\d{1,4})?)[ \t]*%")
_OWN_ID = re.compile(r"[A-Za-z0-9_-]{1,64}")


@dataclass(frozen=True, slots=True, kw_only=True)
class WrittenUpdate:
    """An update as one file writes it, before its place among the others is known."""

    update: Update
    own_id: str | None
    lost: frozenset[str]
    """What was written but could not be read: `impact`, or the id of a component."""
    has_strangers: bool
    """True where a component is named that the configuration does not know."""
    line: int
    """Of its heading."""


@dataclass(frozen=True, slots=True, kw_only=True)
class UpdateContext:
    """What the fields of an update depend on."""

    heading: UpdateHeading
    is_maintenance: bool
    window: Window | None
    """Of planned work, as its front matter says it."""
    terms: Terms
    notes: Notes

    def next(self, text: str, *, after: datetime | None = None) -> datetime | None:
        """Return the instant that the text means, counted from the update, or from `after`."""
        time = self.heading.time
        return parse_next(text, after=after or time.at, zone=time.zone, written_at=time.at)


def read_update(block: Block, context: UpdateContext, *, is_timed: bool) -> WrittenUpdate:
    """Return the update; what is wrong with its fields goes to the notes and is left out."""
    fields, body = split_fields(block.body, line=block.body_line, notes=context.notes)
    written = WrittenUpdate(
        update=Update(
            id="",
            at=context.heading.time.at,
            status=_fitting_status(context, line=block.line),
            body=bounded(body, line=block.line, notes=context.notes),
            is_timed=is_timed,
        ),
        own_id=None,
        lost=frozenset(),
        has_strangers=False,
        line=block.line,
    )
    for field in fields:
        try:
            written = _with_field(written, field, context)
        except Unreadable as error:
            context.notes.error(str(error), line=field.line, where=f"{field.name}:")
            if field.name == "Impact":
                written = replace(written, lost=written.lost | {"impact"})
    return written


def in_order_of_writing(updates: tuple[WrittenUpdate, ...]) -> tuple[WrittenUpdate, ...]:
    """Return the updates oldest first; of two at one instant the later written is later."""
    is_newest_first = bool(updates) and updates[0].update.at > updates[-1].update.at
    oldest_first = updates[::-1] if is_newest_first else updates
    return tuple(sorted(oldest_first, key=lambda written: written.update.at))


def is_closed(updates: tuple[WrittenUpdate, ...]) -> bool:
    """Return True where the last status that the updates say is a final one."""
    told = (written.update.status for written in reversed(in_order_of_writing(updates)))
    last = next((status for status in told if status), None)
    return last is not None and last.is_final


def _with_field(written: WrittenUpdate, field: Field, context: UpdateContext) -> WrittenUpdate:
    if field.name in _PLAIN_FIELDS:
        return replace(written, update=_PLAIN_FIELDS[field.name](written.update, field.value))
    return _OTHER_FIELDS[field.name](written, field, context)


def _fitting_status(context: UpdateContext, *, line: int) -> Status | None:
    """Return the status in the words of an incident or of planned work; None where it has none like it."""
    written = context.heading.status
    try:
        status = fitting_status(written, is_maintenance=context.is_maintenance)
    except Unreadable as error:
        context.notes.error(str(error), line=line, where="heading")
        return None
    if status is not written:
        kind = "planned work" if context.is_maintenance else "an incident"
        context.notes.warning(f"{kind} is not {written} but {status}; read as that", line=line, where="heading")
    return status


def bounded(body: str, *, line: int, notes: Notes) -> str:
    """Return the body, cut where it is longer than any reader or renderer can bear."""
    size = len(body) if body.isascii() else len(body.encode())
    if size <= LARGEST_UPDATE_BYTES:
        return body
    limit = f"cut after {LARGEST_UPDATE_BYTES // 1024}"
    notes.error(f"has {size // 1024} kB of text and is {limit}; move the rest to a page of its own", line=line)
    return body.encode()[:LARGEST_UPDATE_BYTES].decode(errors="ignore")


def _with_next_update(written: WrittenUpdate, field: Field, context: UpdateContext) -> WrittenUpdate:
    at = context.next(field.value)
    _warn_of_tomorrow(at, field, after=written.update.at, notes=context.notes)
    return replace(written, update=replace(written.update, next_update_at=at, promises_nothing=at is None))


def _warn_of_tomorrow(at: datetime | None, field: Field, *, after: datetime, notes: Notes) -> None:
    """Warn of a time of day that had just passed: it means the next day, which is hardly meant."""
    if at is not None and at - after > HARDLY_MEANT_AHEAD and is_time_of_day(field.value):
        what = f'"{field.value}" had passed, so that it means {at:%Y-%m-%d %H:%M} UTC; write the day if that is meant'
        notes.warning(what, line=field.line, where=f"{field.name}:")


def _with_components(written: WrittenUpdate, field: Field, context: UpdateContext) -> WrittenUpdate:
    named = [_named_state(item, field) for item in field.value.rstrip(".").split(",") if item.strip()]
    is_all = [item for item in named if folded(item.name) == "all"]
    if any(parse_state(item.state or "") is not ComponentState.OPERATIONAL for item in is_all):
        raise Unreadable('of all components only "all operational" can be said; name the others one by one')
    states = read_states(
        [item for item in named if item not in is_all],
        implied=ComponentState.OPERATIONAL,
        where="Components:",
        terms=context.terms,
        notes=context.notes,
    )
    update = replace(written.update, components=states.changes, restores_all=bool(is_all))
    lost = written.lost.union(states.lost, states.meant)
    return replace(written, update=update, lost=lost, has_strangers=states.has_strangers)


def _named_state(item: str, field: Field) -> NamedState:
    """Return `component: state`, `component = state`, or `all state`."""
    name, colon, state = item.partition(":")
    if not colon:
        name, colon, state = item.partition("=")
    words = folded(item)
    if not colon and words.startswith("all ") and words[4:] in STATE_BY_WORD:
        name, state = "all", words[4:]
    return NamedState(name=name.strip(), state=state.strip(), line=field.line)


def _with_impact(written: WrittenUpdate, field: Field, context: UpdateContext) -> WrittenUpdate:
    if context.is_maintenance:
        raise Unreadable("planned work always has the impact maintenance; leave the line out")
    return replace(written, update=replace(written.update, impact=parse_impact(field.value)))


def _with_end(written: WrittenUpdate, field: Field, context: UpdateContext) -> WrittenUpdate:
    if not context.is_maintenance:
        raise Unreadable("only planned work has an end that is known before; leave the line out")
    begun_at = max(written.update.at, context.window.starts_at) if context.window else written.update.at
    ends_at = context.next(field.value, after=begun_at)
    if ends_at is None:
        raise Unreadable("planned work needs an end; write a date and time")
    _warn_of_tomorrow(ends_at, field, after=begun_at, notes=context.notes)
    return replace(written, update=replace(written.update, ends_at=ends_at))


def _with_id(written: WrittenUpdate, field: Field, _: UpdateContext) -> WrittenUpdate:
    if not _OWN_ID.fullmatch(field.value):
        raise Unreadable(f'"{field.value[:60]}" is not an id; write it with a-z, 0-9, - and _ only')
    return replace(written, own_id=field.value)


def _share(text: str) -> Decimal:
    match = _SHARE.fullmatch(text)
    share = Decimal(match[1].replace(",", ".")) if match else Decimal(-1)
    if not 0 <= share <= 100:
        raise Unreadable(f'"{text[:60]}" is not a share; write 0% to 100%, such as 30%')
    return share


_PLAIN_FIELDS: Mapping[str, Callable[[Update, str], Update]] = {
    "What you can do": lambda update, text: replace(update, what_you_can_do=text),
    "Still working": lambda update, text: replace(update, still_working=text),
    "Hold": lambda update, text: replace(update, hold=text),
    "Share": lambda update, text: replace(update, share=_share(text)),
    "Notify": lambda update, text: replace(update, notifies=parse_flag(text)),
}
_OTHER_FIELDS: Mapping[str, Callable[[WrittenUpdate, Field, UpdateContext], WrittenUpdate]] = {
    "Next update": _with_next_update,
    "Components": _with_components,
    "Impact": _with_impact,
    "Ends": _with_end,
    "Id": _with_id,
}
