"""The sentences of a page: which of them the program wrote itself, and how easily they are read."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from xml.etree.ElementTree import Element

from tests.render_pages.reading import document, visible_text

BANNED = re.compile(
    r"any inconvenience|may have caused|technical difficult|\belevated\b|\bsubset of\b|\bwe take\b[^.]*\bseriously\b"
    r"|as soon as possible|\bshortly\b|rest assured|please be advised|valued customer",
    re.IGNORECASE,
)
"""What DESIGN.md and every customer is tired of."""
FEWEST_WORDS = 4
"""Below it a piece of text is a label, not a sentence."""
_ENDS = re.compile(r"(?<=[.?!])\s+(?=[^a-z])|(?<=:)\s+(?=[A-Z])")
_WORD = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)*")
_NO_WORD = re.compile(
    r"\S+@\S+|https?:\S+|\b(?:January|February|March|April|May|June|July|August|September|October|November|December)\b"
    r"|\b[A-Z]{2,4}\b"
)
"""Addresses, months and time zones: nobody reads a time as a sentence."""
_VOWELS = re.compile(r"[aeiouy]+")
_SILENT_END = re.compile(r"(?:[^laeiouy]e|[^laeiouyt]ed|[^aeiouycgszx]es)$")


def plain(text: str) -> str:
    """Return the text with single spaces and the marks of a typewriter, to compare by."""
    for mark, simple in (("’", "'"), ("‘", "'"), ("“", '"'), ("”", '"'), ("\N{NO-BREAK SPACE}", " ")):
        text = text.replace(mark, simple)
    return " ".join(text.split())


def sentences(page: bytes) -> list[str]:
    """Return each sentence of at least four words, and each heading; none of a table or in another language."""
    tree = document(page)
    headings = {plain(visible_text(each)) for level in ("h1", "h2") for each in tree.iter(level)}
    for aside in [*tree.iter("table"), *_in_another_language(tree)]:
        _empty(aside)
    lines = [plain(line) for line in visible_text(tree).splitlines()]
    return [each for line in lines for each in _ENDS.split(line) if _is_sentence(each, headings)]


def _in_another_language(tree: Element) -> list[Element]:
    language = tree.get("lang", "")
    return [each for each in tree.iter() if each.get("lang", language) != language]


def words_of(text: str) -> list[str]:
    """Return the words of which a sentence is made, without times, numbers and addresses."""
    return _WORD.findall(_NO_WORD.sub("", text))


def _empty(table: Element) -> None:
    tail = table.tail
    table.clear()
    table.tail = tail


def _is_sentence(text: str, headings: set[str]) -> bool:
    return len(words_of(text)) >= FEWEST_WORDS and (text.endswith((".", "?", "!", ":")) or text in headings)


def own_sentences(page: bytes, site: Path) -> list[str]:
    """Return the sentences that the program wrote: those that stand in no file of the site."""
    written = plain(" ".join(_texts_of(site)))
    return [each for each in sentences(page) if each.rstrip(".:") not in written]


def _texts_of(site: Path) -> Iterator[str]:
    yield (site / "statuspage.toml").read_text()
    for path in sorted((site / "incidents").rglob("*.md")):
        yield re.sub(r"\[([^]]*)\]\([^)]*\)|[*`_]", r"\1", path.read_text())


def repeated(said: Iterable[str]) -> list[str]:
    """Return each sentence that stands there more than once."""
    seen: set[str] = set()
    twice = []
    for each in said:
        if each in seen and each not in twice:
            twice.append(each)
        seen.add(each)
    return twice


def word_count(sentence: str) -> int:
    """Return how many words a reader reads, a number among them."""
    return len(sentence.split())


def reading_ease(said: Iterable[str]) -> float:
    """Return the Flesch reading ease: 70 and more is plain English; a number or a time counts as no word."""
    said = list(said)
    words = [word.lower() for each in said for word in words_of(each)]
    if not words:
        return 100.0
    return 206.835 - 1.015 * len(words) / len(said) - 84.6 * sum(map(syllables, words)) / len(words)


def syllables(word: str) -> int:
    """Return about how many syllables an English word has."""
    word = word.replace("'", "")
    count = len(_VOWELS.findall(word))
    if _SILENT_END.search(word):
        count -= 1
    return max(1, count)
