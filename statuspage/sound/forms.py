"""Each wording in the five forms that telephone systems take, under the names that never change."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

from statuspage.sound import telephony
from statuspage.sound.voices import RATE, Voice


@dataclass(frozen=True, slots=True, kw_only=True)
class Sound:
    """One wording as sound."""

    by_ending: dict[str, bytes]
    """The bytes of each form, by how its name ends."""
    seconds: float
    level: float | None
    """Of the speech, in dB against full scale; None for silence."""

    def digest(self, ending: str) -> str:
        """Return the name of a form among those that are named by what they hold."""
        return hashlib.sha256(self.by_ending[ending]).hexdigest()[:16]


def sound_of(sentences: Sequence[str], voice: Voice) -> Sound:
    """Return the sentences spoken; without any, 300 ms of silence. Raises NotSpoken when the voice fails."""
    speech = telephony.joined([voice.samples(each) for each in sentences], RATE) if sentences else None
    if speech is None:
        line, wide = telephony.silence(telephony.LINE_RATE), telephony.silence(RATE)
    else:
        line = telephony.for_the_line(speech, RATE)
        wide = telephony.for_the_line(speech, RATE, out_rate=RATE)
    level = telephony.active_level(line / 32768, telephony.LINE_RATE) if speech is not None else None
    return Sound(
        by_ending={
            ".wav": telephony.wav(line, telephony.LINE_RATE),
            ".ulaw": telephony.mu_law(line),
            ".alaw": telephony.a_law(line),
            "-16k.wav": telephony.wav(wide, RATE),
            "-connect.wav": telephony.mu_law_wav(line, telephony.LINE_RATE),
        },
        seconds=round(len(line) / telephony.LINE_RATE, 2),
        level=None if level is None else round(level, 1),
    )
