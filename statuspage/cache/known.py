"""What the cache says of single incidents, as the rest of the program meets it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from statuspage.cache.facts import lost_from
from statuspage.shown import HistoryRow
from statuspage.source.claims import Claim
from statuspage.source.names import IncidentName, stem_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Stamps:
    """What the files of an incident were stamped with when they were read; None: read them again."""

    own: str | None
    timed: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """One incident as the cache has it: enough to read it again and to see whether that gives the same."""

    name: IncidentName
    digest: bytes
    lost: tuple[tuple[Claim, str], ...]
    valid_from: int


@lru_cache(maxsize=1_024)
def known_from(path: str, slug: str, timed: str | None, digest: bytes, lost: str, valid_from: int) -> Known:
    """Return the values of these columns: for the same values the same object, which is quick to compare."""
    name = IncidentName(path=path, stem=stem_of(path), slug=slug, timed=timed)
    return Known(name=name, digest=digest, lost=lost_from(lost), valid_from=valid_from)


KNOWN_COLUMNS = "path, slug, timed, digest, lost, valid_from"
"""What `known_from` takes, in this order."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Before:
    """What the public saw of an incident, as far as something beside its own pages depended on it."""

    address: str
    id: str
    row: HistoryRow
    touched: tuple[str, ...]
