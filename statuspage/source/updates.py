"""One update: its heading, its field lines and its words."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from dataclasses import field as dataclass_field
from datetime import datetime, timedelta
from decimal import Decimal

from statuspage.errors import Unreadable
from statuspage.model import ComponentChange, ComponentState, Impact, Status, Update, Window
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


@dataclass(slots=True, kw_only=True)
class _Said:
    """What the fields of one update have said so far; as a value that changes it costs half of one that does not."""

    at: datetime
    next_update_at: datetime | None = None
    promises_nothing: bool = False
    components: tuple[ComponentChange, ...] = ()
    restores_all: bool = False
    impact: Impact | None = None
    what_you_can_do: str | None = None
    still_working: str | None = None
    hold: str | None = None
    share: Decimal | None = None
    notifies: bool = True
    ends_at: datetime | None = None
    own_id: str | None = None
    lost: set[str] = dataclass_field(default_factory=set)
    has_strangers: bool = False


def read_update(block: Block, context: UpdateContext, *, is_timed: bool) -> WrittenUpdate:
    """Return the update; what is wrong with its fields goes to the notes and is left out."""
    fields, body = split_fields(block.body, line=block.body_line, notes=context.notes)
    status = _fitting_status(context, line=block.line)
    body = bounded(body, line=block.line, notes=context.notes)
    said = _said(fields, context)
    update = Update(
        id="",
        at=said.at,
        status=status,
        body=body,
        next_update_at=said.next_update_at,
        promises_nothing=said.promises_nothing,
        components=said.components,
        restores_all=said.restores_all,
        impact=said.impact,
        what_you_can_do=said.what_you_can_do,
        still_working=said.still_working,
        hold=said.hold,
        share=said.share,
        notifies=said.notifies,
        ends_at=said.ends_at,
        is_timed=is_timed,
    )
    return WrittenUpdate(
        update=update,
        own_id=said.own_id,
        lost=frozenset(said.lost),
        has_strangers=said.has_strangers,
        line=block.line,
    )


def _said(fields: tuple[Field, ...], context: UpdateContext) -> _Said:
    said = _Said(at=context.heading.time.at)
    for field in fields:
        try:
            _READ_FIELD[field.name](said, field, context)
        except Unreadable as error:
            context.notes.error(str(error), line=field.line, where=f"{field.name}:")
            if field.name == "Impact":
                said.lost.add("impact")
    return said


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


def _read_next_update(said: _Said, field: Field, context: UpdateContext) -> None:
    at = context.next(field.value)
    _warn_of_tomorrow(at, field, after=said.at, notes=context.notes)
    said.next_update_at, said.promises_nothing = at, at is None


def _warn_of_tomorrow(at: datetime | None, field: Field, *, after: datetime, notes: Notes) -> None:
    """Warn of a time of day that had just passed: it means the next day, which is hardly meant."""
    if at is not None and at - after > HARDLY_MEANT_AHEAD and is_time_of_day(field.value):
        what = f'"{field.value}" had passed, so that it means {at:%Y-%m-%d %H:%M} UTC; write the day if that is meant'
        notes.warning(what, line=field.line, where=f"{field.name}:")


def _read_components(said: _Said, field: Field, context: UpdateContext) -> None:
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
    said.components, said.restores_all = states.changes, bool(is_all)
    said.lost.update(states.lost, states.meant)
    said.has_strangers = states.has_strangers


def _named_state(item: str, field: Field) -> NamedState:
    """Return `component: state`, `component = state`, or `all state`."""
    name, colon, state = item.partition(":")
    if not colon:
        name, colon, state = item.partition("=")
    words = folded(item)
    if not colon and words.startswith("all ") and words[4:] in STATE_BY_WORD:
        name, state = "all", words[4:]
    return NamedState(name=name.strip(), state=state.strip(), line=field.line)


def _read_impact(said: _Said, field: Field, context: UpdateContext) -> None:
    if context.is_maintenance:
        raise Unreadable("planned work always has the impact maintenance; leave the line out")
    said.impact = parse_impact(field.value)


def _read_what_you_can_do(said: _Said, field: Field, _: UpdateContext) -> None:
    said.what_you_can_do = field.value


def _read_still_working(said: _Said, field: Field, _: UpdateContext) -> None:
    said.still_working = field.value


def _read_hold(said: _Said, field: Field, _: UpdateContext) -> None:
    said.hold = field.value


def _read_share(said: _Said, field: Field, _: UpdateContext) -> None:
    match = _SHARE.fullmatch(field.value)
    share = Decimal(match[1].replace(",", ".")) if match else Decimal(-1)
    if not 0 <= share <= 100:
        raise Unreadable(f'"{field.value[:60]}" is not a share; write 0% to 100%, such as 30%')
    said.share = share


def _read_notify(said: _Said, field: Field, _: UpdateContext) -> None:
    said.notifies = parse_flag(field.value)


def _read_end(said: _Said, field: Field, context: UpdateContext) -> None:
    if not context.is_maintenance:
        raise Unreadable("only planned work has an end that is known before; leave the line out")
    begun_at = max(said.at, context.window.starts_at) if context.window else said.at
    ends_at = context.next(field.value, after=begun_at)
    if ends_at is None:
        raise Unreadable("planned work needs an end; write a date and time")
    _warn_of_tomorrow(ends_at, field, after=begun_at, notes=context.notes)
    said.ends_at = ends_at


def _read_id(said: _Said, field: Field, _: UpdateContext) -> None:
    if not _OWN_ID.fullmatch(field.value):
        raise Unreadable(f'"{field.value[:60]}" is not an id; write it with a-z, 0-9, - and _ only')
    said.own_id = field.value


_READ_FIELD: Mapping[str, Callable[[_Said, Field, UpdateContext], None]] = {
    "Next update": _read_next_update,
    "Components": _read_components,
    "Impact": _read_impact,
    "What you can do": _read_what_you_can_do,
    "Still working": _read_still_working,
    "Share": _read_share,
    "Hold": _read_hold,
    "Notify": _read_notify,
    "Ends": _read_end,
    "Id": _read_id,
}
