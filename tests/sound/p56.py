"""The active speech level of ITU-T P.56, method B, as it is written there: sample by sample."""

from __future__ import annotations

import math
from collections.abc import Iterable

_STEPS = 15
_MARGIN_DB = 15.9


def active_speech_level_db(samples: Iterable[float], rate: int) -> float:
    """Return the level in dB of full scale, of samples in fractions of it."""
    smoothing, hangover = math.exp(-1 / (0.03 * rate)), round(0.2 * rate)
    thresholds = [2.0**-step for step in range(_STEPS, 0, -1)]
    active, held = [0] * _STEPS, [hangover] * _STEPS
    once = twice = energy = 0.0
    for sample in map(float, samples):
        energy += sample * sample
        once = smoothing * once + (1 - smoothing) * abs(sample)
        twice = smoothing * twice + (1 - smoothing) * once
        for step, threshold in enumerate(thresholds):
            if twice >= threshold:
                held[step] = 0
            elif held[step] < hangover:
                held[step] += 1
            else:
                break
            active[step] += 1
    levels = [10 * math.log10(energy / count) for count in active if count]
    margins = [level - 20 * math.log10(threshold) for level, threshold in zip(levels, thresholds, strict=False)]
    above = next(step for step, margin in enumerate(margins) if margin <= _MARGIN_DB)
    share = (margins[above - 1] - _MARGIN_DB) / (margins[above - 1] - margins[above])
    return levels[above - 1] + share * (levels[above] - levels[above - 1])
