from __future__ import annotations

import json
import math
import shutil
import struct
import subprocess
from array import array
from pathlib import Path

import numpy as np
import pytest
import soundfile

from statuspage.sound.forms import ENDINGS, Forms, silence
from statuspage.sound.levels import Samples, active_level_db
from statuspage.sound.telephony import message_forms, mono
from statuspage.sound.wav import Wav, read_wav
from tests.sound.p56 import active_speech_level_db
from tests.sound.speaking import sentences, tone

RATES = {".wav": 8_000, "-16k.wav": 16_000}
KINDS = {
    ".wav": ("pcm_s16le", "Signed Integer PCM", 8_000),
    "-16k.wav": ("pcm_s16le", "Signed Integer PCM", 16_000),
    "-connect.wav": ("pcm_mulaw", "u-law", 8_000),
}


@pytest.fixture(scope="module")
def forms() -> Forms:
    return message_forms(sentences(), treble_db=6.0)


def peak_db(samples: Samples) -> float:
    return 20 * math.log10(np.abs(samples).max())


def sound_of(content: bytes) -> Samples:
    return mono(read_wav(content))


@pytest.mark.parametrize(("ending", "rate"), RATES.items())
def test_speech_is_as_loud_as_telephones_want_it(forms: Forms, ending: str, rate: int) -> None:
    samples = sound_of(forms[ending])

    assert active_level_db(samples, rate) == pytest.approx(-22, abs=0.2)
    assert active_speech_level_db(samples, rate) == pytest.approx(-22, abs=1)
    assert peak_db(samples) <= -3
    assert abs(samples.mean()) < 1e-4


def test_a_voice_with_high_peaks_is_limited_and_keeps_its_level() -> None:
    # Each word begins with a click 26 dB over its level.
    word = np.array(tone(500, rate=8_000, seconds=0.5, size=0.05).samples) / 32_768
    word[400:404] = 0.95
    clicking = Wav(rate=8_000, channels=1, samples=array("h", (np.tile(word, 8) * 32_767).astype(np.int16).tobytes()))

    samples = sound_of(message_forms([clicking])[".wav"])

    assert peak_db(samples) <= -3
    assert active_level_db(samples, 8_000) == pytest.approx(-22, abs=1)


@pytest.mark.parametrize(("ending", "rate"), RATES.items())
def test_silence_comes_first_last_and_between_sentences(forms: Forms, ending: str, rate: int) -> None:
    samples = sound_of(forms[ending])
    heard = np.flatnonzero(samples)
    gaps = np.diff(heard).max(initial=0) / rate

    assert 0.3 <= heard[0] / rate <= 0.5
    assert 0.2 <= (len(samples) - 1 - heard[-1]) / rate <= 0.3
    assert gaps == pytest.approx(0.4, abs=0.01)


def test_every_file_ends_with_a_whole_packet(forms: Forms) -> None:
    assert len(forms[".ulaw"]) % 160 == 0
    assert len(forms[".alaw"]) == len(forms[".ulaw"])
    assert len(sound_of(forms["-16k.wav"])) == 2 * len(forms[".ulaw"])


def test_all_forms_hold_the_same_samples(forms: Forms, tmp_path: Path) -> None:
    for ending, law in ((".ulaw", "ULAW"), (".alaw", "ALAW")):
        (tmp_path / law).write_bytes(forms[ending])
        heard, _ = soundfile.read(tmp_path / law, samplerate=8_000, channels=1, subtype=law, format="RAW")
        sent = sound_of(forms[".wav"])

        assert np.abs(heard - sent).max() < 0.02
    assert forms["-connect.wav"].endswith(forms[".ulaw"])


def test_a_header_is_as_short_as_it_can_be(forms: Forms) -> None:
    for ending, rate in RATES.items():
        content = forms[ending]
        size = len(content) - 44
        plain = struct.pack(
            "<4sI4s4sIHHIIHH4sI", b"RIFF", size + 36, b"WAVE", b"fmt ", 16, 1, 1, rate, 2 * rate, 2, 16, b"data", size
        )

        assert content[:44] == plain
    assert struct.unpack_from("<H", forms["-connect.wav"], 20) == (7,)


@pytest.mark.skipif(not shutil.which("ffprobe"), reason="ffprobe is not installed")
@pytest.mark.parametrize("ending", KINDS)
def test_ffprobe_reads_each_file(forms: Forms, tmp_path: Path, ending: str) -> None:
    for name, made in (("speech", forms), ("silence", silence())):
        file = tmp_path / f"{name}{ending}"
        file.write_bytes(made[ending])
        told = subprocess.run(
            ["ffprobe", "-v", "warning", "-show_streams", "-of", "json", str(file)],  # noqa: S607 - where it lies
            capture_output=True,
            text=True,
            check=True,
        )
        (stream,) = json.loads(told.stdout)["streams"]

        assert not told.stderr
        assert (stream["codec_name"], int(stream["sample_rate"]), stream["channels"]) == (
            KINDS[ending][0],
            KINDS[ending][2],
            1,
        )
        assert float(stream["duration"]) == pytest.approx(len(made[".ulaw"]) / 8_000)


@pytest.mark.skipif(not shutil.which("soxi"), reason="sox is not installed")
@pytest.mark.parametrize("ending", KINDS)
def test_sox_reads_each_file(forms: Forms, tmp_path: Path, ending: str) -> None:
    file = tmp_path / f"speech{ending}"
    file.write_bytes(forms[ending])
    told = [
        subprocess.run(["soxi", flag, str(file)], capture_output=True, text=True, check=True)  # noqa: S607
        for flag in ("-e", "-r", "-c", "-s")
    ]

    assert not any(each.stderr for each in told)
    assert [each.stdout.strip() for each in told] == [
        KINDS[ending][1],
        str(KINDS[ending][2]),
        "1",
        str(len(forms[".ulaw"]) * KINDS[ending][2] // 8_000),
    ]


@pytest.mark.parametrize("rate", [8_000, 16_000, 22_050, 24_000, 44_100, 48_000])
def test_a_tone_keeps_its_pitch_and_length_at_whatever_rate_it_was_recorded(rate: int) -> None:
    samples = sound_of(message_forms([tone(1_000, rate=rate, seconds=2)])[".wav"])
    spectrum = np.abs(np.fft.rfft(samples))
    pitch = np.argmax(spectrum) * 8_000 / len(samples)
    heard = np.flatnonzero(samples)

    assert pitch == pytest.approx(1_000, abs=1)
    assert (heard[-1] - heard[0]) / 8_000 == pytest.approx(2, abs=0.02)


@pytest.mark.parametrize("hertz", [50, 100, 4_500, 7_000])
def test_what_a_line_does_not_carry_is_taken_out_and_leaves_no_images(hertz: float) -> None:
    voice, noise = tone(1_000, rate=48_000), tone(hertz, rate=48_000)
    mixed = Wav(rate=48_000, channels=1, samples=array("h", map(sum, zip(voice.samples, noise.samples, strict=True))))

    samples = sound_of(message_forms([mixed])[".wav"])[4_000:10_000]
    spectrum = np.abs(np.fft.rfft(samples * np.hanning(len(samples))))
    bin_of_voice = round(1_000 * len(samples) / 8_000)
    others = np.delete(spectrum, range(bin_of_voice - 8, bin_of_voice + 9))

    assert 20 * math.log10(others.max() / spectrum.max()) < -60


def test_the_same_sentences_give_the_same_bytes(forms: Forms) -> None:
    assert message_forms(sentences(), treble_db=6.0) == forms


def test_silence_lasts_three_tenths_of_a_second_in_every_form() -> None:
    made = silence()

    assert tuple(made) == ENDINGS
    assert made[".ulaw"] == b"\xff" * 2_400
    assert made[".alaw"] == b"\xd5" * 2_400
    assert not any(read_wav(made["-16k.wav"]).samples)
    assert len(made["-16k.wav"]) == 44 + 9_600


def test_sentences_without_a_sound_become_no_more_than_silence() -> None:
    nothing = Wav(rate=16_000, channels=1, samples=array("h", bytes(32_000)))

    assert not sound_of(message_forms([nothing])[".wav"]).any()
    assert not sound_of(message_forms([])[".wav"]).any()
