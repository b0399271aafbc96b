"""The words that the program itself puts on a page: plain, short, said once, and none that customers are tired of."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.browser.kinds import KINDS, Kind, Sites
from tests.browser.wording import (
    BANNED,
    own_sentences,
    reading_ease,
    repeated,
    sentences,
    syllables,
    word_count,
)

MOST_WORDS = 22
LEAST_EASE = 70
IN_ENGLISH = [kind for kind in KINDS if kind.language == "en"]
"""Flesch counted English syllables."""


def folder_of(kind: Kind, sites: Sites) -> Path:
    return sites.folders[kind.site].parent


@pytest.mark.parametrize("kind", IN_ENGLISH, ids=lambda kind: kind.slug)
def test_the_programs_own_sentences_are_easily_read(kind: Kind, sites: Sites) -> None:
    said = own_sentences(sites.page(kind), folder_of(kind, sites))

    ease = reading_ease(said)

    assert ease >= LEAST_EASE, sorted(said, key=lambda each: reading_ease([each]))[:5]


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.slug)
def test_none_of_the_programs_own_sentences_is_long_or_shouts(kind: Kind, sites: Sites) -> None:
    said = own_sentences(sites.page(kind), folder_of(kind, sites))

    assert [each for each in said if word_count(each) > MOST_WORDS] == []
    assert [each for each in said if "!" in each] == []


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.slug)
def test_no_sentence_stands_twice_on_a_page(kind: Kind, sites: Sites) -> None:
    assert repeated(sentences(sites.page(kind))) == []


def test_no_page_of_any_site_holds_a_banned_phrase(sites: Sites) -> None:
    found = {
        f"{path.relative_to(folder.parents[1])}: {phrase[0]}"
        for folder in sites.folders.values()
        for path in folder.rglob("*.html")
        for phrase in BANNED.finditer(path.read_text())
    }

    assert sorted(found) == []


@pytest.mark.parametrize(
    ("word", "count"),
    [("we", 1), ("late", 1), ("said", 1), ("update", 2), ("everything", 4), ("minutes", 2), ("little", 2), ("don't", 1),
     ("watched", 1), ("started", 2), ("places", 2), ("outage", 2), ("promised", 2), ("problem", 2)],
)  # fmt: skip
def test_syllables_are_counted_about_right(word: str, count: int) -> None:
    assert syllables(word) == count


def test_reading_ease_is_counted_as_flesch_did() -> None:
    assert reading_ease(["The cat sat on the mat."]) == pytest.approx(116.145)
