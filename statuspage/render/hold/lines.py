"""Choosing what to say when there is more than a caller can listen to."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from enum import IntEnum
from re import Pattern

from statuspage.render.hold.lasting import message_seconds
from statuspage.render.hold.speech import spoken_words_in

MOST_WORDS, MOST_SECONDS = 60, 25.0
GOOD_WORDS, GOOD_SECONDS = 45, 21.0


class Weight(IntEnum):
    """How much a caller needs a sentence: the heavier are chosen first."""

    NEEDED = 0
    WANTED = 1
    """Up to 60 words and 25 seconds."""
    USEFUL = 2
    """Up to 45 words and 21 seconds, as everything after it."""
    WELCOME = 3
    SPARE = 4

    @property
    def limit(self) -> tuple[int, float]:
        """Return how long the message may become by such a sentence, in words and in seconds."""
        return (MOST_WORDS, MOST_SECONDS) if self <= Weight.WANTED else (GOOD_WORDS, GOOD_SECONDS)


@dataclass(frozen=True, slots=True)
class Line:
    """One sentence that could be said."""

    text: str
    weight: Weight


def chosen(lines: Sequence[Line], *, said: Collection[str], apology: Pattern[str], pace: float) -> tuple[str, ...]:
    """Return the sentences to say, in the order given: none in `said`, none twice, one apology, 60 words at most.

    And at most 25 seconds, at so many letters a second. `said` holds sentences as `folded` returns them.
    """
    kept: dict[int, str] = {}
    taken = set(said)
    for place, line in sorted(enumerate(lines), key=lambda placed: placed[1].weight):
        if not line.text or folded(line.text) in taken or not fits([*kept.values(), line.text], line.weight, pace):
            continue
        if apology.search(line.text) and any(apology.search(text) for text in kept.values()):
            continue
        kept[place] = line.text
        taken.add(folded(line.text))
    return tuple(kept[place] for place in sorted(kept))


def fits(sentences: Sequence[str], weight: Weight, pace: float) -> bool:
    """Return whether a message may become as long as this by a sentence of that weight."""
    most_words, most_seconds = weight.limit
    is_short = sum(map(spoken_words_in, sentences)) <= most_words
    return is_short and message_seconds(sentences, pace) <= most_seconds


def folded(sentence: str) -> str:
    """Return the sentence without what nobody hears, so that equal ones compare equal."""
    return " ".join(re.findall(r"\w+", sentence.casefold()))
