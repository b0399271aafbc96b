"""Forced colours, less motion and paper: each shows a page whole."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from tests.browser.contrast import luminance, ratio
from tests.browser.kinds import KINDS, Kind, Sites
from tests.browser.visits import context_of, opened

PICTURES = """() => [...document.querySelectorAll('main svg')].filter(svg => svg.getBoundingClientRect().height > 1)
  .map(svg => {
    let ground = svg;
    while (ground && getComputedStyle(ground).backgroundColor === 'rgba(0, 0, 0, 0)') ground = ground.parentElement;
    const drawn = [...svg.querySelectorAll('path, circle, rect, use')].map(each => getComputedStyle(each)),
      colours = (key, styles) => [...new Set(styles.map(style => style[key]).filter(paint => /^rgb/.test(paint)))],
      filled = colours('fill', drawn);
    return {
      ground: ground ? getComputedStyle(ground).backgroundColor : 'rgb(0, 0, 0)',
      filled, drawn: colours('stroke', filled.length ? drawn.filter(style => style.fill === 'none') : drawn),
    };
  })"""
MOVING = """() => [...document.querySelectorAll('*')].filter(element => {
    const style = getComputedStyle(element);
    return parseFloat(style.transitionDuration) > 0 || style.animationName !== 'none'
      || style.scrollBehavior === 'smooth';
  }).map(element => element.outerHTML.slice(0, 80))"""
ON_PAPER = """() => {
  const seen = element => element.checkVisibility({visibilityProperty: true})
    && element.getBoundingClientRect().height > 0;
  const text = [...document.querySelectorAll('main *')].filter(element => seen(element)
    && [...element.childNodes].some(node => node.nodeType === 3 && node.data.trim()));
  const grounds = [...document.querySelectorAll('html, body, body *')].filter(seen)
    .map(element => getComputedStyle(element).backgroundColor);
  return {
    controls: [...document.querySelectorAll('nav, .acts, .actions, .skip, #news, form, button')].filter(seen)
      .map(element => element.outerHTML.slice(0, 60)),
    inks: [...new Set(text.map(element => getComputedStyle(element).color))],
    grounds: [...new Set(grounds)],
    words: document.querySelector('main').innerText,
  };
}"""


@pytest.fixture(scope="module")
def context(browser: Browser) -> Iterator[BrowserContext]:
    with context_of(browser) as context:
        yield context


def edges(picture: dict[str, Any]) -> list[tuple[str, str]]:
    """Return the pairs of colours that must differ: a shape and its ground, a sign and its shape."""
    shapes = [(colour, picture["ground"]) for colour in picture["filled"] or picture["drawn"]]
    signs = [(colour, shape) for shape in picture["filled"] for colour in picture["drawn"]]
    return shapes + signs


def words_of_main(page: Page) -> str:
    text: str = page.inner_text("main")
    return text


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.slug)
def test_in_forced_colours_every_shape_and_bar_stands_out(kind: Kind, context: BrowserContext, sites: Sites) -> None:
    page = opened(context, sites, kind)
    page.emulate_media(forced_colors="active", color_scheme="dark")

    faint = {
        f"{colour} on {ground}"
        for picture in page.evaluate(PICTURES)
        for colour, ground in edges(picture)
        if ratio(colour, ground) < 3
    }
    page.emulate_media(forced_colors="none", color_scheme="light")

    assert faint == set()


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.slug)
def test_nothing_moves_for_who_wants_less_motion(kind: Kind, context: BrowserContext, sites: Sites) -> None:
    page = opened(context, sites, kind)
    page.emulate_media(reduced_motion="reduce")

    moving = page.evaluate(MOVING)

    assert moving == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.slug)
def test_on_paper_the_words_are_all_there_dark_on_white_without_controls(
    kind: Kind, scheme: str, context: BrowserContext, sites: Sites
) -> None:
    page = opened(context, sites, kind)
    page.emulate_media(media="screen")
    actions = page.evaluate("[...document.querySelectorAll('.acts, .actions, form')].map(each => each.innerText)")
    words = [line for line in words_of_main(page).splitlines() if line.strip() not in "\n".join(actions)]

    page.emulate_media(media="print", color_scheme="dark" if scheme == "dark" else "light")
    printed = page.evaluate(ON_PAPER)
    page.emulate_media(media="screen", color_scheme="light")

    assert printed["controls"] == []
    assert [ink for ink in printed["inks"] if ratio(ink, "rgb(255, 255, 255)") < 7] == []
    assert [ground for ground in printed["grounds"] if luminance(ground) < 0.95] == []
    assert [line for line in words if line.strip() and line.strip() not in printed["words"]] == []
