"""When the public page differs next."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from statuspage.model import Page
from statuspage.timeline.told import Told, next_midnight, tell


def next_change(page: Page, now: datetime) -> datetime:
    """Return the first instant after `now` at which anything public can differ, /heartbeat.json apart.

    There is always one: at the site's midnight the 90 days move on.
    """
    return change_after(page, (tell(incident, page, now) for incident in page.incidents), now)


def change_after(page: Page, told: Iterable[Told], now: datetime) -> datetime:
    """Return the same as `next_change`, when what is told at `now` is already known."""
    return min([next_midnight(now, page.site.zone), *(one.valid_until for one in told)])
