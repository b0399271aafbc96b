"""WAV files: plain headers out, and whatever a recorder writes in."""

from __future__ import annotations

import struct
import sys
from array import array
from collections.abc import Iterator
from dataclasses import dataclass

from statuspage.errors import Unreadable
from statuspage.sound.g711 import from_alaw, from_ulaw

_PCM, _FLOAT, _ALAW, _ULAW, _EXTENSIBLE = 1, 3, 6, 7, 0xFFFE
_LOWEST_RATE, _HIGHEST_RATE = 8_000, 192_000
_MOST_CHANNELS = 8
FULL_SCALE = 32_768
SOFTEST = 131
"""Of 16 bits: what is no louder anywhere is no speech."""
ADVICE = "save it as a WAV file of 16 bits"


@dataclass(frozen=True, slots=True, kw_only=True)
class Wav:
    """The sound of a WAV file."""

    rate: int
    """Samples a second."""
    channels: int
    samples: array[int] | array[float]
    """Of the channels in turn; whole numbers of 16 bits, or fractions of full scale."""


def pcm_wav(samples: array[int], rate: int) -> bytes:
    """Return a WAV file of 16-bit samples, one channel: a header of 44 bytes, and nothing but the samples."""
    header = struct.pack("<HHIIHH", _PCM, 1, rate, 2 * rate, 2, 16)
    return _riff((b"fmt ", header), (b"data", _little_endian(samples)))


def ulaw_wav(data: bytes, rate: int) -> bytes:
    """Return a WAV file of µ-law, one channel."""
    header = struct.pack("<HHIIHHH", _ULAW, 1, rate, rate, 1, 8, 0)
    return _riff((b"fmt ", header), (b"fact", struct.pack("<I", len(data))), (b"data", data))


def read_wav(content: bytes) -> Wav:
    """Return the sound of a WAV file: PCM of 8, 16, 24 or 32 bits, float, µ-law or A-law.

    Raises Unreadable with what would be right.
    """
    if content[:4] != b"RIFF" or content[8:12] != b"WAVE":
        raise Unreadable(f"is no WAV file; {ADVICE}")
    chunks = dict(_chunks(content))
    header, data = chunks.get(b"fmt "), chunks.get(b"data")
    if header is None or len(header) < 16 or data is None:
        raise Unreadable(f"is cut off; {ADVICE}")
    form, channels, rate, _, _, bits = struct.unpack_from("<HHIIHH", header)
    if form == _EXTENSIBLE and len(header) >= 26:
        (form,) = struct.unpack_from("<H", header, 24)
    if not 1 <= channels <= _MOST_CHANNELS or not _LOWEST_RATE <= rate <= _HIGHEST_RATE:
        raise Unreadable(f"has {channels} channels of {rate} samples a second; {ADVICE}, mono, 16000 samples a second")
    samples = _samples(form, bits, data)
    del samples[len(samples) - len(samples) % channels :]
    return Wav(rate=rate, channels=channels, samples=samples)


def _riff(*chunks: tuple[bytes, bytes]) -> bytes:
    body = b"WAVE" + b"".join(_chunk(name, content) for name, content in chunks)
    return _chunk(b"RIFF", body)


def _chunk(name: bytes, content: bytes) -> bytes:
    return name + struct.pack("<I", len(content)) + content + bytes(len(content) % 2)


def _chunks(content: bytes) -> Iterator[tuple[bytes, bytes]]:
    """Yield each chunk; one that says that it is longer than the file ends with the file, as from a recorder's pipe."""
    place = 12
    while place + 8 <= len(content):
        name, size = struct.unpack_from("<4sI", content, place)
        yield name, content[place + 8 : place + 8 + size]
        place += 8 + size + size % 2


def _samples(form: int, bits: int, data: bytes) -> array[int] | array[float]:
    match form, bits:
        case (_, 8) if form == _ULAW:
            return from_ulaw(data)
        case (_, 8) if form == _ALAW:
            return from_alaw(data)
        case (_, 32 | 64) if form == _FLOAT:
            return _native("f" if bits == 32 else "d", data, bits // 8)
        case (_, 8) if form == _PCM:
            return array("h", [(byte - 128) << 8 for byte in data])
        case (_, 16 | 24 | 32) if form == _PCM:
            return _native("h", _upper_halves(data, bits // 8), 2)
    raise Unreadable(f"is in a form of WAV that is not read here (number {form}, {bits} bits); {ADVICE}")


def _upper_halves(data: bytes, width: int) -> bytes:
    """Return the two upper bytes of each sample."""
    whole = len(data) - len(data) % width
    halves = bytearray(whole // width * 2)
    halves[0::2], halves[1::2] = data[width - 2 : whole : width], data[width - 1 : whole : width]
    return bytes(halves)


def _native(code: str, data: bytes, width: int) -> array[int] | array[float]:
    samples: array[int] | array[float] = array(code, data[: len(data) - len(data) % width])
    if sys.byteorder == "big":
        samples.byteswap()
    return samples


def _little_endian(samples: array[int]) -> bytes:
    if sys.byteorder == "big":
        samples = array("h", samples)
        samples.byteswap()
    return samples.tobytes()
