"""Without its script a page says the same, and the script asks for nothing but the heartbeat."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from tests.browser.kinds import KINDS, Kind, Sites
from tests.browser.visits import context_of, opened, visiting

LONGEST_WAIT = timedelta(minutes=7)
FACTS = """() => {
  document.querySelectorAll('[data-rel], [data-js], [role=status]').forEach(each => each.remove());
  return document.querySelector('main').innerText.split('\\n').map(line => line.replace(/\\s+/g, ' ').trim())
    .filter(line => line);
}"""
"""The lines that both read, without what only an open page can know: how long ago, and that it looks for news."""


@pytest.fixture(scope="module")
def with_script(browser: Browser) -> Iterator[BrowserContext]:
    with context_of(browser) as context:
        yield context


@pytest.fixture(scope="module")
def without_script(browser: Browser) -> Iterator[Page]:
    with context_of(browser, java_script_enabled=False) as context:
        yield context.new_page()


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.slug)
def test_without_script_a_page_says_the_same(
    kind: Kind, with_script: BrowserContext, without_script: Page, sites: Sites
) -> None:
    without_script.goto(sites.address(kind))
    enhanced = opened(with_script, sites, kind)

    assert without_script.evaluate(FACTS) == enhanced.evaluate(FACTS)


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.slug)
def test_a_page_asks_for_itself_and_the_heartbeat_and_breaks_no_policy(
    kind: Kind, with_script: BrowserContext, sites: Sites
) -> None:
    with visiting(with_script, sites, kind) as visit:
        visit.page.clock.run_for(LONGEST_WAIT // timedelta(milliseconds=1))
        visit.page.evaluate("fetch('/heartbeat.json').then(answer => answer.text())")  # after the script's own
        asked = [url for url in visit.requests if not url.startswith("data:")]
        said = [text for text in visit.complaints if "404 (Not Found)" not in text]

    beat = f"{sites.servers[kind.site].address}heartbeat.json"
    assert asked[0] == sites.address(kind)
    assert set(asked[1:]) == {beat}
    assert said == []
