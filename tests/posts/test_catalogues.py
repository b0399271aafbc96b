"""The wordings of holding updates: short, plain, honest, and no two with a sentence in common."""

from __future__ import annotations

import re
from collections import Counter

import pytest

from statuspage.config.holding import FEWEST_TEXTS, HELD_STATUSES, sentences_of
from statuspage.model import SPOKEN_LANGUAGES
from statuspage.posts.catalogue import PostCatalogue
from statuspage.posts.english import ENGLISH
from statuspage.posts.german import GERMAN
from statuspage.render.hold.wordings import catalogue_for

CATALOGUES = {"en": ENGLISH, "de": GERMAN}
MOST_WORDS_IN_A_SENTENCE = 22
LEAST_READING_EASE = 70
CLAIMS_OR_RED_WORDS = re.compile(
    r"\b(?:close to|nearly|almost|making progress|soon|shortly|outage|critical|severe|crash|failure|inconvenience|"
    r"patience|kürze ?zeit|bald|fast fertig|fortschritte|unannehmlichkeiten|geduld|ausfall|kritisch|demnächst)\b",
    re.IGNORECASE,
)


def wordings_of(catalogue: PostCatalogue) -> list[str]:
    groups = (*catalogue.by_status.values(), *catalogue.past_end.values())
    return [text for group in groups for text in group]


EVERY_WORDING = [(language, text) for language, one in CATALOGUES.items() for text in wordings_of(one)]


def spoken(text: str) -> str:
    """Return the wording as it is read, with times of day in words and without the quotation."""
    return text.replace("{since}", "ten past two").replace("{next}", "half past two").replace("{said}", "")


def syllables_in(word: str) -> int:
    """Return how many syllables an English word has, by its groups of vowels: right for plain words."""
    word = re.sub(r"(?:(?<=[^laeiou])(?:es|e)|(?<=[^td])ed)$", "", word.lower()) or word
    return max(1, len(re.findall(r"[aeiouy]+", word)))


def reading_ease(text: str) -> float:
    """Return the Flesch reading ease."""
    words = re.findall(r"[A-Za-z'’]+", spoken(text))
    per_sentence = len(words) / len(sentences_of(text))
    return 206.835 - 1.015 * per_sentence - 84.6 * sum(map(syllables_in, words)) / len(words)


def test_every_language_has_wordings_for_every_status() -> None:
    assert set(CATALOGUES) < set(SPOKEN_LANGUAGES)  # Arabic sites get them in English
    for catalogue in CATALOGUES.values():
        groups = (*catalogue.by_status.values(), *catalogue.past_end.values())
        assert set(catalogue.by_status) == set(HELD_STATUSES)
        assert min(len(group) for group in groups) >= FEWEST_TEXTS


@pytest.mark.parametrize("language", CATALOGUES)
def test_no_sentence_stands_twice_in_a_language(language: str) -> None:
    sentences = Counter(s for text in wordings_of(CATALOGUES[language]) for s in sentences_of(text))

    assert [sentence for sentence, count in sentences.items() if count > 1] == []


@pytest.mark.parametrize(("language", "text"), EVERY_WORDING)
def test_a_wording_says_all_that_it_must(language: str, text: str) -> None:
    sentences = sentences_of(text)
    quoting = [sentence for sentence in sentences if "{said}" in sentence]

    assert [text.count(name) for name in ("{since}", "{said}", "{next}")] == [1, 1, 1]
    assert len(quoting) == 1
    assert quoting[0].endswith("“{said}”" if language == "en" else "„{said}“")
    assert "{since}" not in quoting[0]
    assert "{next}" not in quoting[0]
    assert not quoting[0].startswith(("“", "„"))


@pytest.mark.parametrize(("language", "text"), EVERY_WORDING)
def test_a_wording_is_short_and_calm(language: str, text: str) -> None:
    sentences = sentences_of(text)
    words = [len(spoken(sentence).split()) for sentence in sentences]
    hold = catalogue_for(language)

    assert 3 <= len(sentences) <= 5  # the quotation is one of them
    assert max(words) <= MOST_WORDS_IN_A_SENTENCE
    assert "!" not in text
    assert not hold.banned.search(text)
    assert not hold.apology.search(text)
    assert not CLAIMS_OR_RED_WORDS.search(text)


@pytest.mark.parametrize(("language", "text"), EVERY_WORDING)
def test_no_wording_calls_the_quoted_update_our_last_one(language: str, text: str) -> None:
    # Between that update and this one there may be other holding updates.
    assert not re.search(r"\b(?:our|we|you) last\b|\bzuletzt\b|\bletzte", text, re.IGNORECASE), language


@pytest.mark.parametrize("text", wordings_of(ENGLISH))
def test_an_english_wording_is_easy_to_read(text: str) -> None:
    assert reading_ease(text) >= LEAST_READING_EASE


def test_the_measure_of_reading_ease_counts_as_people_do() -> None:
    counted = {word: syllables_in(word) for word in ("update", "changed", "people", "report", "the", "cause", "added")}

    assert counted == {"update": 2, "changed": 1, "people": 2, "report": 2, "the": 1, "cause": 1, "added": 2}


def test_german_addresses_people_formally() -> None:
    informal = re.compile(r"\b(?:du|dir|dich|dein\w*|ihr|euch|euer\w*|eure\w*)\b")

    assert [text for text in wordings_of(GERMAN) if informal.search(text)] == []
