"""Nothing makes a page scroll sideways: not a small screen, not large text, not the spacing of WCAG 1.4.12."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext

from tests.browser.kinds import KINDS, Kind, Sites
from tests.browser.visits import context_of, opened

LARGE = ":root{font-size:200% !important}"
SPACED = """
*{line-height:1.5 !important;letter-spacing:.12em !important;word-spacing:.16em !important}
p{margin-bottom:2em !important}
"""
VIEWS = (
    ("320 px", 320, 568, ""),
    ("zoomed to 400 %", 320, 256, ""),
    ("large text on a phone", 360, 640, LARGE),
    ("large text on a desk", 1280, 800, LARGE),
    ("spaced text on a small phone", 320, 568, SPACED),
    ("spaced text on a desk", 1280, 800, SPACED),
)
TOO_WIDE = """() => {
  const edge = document.documentElement.clientWidth,
    shown = element => element.cloneNode().outerHTML.slice(0, 80);
  const scrollsItself = element => element && element !== document.body && (
    ['auto', 'scroll'].includes(getComputedStyle(element).overflowX) || scrollsItself(element.parentElement));
  const wide = [...document.body.querySelectorAll('*')].filter(element => {
    const box = element.getBoundingClientRect();
    return box.width > 1 && box.right > edge + 1 && !scrollsItself(element.parentElement);
  }).map(shown);
  return document.documentElement.scrollWidth > edge ? ['the page', ...new Set(wide)] : [...new Set(wide)];
}"""
CUT_OFF = """() => [...document.body.querySelectorAll('*')].filter(element => {
    const style = getComputedStyle(element);
    return ['hidden', 'clip'].includes(style.overflowX) && element.scrollWidth > element.clientWidth + 1
      && element.clientWidth > 1 && element.innerText;
  }).map(element => element.outerHTML.slice(0, 80))"""
SCROLLS_ITSELF = """() => [...document.body.querySelectorAll('*')].filter(element =>
    ['auto', 'scroll'].includes(getComputedStyle(element).overflowX) && element.scrollWidth > element.clientWidth)
  .filter(element => !element.matches('pre') && !element.querySelector('table'))
  .map(element => element.outerHTML.slice(0, 80))"""


@pytest.fixture(scope="module")
def context(browser: Browser) -> Iterator[BrowserContext]:
    with context_of(browser, bypass_csp=True) as context:
        yield context


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.slug)
def test_nothing_is_wider_than_the_screen_or_cut_off(kind: Kind, context: BrowserContext, sites: Sites) -> None:
    page = opened(context, sites, kind)
    page.evaluate("document.head.append(Object.assign(document.createElement('style'), {id: 'of-the-visitor'}))")

    found = []
    for name, width, height, styles in VIEWS:
        page.set_viewport_size({"width": width, "height": height})
        page.evaluate("styles => document.getElementById('of-the-visitor').textContent = styles", styles)
        for question in (TOO_WIDE, CUT_OFF, SCROLLS_ITSELF):
            found += [f"{name}: {element}" for element in page.evaluate(question)]

    assert found == []
