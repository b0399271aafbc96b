"""Speech as telephone systems take it: level, band, silences, and the five forms of file (HOLD.md §1 and §3)."""

from __future__ import annotations

import struct
from collections.abc import Sequence

import numpy as np
import soxr
from numpy.typing import NDArray

Samples = NDArray[np.float64]
"""Between -1 and 1."""

LINE_RATE = 8_000
"""Samples a second on a telephone line."""
ACTIVE_LEVEL_DB = -22.0
"""Of active speech against full scale (RFC 7874 §4)."""
PEAK_DB = -3.0
LEAD_SECONDS, TAIL_SECONDS, BETWEEN_SECONDS = 0.4, 0.22, 0.3
SILENCE_SECONDS = 0.3
FRAME = 160
"""Samples: a telephone system may lose what does not fill its last frame."""
_HIGH_PASS, _LOW_PASS, _SHELF = (200.0, 300.0), (3400.0, 3600.0), (1500.0, 2100.0)
_SHELF_DB = 6.0
_FRAME_SECONDS, _LIMITER_SECONDS = 0.02, 0.005
_ACTIVE_BELOW_LOUDEST_DB = 25.0
_PCM_IN_WAV, _MU_LAW_IN_WAV = 1, 7


def joined(sentences: Sequence[bytes], rate: int) -> Samples:
    """Return 16-bit sentences as one, with a pause between two, and silence before and after."""
    pause = np.zeros(round(BETWEEN_SECONDS * rate))
    parts: list[Samples] = [np.zeros(round(LEAD_SECONDS * rate))]
    for number, sentence in enumerate(sentences):
        if number:
            parts.append(pause)
        parts.append(_trimmed(np.frombuffer(sentence, dtype="<i2").astype(np.float64) / 32768))
    parts.append(np.zeros(round(TAIL_SECONDS * rate)))
    return np.concatenate(parts)


def for_the_line(samples: Samples, rate: int, *, out_rate: int = LINE_RATE) -> NDArray[np.int16]:
    """Return speech in the band and at the level of a telephone line, as whole frames of 16-bit samples."""
    if not samples.any():
        return silence(out_rate)
    shaped = _shaped(samples, rate, is_narrow=out_rate == LINE_RATE)
    resampled = soxr.resample(shaped, rate, out_rate, quality="VHQ") if rate != out_rate else shaped
    gain = 10 ** ((ACTIVE_LEVEL_DB - active_level(resampled, out_rate)) / 20)
    limited = _limited(resampled * gain, out_rate)
    return _whole_frames(np.round(limited * 32767).astype(np.int16), out_rate)


def silence(rate: int) -> NDArray[np.int16]:
    """Return what is played while nothing is to be said."""
    return np.zeros(round(SILENCE_SECONDS * rate), dtype=np.int16)


def active_level(samples: Samples, rate: int) -> float:
    """Return the level in dB against full scale of those frames of 20 ms in which somebody speaks."""
    size = round(_FRAME_SECONDS * rate)
    frames = samples[: len(samples) // size * size].reshape(-1, size)
    power = (frames**2).mean(axis=1)
    active = power > power.max(initial=0) * 10 ** (-_ACTIVE_BELOW_LOUDEST_DB / 10)
    return float(10 * np.log10(power[active].mean())) if active.any() else -np.inf


def wav(samples: NDArray[np.int16], rate: int) -> bytes:
    """Return 16-bit samples in a WAV file with a header of 44 bytes and nothing else."""
    return _riff(samples.astype("<i2").tobytes(), rate, form=_PCM_IN_WAV, bits=16)


def mu_law_wav(samples: NDArray[np.int16], rate: int) -> bytes:
    """Return µ-law in a WAV file, as Amazon Connect wants it."""
    return _riff(mu_law(samples), rate, form=_MU_LAW_IN_WAV, bits=8)


def mu_law(samples: NDArray[np.int16]) -> bytes:
    """Return the samples as G.711 µ-law, one byte each, without a header."""
    wide = samples.astype(np.int32)
    sign = np.where(wide < 0, 0x80, 0)
    size = np.minimum(np.abs(wide), 32635) + 132
    exponent = np.floor(np.log2(size)).astype(np.int32) - 7
    mantissa = (size >> (exponent + 3)) & 0x0F
    return bytes((~(sign | (exponent << 4) | mantissa) & 0xFF).astype(np.uint8))


def a_law(samples: NDArray[np.int16]) -> bytes:
    """Return the samples as G.711 A-law, one byte each, without a header."""
    wide = samples.astype(np.int32)
    sign = np.where(wide >= 0, 0x80, 0)
    size = np.minimum(np.abs(wide) >> 3, 4095)
    exponent = np.where(size < 32, 0, np.floor(np.log2(np.maximum(size, 1))).astype(np.int32) - 4)
    mantissa = np.where(size < 32, size >> 1, size >> np.maximum(exponent, 1)) & 0x0F
    return bytes(((sign | (exponent << 4) | mantissa) ^ 0x55).astype(np.uint8))


def _trimmed(samples: Samples) -> Samples:
    """Return speech without the silence that a voice puts around it: the pauses are ours."""
    loud = np.flatnonzero(np.abs(samples) > 0.002)
    return samples[loud[0] : loud[-1] + 1] if len(loud) else samples[:0]


def _shaped(samples: Samples, rate: int, *, is_narrow: bool) -> Samples:
    """Return the samples in the band of the line, with its upper half lifted: a small voice is dull there."""
    frequencies = np.fft.rfftfreq(len(samples), 1 / rate).astype(np.float64)
    response = _rise(frequencies, *_HIGH_PASS)
    response = response * (1 + (10 ** (_SHELF_DB / 20) - 1) * _rise(frequencies, *_SHELF))
    if is_narrow:
        response = response * (1 - _rise(frequencies, *_LOW_PASS))
    return np.asarray(np.fft.irfft(np.fft.rfft(samples) * response, len(samples)))


def _rise(frequencies: Samples, start: float, end: float) -> Samples:
    """Return 0 below the start, 1 above the end, and half a wave between."""
    place = np.clip((frequencies - start) / (end - start), 0, 1)
    return np.asarray((1 - np.cos(np.pi * place)) / 2)


def _limited(samples: Samples, rate: int) -> Samples:
    """Return the samples with no peak above the limit, turned down smoothly around those that were."""
    most = 10 ** (PEAK_DB / 20) * 0.999
    needed = most / np.maximum(np.abs(samples), most)
    if needed.min() >= 1:
        return samples
    width = round(_LIMITER_SECONDS * rate) | 1
    padded = np.pad(needed, width - 1, constant_values=1.0)
    least = np.lib.stride_tricks.sliding_window_view(padded, width).min(axis=1)
    return np.asarray(samples * np.convolve(least, np.full(width, 1 / width), mode="valid"))


def _whole_frames(samples: NDArray[np.int16], rate: int) -> NDArray[np.int16]:
    frame = FRAME * rate // LINE_RATE
    return np.pad(samples, (0, -len(samples) % frame))


def _riff(body: bytes, rate: int, *, form: int, bits: int) -> bytes:
    size = bits // 8
    head = struct.pack("<HHIIHH", form, 1, rate, rate * size, size, bits)
    return (
        b"RIFF"
        + struct.pack("<I", 36 + len(body))
        + b"WAVEfmt "
        + struct.pack("<I", len(head))
        + head
        + b"data"
        + struct.pack("<I", len(body))
        + body
    )
