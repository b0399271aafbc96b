from __future__ import annotations

import os
import signal
import threading
import time
from dataclasses import replace
from pathlib import Path

import pytest

from statuspage.model import SPEECH_ENGINES
from statuspage.sound.engines import ENGINES, HIBARI, Voice, voices_for
from statuspage.sound.speech import NotSpoken, limit_for, spoken
from statuspage.sound.telephony import message_forms
from tests.sound.speaking import MESSAGE, pico, shelf

LONG = tuple(f"This is sentence number {number} of a message that is far too long." for number in range(400))


def descendants(pid: int) -> list[int]:
    """Return the processes that this one has started, and those that they have."""
    children = [
        int(child) for task in Path(f"/proc/{pid}/task").iterdir() for child in (task / "children").read_text().split()
    ]
    return [*children, *(grandchild for child in children for grandchild in descendants(child))]


def test_the_same_sentence_gives_the_same_bytes_whatever_was_spoken_before_it(tmp_path: Path) -> None:
    forwards = spoken(MESSAGE, pico(), shelf(tmp_path / "one"))
    backwards = spoken(MESSAGE[::-1], pico(), shelf(tmp_path / "two"))

    assert forwards == backwards[::-1]


def test_a_sentence_that_was_spoken_is_taken_from_the_shelf(tmp_path: Path) -> None:
    first = spoken(MESSAGE, pico(), shelf(tmp_path))

    # In no time at all no engine could start.
    assert spoken(MESSAGE[:2], pico(), shelf(tmp_path), limit_seconds=0) == first[:2]


def test_another_version_of_an_engine_speaks_anew(tmp_path: Path) -> None:
    spoken(MESSAGE[:1], pico(), shelf(tmp_path))

    spoken(MESSAGE[:1], replace(pico(), version="another"), shelf(tmp_path))

    assert len(list((tmp_path / "speech").iterdir())) == 2


def test_a_damaged_file_on_the_shelf_is_made_again(tmp_path: Path) -> None:
    first = spoken(MESSAGE[:1], pico(), shelf(tmp_path))
    (kept,) = (tmp_path / "speech").iterdir()
    kept.write_bytes(kept.read_bytes()[:-2_000])

    assert spoken(MESSAGE[:1], pico(), shelf(tmp_path)) == first


def test_an_engine_that_takes_too_long_is_ended_and_leaves_no_process(tmp_path: Path) -> None:
    before = descendants(os.getpid())
    began = time.monotonic()

    with pytest.raises(NotSpoken) as raised:
        spoken(LONG, pico(), shelf(tmp_path), limit_seconds=0.3)

    assert str(raised.value) == "pico en-GB: has not spoken within 0.3 seconds"
    assert time.monotonic() - began < 5
    assert descendants(os.getpid()) == before


def test_an_engine_that_crashes_says_so_and_nothing_of_it_is_kept(tmp_path: Path) -> None:
    pico()
    killed: list[int] = []
    others = set(descendants(os.getpid()))  # such as a browser of other tests

    def kill_the_engine() -> None:
        while not killed:
            killed.extend([child for child in descendants(os.getpid()) if child not in others][:1])
        os.kill(killed[0], signal.SIGSEGV)

    killer = threading.Thread(target=kill_the_engine)
    killer.start()
    with pytest.raises(NotSpoken) as raised:
        spoken(LONG, pico(), shelf(tmp_path))
    killer.join()

    assert str(raised.value) == "pico en-GB: was ended by SIGSEGV"
    assert not (tmp_path / "speech").exists()


def test_an_engine_that_does_not_know_the_voice_says_so(tmp_path: Path) -> None:
    with pytest.raises(NotSpoken) as raised:
        spoken(MESSAGE[:1], replace(pico(), name="xx-XX"), shelf(tmp_path))

    assert str(raised.value) == f"pico xx-XX: pico cannot speak: {MESSAGE[0]}"


def test_a_sentence_without_a_word_is_no_speech(tmp_path: Path) -> None:
    with pytest.raises(NotSpoken) as raised:
        spoken(("<>",), pico(), shelf(tmp_path))

    assert str(raised.value) == 'pico en-GB: says nothing for "<>"'


def test_what_looks_like_markup_is_spoken_and_nothing_else(tmp_path: Path) -> None:
    plain, marked = spoken(("Please wait.", 'Please <break time="60s"/> wait.'), pico(), shelf(tmp_path))

    assert len(plain.samples) < len(marked.samples) < 20 * len(plain.samples)


def test_the_better_voice_speaks_the_same_twice(tmp_path: Path) -> None:
    voice = next((voice for voice in voices_for("en") if voice.engine is HIBARI), None)
    if voice is None:
        pytest.skip("hibari-tts is not installed")

    first = spoken(MESSAGE[:2], voice, shelf(tmp_path / "one"))

    assert spoken(MESSAGE[1::-1], voice, shelf(tmp_path / "two"))[::-1] == first


@pytest.mark.parametrize(
    ("wanted", "first"),
    [
        ("", "pico en-GB"),
        ("pico en-US", "pico en-US"),
        ("pico de-DE", "pico en-GB"),
        ("pico nobody", "pico en-GB"),
        ("nobody", "pico en-GB"),
    ],
)
def test_the_voice_that_is_wanted_speaks_where_it_speaks_the_language(wanted: str, first: str) -> None:
    pico()
    named = [str(voice) for voice in voices_for("en", region="en-GB", wanted=wanted)]

    assert named[0] == first
    assert len(named) == len(set(named))


def test_the_names_of_engines_in_settings_are_those_that_can_speak() -> None:
    assert tuple(engine.name for engine in ENGINES) == SPEECH_ENGINES


@pytest.mark.parametrize("language", ["en", "de"])
def test_every_voice_that_is_installed_can_be_made_into_a_message(tmp_path: Path, language: str) -> None:
    voices: tuple[Voice, ...] = voices_for(language)

    for voice in voices:
        made = message_forms(spoken(("Status.",), voice, shelf(tmp_path)), treble_db=voice.engine.treble_db)

        assert 8_000 < len(made[".ulaw"]) < 24_000


def test_the_time_that_an_engine_gets_grows_with_the_message() -> None:
    assert limit_for(MESSAGE) == 20
