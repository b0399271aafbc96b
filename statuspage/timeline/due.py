"""Which promises have fallen due without an update, and what is to be said in the place of one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from statuspage.model import Status
from statuspage.shown import ShownIncident, ShownUpdate


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
