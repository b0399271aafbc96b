"""How long a message lasts, before a voice has spoken it."""

from __future__ import annotations

import re
from collections.abc import Iterable

LEAD_SECONDS = 0.4
"""Silence first: until the way of the speech is up, a caller misses the first half second."""
TAIL_SECONDS = 0.25
"""Silence last."""
PAUSE_SECONDS = 0.4
"""Between two sentences."""


def letters_in(text: str) -> int:
    """Return how many letters and digits the text has: long words take longer to say."""
    return len(re.sub(r"[\W_]", "", text))


def sentence_seconds(sentence: str, pace: float) -> float:
    """Return how long a sentence and the pause before it last, at so many letters a second."""
    return letters_in(sentence) / pace + PAUSE_SECONDS


def message_seconds(sentences: Iterable[str], pace: float) -> float:
    """Return how long the sentences last with all silences, at so many letters a second; 0 for none."""
    lasting = [sentence_seconds(sentence, pace) for sentence in sentences]
    return LEAD_SECONDS + sum(lasting) - PAUSE_SECONDS + TAIL_SECONDS if lasting else 0.0
