"""When the public page differs next."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, time, timedelta

from statuspage.model import Page
from statuspage.shown import HOLD_AFTER_RESOLVED
from statuspage.timeline.steps import end_known_at, steps_of
from statuspage.timeline.story import LATE_AFTER, Story, story_of
from statuspage.uptime import last_full_hour


def next_change(page: Page, now: datetime) -> datetime:
    """Return the first instant after `now` at which anything public can differ, /heartbeat.json apart.

    There is always one: at the site's midnight the 90 days move on.
    """
    stories = (story_of(incident, page, now) for incident in page.incidents)
    return change_after(page, (story for story in stories if story), now)


def change_after(page: Page, stories: Iterable[Story], now: datetime) -> datetime:
    """Return the same as `next_change`, when the stories at `now` are already known."""
    instants = [_next_midnight(page, now)]
    for incident in page.incidents:
        if not incident.is_draft:
            instants += (step.at for step in steps_of(incident))
    for story in stories:
        instants += _by_the_clock(story, now)
    return min(instant for instant in instants if instant > now)


def _by_the_clock(story: Story, now: datetime) -> Iterator[datetime]:
    """Yield when minutes are next counted, planned work was to end, a promise falls due, and callers hear no more."""
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


def _next_midnight(page: Page, now: datetime) -> datetime:
    zone = page.site.zone
    tomorrow = now.astimezone(zone).date() + timedelta(days=1)
    return datetime.combine(tomorrow, time.min, tzinfo=zone).astimezone(UTC)
