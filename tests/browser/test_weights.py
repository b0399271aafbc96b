"""The bars of bytes: a page comes in the first flight of packets, even on a bad line."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest

from statuspage.model import ComponentState
from statuspage.render.language import language_of
from statuspage.render.pages.strip import strip
from statuspage.shown import Day
from tests.browser.kinds import BY_NAME, KINDS, Kind, Sites
from tests.browser.weights import answer, packed, script, strips, stylesheet

SERVICES, DAYS = 12, 90
OPEN_PROBLEM = BY_NAME["index one problem"]
STATES = tuple(state for state in ComponentState if state.severity)
"""Each that a bar is drawn for."""


def test_the_index_with_a_problem_and_twelve_services_is_small(sites: Sites) -> None:
    page = sites.page(OPEN_PROBLEM)

    assert len(strips(page)) == SERVICES
    assert packed(page) <= 10_000


def test_every_page_with_a_hundred_services_comes_in_the_first_flight(sites: Sites) -> None:
    folder = sites.folders["many services"]
    pages = [str(path.relative_to(folder)) for path in folder.rglob("*.html")]

    heavy = {path: size for path in pages if (size := answer(folder, path)) > 14_000}

    assert len(strips(sites.page(BY_NAME["index many services"]))) == 100
    assert heavy == {}


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.slug)
def test_every_kind_of_page_comes_in_the_first_flight(kind: Kind, sites: Sites) -> None:
    assert answer(sites.folders[kind.site], kind.file) <= 14_000


def test_the_strips_of_twelve_services_are_small(sites: Sites) -> None:
    assert packed(b"".join(strips(sites.page(OPEN_PROBLEM)))) <= 2_500


def test_twelve_strips_without_one_ordinary_day_are_small() -> None:
    first = date(2026, 7, 18)
    troubled = [
        tuple(
            Day(
                date=first + timedelta(days=day),
                worst=STATES[(service * 7 + day * day + day * service) % len(STATES)],
                outage_minutes=Decimal(1),
            )
            for day in range(DAYS)
        )
        for service in range(SERVICES)
    ]

    drawn = "".join(strip(days, language_of("en")) for days in troubled)
    assert packed(drawn.encode()) <= 2_500


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.slug)
def test_stylesheet_and_script_of_a_page_are_small(kind: Kind, sites: Sites) -> None:
    page = sites.page(kind)

    assert packed(stylesheet(page)) <= 3_500
    assert packed(script(page)) <= 1_200
