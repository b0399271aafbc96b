from __future__ import annotations

from array import array
from pathlib import Path

import numpy as np
import soundfile

from statuspage.sound.g711 import from_alaw, from_ulaw, to_alaw, to_ulaw

EVERY_SAMPLE = array("h", range(-0x8000, 0x8000))
EVERY_BYTE = bytes(range(256))


def test_known_samples_have_the_bytes_of_the_recommendation() -> None:
    # ITU-T G.711, tables 1 and 2: nothing, the largest, and the first of each law's finest steps.
    assert to_ulaw(array("h", [0, 32_635, -32_635, 32_767, -32_768])).hex() == "ff80008000"
    assert to_alaw(array("h", [0, 32_256, -32_256, 32_767, -32_768])).hex() == "d5aa2aaa2a"


def test_every_sample_becomes_the_byte_that_libsndfile_makes_of_it(tmp_path: Path) -> None:
    for law, ours in (("ULAW", to_ulaw(EVERY_SAMPLE)), ("ALAW", to_alaw(EVERY_SAMPLE))):
        soundfile.write(tmp_path / law, np.array(EVERY_SAMPLE, np.int16), 8_000, subtype=law, format="RAW")

        assert (tmp_path / law).read_bytes() == ours


def test_every_byte_becomes_the_sample_that_libsndfile_makes_of_it(tmp_path: Path) -> None:
    for law, ours in (("ULAW", from_ulaw(EVERY_BYTE)), ("ALAW", from_alaw(EVERY_BYTE))):
        (tmp_path / law).write_bytes(EVERY_BYTE)
        theirs, _ = soundfile.read(
            tmp_path / law, samplerate=8_000, channels=1, subtype=law, format="RAW", dtype="int16"
        )

        assert theirs.tolist() == list(ours)


def test_what_a_telephone_plays_can_be_sent_again_unchanged() -> None:
    assert to_alaw(from_alaw(EVERY_BYTE)) == EVERY_BYTE
    # µ-law has two bytes for nothing.
    assert to_ulaw(from_ulaw(EVERY_BYTE)) == EVERY_BYTE.replace(b"\x7f", b"\xff")
