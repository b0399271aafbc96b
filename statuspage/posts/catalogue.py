"""What one language must offer so that holding updates can be written in it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from re import Pattern
from typing import TypeAlias

from statuspage.model import Status

Wordings: TypeAlias = tuple[str, ...]
"""Texts that say the same and share no sentence.

Each holds `{since}`, the time of the last update that a person wrote, `{next}`, the new promise, and, in a sentence of
its own that begins with other words, `{said}`, what that update said in short.
"""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class PostCatalogue:
    """The wordings and times of one language."""

    by_status: Mapping[Status, Wordings]
    past_end: Mapping[Status, Wordings]
    """In place of those, for planned work whose planned end has passed."""
    clock: str
    """`{clock}` as it is read, `14:05 Uhr`."""
    clock_and_zone: str
    """The same with `{zone}`."""
    day: str
    """`{day}` and `{month}` behind a time: `on 21 November`."""
    months: tuple[str, ...]
    zones: Mapping[str, str]
    """What people call a zone, where that is not its short English name."""
    unquotable: Pattern[str]
    """Sentences that are wrong when they are read again later: promises, and that an update is late."""
