"""Short names for addresses and files, made of any text: `2026-11-21-card-payments`."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Container

from statuspage.model import derived_id

SLUG_LENGTH = 60
"""How many characters of a title enter its slug."""

_SLUG = re.compile(r"[a-z0-9_-]+")
_WORD = re.compile(r"[a-z0-9_]+")


def is_slug(text: str) -> bool:
    """Return True for a text of nothing but `a-z`, `0-9`, `_` and `-`."""
    return bool(_SLUG.fullmatch(text))


def slug_of(name: str) -> str:
    """Return the name itself where it is a slug, else one made of its words; never empty."""
    return name if is_slug(name) else "-".join(_words(name)) or derived_id("slug", name)


def slug_words(text: str) -> str:
    """Return the words of a text joined by dashes, at most SLUG_LENGTH characters; maybe empty."""
    words = _words(text)
    while len(words) > 1 and len("-".join(words)) > SLUG_LENGTH:
        words.pop()
    return "-".join(words)[:SLUG_LENGTH]


def free_slug(slug: str, taken: Container[str]) -> str:
    """Return the slug, with the first free number behind it where it is taken."""
    number, free = 2, slug
    while free in taken:
        free, number = f"{slug}-{number}", number + 1
    return free


def _words(text: str) -> list[str]:
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().casefold()
    return _WORD.findall(plain.replace("'", ""))
