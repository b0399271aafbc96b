from __future__ import annotations

import re
import sys
from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner, Result

from statuspage.cli import main
from statuspage.sound.forms import silence
from statuspage.sound.telephony import mono
from statuspage.sound.wav import read_wav
from tests.sound.sites import BEFORE, OPEN_NOW, make_site, recorded_wav, run_without_sound
from tests.sound.speaking import pico


def render(site: Path, *more: str, now: str = OPEN_NOW, file: str = "message.wav") -> Result:
    return CliRunner().invoke(
        main, ["hold", "--site", str(site), "--now", now, "--render", str(site.parent / file), *more]
    )


def pitch_of(file: Path) -> float:
    sound = read_wav(file.read_bytes())
    spectrum = np.abs(np.fft.rfft(mono(sound)))
    return float(np.argmax(spectrum) * sound.rate / len(sound.samples))


@pytest.mark.parametrize("file", ["message.wav", "message-16k.wav", "message-connect.wav", "message.ulaw", "m.alaw"])
def test_the_ending_of_the_name_says_in_which_form_the_message_is_written(tmp_path: Path, file: str) -> None:
    pico()
    result = render(make_site(tmp_path / "site"), file=file)

    assert (result.exit_code, result.stderr) == (0, "")
    seconds = re.fullmatch(rf"Wrote .*/{file}: (\d+\.\d) seconds, by pico en-GB\.\n", result.stdout)
    assert seconds
    assert 8 < float(seconds[1]) < 25
    size = (tmp_path / file).stat().st_size / (8_000 * float(seconds[1]))
    bytes_a_sample = {"message.wav": 2, "message-16k.wav": 4}.get(file, 1)
    assert size == pytest.approx(bytes_a_sample, rel=0.01)


def test_it_is_played_by_a_program_that_is_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    player = tmp_path / "bin" / "paplay"
    player.parent.mkdir()
    player.write_text(f'#!/bin/sh\n/bin/cp "$1" {tmp_path}/played.wav\n')
    player.chmod(0o755)
    monkeypatch.setenv("PATH", str(player.parent))

    result = CliRunner().invoke(main, ["hold", "--site", str(make_site(tmp_path / "site")), "--now", BEFORE, "--play"])

    assert result.output == "Playing 0.3 seconds, silence, because nothing is open.\n"
    assert (tmp_path / "played.wav").read_bytes() == silence()[".wav"]


def test_the_voice_of_the_settings_speaks(tmp_path: Path) -> None:
    pico()
    site = make_site(tmp_path / "site")
    settings = site / "statuspage.toml"
    settings.write_text(settings.read_text().replace("[hold]", "[hold]\nvoice = 'pico en-US'"))

    assert render(site).stdout.endswith(", by pico en-US.\n")


def test_another_voice_in_the_settings_speaks_what_the_last_one_has_spoken(tmp_path: Path) -> None:
    pico()
    site = make_site(tmp_path / "site")
    settings = site / "statuspage.toml"
    first = render(site).stdout
    settings.write_text(settings.read_text().replace("[hold]", "[hold]\nvoice = 'pico en-US'"))

    assert first.endswith(", by pico en-GB.\n")
    assert render(site).stdout.endswith(", by pico en-US.\n")


def test_a_command_that_fails_is_not_asked_again_for_the_same_message(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pico()
    asked = tmp_path / "asked"
    monkeypatch.setenv("STATUSPAGE_VOICE_COMMAND", f"{sys.executable} -c \"open('{asked}', 'a').write('x'); 1/0\"")
    site = make_site(tmp_path / "site")

    heard = [render(site).stdout.rpartition(", by ")[2] for _ in range(2)]

    assert heard == ["pico en-GB.\n"] * 2
    assert asked.read_text() == "x"


def test_where_nothing_plays_sound_it_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))

    result = CliRunner().invoke(main, ["hold", "--site", str(make_site(tmp_path / "site")), "--now", BEFORE, "--play"])

    assert result.exit_code == 2
    assert result.stderr.splitlines()[-1] == (
        "Error: Invalid value for --play: there is no program here that plays sound, such as aplay, pw-play, paplay, "
        "afplay, play, ffplay; use --render FILE"
    )


def test_a_command_of_the_operators_speaks_before_any_engine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program = tmp_path / "speak.py"
    program.write_text(
        "import sys, wave\n"
        "language, out = sys.argv[1:]\n"
        "file = wave.open(out, 'wb')\n"
        "file.setparams((1, 2, 22050, 0, 'NONE', ''))\n"
        "said = sys.stdin.buffer.read()\n"
        "file.writeframes(b''.join(bytes([0, 40 if place // 20 % 2 else 216]) for place in range(200 * len(said))))\n"
        "file.close()\n"
    )
    monkeypatch.setenv("STATUSPAGE_VOICE_COMMAND", f"{sys.executable} {program} {{lang}} {{out}}")
    site = make_site(tmp_path / "site")

    assert render(site, "--lang", "de").stdout.endswith(", by command de.\n")
    assert pitch_of(tmp_path / "message.wav") == pytest.approx(22_050 / 40, abs=1)
    monkeypatch.setenv("STATUSPAGE_VOICE_COMMAND", "false")
    assert not render(site).stdout.endswith(", by command en.\n")


def test_each_language_and_wording_has_its_own_sound(tmp_path: Path) -> None:
    pico()
    site = make_site(tmp_path / "site")
    for language in ("en", "de"):
        for number in ("1", "2", "3"):
            render(site, "--lang", language, "--wording", number, file=f"{language}-{number}.ulaw")

    sounds = {path.read_bytes() for path in tmp_path.glob("*.ulaw")}

    assert len(sounds) == 6
    assert all(8_000 * 5 < len(sound) < 8_000 * 25 for sound in sounds)


def test_the_same_wording_gives_the_same_bytes_from_the_cache_and_anew(tmp_path: Path) -> None:
    pico()
    one, other = make_site(tmp_path / "one"), make_site(tmp_path / "other")
    for site, file in ((one, "first.wav"), (one, "second.wav"), (other, "third.wav")):
        assert render(site, file=file).exit_code == 0

    assert len({(tmp_path / f"{name}.wav").read_bytes() for name in ("first", "second", "third")}) == 1


def test_nothing_open_is_three_tenths_of_a_second_of_silence(tmp_path: Path) -> None:
    result = render(make_site(tmp_path / "site"), now=BEFORE)

    assert result.stdout == f"Wrote {tmp_path}/message.wav: 0.3 seconds, silence, because nothing is open.\n"
    assert (tmp_path / "message.wav").read_bytes() == silence()[".wav"]


def test_a_name_that_says_no_form_is_wrong_usage(tmp_path: Path) -> None:
    result = render(make_site(tmp_path / "site"), file="message.mp3")

    assert result.exit_code == 2
    assert result.stderr.splitlines()[-1] == (
        'Error: Invalid value for --render: "message.mp3" does not say in which form; '
        "end it in .wav, -16k.wav, -connect.wav, .ulaw or .alaw"
    )


@pytest.mark.parametrize(("rate", "channels"), [(8_000, 1), (44_100, 1), (44_100, 2), (48_000, 2)])
def test_a_recording_beside_the_incident_goes_before_any_voice(tmp_path: Path, rate: int, channels: int) -> None:
    site = make_site(tmp_path / "site")
    (site / "incidents" / "payments-0.hold.en.wav").write_bytes(recorded_wav(rate=rate, channels=channels))

    result = render(site)

    assert result.stdout == (f"Wrote {tmp_path}/message.wav: 2.2 seconds, by incidents/payments-0.hold.en.wav.\n")
    assert pitch_of(tmp_path / "message.wav") == pytest.approx(700, abs=1)
    assert result.stderr == ""


def test_a_recording_with_a_number_is_heard_in_place_of_that_wording(tmp_path: Path) -> None:
    site = make_site(tmp_path / "site")
    (site / "incidents" / "payments-0.hold.en.wav").write_bytes(recorded_wav(rate=16_000, hertz=700))
    (site / "incidents" / "payments-0.hold.en.2.wav").write_bytes(recorded_wav(rate=16_000, hertz=900))

    for number in ("1", "2", "3"):
        render(site, "--wording", number, file=f"{number}.wav")

    assert [round(pitch_of(tmp_path / f"{number}.wav"), -1) for number in (1, 2, 3)] == [700, 900, 700]


def test_a_recording_is_heard_in_its_own_language_alone(tmp_path: Path) -> None:
    pico("de")
    site = make_site(tmp_path / "site")
    (site / "incidents" / "payments-0.hold.en.wav").write_bytes(recorded_wav(rate=16_000))

    assert render(site, "--lang", "de").stdout.endswith(", by pico de-DE.\n")


def test_a_recording_tells_of_one_incident_and_is_not_heard_while_two_are_open(tmp_path: Path) -> None:
    pico()
    site = make_site(tmp_path / "site", incidents=2)
    (site / "incidents" / "payments-0.hold.en.wav").write_bytes(recorded_wav(rate=16_000))

    assert render(site).stdout.endswith(", by pico en-GB.\n")


@pytest.mark.parametrize(
    ("content", "fault"),
    [
        (b"an MP3", "is no WAV file; save it as a WAV file of 16 bits"),
        (recorded_wav(rate=8_000, hertz=0), "is silent; record it anew"),
        (recorded_wav(rate=8_000, seconds=61), "lasts longer than 60 seconds; shorten it"),
    ],
)
def test_a_recording_that_cannot_be_heard_is_a_warning_and_a_voice_speaks(
    tmp_path: Path, content: bytes, fault: str
) -> None:
    pico()
    site = make_site(tmp_path / "site")
    (site / "incidents" / "payments-0.hold.en.3.wav").write_bytes(content)

    result = render(site, "--wording", "3")

    assert result.stderr == f"incidents/payments-0.hold.en.3.wav: warning: {fault}; a voice speaks in its place\n"
    assert result.stdout.endswith(", by pico en-GB.\n")


def test_a_recording_is_no_incident(tmp_path: Path) -> None:
    site = make_site(tmp_path / "site")
    (site / "incidents" / "payments-0.hold.en.wav").write_bytes(recorded_wav(rate=44_100, channels=2, seconds=5))

    result = CliRunner().invoke(main, ["check", "--site", str(site)])

    assert (result.exit_code, result.stdout) == (0, "")


def test_without_the_extra_the_words_are_there_and_the_sound_says_what_to_install(
    tmp_path: Path, repository: Path
) -> None:
    site = make_site(tmp_path / "site")

    words = run_without_sound(tmp_path / "one", repository, "hold", "--site", str(site), "--now", OPEN_NOW)
    sound = run_without_sound(
        tmp_path / "two", repository, "hold", "--site", str(site), "--now", OPEN_NOW, "--render", f"{tmp_path}/x.wav"
    )

    assert (words.returncode, words.stderr.count("seconds")) == (0, 3)
    assert words.stdout.startswith("We know about the problem")
    assert (sound.returncode, sound.stdout) == (1, "")
    assert sound.stderr == 'nothing is installed here that makes sound; run "pip install statuspage[hold]"\n'


def test_without_the_extra_silence_can_still_be_rendered(tmp_path: Path, repository: Path) -> None:
    site = make_site(tmp_path / "site")
    file = tmp_path / "silence.ulaw"

    result = run_without_sound(
        tmp_path / "links", repository, "hold", "--site", str(site), "--now", BEFORE, "--render", str(file)
    )

    assert result.returncode == 0
    assert file.read_bytes() == b"\xff" * 2_400
