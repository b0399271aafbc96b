"""Edits of incidents of the corpus, as an author makes them: each brings a word that stands nowhere else."""

from __future__ import annotations

import re
from pathlib import Path

LETTERS = "bdfghjkmpr"
"""One a digit: a word of these may be spoken, and is in no text of the corpus."""
SPOKEN_AT = "2026-10-31 23:45 UTC"
"""After all that the newest incident says, and before the instant of the corpus."""


def step_word(number: int) -> str:
    """Return the word of an edit, all of the same length."""
    return "step" + "".join(LETTERS[int(digit)] for digit in f"{number:06}")


def step_numbers(text: str) -> list[int]:
    """Return the numbers of all edits whose word stands in a text."""
    found = re.findall(rf"\bstep([{LETTERS}]{{6}})\b", text)
    return [int("".join(str(LETTERS.index(letter)) for letter in word)) for word in found]


def with_news(text: str, number: int) -> str:
    """Return the file of an open incident with one more update, whose word the page and the callers get."""
    sentence = f"We are at {step_word(number)} of the repair."
    return f"{text.rstrip()}\n\n## {SPOKEN_AT} — Update\n\n{sentence}\n\nHold: {sentence}\n"


def reworded(text: str, number: int) -> str:
    """Return the file of any incident with other words in its first update."""
    sentence = f"We are at {step_word(number)} of the repair. "
    return re.sub(r"^(## .*\n\n)", lambda heading: heading[1] + sentence, text, count=1, flags=re.MULTILINE)


def save(file: Path, text: str) -> None:
    """Write a file as editors do: beside it, then in its place."""
    beside = file.with_name(f".{file.name}.new")
    beside.write_text(text, encoding="utf-8")
    beside.replace(file)


def incident_files(site: Path) -> list[Path]:
    """Return the files of all incidents, the oldest first."""
    return sorted((site / "incidents").rglob("*.md"), key=lambda file: file.stem)
