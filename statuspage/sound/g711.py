"""G.711: 16-bit samples as the eight bits that a telephone line carries, µ-law or A-law, and back."""

from __future__ import annotations

from array import array
from collections.abc import Iterable
from functools import cache

_ULAW_BIAS, _ULAW_MOST = 132, 32635
"""In 16 bits; the recommendation counts in 14."""
_ALAW_MOST = 32767


def to_ulaw(samples: array[int]) -> bytes:
    """Return 16-bit samples in µ-law, a byte each."""
    return _mapped(samples, _table_to_ulaw())


def to_alaw(samples: array[int]) -> bytes:
    """Return 16-bit samples in A-law, a byte each."""
    return _mapped(samples, _table_to_alaw())


def from_ulaw(data: bytes) -> array[int]:
    """Return the 16-bit samples that a telephone makes of µ-law."""
    table = _table_from_ulaw()
    return array("h", [table[byte] for byte in data])


def from_alaw(data: bytes) -> array[int]:
    """Return the 16-bit samples that a telephone makes of A-law."""
    table = _table_from_alaw()
    return array("h", [table[byte] for byte in data])


def _mapped(samples: Iterable[int], table: bytes) -> bytes:
    # A negative sample counts from the end of the table.
    return bytes([table[sample] for sample in samples])


@cache
def _table_to_ulaw() -> bytes:
    return bytes(_ulaw_of(sample) for sample in (*range(0x8000), *range(-0x8000, 0)))


@cache
def _table_to_alaw() -> bytes:
    return bytes(_alaw_of(sample) for sample in (*range(0x8000), *range(-0x8000, 0)))


def _ulaw_of(sample: int) -> int:
    """Return the byte: a sign, three bits for the segment, four for the step in it, all inverted."""
    size = min(abs(sample), _ULAW_MOST) + _ULAW_BIAS
    segment = max(size.bit_length() - 8, 0)
    byte = segment << 4 | size >> segment + 3 & 0x0F
    return byte ^ (0x7F if sample < 0 else 0xFF)


def _alaw_of(sample: int) -> int:
    """Return the byte: a sign, three bits for the segment, four for the step in it, every other one inverted."""
    size = min(abs(sample), _ALAW_MOST) >> 3
    segment = max(size.bit_length() - 5, 0)
    byte = segment << 4 | size >> max(segment, 1) & 0x0F
    return byte ^ (0x55 if sample < 0 else 0xD5)


@cache
def _table_from_ulaw() -> tuple[int, ...]:
    return tuple(_from_ulaw(byte ^ 0xFF) for byte in range(256))


@cache
def _table_from_alaw() -> tuple[int, ...]:
    return tuple(_from_alaw(byte ^ 0x55) for byte in range(256))


def _from_ulaw(byte: int) -> int:
    segment, step = byte >> 4 & 7, byte & 0x0F
    size = ((step << 3) + _ULAW_BIAS << segment) - _ULAW_BIAS
    return -size if byte & 0x80 else size


def _from_alaw(byte: int) -> int:
    segment, step = byte >> 4 & 7, byte & 0x0F
    size = (step << 4) + 8 if segment == 0 else (step << 4) + 0x108 << segment - 1
    return size if byte & 0x80 else -size
