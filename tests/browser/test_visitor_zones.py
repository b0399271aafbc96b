"""A visitor elsewhere reads each time by the own clock, and is told so; in the page's own zone nothing changes."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import Browser, BrowserContext

from tests.browser.kinds import KINDS, Kind, Sites
from tests.browser.sites import SITES
from tests.browser.visits import PAGE_ZONE, context_of, opened

ZONES = ("America/Lima", "Asia/Kolkata", "Asia/Tokyo")
TIMED = [
    kind
    for kind in KINDS
    if kind.name.startswith(("index", "incident", "maintenance"))
    and kind.name != "index unreadable file"  # nobody could read when that began
]
TIMES = """() => ({
  times: [...document.querySelectorAll('time')].filter(each => each.dateTime.includes('T')).map(each =>
    ({instant: each.dateTime, text: each.textContent, hasDay: /\\d{4}/.test(each.title)})),
  zones: [...document.querySelectorAll('time > span')].map(each => each.textContent.trim()),
})"""


@pytest.fixture(scope="module")
def contexts(browser: Browser) -> Iterator[dict[str, BrowserContext]]:
    with ExitStack() as stack:
        yield {zone: stack.enter_context(context_of(browser, timezone_id=zone)) for zone in (PAGE_ZONE, *ZONES)}


def wrong(times: list[dict[str, Any]], zone: str, now: datetime) -> list[str]:
    """Return what of these is not the time of day, and the day where that is not today, of the zone."""
    return [each for time in times if (each := _wrong(time, ZoneInfo(zone), now))]


def _wrong(time: dict[str, Any], zone: ZoneInfo, now: datetime) -> str:
    there = datetime.fromisoformat(time["instant"]).astimezone(zone)
    is_today = there.date() == now.astimezone(zone).date()
    if f"{there:%H:%M}" not in time["text"]:
        return f"{time['instant']} is {there:%H:%M} there, not {time['text']!r}"
    if (time["hasDay"] or not is_today) and str(there.day) not in time["text"].replace(f"{there:%H:%M}", ""):
        return f"{time['instant']} is on the {there.day} there: {time['text']!r}"
    return ""


@pytest.mark.parametrize("zone", ZONES)
@pytest.mark.parametrize("kind", TIMED, ids=lambda kind: kind.slug)
def test_elsewhere_each_time_is_the_visitors_own_and_says_so(
    kind: Kind, zone: str, contexts: dict[str, BrowserContext], sites: Sites
) -> None:
    page = opened(contexts[zone], sites, kind)

    found = page.evaluate(TIMES)

    assert found["times"]
    assert wrong(found["times"], zone, SITES[kind.site].now) == []
    assert set(found["zones"]) == {"your time"}


@pytest.mark.parametrize("kind", TIMED, ids=lambda kind: kind.slug)
def test_in_the_zone_of_the_page_its_own_words_stay(
    kind: Kind, contexts: dict[str, BrowserContext], sites: Sites
) -> None:
    page = opened(contexts[PAGE_ZONE], sites, kind)

    found = page.evaluate(TIMES)

    assert found["times"]
    assert [
        time for time in found["times"] if f'<time datetime="{time["instant"]}"' not in sites.page(kind).decode()
    ] == []
    assert "your time" not in found["zones"]
