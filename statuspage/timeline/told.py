"""One incident at an instant, by itself: what the public sees of it, and for how long that holds."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from statuspage.model import Incident, Page
from statuspage.shown import HOLD_AFTER_RESOLVED, ShownIncident
from statuspage.timeline.steps import end_known_at, steps_of
from statuspage.timeline.story import LATE_AFTER, Story, shown_incident, story_of
from statuspage.uptime import Span, last_full_hour

ALWAYS = datetime.max.replace(tzinfo=UTC)
NEVER = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What one file says at one instant. It depends on that file, the settings and the time, and on nothing else."""

    shown: ShownIncident | None
    """None while it is a draft, lies ahead, or says nothing yet."""
    spans: tuple[tuple[str, Span], ...]
    """Every component with each state that it was in, and from when to when."""
    valid_from: datetime
    """Nothing about it differs from here on,"""
    valid_until: datetime
    """and before this; ALWAYS for what has come to rest."""


def tell(incident: Incident, page: Page, now: datetime) -> Told:
    """Return the incident at `now` (aware UTC); of `page` only what the settings say is used."""
    story = story_of(incident, page, now)
    instants = [] if incident.is_draft else [step.at for step in steps_of(incident)]
    if story is not None:
        instants += _by_the_clock(story, page.site.zone, now)
    ahead = min((instant for instant in instants if instant > now), default=ALWAYS)
    return Told(
        shown=shown_incident(story, now=now) if story else None,
        spans=story.spans if story else (),
        # What still moves is told anew when the clock is set back at all: that is rare.
        valid_from=now if ahead < ALWAYS else max(instants, default=NEVER),
        valid_until=ahead,
    )


def next_midnight(at: datetime, zone: ZoneInfo) -> datetime:
    """Return when the day of that instant ends in the zone, as UTC."""
    tomorrow = at.astimezone(zone).date() + timedelta(days=1)
    return datetime.combine(tomorrow, time.min, tzinfo=zone).astimezone(UTC)


def _by_the_clock(story: Story, zone: ZoneInfo, now: datetime) -> Iterator[datetime]:
    """Yield when minutes are next counted, planned work was to end, a promise falls due, callers hear no more of it.

    Also each midnight up to the end of the last day that its page names: before, that day is `today` or not.
    """
    if any(span.end is None for _, span in story.spans):
        yield last_full_hour(now) + timedelta(hours=1)
    if (ends_at := end_known_at(story.incident, now)) is not None:
        yield ends_at
    if not story.updates:
        return
    newest = story.updates[-1]
    if newest.promise is not None:
        yield newest.promise.due_at
        yield newest.promise.due_at + LATE_AFTER
    if newest.status.is_final:
        yield from (u.at + HOLD_AFTER_RESOLVED for u in story.updates if u.status.is_final)
    last_named = max(max(u.at, u.promise.due_at) if u.promise else u.at for u in story.updates)
    yield next_midnight(last_named, zone)
    yield next_midnight(min(now, last_named), zone)
