"""The five files of one message, for every phone system, and those of silence."""

from __future__ import annotations

from array import array
from collections.abc import Mapping
from typing import TypeAlias

from statuspage.errors import Unreadable
from statuspage.sound.g711 import to_alaw, to_ulaw
from statuspage.sound.wav import pcm_wav, ulaw_wav

Forms: TypeAlias = Mapping[str, bytes]
"""The same message in every form, by the ending of its file's name."""

NARROW_RATE, WIDE_RATE = 8_000, 16_000
PCM, WIDE, IN_ULAW_WAV, ULAW, ALAW = ".wav", "-16k.wav", "-connect.wav", ".ulaw", ".alaw"
ENDINGS = (PCM, WIDE, IN_ULAW_WAV, ULAW, ALAW)
LONGEST_SECONDS = 60
"""Nobody listens longer to one message."""
_SILENCE_SECONDS = 0.3


def forms_of(samples: Mapping[int, array[int]]) -> Forms:
    """Return every form of one message, from its 16-bit samples at both rates."""
    narrow, wide = samples[NARROW_RATE], samples[WIDE_RATE]
    in_ulaw = to_ulaw(narrow)
    return {
        PCM: pcm_wav(narrow, NARROW_RATE),
        WIDE: pcm_wav(wide, WIDE_RATE),
        IN_ULAW_WAV: ulaw_wav(in_ulaw, NARROW_RATE),
        ULAW: in_ulaw,
        ALAW: to_alaw(narrow),
    }


def form_named(name: str) -> str:
    """Return the ending of the form that a file of this name is to have; raises Unreadable where there is none."""
    # The longer endings first: all but one end in .wav.
    for ending in sorted(ENDINGS, key=len, reverse=True):
        if name.endswith(ending):
            return ending
    raise Unreadable(f'"{name}" does not say in which form; end it in {", ".join(ENDINGS[:-1])} or {ENDINGS[-1]}')


def seconds_of(forms: Forms) -> float:
    """Return how long a message lasts."""
    return len(forms[ULAW]) / NARROW_RATE


def silence() -> Forms:
    """Return 0.3 seconds of nothing: what callers hear while nothing is to be said. It is a file like any other."""
    return forms_of({rate: array("h", bytes(2 * round(rate * _SILENCE_SECONDS))) for rate in (NARROW_RATE, WIDE_RATE)})
