"""What an update said in short: one sentence of it, as words that are nothing but words in any Markdown."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from re import Pattern

from statuspage.characters import one_line
from statuspage.render.hold.catalogue import Catalogue
from statuspage.render.markup import to_text

LONGEST_QUOTATION = 140
FEWEST_WORDS = 4
"""`Cause found.` by itself says nothing to who reads it again."""
MOST_CHARACTERS_READ = 4000

_FULL_STOPS = (".", "!", "?", "…")
_PARAGRAPHS = re.compile(r"\n\s*\n|\n(?=\s*(?:[-*•]|\d+\.) )")
_BULLET = re.compile(r"^\s*(?:[-*•]|\d+\.)\s+")
_ENDS = r"(?:(?<=[.!?…])|(?<=[.!?…][”\"’)]))(?<!\b\w\.)"
_SENTENCE_ENDS = re.compile(rf"{_ENDS}\s+(?=[^a-zäöüß\s])")
_SENTENCE_ENDS_BUT_ORDINALS = re.compile(rf"{_ENDS}(?<!\d\.)\s+(?=[^a-zäöüß\s])")
_INNER_QUOTES = str.maketrans('“”„"', "‘’‚'")
_DIRECTION_MARKS = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]")
"""Invisible; one that is left open would turn around what follows the quotation."""
_ISOLATE, _END_OF_ISOLATE = "\u2068", "\u2069"
_ACTIVE = re.compile(r"[\\`*_\[\]]")


def quotation(markdown: str, *, spoken: Catalogue, unquotable: Pattern[str]) -> str:
    """Return the first sentence of the text that is worth repeating, as plain words; empty where there is none.

    An apology is said once, and a time to come would be past: such sentences are passed over. So are a very short one
    and one that points back, where there is another. It has at most `LONGEST_QUOTATION` characters, `…` for the rest
    among them.
    """
    refused = (spoken.apology, spoken.banned, spoken.ageing, unquotable)
    sentences = _sentences(to_text(markdown[:MOST_CHARACTERS_READ]), spoken)
    usable = [sentence for sentence in sentences if not any(pattern.search(sentence) for pattern in refused)]
    chosen = next((sentence for sentence in usable if _tells_by_itself(sentence, spoken)), next(iter(usable), ""))
    return _isolated(_shortened(chosen)) if chosen else ""


def _tells_by_itself(sentence: str, spoken: Catalogue) -> bool:
    is_whole = sentence.endswith(_FULL_STOPS) and len(sentence.split()) >= FEWEST_WORDS
    return is_whole and not spoken.points_back.match(sentence)


def escaped(words: str) -> str:
    """Return plain words of one line as Markdown that shows exactly them, in the middle of a sentence."""
    marked = _ACTIVE.sub(r"\\\g<0>", words)
    return marked.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _sentences(text: str, spoken: Catalogue) -> Iterator[str]:
    """Yield the sentences, those of whole paragraphs first: without a full stop, it is a heading, a cell or code."""
    ends = _SENTENCE_ENDS_BUT_ORDINALS if spoken.has_ordinal_dots else _SENTENCE_ENDS
    paragraphs = [_clean(_BULLET.sub("", paragraph)) for paragraph in _PARAGRAPHS.split(text)]
    for paragraph in sorted(paragraphs, key=lambda words: not words.endswith(_FULL_STOPS)):
        for sentence in ends.split(paragraph):
            if any(sign.isalpha() for sign in sentence) and not sentence.endswith(":"):
                yield sentence


def _clean(words: str) -> str:
    return one_line(_DIRECTION_MARKS.sub("", words).translate(_INNER_QUOTES))


def _shortened(sentence: str) -> str:
    if len(sentence) <= LONGEST_QUOTATION:
        return sentence
    end = LONGEST_QUOTATION - 1
    head = sentence[:end]
    if sentence[end] != " " and " " in head:
        return head.rpartition(" ")[0].rstrip(" ,;:–—-") + "…"
    while len(head) > 1 and _goes_on(head[-1], sentence[len(head)]):
        head = head[:-1]
    return head.rstrip(" ,;:–—-") + "…"


def _goes_on(before: str, after: str) -> bool:
    """Return True where the second sign is shown as part of the first."""
    joiner = "\u200d"
    return joiner in (before, after) or unicodedata.category(after) in ("Mn", "Me", "Mc", "Sk", "Cf")


def _isolated(words: str) -> str:
    """Return the words so that a right-to-left text in them leaves the sentence around them as it is."""
    if any(unicodedata.bidirectional(sign) in ("R", "AL", "AN") for sign in words):
        return f"{_ISOLATE}{words}{_END_OF_ISOLATE}"
    return words
