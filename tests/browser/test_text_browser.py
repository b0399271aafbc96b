"""Without styles a page reads from the state to the foot, as kept in `snapshots/`, and nothing hidden comes up."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.kinds import KINDS, Kind, Sites
from tests.browser.text_browser import shown_without_styles, words_without_styles
from tests.browser.visits import context_of

SNAPSHOTS = Path(__file__).parent / "snapshots"
WORDS = """() => {
  document.querySelectorAll('details').forEach(each => each.open = true);
  return document.body.innerText.split(/\\s+/).filter(word => word);
}"""
HIDDEN = """() => {
  document.querySelectorAll('details').forEach(each => each.open = true);
  return [...document.body.querySelectorAll(':not(script, style, template, svg, svg *)')].filter(each =>
    !each.checkVisibility({visibilityProperty: true, opacityProperty: true})
    && each.textContent.trim()).map(each => each.outerHTML.slice(0, 80));
}"""


@pytest.fixture(scope="module")
def page(browser: Browser) -> Iterator[Page]:
    with context_of(browser, java_script_enabled=False) as context:
        yield context.new_page()


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.slug)
def test_a_text_browser_shows_the_page_as_kept(kind: Kind, sites: Sites, request: pytest.FixtureRequest) -> None:
    snapshot = SNAPSHOTS / f"{kind.slug}.txt"

    shown = shown_without_styles(sites.page(kind))

    if request.config.getoption("--update-golden"):
        SNAPSHOTS.mkdir(exist_ok=True)
        snapshot.write_text(shown)
    assert shown == snapshot.read_text()


def test_no_snapshot_is_left_of_a_page_that_is_gone() -> None:
    assert {each.stem for each in SNAPSHOTS.iterdir()} == {kind.slug for kind in KINDS}


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.slug)
def test_styles_hide_nothing_and_change_no_order(kind: Kind, page: Page, sites: Sites) -> None:
    page.goto(sites.address(kind))

    words, hidden = page.evaluate(WORDS), page.evaluate(HIDDEN)

    assert hidden == []
    assert words == words_without_styles(sites.page(kind))
