"""Sentences that the program itself writes into updates, and the mark of all words that catalogues translate."""

from __future__ import annotations


def translatable(message: str) -> str:
    """Return the message as it is; catalogues hold it, and the language of a page gives its translation."""
    return message


WORK_STARTED = translatable("The planned work has started.")
WORK_COMPLETED = translatable("The planned work is finished.")
ACKNOWLEDGED = translatable("We know that something is wrong and are looking into it; details follow here.")
WORK_ACKNOWLEDGED = translatable("We are planning work; when it is and what it means for you follows here.")
WORK_IN_DOUBT = translatable("There is more to say about this work; it follows here.")
OWN_SENTENCES = frozenset({WORK_STARTED, WORK_COMPLETED, ACKNOWLEDGED, WORK_ACKNOWLEDGED, WORK_IN_DOUBT})
"""Bodies of updates that no person wrote."""
