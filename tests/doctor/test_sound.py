"""Which voice speaks each language, and recordings that can or cannot be heard."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.doctor.sites import said_of, write_site
from tests.sound.sites import make_site, recorded_wav, run_without_sound


def test_each_language_has_its_voice(tmp_path: Path) -> None:
    pytest.importorskip("py_nanotts")

    lines = said_of("sound", make_site(tmp_path / "site"))

    assert lines == ["well      pico en-GB speaks en", "well      pico de-DE speaks de"]


@pytest.mark.parametrize(("more", "verdict"), [("\n[hold]\n", "wrong"), ("", "note ")])
def test_a_missing_voice_is_wrong_where_the_settings_speak_of_the_hold_message(
    tmp_path: Path, repository: Path, more: str, verdict: str
) -> None:
    site = write_site(tmp_path / "site", more=more)

    done = run_without_sound(tmp_path / "links", repository, "doctor", "--site", str(site))

    (line,) = (line for line in done.stdout.splitlines() if line.startswith("sound"))
    assert line == (
        f'sound     {verdict}     there is no voice for the language en; run "pip install statuspage[hold]"'
    )
    assert done.returncode == (1 if verdict == "wrong" else 0)


def test_the_voice_that_the_settings_name_must_speak_here(tmp_path: Path) -> None:
    pytest.importorskip("py_nanotts")
    voices = ("pico en-US", "pico", "pico es-ES")
    sites = [write_site(tmp_path / name, more=f"\n[hold]\nvoice = '{name}'\n") for name in voices]

    assert [said_of("sound", site) for site in sites] == [
        ["well      pico en-US speaks en"],
        ["well      pico en-GB speaks en"],
        [
            'wrong     the voice "pico es-ES" of [hold] speaks no language here; install it, or take it out',
            "well      pico en-GB speaks en",
        ],
    ]


def test_recordings_are_heard_before_somebody_calls(tmp_path: Path) -> None:
    site = write_site(tmp_path / "site")
    (site / "incidents" / "cards.hold.en.wav").write_bytes(recorded_wav(rate=8000))
    well = said_of("sound", site)
    (site / "incidents" / "cards.hold.de.2.wav").write_bytes(b"RIFF")
    wrong = said_of("sound", site)

    assert well[-1] == "well      recordings that can be heard: 1"
    assert wrong[-1].startswith("wrong     incidents/cards.hold.de.2.wav: ")
    assert wrong[-1].endswith("; a voice speaks in its place")


@pytest.mark.parametrize(
    ("command", "wrong"),
    [
        ("no-such-program --lang {lang}", "there is no program no-such-program"),
        ('say "{lang}', "is no command: no closing quotation"),
    ],
)
def test_a_voice_of_the_operator_that_cannot_be_run_is_wrong(site: Path, command: str, wrong: str) -> None:
    lines = said_of("sound", site, environ={"STATUSPAGE_VOICE_COMMAND": command})

    assert lines[0] == (
        f"wrong     STATUSPAGE_VOICE_COMMAND: {wrong}; set it right, or take it out: unset STATUSPAGE_VOICE_COMMAND"
    )
