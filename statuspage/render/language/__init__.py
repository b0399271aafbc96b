"""The language of a page: its words from a catalogue, and dates, plurals, numbers and lists by its rules."""

from statuspage.render.language.language import Language, has_catalogue, language_of

__all__ = ["Language", "has_catalogue", "language_of"]
