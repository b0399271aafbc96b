"""The page of the hold message plays what callers hear."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser

from statuspage.sound.engines import voices_for
from tests.browser.kinds import BY_NAME, Sites
from tests.browser.visits import context_of, visiting

PLAYED = """
async player => {
  await new Promise((resolve, reject) => {
    player.onloadedmetadata = resolve
    player.onerror = () => reject(new Error(player.error.message))
    player.load()
    player.preload = 'auto'
  })
  return player.duration
}
"""


def test_every_wording_can_be_listened_to_and_nothing_is_fetched_before(browser: Browser, sites: Sites) -> None:
    if not voices_for("en"):
        pytest.skip("no voice is installed")
    with context_of(browser) as context, visiting(context, sites, BY_NAME["hold"]) as visit:
        fetched = [url for url in visit.requests if url.endswith(".wav")]
        players = visit.page.locator("audio").all()
        seconds = [player.evaluate(PLAYED) for player in players]
        told = [text.split(", ")[1] for text in visit.page.locator(".wordings li .soft").all_inner_texts()]

    assert fetched == []
    assert [f"{round(lasting)} seconds" for lasting in seconds] == told
    assert len(seconds) == 6
    assert visit.complaints == []
