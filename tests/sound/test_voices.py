"""A voice speaks in a child process: it is asked once for a sentence, and its trouble stays with it."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from statuspage.sound import voices, what_is_missing
from statuspage.sound.voices import NotSpoken, voice_of

SENTENCE = "We are working on it."


def test_a_sentence_is_spoken_once_and_kept(tmp_path: Path) -> None:
    voice = voice_of("en", tmp_path)
    first = voice.samples(SENTENCE)
    (kept,) = tmp_path.glob("*.pcm")
    kept.write_bytes(b"\x01\x00" * 8)

    again = voice.samples(SENTENCE)

    assert len(first) > voices.RATE
    assert again == b"\x01\x00" * 8


def test_each_language_has_a_voice_of_its_own(tmp_path: Path) -> None:
    names = [voice_of(tag, tmp_path).name for tag in ("en", "en-US", "de", "de-AT", "fr")]

    assert names == ["en-GB", "en-US", "de-DE", "de-DE", "en-GB"]
    assert voice_of("en", tmp_path).samples("Two.") != voice_of("en-US", tmp_path).samples("Two.")


def in_place_of_the_voice(folder: Path, body: str) -> dict[str, str]:
    """Return an environment in which a module of that body stands where the voice's library does."""
    (folder / "py_nanotts.py").write_text(body)
    return {"PYTHONPATH": os.pathsep.join([str(folder), *sys.path])}


@pytest.mark.parametrize(
    ("body", "why"),
    [
        ("import os; os.abort()", "the voice failed at"),
        ("class NanoTTS:\n def speak(self, *a, **k): return b''", "the voice failed at"),
        ("import time; time.sleep(60)", "the voice took longer than"),
    ],
    ids=["crashes", "says nothing", "hangs"],
)
def test_a_voice_in_trouble_is_told_of_and_nothing_is_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, body: str, why: str
) -> None:
    for name, value in in_place_of_the_voice(tmp_path, body).items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr(voices, "LIMIT_SECONDS", 2)

    with pytest.raises(NotSpoken) as raised:
        voice_of("en", tmp_path / "kept").samples(SENTENCE)

    assert why in str(raised.value)
    assert not list(tmp_path.glob("kept/*"))


def test_only_so_many_sentences_are_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(voices, "SENTENCES_KEPT", 2)
    voice = voice_of("en", tmp_path)

    for word in ("One.", "Two.", "Three."):
        voice.samples(word)

    assert len(list(tmp_path.glob("*.pcm"))) == 2


def test_a_machine_with_a_voice_lacks_nothing() -> None:
    assert what_is_missing() is None
