from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from statuspage.render.hold import Heard, whole_sounds
from statuspage.sound.forms import ENDINGS, NARROW_RATE, WIDE_RATE, seconds_of, silence
from statuspage.sound.messages import Place, Played, messages_of
from statuspage.sound.neutral import SENTENCES, neutral, stand_in
from statuspage.sound.scripts import Script
from statuspage.sound.telephony import mono
from statuspage.sound.wav import read_wav
from tests.sound.p56 import active_speech_level_db


def test_each_wording_has_its_own_names_and_its_twins_those_of_what_they_hold() -> None:
    silent, short = (Played(forms=forms, heard=Heard.SILENCE) for forms in (silence(), neutral("en")))
    files = messages_of({Place("en", 1): silent, Place("en", 2): short, Place("de", 1): silent}).files

    own = {f"hold/{place}{ending}" for place in ("en/message-1", "en/message-2", "de/message-1") for ending in ENDINGS}
    twins = files.keys() - own
    assert own < files.keys()
    assert len(twins) == 2 * len(ENDINGS)
    for path in twins:
        name = Path(path).name
        assert path.startswith("hold/a/")
        assert hashlib.sha256(files[path]).hexdigest().startswith(name[:20])
        assert name[20:] in ENDINGS
    assert {files[path] for path in twins} == {files[path] for path in own}


@pytest.mark.parametrize("language", SENTENCES)
def test_the_neutral_message_is_short_speech_at_the_level_of_any_other(language: str) -> None:
    forms = neutral(language)

    assert tuple(forms) == ENDINGS
    assert 2 < seconds_of(forms) < 4
    for ending, rate in ((".wav", NARROW_RATE), ("-16k.wav", WIDE_RATE)):
        assert active_speech_level_db(mono(read_wav(forms[ending])), rate) == pytest.approx(-22, abs=1)
    assert len(forms[".ulaw"]) % 160 == 0


def test_a_problem_is_acknowledged_while_its_sound_is_not_there_yet() -> None:
    script = Script(place=Place("de", 2), sentences=("Karten gehen nicht.",), is_about_a_problem=True)

    assert stand_in(script) == Played(forms=neutral("de"), heard=Heard.SHORT_MESSAGE)


def test_nothing_untrue_is_said_while_the_sound_of_planned_work_is_not_there_yet() -> None:
    silent = Played(forms=silence(), heard=Heard.SILENCE)

    assert stand_in(Script(place=Place("en", 1), sentences=("The work goes on until four.",))) == silent
    assert stand_in(Script(place=Place("en", 1), sentences=(), is_about_a_problem=True)) == silent


def test_documents_are_told_of_whole_sound_alone() -> None:
    voice = Played(forms=neutral("en"), heard=Heard.VOICE, level_db=-22.0)
    short = Played(forms=neutral("de"), heard=Heard.SHORT_MESSAGE)
    told = messages_of({Place(language, 1): played for language, played in (("en", voice), ("de", short))})

    (sound,), (nothing,) = whole_sounds(told.sounds, "en"), whole_sounds(told.sounds, "de")

    assert nothing is None
    assert sound is not None
    assert (sound.heard, sound.level_db, sound.seconds) == (Heard.VOICE, -22.0, seconds_of(neutral("en")))
    assert told.files[sound.twin("ulaw")] == told.files["hold/en/message-1.ulaw"] == neutral("en")[".ulaw"]
    assert whole_sounds({}, "en") == (None, None, None)
