"""The language of a page: its words from a catalogue, and dates, plurals, numbers and lists by its rules."""

from statuspage.render.language.language import Language, language_of

__all__ = ["Language", "language_of"]
