"""Speech as telephone systems take it: level, band, silences, whole frames, and files that other programs read."""

from __future__ import annotations

import io
import json
import shutil
import subprocess
from pathlib import Path

import numpy as np
import pytest
import soundfile

from statuspage.sound import ENDINGS, telephony
from statuspage.sound.forms import Sound, sound_of
from statuspage.sound.voices import RATE, Voice, voice_of

ENGLISH = (
    "We know about the problem with card payments.",
    "You cannot pay by card right now.",
    "Our next update comes at two thirty-five p.m. London time.",
)
GERMAN = ("Wir kennen das Problem mit der Kartenzahlung.", "Die nächste Meldung kommt um vierzehn Uhr dreißig.")
EVERY_SAMPLE = np.arange(-32768, 32768).astype(np.int16)


@pytest.fixture(scope="module")
def english(tmp_path_factory: pytest.TempPathFactory) -> Sound:
    return sound_of(ENGLISH, voice_of("en", tmp_path_factory.mktemp("voice")))


@pytest.fixture(scope="module")
def voice(tmp_path_factory: pytest.TempPathFactory) -> Voice:
    return voice_of("de", tmp_path_factory.mktemp("voice"))


def line_of(sound: Sound) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    return np.frombuffer(sound.by_ending[".wav"][44:], dtype="<i2").astype(np.float64) / 32768


def quiet_before_and_after(sound: Sound) -> tuple[float, float]:
    line = line_of(sound)
    loud = np.flatnonzero(np.abs(line) > 0.003)
    return loud[0] / telephony.LINE_RATE, (len(line) - loud[-1]) / telephony.LINE_RATE


def test_speech_is_at_the_level_of_a_telephone_line(english: Sound) -> None:
    line = line_of(english)

    assert english.level is not None
    assert abs(english.level - telephony.ACTIVE_LEVEL_DB) <= 1
    assert abs(telephony.active_level(line, telephony.LINE_RATE) - telephony.ACTIVE_LEVEL_DB) <= 1
    assert 20 * np.log10(np.abs(line).max()) <= telephony.PEAK_DB
    assert abs(line.mean()) < 0.001


def test_silence_goes_before_and_after_and_the_length_is_whole_frames(english: Sound) -> None:
    lead, tail = quiet_before_and_after(english)

    assert 0.3 <= lead <= 0.5
    assert 0.2 <= tail <= 0.3
    assert len(line_of(english)) % telephony.FRAME == 0
    assert len(english.by_ending[".ulaw"]) % telephony.FRAME == 0


def test_nothing_outside_the_band_of_the_line_is_left(english: Sound) -> None:
    power = np.abs(np.fft.rfft(line_of(english))) ** 2
    frequencies = np.fft.rfftfreq(len(line_of(english)), 1 / telephony.LINE_RATE)

    outside = power[(frequencies < 190) | (frequencies > 3650)].sum()
    assert outside / power.sum() < 1e-4


def test_a_loud_sound_is_turned_down_to_the_limit_and_not_cut() -> None:
    burst = np.concatenate([np.full(8000, 0.01), np.sin(np.arange(400)) * 0.9, np.full(8000, 0.01)])
    burst[:8000] *= np.sin(np.arange(8000))

    line = telephony.for_the_line(burst, telephony.LINE_RATE) / 32768

    assert np.abs(line).max() <= 10 ** (telephony.PEAK_DB / 20)


def test_g711_is_that_of_a_library_for_every_sample() -> None:
    for form, ours in (("ULAW", telephony.mu_law(EVERY_SAMPLE)), ("ALAW", telephony.a_law(EVERY_SAMPLE))):
        file = io.BytesIO()
        soundfile.write(file, EVERY_SAMPLE, telephony.LINE_RATE, subtype=form, format="RAW")

        differing = [int(s) for s, a, b in zip(EVERY_SAMPLE, ours, file.getvalue(), strict=True) if a != b]
        assert differing == []


def test_a_wav_file_has_a_head_of_44_bytes_and_nothing_but_sound(english: Sound) -> None:
    for ending, form, rate in ((".wav", 1, 8000), ("-16k.wav", 1, 16000), ("-connect.wav", 7, 8000)):
        content = english.by_ending[ending]
        assert content[:4] + content[8:16] == b"RIFFWAVEfmt "
        assert int.from_bytes(content[4:8], "little") == len(content) - 8
        assert int.from_bytes(content[20:22], "little") == form
        assert int.from_bytes(content[24:28], "little") == rate
        assert content[36:40] == b"data"


@pytest.mark.parametrize(
    ("ending", "codec", "rate"),
    [(".wav", "pcm_s16le", "8000"), ("-16k.wav", "pcm_s16le", "16000"), ("-connect.wav", "pcm_mulaw", "8000")],
)
def test_ffprobe_reads_each_file_as_what_it_is(
    english: Sound, tmp_path: Path, ending: str, codec: str, rate: str
) -> None:
    ffprobe = shutil.which("ffprobe")
    if ffprobe is None:
        pytest.skip("ffprobe is not installed (on Debian: apt-get install ffmpeg)")
    file = tmp_path / f"message{ending}"
    file.write_bytes(english.by_ending[ending])

    told = subprocess.run(
        [ffprobe, "-v", "error", "-of", "json", "-show_streams", file], capture_output=True, check=True, timeout=30
    )

    (stream,) = json.loads(told.stdout)["streams"]
    assert (stream["codec_name"], stream["sample_rate"], stream["channels"]) == (codec, rate, 1)
    assert abs(float(stream["duration"]) - english.seconds) < 0.05


def test_the_same_sentences_give_the_same_bytes(tmp_path: Path, voice: Voice) -> None:
    again = sound_of(GERMAN, voice_of("de", tmp_path))

    assert sound_of(GERMAN, voice) == again


def test_nothing_to_say_is_300_milliseconds_of_silence(voice: Voice) -> None:
    sound = sound_of((), voice)

    assert (sound.seconds, sound.level) == (0.3, None)
    assert set(sound.by_ending) == set(ENDINGS)
    assert sound.by_ending[".ulaw"] == b"\xff" * 2400
    assert sound.by_ending[".alaw"] == b"\xd5" * 2400
    assert not any(sound.by_ending[".wav"][44:])


def test_a_voice_speaks_as_fast_as_one_can_follow(english: Sound) -> None:
    words = sum(len(sentence.split()) for sentence in ENGLISH)
    speech = english.seconds - telephony.LEAD_SECONDS - telephony.TAIL_SECONDS

    assert 110 <= words / speech * 60 <= 190
    assert RATE == 16_000
