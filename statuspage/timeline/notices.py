"""What staff are to be told at an instant, before customers notice: promises, watches, postmortems, planned work."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from itertools import groupby, pairwise
from zoneinfo import ZoneInfo

from statuspage.errors import Fault, Severity, in_order
from statuspage.instants import utc_text
from statuspage.model import Impact, PromiseClock, StaffRules, Status, derived_id
from statuspage.shown import Promise, ShownIncident, ShownUpdate

NEWS_FOR = timedelta(hours=24)
"""What has held for longer is told to nobody: an import, a backfill or a new outbox must not bring a flood."""
POSTMORTEM_NEWS_FOR = timedelta(days=3)
FEW_FILES = 5
"""So many files with faults are told of one by one; more of them in one notice."""
SATURDAY = 5


class NoticeKind(StrEnum):
    """What a notice is about."""

    PROMISE_DUE_SOON = "promise_due_soon"
    PROMISE_MISSED = "promise_missed"
    WATCH_OVER = "watch_over"
    POSTMORTEM_DUE = "postmortem_due"
    MAINTENANCE_SOON = "maintenance_soon"
    OVERRUN = "overrun"
    FAULT = "fault"
    ALARM = "alarm"


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """One thing that staff are told once."""

    key: str
    """The same at every visit, after every restart and on every machine."""
    kind: NoticeKind
    at: datetime
    """From when on it holds."""
    about: datetime
    """The promise, the end of the watch, the resolution, the planned start or end that is meant."""
    until: datetime | None = None
    """From when on it says nothing any more; None: as long as it is true."""
    incident: ShownIncident | None = None
    holding_count: int = 0
    """How many holding updates in a row have spoken since a person did."""
    holding_limit: int = 0
    """How many of them may."""
    is_answered: bool = False
    """A holding update came in the place of the missed one."""
    faults: tuple[Fault, ...] = ()
    text: str = ""
    """Of an alarm: one sentence without its full stop."""


def notices_at(
    incident: ShownIncident, *, rules: StaffRules, clock: PromiseClock, zone: ZoneInfo, now: datetime
) -> tuple[Notice, ...]:
    """Return every notice about the incident, as it is at `now`, that holds then and is still news; oldest first."""
    known = _known(incident, rules=rules, clock=clock, zone=zone)
    holding = (notice for notice in known if notice.at <= now and (notice.until is None or now < notice.until))
    return tuple(sorted((n for n in holding if now - n.at <= _news_for(n)), key=lambda n: (n.at, n.key)))


def next_notice_at(
    incident: ShownIncident, *, rules: StaffRules, clock: PromiseClock, zone: ZoneInfo, now: datetime
) -> datetime | None:
    """Return the first instant after `now` at which there may be another notice; None when there will be none.

    The incident itself may change before that, by the clock or by its files: then it is asked anew.
    """
    known = _known(incident, rules=rules, clock=clock, zone=zone)
    return min((notice.at for notice in known if notice.at > now), default=None)


def fault_notices(faults: Iterable[Fault], *, now: datetime) -> tuple[Notice, ...]:
    """Return a notice for each file with errors, or one for all of them where they are more than a few.

    Warnings are told to whoever runs `check`.
    """
    errors = in_order(fault for fault in faults if fault.severity is Severity.ERROR)
    files = [tuple(group) for _, group in groupby(errors, key=lambda fault: fault.path)]
    groups = files if len(files) <= FEW_FILES else [errors]
    return tuple(
        Notice(
            # Without the lines: what stands above a fault may grow, and it is the same fault.
            key=_key(NoticeKind.FAULT, derived_id(*(part for f in group for part in (f.path, f.where, f.what)))),
            kind=NoticeKind.FAULT,
            at=now,
            about=now,
            faults=group,
        )
        for group in groups
    )


def alarm_notice(text: str, *, now: datetime) -> Notice:
    """Return the notice that says this; one text is one alarm."""
    return Notice(key=_key(NoticeKind.ALARM, derived_id(text)), kind=NoticeKind.ALARM, at=now, about=now, text=text)


def after_working_days(at: datetime, count: int, zone: ZoneInfo) -> datetime:
    """Return the same time of day so many days from Monday to Friday later, in the zone, as UTC.

    A time of day that the clock change leaves out is an hour later; of one that comes twice, the first is meant.
    """
    local = at.astimezone(zone)
    day = local.date()
    while count:
        day += timedelta(days=1)
        count -= day.weekday() < SATURDAY
    return datetime.combine(day, local.time().replace(fold=0), tzinfo=zone).astimezone(UTC)


def _known(incident: ShownIncident, *, rules: StaffRules, clock: PromiseClock, zone: ZoneInfo) -> Iterator[Notice]:
    """Yield what holds, has held or will hold of the incident as it is now."""
    if not incident.is_open:
        yield from _postmortem_due(incident, rules.postmortem_days, zone)
        return
    yield from _due_soon(incident, clock)
    yield from _missed(incident, clock.holding_limit)
    yield from _watch_over(incident, clock.monitoring)
    yield from _maintenance_soon(incident, rules.maintenance_reminders)
    yield from _overrun(incident)


def _due_soon(incident: ShownIncident, clock: PromiseClock) -> Iterator[Notice]:
    promise = incident.promise
    if promise is None or promise.made_at >= promise.due_at - clock.remind_before:
        return
    yield replace(
        _about(NoticeKind.PROMISE_DUE_SOON, incident, promise.due_at),
        at=promise.due_at - clock.remind_before,
        until=promise.due_at,
        holding_count=_holding_count(incident),
        holding_limit=clock.holding_limit,
    )


def _missed(incident: ShownIncident, limit: int) -> Iterator[Notice]:
    """Yield the promises that fall due with no word of a person since; a later one says all that an earlier one did.

    Of planned work that was to end then, the overrun says it.
    """
    promises = [u.promise for u in _since_a_person(incident) if u.promise and u.promise.due_at != incident.ends_at]
    missed = sorted((p for p in promises if _is_open_when_due(p)), key=lambda p: p.due_at)
    for promise, later in pairwise([*missed, None]):
        assert promise is not None
        yield replace(
            _about(NoticeKind.PROMISE_MISSED, incident, promise.due_at),
            until=later.due_at if later else None,
            holding_count=_holding_count(incident),
            holding_limit=limit,
            is_answered=promise.followed_at is not None,
        )


def _holding_count(incident: ShownIncident) -> int:
    return sum(update.is_timed for update in _since_a_person(incident))


def _since_a_person(incident: ShownIncident) -> Sequence[ShownUpdate]:
    """Return the updates from the last one that a person wrote, newest first."""
    count = next((n for n, u in enumerate(incident.updates, 1) if not (u.is_timed or u.is_automatic)), None)
    return incident.updates[:count]


def _is_open_when_due(promise: Promise) -> bool:
    return promise.followed_at is None or promise.followed_at >= promise.due_at


def _watch_over(incident: ShownIncident, usual: timedelta) -> Iterator[Notice]:
    if incident.status is not Status.MONITORING or incident.monitoring_at is None:
        return
    began = next(u for u in incident.updates if u.at == incident.monitoring_at and u.status is Status.MONITORING)
    yield _about(NoticeKind.WATCH_OVER, incident, began.promise.due_at if began.promise else began.at + usual)


def _maintenance_soon(incident: ShownIncident, reminders: Iterable[timedelta]) -> Iterator[Notice]:
    if incident.starts_at is None or incident.status is not Status.SCHEDULED:
        return
    starts = incident.starts_at
    ahead = sorted({before for before in reminders if not _is_announced_after(incident, starts - before)}, reverse=True)
    for before, nearer in pairwise([*ahead, timedelta(0)]):
        notice = _about(NoticeKind.MAINTENANCE_SOON, incident, starts)
        minutes = before // timedelta(minutes=1)
        yield replace(notice, key=f"{notice.key} {minutes}", at=starts - before, until=starts - nearer)


def _is_announced_after(incident: ShownIncident, at: datetime) -> bool:
    """Return True when the announcement itself came later; where none is written, nobody knows when it came."""
    return bool(incident.updates) and incident.created_at >= at


def _overrun(incident: ShownIncident) -> Iterator[Notice]:
    if incident.is_maintenance and incident.is_under_way and incident.ends_at is not None:
        yield _about(NoticeKind.OVERRUN, incident, incident.ends_at)


def _postmortem_due(incident: ShownIncident, days: int, zone: ZoneInfo) -> Iterator[Notice]:
    if incident.is_maintenance or incident.resolved_at is None or not days:
        return
    worst = max(update.impact.severity for update in incident.updates)
    said = any(u.status is Status.POSTMORTEM and u.at >= incident.resolved_at for u in incident.updates)
    if worst >= Impact.MAJOR.severity and not said:
        at = after_working_days(incident.resolved_at, days, zone)
        yield replace(_about(NoticeKind.POSTMORTEM_DUE, incident, incident.resolved_at), at=at)


def _about(kind: NoticeKind, incident: ShownIncident, about: datetime) -> Notice:
    """Return the notice as of the instant that it is about."""
    key = _key(kind, f"{incident.source.id} {utc_text(about)}")
    return Notice(key=key, kind=kind, at=about, about=about, incident=incident)


def _key(kind: NoticeKind, what: str) -> str:
    return f"{kind} {what}"


def _news_for(notice: Notice) -> timedelta:
    return POSTMORTEM_NEWS_FOR if notice.kind is NoticeKind.POSTMORTEM_DUE else NEWS_FOR
