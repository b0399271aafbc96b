"""The message that callers hear on hold, in words: short, true at `now`, and never the same script twice."""

from statuspage.render.hold.documents import render_hold, seconds_of
from statuspage.render.hold.sounds import Heard, Sound, SoundFile, Sounds, whole_sounds
from statuspage.render.hold.speech import spoken_name, unspeakable, unspeakable_news, words_in
from statuspage.render.hold.wordings import Message, Messages, catalogue_for, hold_messages_by_language, hold_wordings

__all__ = [
    "Heard",
    "Message",
    "Messages",
    "Sound",
    "SoundFile",
    "Sounds",
    "catalogue_for",
    "hold_messages_by_language",
    "hold_wordings",
    "render_hold",
    "seconds_of",
    "spoken_name",
    "unspeakable",
    "unspeakable_news",
    "whole_sounds",
    "words_in",
]
