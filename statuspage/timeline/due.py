"""Which promises have fallen due without an update, and what is to be said in the place of one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import takewhile

from statuspage.model import PromiseClock, Status, derived_id
from statuspage.shown import ShownIncident, ShownUpdate
from statuspage.timeline.story import LATE_AFTER

SPOKEN_FOR = timedelta(days=7)
"""The clock does not break a longer silence: where nobody has kept a promise for so long, the page says so."""


@dataclass(frozen=True, slots=True, kw_only=True)
class HoldingUpdate:
    """A timed post that is due: nobody has written the update that was promised."""

    incident: ShownIncident
    """As it is before this post."""
    due_at: datetime
    """The promise that it answers. There is one post for each, however often it is looked for."""
    at: datetime
    """Its own time: that of the promise, or, long after it, the time at which it is written."""
    status: Status
    """In force; a holding update never changes it."""
    number: int
    """How many holding updates the incident has had before, whatever its status was."""
    said: ShownUpdate | None
    """The last update that a person wrote; None where only the clock has spoken."""
    next_update_at: datetime
    """The new promise."""


def holding_update(incident: ShownIncident, clock: PromiseClock, now: datetime) -> HoldingUpdate | None:
    """Return the holding update that is due at `now`; None where there is none, or it has been written.

    It carries the instant of the promise as long as that is not late, else the next full second: nothing is dated
    before it was public. After `holding_limit` of them in a row nothing is due any more until a person writes.
    """
    promise = incident.promise
    if promise is None or not promise.due_at <= now < promise.due_at + SPOKEN_FOR:
        return None
    if holding_updates_in_a_row(incident) >= clock.holding_limit or has_post(incident, promise.due_at):
        return None
    at = promise.due_at if now < promise.due_at + LATE_AFTER else _next_full_second(now)
    return HoldingUpdate(
        incident=incident,
        due_at=promise.due_at,
        at=at,
        status=incident.status,
        number=sum(update.is_timed for update in incident.updates),
        said=next((update for update in incident.updates if is_written_by_a_person(update)), None),
        next_update_at=_next_promise(incident, clock, at),
    )


def holding_updates_in_a_row(incident: ShownIncident) -> int:
    """Return how many holding updates have come since anything else was said."""
    return sum(1 for _ in takewhile(lambda update: update.is_timed, incident.updates))


def is_written_by_a_person(update: ShownUpdate) -> bool:
    """Return False for what a clock wrote."""
    return not (update.is_timed or update.is_automatic)


def post_id(incident_id: str, due_at: datetime) -> str:
    """Return the id of the holding update that answers a promise: the same on every machine, however late it comes."""
    return derived_id(incident_id, "holding", due_at.astimezone(UTC).isoformat())


def has_post(incident: ShownIncident, due_at: datetime) -> bool:
    """Return True when the post that answers the promise stands in the files already, public or not yet."""
    wanted = post_id(incident.source.id, due_at)
    return any(update.id == wanted for update in incident.source.updates)


def _next_promise(incident: ShownIncident, clock: PromiseClock, at: datetime) -> datetime:
    """Return the new promise, on a full minute."""
    if incident.is_under_way:
        due_at = at + clock.overrun
    else:
        due_at = at + clock.after(incident.status, incident.impact, open_for=at - incident.created_at)
        if incident.starts_at and incident.starts_at > at:
            due_at = min(due_at, incident.starts_at)
    return _rounded_up(due_at, timedelta(minutes=1))


def _next_full_second(now: datetime) -> datetime:
    return _rounded_up(now, timedelta(seconds=1))


def _rounded_up(at: datetime, unit: timedelta) -> datetime:
    """Return the instant, or the first one after it at which a new unit begins."""
    return at + (datetime.min.replace(tzinfo=at.tzinfo) - at) % unit
