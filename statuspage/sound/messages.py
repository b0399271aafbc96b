"""The sound of the hold message as public files: three wordings a language, five forms each, always the same names."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from statuspage.sound.forms import Forms

FOLDER, TWINS = "hold", "hold/a"
_HASH_DIGITS = 20


class Place(NamedTuple):
    """Which wording of which language."""

    language: str
    number: int
    """From 1."""


def message_files(sounds: Mapping[Place, Forms]) -> dict[str, bytes]:
    """Return the files: each under its own name, and once more under one that no other content will ever have."""
    return {path: content for place, forms in sounds.items() for path, content in _files(place, forms)}


def twin_path(content: bytes, ending: str) -> str:
    """Return the address below which a file is found for ever, by what it holds."""
    return f"{TWINS}/{hashlib.sha256(content).hexdigest()[:_HASH_DIGITS]}{ending}"


def _files(place: Place, forms: Forms) -> Iterator[tuple[str, bytes]]:
    for ending, content in forms.items():
        yield f"{FOLDER}/{place.language}/message-{place.number}{ending}", content
        yield twin_path(content, ending), content
