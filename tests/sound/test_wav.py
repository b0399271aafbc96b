from __future__ import annotations

from array import array
from pathlib import Path

import numpy as np
import pytest
import soundfile

from statuspage.errors import Unreadable
from statuspage.sound.wav import pcm_wav, read_wav

STEREO = np.array([[0.0, 0.5], [-0.25, 0.75], [1 / 3, -0.5]])


@pytest.mark.parametrize(
    ("form", "step"),
    [
        ("PCM_U8", 2e-2),
        ("PCM_16", 1e-4),
        ("PCM_24", 1e-4),
        ("PCM_32", 1e-4),
        ("FLOAT", 1e-6),
        ("DOUBLE", 1e-9),
        ("ULAW", 3e-2),
        ("ALAW", 3e-2),
    ],
)
@pytest.mark.parametrize("container", ["WAV", "WAVEX"])
def test_whatever_a_recorder_writes_is_read(tmp_path: Path, form: str, step: float, container: str) -> None:
    file = tmp_path / "recorded.wav"
    soundfile.write(file, STEREO, 44_100, subtype=form, format=container)

    sound = read_wav(file.read_bytes())
    samples = np.array(sound.samples, np.float64) / (32_768 if sound.samples.typecode == "h" else 1)

    assert (sound.rate, sound.channels) == (44_100, 2)
    assert np.abs(samples.reshape(-1, 2) - STEREO).max() < step


def test_chunks_of_other_programs_are_passed_over() -> None:
    plain = pcm_wav(array("h", [1, 2, 3]), 8_000)
    with_list = plain[:36] + b"LIST\x03\x00\x00\x00abc\x00" + plain[36:]

    assert list(read_wav(with_list).samples) == [1, 2, 3]


def test_a_file_that_says_that_it_is_longer_than_it_is_ends_where_it_ends() -> None:
    piped = bytearray(pcm_wav(array("h", [1, 2, 3]), 8_000))
    piped[40:44] = b"\xff\xff\xff\x7f"

    assert list(read_wav(bytes(piped)).samples) == [1, 2, 3]


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "is no WAV file; save it as a WAV file of 16 bits"),
        (b"ID3\x04 an MP3 under another name", "is no WAV file; save it as a WAV file of 16 bits"),
        (b"RIFF\x04\x00\x00\x00WAVE", "is cut off; save it as a WAV file of 16 bits"),
        (
            pcm_wav(array("h"), 1_000),
            "has 1 channels of 1000 samples a second; save it as a WAV file of 16 bits, mono, 16000 samples a second",
        ),
        (
            pcm_wav(array("h"), 8_000).replace(b"\x01\x00\x01\x00", b"\x11\x00\x01\x00"),
            "is in a form of WAV that is not read here (number 17, 16 bits); save it as a WAV file of 16 bits",
        ),
    ],
)
def test_what_cannot_be_read_says_what_would_be_right(content: bytes, message: str) -> None:
    with pytest.raises(Unreadable) as raised:
        read_wav(content)

    assert str(raised.value) == message
