"""Badges: well-formed, legible without colour and without any font of ours."""

from __future__ import annotations

import re
from typing import Any
from xml.etree import ElementTree

import pytest

from statuspage.model import ComponentState
from statuspage.render.badge import badge, text_width
from statuspage.render.words import LEVEL_WORD, STATE_WORD
from statuspage.shown import Level
from tests.rendered import badges

from .builders import MAJOR, UP, component, shown, story

SVG = "{http://www.w3.org/2000/svg}"


def drawing(document: bytes) -> Any:
    return ElementTree.fromstring(document)


def test_there_is_a_badge_for_the_page_and_for_each_component() -> None:
    assert sorted(badges(story())) == [
        "badge.svg",
        "components/cards/badge.svg",
        "components/dashboard/badge.svg",
        "components/fax/badge.svg",
        "components/search/badge.svg",
    ]


@pytest.mark.parametrize("level", Level)
def test_the_badge_of_the_page_says_its_level_in_words(level: Level) -> None:
    image = drawing(badges(shown(level=level))["badge.svg"])

    assert image.get("role") == "img"
    assert image.findtext(f"{SVG}title") == image.get("aria-label") == f"Acme: {LEVEL_WORD[level]}"
    assert image.findtext(f"{SVG}text") == LEVEL_WORD[level]


@pytest.mark.parametrize("state", ComponentState)
def test_the_badge_of_a_component_says_its_state_in_words(state: ComponentState) -> None:
    page = shown(component("cards"), states={"cards": state})

    image = drawing(badges(page)["components/cards/badge.svg"])

    assert image.findtext(f"{SVG}title") == f"Acme: Cards: {STATE_WORD[state]}"
    assert image.findtext(f"{SVG}text") == f"Cards: {STATE_WORD[state]}"


def test_the_badge_of_a_retired_component_claims_no_state() -> None:
    image = drawing(badges(story())["components/fax/badge.svg"])

    assert image.findtext(f"{SVG}text") == "Fax: No longer offered"


def test_each_level_has_a_shape_and_a_colour_of_its_own() -> None:
    badges = [badge(level, text="x", title="x").decode() for level in (*Level, None)]

    drawn = [re.search(r'<g [^>]*fill="(#\w+)"[^>]*>(.*)</g>', image, re.DOTALL) for image in badges]

    assert len({each[1] for each in drawn if each}) == len({each[2] for each in drawn if each}) == len(Level) + 1


@pytest.mark.parametrize("level", [*Level, None])
def test_a_badge_needs_no_style_that_a_policy_could_forbid(level: Level | None) -> None:
    image = drawing(badge(level, text="x", title="x"))

    assert not any("style" in (child.tag, *child.attrib) or "class" in child.attrib for child in image.iter())
    parents = {child: parent for parent in image.iter() for child in parent}
    drawn = [child for child in image.iter() if child.tag.removeprefix(SVG) in ("rect", "circle", "path", "text")]
    assert [child.tag for child in drawn if "fill" not in {**parents[child].attrib, **child.attrib}] == []


def test_an_open_incident_without_components_never_shows_a_working_badge() -> None:
    page = shown(component("cards"), states={"cards": UP}, level=Level.SLOW)

    assert drawing(badges(page)["badge.svg"]).findtext(f"{SVG}text") == "Slow or unreliable"


@pytest.mark.parametrize("name", ['<script>"&]]>', "بطاقات", "📦", "Pasted\x00\x08", "日本語" * 40, "x" * 2000])
def test_any_name_gives_a_well_formed_badge_of_bounded_size(name: str) -> None:
    page = shown(component("cards", name=name), states={"cards": MAJOR})

    image = drawing(badges(page)["components/cards/badge.svg"])

    assert image.findtext(f"{SVG}text", "").endswith(": Major outage")
    assert int(image.get("width", "0")) < 1000
    assert [child.tag for child in image.iter()].count(f"{SVG}script") == 0


def test_a_badge_loads_nothing_and_is_wide_enough_for_its_text() -> None:
    document = badge(Level.MAJOR, text="Major outage", title="Acme: Major outage").decode()
    image = drawing(document.encode())

    text = image.find(f"{SVG}text")
    assert int(text.get("x")) + int(text.get("textLength")) < int(image.get("width"))
    assert re.findall(r"https?://[^\"]*|url\(|@import|href", document) == ["http://www.w3.org/2000/svg"]


def test_wide_characters_count_twice_and_marks_not_at_all() -> None:
    assert text_width("日本") == 28
    assert text_width("e\u0301") == text_width("e") == 7
