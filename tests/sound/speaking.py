"""Sentences that a voice has spoken, and tones, for the tests of sound."""

from __future__ import annotations

import math
from array import array
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from statuspage.sound.engines import PICO, Voice, voices_for
from statuspage.sound.shelf import Shelf
from statuspage.sound.speech import spoken
from statuspage.sound.wav import Wav

MESSAGE = (
    "We know about the problem with card payments.",
    "About one payment in three fails.",
    "It is our mistake and we are sorry.",
    "You can still pay by bank transfer.",
    "The next update comes by two thirty p.m. Pacific time.",
)


def pico(language: str = "en") -> Voice:
    """Return the voice that `make install` installs; skip the test where it cannot be installed."""
    voices = [voice for voice in voices_for(language) if voice.engine is PICO]
    if not voices:
        pytest.skip("py-nanotts is not installed")
    return voices[0]


def shelf(folder: Path) -> Shelf:
    return Shelf(folder / "speech", limit_bytes=100_000_000)


@cache
def sentences(language: str = "en") -> tuple[Wav, ...]:
    """Return the message, spoken once for all tests of a process."""
    with TemporaryDirectory() as folder:
        return tuple(spoken(MESSAGE, pico(language), shelf(Path(folder))))


def tone(hertz: float, *, rate: int, seconds: float = 1.0, size: float = 0.25) -> Wav:
    turns = (2 * math.pi * hertz * place / rate for place in range(round(rate * seconds)))
    return Wav(rate=rate, channels=1, samples=array("h", [round(size * 32_767 * math.sin(turn)) for turn in turns]))
