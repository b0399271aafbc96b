"""Tab leads through every control of a page in the order in which it reads, and each shows that it has the focus."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext

from tests.browser.kinds import KINDS, Kind, Sites
from tests.browser.visits import context_of, opened

CONTROLS = """() => {
  const scrolls = element => ['auto', 'scroll'].includes(getComputedStyle(element).overflowX);
  window.controls = [...document.querySelectorAll(
      'a[href], button, summary, input, select, textarea, [tabindex]:not([tabindex="-1"])')]
    .filter(each => !scrolls(each) && each.checkVisibility({visibilityProperty: true, contentVisibilityAuto: true}));
  window.before = window.controls.map(each => getComputedStyle(each).outline);
  return window.controls.map(each => each.outerHTML.slice(0, 90));
}"""
TABS_OF_A_PLAYER = 6
"""A player has buttons of its own."""
FOCUSED = """() => {
  const element = document.activeElement, style = getComputedStyle(element), box = element.getBoundingClientRect(),
    number = window.controls.indexOf(element);
  return {
    number, isBody: element === document.body,
    shows: style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2
      && style.outline !== window.before[number],
    isSeen: box.width > 0 && box.height > 0 && box.bottom > 0 && box.top < innerHeight && box.left < innerWidth,
  };
}"""


@pytest.fixture(scope="module")
def context(browser: Browser) -> Iterator[BrowserContext]:
    with context_of(browser, viewport={"width": 360, "height": 640}, reduced_motion="reduce") as context:
        yield context


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.slug)
def test_tab_reaches_every_control_in_order_and_shows_where_it_is(
    kind: Kind, context: BrowserContext, sites: Sites
) -> None:
    page = opened(context, sites, kind)
    controls = page.evaluate(CONTROLS)
    reached: list[dict[str, Any]] = []

    for _ in range(len(controls) + 10 + TABS_OF_A_PLAYER * page.locator("audio").count()):
        page.keyboard.press("Tab")
        at = page.evaluate(FOCUSED)
        if at["isBody"]:
            break
        reached += [at] if at["number"] >= 0 else []  # a table or code that scrolls inside itself takes the focus too

    assert 'class="skip"' in controls[0]
    assert [at["number"] for at in reached][: len(controls)] == list(range(len(controls)))
    assert [controls[at["number"]] for at in reached if not at["shows"]] == []
    assert [controls[at["number"]] for at in reached if not at["isSeen"]] == []


def test_a_closed_group_opens_with_the_keyboard(context: BrowserContext, sites: Sites) -> None:
    kind = next(kind for kind in KINDS if kind.name == "index many services")
    page = opened(context, sites, kind)
    summary = page.locator("main details:not([open]) > summary").first

    summary.focus(timeout=1_000)
    page.keyboard.press("Enter")

    assert page.locator("main details[open]").count() == 1
