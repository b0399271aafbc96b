"""The languages and voices that the program knows."""

from __future__ import annotations

SPOKEN_LANGUAGES = ("en", "de", "ar")
"""The languages that the hold message speaks."""

SPEECH_ENGINES = ("hibari", "pico", "espeak-ng")
"""What may speak it, the best first."""

INTERFACE_LANGUAGES = ("en", "de", "ar")
"""The languages that the pages speak."""


def interface_language(tag: str) -> str:
    """Return the language of the words that the pages themselves have on a site in this language."""
    base = tag.split("-")[0].lower()
    return base if base in INTERFACE_LANGUAGES else INTERFACE_LANGUAGES[0]
