"""Choosing what to say when there is more than a caller can listen to."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from enum import IntEnum
from re import Pattern

from statuspage.render.hold.speech import spoken_words_in

MOST_WORDS = 60
GOOD_LENGTH_WORDS = 45


class Weight(IntEnum):
    """How much a caller needs a sentence: the heavier are chosen first."""

    NEEDED = 0
    WANTED = 1
    """Up to 60 words."""
    USEFUL = 2
    """Up to 45 words, as everything after it."""
    WELCOME = 3
    SPARE = 4

    @property
    def most_words(self) -> int:
        """Return how long the message may become by such a sentence."""
        return MOST_WORDS if self <= Weight.WANTED else GOOD_LENGTH_WORDS


@dataclass(frozen=True, slots=True)
class Line:
    """One sentence that could be said."""

    text: str
    weight: Weight


def chosen(lines: Sequence[Line], *, said: Collection[str], apology: Pattern[str]) -> tuple[str, ...]:
    """Return the sentences to say, in the order given: none in `said`, none twice, one apology, 60 words at most.

    `said` holds sentences as `folded` returns them.
    """
    kept: dict[int, str] = {}
    taken = set(said)
    words = 0
    for place, line in sorted(enumerate(lines), key=lambda placed: placed[1].weight):
        length = spoken_words_in(line.text)
        if not line.text or folded(line.text) in taken or words + length > line.weight.most_words:
            continue
        if apology.search(line.text) and any(apology.search(text) for text in kept.values()):
            continue
        kept[place] = line.text
        taken.add(folded(line.text))
        words += length
    return tuple(kept[place] for place in sorted(kept))


def folded(sentence: str) -> str:
    """Return the sentence without what nobody hears, so that equal ones compare equal."""
    return " ".join(re.findall(r"\w+", sentence.casefold()))
