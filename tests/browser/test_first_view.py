"""What a customer in distress sees first: state, headline and the next update, at once, and nothing jumps."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from tests.browser.kinds import BY_NAME, KINDS, Kind, Sites
from tests.browser.visits import context_of, opened

IN_TROUBLE = [BY_NAME[name] for name in ("index one problem", "index several problems", "index late promise")]
SMALL_SCREENS = ((360, 640), (320, 568))
MOST_WORDS = 12
FIRST_PARTS = """() => {
  const next = [...document.querySelectorAll('.facts > div')].find(fact =>
    fact.querySelector('dt').textContent === 'Next update');
  const parts = {state: document.querySelector('main .state'), headline: document.querySelector('h1'),
    'next update': next};
  const end = part => part ? part.getBoundingClientRect().bottom : 1e9;
  return Object.fromEntries(Object.entries(parts).map(([name, part]) => [name, end(part)]));
}"""
SHIFTS = """() => new Promise(done => new PerformanceObserver(list => done(list.getEntries()
    .filter(shift => !shift.hadRecentInput).reduce((sum, shift) => sum + shift.value, 0)))
  .observe({type: 'layout-shift', buffered: true}) || setTimeout(() => done(0), 200))"""


@pytest.fixture(scope="module")
def context(browser: Browser) -> Iterator[BrowserContext]:
    # Elsewhere the script writes most.
    with context_of(browser, timezone_id="Asia/Tokyo", viewport={"width": 360, "height": 640}) as context:
        yield context


def bottoms(page: Page, width: int, height: int) -> dict[str, float]:
    """Return how far down each of the first parts ends, in pixels."""
    page.set_viewport_size({"width": width, "height": height})
    ends: dict[str, float] = page.evaluate(FIRST_PARTS)
    return ends


@pytest.mark.parametrize(("width", "height"), SMALL_SCREENS)
@pytest.mark.parametrize("kind", IN_TROUBLE, ids=lambda kind: kind.slug)
def test_state_headline_and_next_update_are_seen_without_scrolling(
    kind: Kind, width: int, height: int, context: BrowserContext, sites: Sites
) -> None:
    page = opened(context, sites, kind)

    unseen = {part: end for part, end in bottoms(page, width, height).items() if end > height}

    assert unseen == {}


@pytest.mark.parametrize("name", ["index all well", "index one problem", "index late promise"])
def test_state_and_headline_are_read_in_three_seconds(name: str, context: BrowserContext, sites: Sites) -> None:
    page = opened(context, sites, BY_NAME[name])

    words = f"{page.inner_text('main .state')} {page.inner_text('h1')}".split()

    assert len(words) <= MOST_WORDS, words


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.slug)
def test_nothing_jumps_while_a_page_loads(kind: Kind, context: BrowserContext, sites: Sites) -> None:
    page = opened(context, sites, kind)

    assert page.evaluate(SHIFTS) <= 0.01
