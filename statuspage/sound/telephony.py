"""Speech for telephones: the band that a line carries, its level, its silences, and the files of each phone system."""

from __future__ import annotations

import math
from array import array
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from statuspage.render.hold.lasting import LEAD_SECONDS, PAUSE_SECONDS, TAIL_SECONDS
from statuspage.sound.forms import LONGEST_SECONDS, NARROW_RATE, PCM, WIDE_RATE, Forms, forms_of
from statuspage.sound.levels import Samples, active_level_db, levelled
from statuspage.sound.wav import FULL_SCALE, SOFTEST, Wav, read_wav

FRAME_SECONDS = 0.02
"""What a telephone sends at once: 160 samples. A file that ends within one loses that end in Asterisk 22."""
_EDGE_SECONDS = 0.005
"""Faded in and out, so that nothing clicks."""
_KEPT_SECONDS = 0.03
"""Of the silence at either end of a sentence: a word begins and ends softly."""
_GUARD_SECONDS = 0.1


@dataclass(frozen=True, slots=True, kw_only=True)
class Band:
    """What passes at one rate."""

    rate: int
    low: tuple[float, float]
    """Nothing below the first of these frequencies, everything above the second."""
    high: tuple[float, float]
    """Everything below the first, nothing above the second."""


BANDS = (
    Band(rate=NARROW_RATE, low=(200.0, 300.0), high=(3_400.0, 3_700.0)),
    Band(rate=WIDE_RATE, low=(60.0, 120.0), high=(7_000.0, 7_800.0)),
)
_SHELF = (1_200.0, 2_400.0)


def message_forms(sentences: Sequence[Wav], *, treble_db: float = 0.0) -> Forms:
    """Return the files of a message, from the sentences as they were spoken; `treble_db` brightens a dull voice."""
    spoken = [_banded(mono(sentence), sentence.rate, treble_db) for sentence in sentences]
    return forms_of({band.rate: _joined([each[band.rate] for each in spoken], band.rate) for band in BANDS})


def level_of(forms: Forms) -> float:
    """Return the level of the speech in the files of a message, in dB of full scale, to a tenth."""
    return round(active_level_db(mono(read_wav(forms[PCM])), NARROW_RATE), 1)


def mono(sound: Wav) -> Samples:
    """Return the mean of all channels, in fractions of full scale."""
    samples = np.asarray(sound.samples, dtype=np.float64)
    if sound.samples.typecode == "h":
        samples = samples / FULL_SCALE
    mixed: Samples = np.nan_to_num(samples.reshape(-1, sound.channels)).mean(axis=1)
    return mixed[: LONGEST_SECONDS * sound.rate]


def _banded(samples: Samples, rate: int, treble_db: float) -> dict[int, Samples]:
    """Return a sentence at each rate, without what a line does not carry and without the silence around it."""
    banded = {band.rate: _resampled(samples, rate, band, treble_db) for band in BANDS}
    narrow = np.flatnonzero(np.abs(banded[NARROW_RATE]) > SOFTEST / FULL_SCALE)
    if not len(narrow):
        return {band.rate: np.zeros(0) for band in BANDS}
    begin, end = narrow[0] / NARROW_RATE - _KEPT_SECONDS, narrow[-1] / NARROW_RATE + _KEPT_SECONDS
    return {
        band.rate: _faded(banded[band.rate][max(round(begin * band.rate), 0) : round(end * band.rate)], band.rate)
        for band in BANDS
    }


def _resampled(samples: Samples, rate: int, band: Band, treble_db: float) -> Samples:
    """Return the samples at the rate of the band, shaped to it: a spectrum that is cut off has no images to fear."""
    # A whole number of samples must be left at both rates; doubled until there is room, it is a number that goes fast.
    length = rate // math.gcd(rate, band.rate)
    while length < len(samples) + rate * _GUARD_SECONDS:
        length *= 2
    target = length * band.rate // rate
    spectrum = np.fft.rfft(samples, length)[: target // 2 + 1]
    frequencies = np.arange(len(spectrum), dtype=np.float64) * (rate / length)
    spectrum *= _risen(frequencies, band.low) * (1 - _risen(frequencies, band.high))
    spectrum *= 10 ** (treble_db / 20 * _risen(frequencies, _SHELF))
    resampled: Samples = np.fft.irfft(spectrum, target) * (target / length)
    return resampled[: -(-len(samples) * band.rate // rate)]


def _risen(frequencies: Samples, slope: tuple[float, float]) -> Samples:
    """Return 0 below the slope, 1 above it, and half a cosine between."""
    low, high = slope
    way: Samples = np.clip((frequencies - low) / (high - low), 0.0, 1.0)
    return 0.5 - 0.5 * np.cos(np.pi * way)


def _faded(samples: Samples, rate: int) -> Samples:
    edge = min(round(rate * _EDGE_SECONDS), len(samples) // 2)
    ramp = np.arange(1, edge + 1) / (edge + 1)
    faded = samples.copy()
    faded[:edge] *= ramp
    faded[len(faded) - edge :] *= ramp[::-1]
    return faded


def _joined(sentences: Sequence[Samples], rate: int) -> array[int]:
    """Return the sentences at the level of telephones, with exact silence before, between and after them."""
    pause = np.zeros(round(rate * PAUSE_SECONDS))
    parts = [part for sentence in sentences if len(sentence) for part in (pause, sentence)][1:]
    speech = levelled(np.concatenate(parts), rate) if parts else np.zeros(0)
    lead, tail = round(rate * LEAD_SECONDS), round(rate * TAIL_SECONDS)
    frame = round(rate * FRAME_SECONDS)
    padding = -(lead + len(speech) + tail) % frame
    whole = np.concatenate((np.zeros(lead), speech, np.zeros(tail + padding)))
    return array("h", np.rint(whole * (FULL_SCALE - 1)).astype(np.int16).tobytes())
