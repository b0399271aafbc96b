"""What documents and pages know of the sound of the message: where each file of it lies, and what is heard in it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias


class Heard(StrEnum):
    """What is heard in place of one wording."""

    VOICE = "voice"
    """Its words."""
    RECORDING = "recording"
    """Somebody's own words, for all of the incident."""
    SHORT_MESSAGE = "short message"
    """That a problem is known: the sound of the wording is not there yet, or there is no voice."""
    SILENCE = "silence"


@dataclass(frozen=True, slots=True, kw_only=True)
class SoundFile:
    """One file of one wording, by paths below the site."""

    form: str
    """`wav`, `wav_16k`, `wav_ulaw`, `ulaw` or `alaw`."""
    path: str
    """The same whatever is heard."""
    twin: str
    """Under this one nothing else is ever heard."""
    sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Sound:
    """One wording as callers hear it."""

    heard: Heard
    seconds: float
    level_db: float | None
    """Of the speech, below full scale; None where nobody has measured it."""
    files: tuple[SoundFile, ...]

    @property
    def is_whole(self) -> bool:
        """Return True where it says what there is to say."""
        return self.heard in (Heard.VOICE, Heard.RECORDING)

    def twin(self, form: str) -> str:
        """Return the path under which the form of it lies for ever."""
        return next(file.twin for file in self.files if file.form == form)


Sounds: TypeAlias = Mapping[str, Sequence[Sound]]
"""Three by language, as the wordings are; empty where the site is published without sound."""


def whole_sounds(sounds: Sounds, language: str) -> tuple[Sound | None, ...]:
    """Return for each of the three wordings its sound, None where that does not say all of it."""
    known = sounds.get(language, ())
    return tuple(sound if sound.is_whole else None for sound in known) or (None, None, None)
