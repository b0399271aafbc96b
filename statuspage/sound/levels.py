"""How loud speech is, and speech made as loud as a telephone wants it."""

from __future__ import annotations

import math
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

Samples: TypeAlias = npt.NDArray[np.float64]
"""One channel, in fractions of full scale."""

ACTIVE_LEVEL_DB = -22.0
"""Of full scale, over the time in which somebody speaks: RFC 7874 §4, -19 dBm0."""
HIGHEST_PEAK_DB = -3.2
"""A little below the limit of -3: in µ-law a sample may grow by a step."""
FRAME_SECONDS = 0.02
_MARGIN_DB = 15.9
"""Speech is what is at most so far below its own level: ITU-T P.56."""
_HANGOVER_FRAMES = 10
"""Shorter gaps belong to speech."""
_ROUNDS = 12
_LOOK_AHEAD_SECONDS = 0.005
_QUIETEST = 1e-9


def active_level_db(samples: Samples, rate: int) -> float:
    """Return the level over the frames in which somebody speaks, in dB of full scale; -inf for silence."""
    powers = _frame_powers(samples, rate)
    if not len(powers) or powers.max() <= _QUIETEST:
        return -math.inf
    level = powers.max()
    # From the loudest frame down: each round takes in what lies within the margin of the last one's mean.
    for _ in range(_ROUNDS):
        level = powers[_held(powers > level * 10 ** (-_MARGIN_DB / 10))].mean()
    return float(10 * np.log10(level))


def levelled(samples: Samples, rate: int) -> Samples:
    """Return speech at the active level of telephones, no sample over the highest peak."""
    if active_level_db(samples, rate) == -math.inf:
        return samples
    gain_db, limited = 0.0, samples
    # What the limiter takes from the peaks is missing from the level: twice more are enough.
    for _ in range(3):
        gain_db += ACTIVE_LEVEL_DB - active_level_db(limited, rate)
        limited = _limited(samples * 10 ** (gain_db / 20), rate)
    return limited


def _frame_powers(samples: Samples, rate: int) -> Samples:
    length = round(rate * FRAME_SECONDS)
    frames = samples[: len(samples) // length * length].reshape(-1, length)
    powers: Samples = np.square(frames).mean(axis=1)
    return powers


def _held(is_loud: npt.NDArray[np.bool_]) -> npt.NDArray[np.bool_]:
    """Return the frames that are loud, or follow one that is before long."""
    held = is_loud.copy()
    for shift in range(1, _HANGOVER_FRAMES + 1):
        held[shift:] |= is_loud[:-shift]
    return held


def _limited(samples: Samples, rate: int) -> Samples:
    """Return the samples with the gain lowered, smoothly and ahead of time, around those that are too high."""
    ceiling = 10 ** (HIGHEST_PEAK_DB / 20)
    needed = np.minimum(1.0, ceiling / np.maximum(np.abs(samples), ceiling))
    if needed.min(initial=1.0) == 1.0:
        return samples
    reach = round(rate * _LOOK_AHEAD_SECONDS)
    # The lowest gain within reach of each sample, averaged over the same reach, is never above what that sample needs.
    around = np.pad(needed, 2 * reach, mode="edge")
    lowest = np.lib.stride_tricks.sliding_window_view(around, 2 * reach + 1).min(axis=1)
    window = np.hanning(2 * reach + 3)[1:-1]
    gain = np.convolve(lowest, window / window.sum(), mode="valid")
    limited: Samples = samples * gain
    return limited
