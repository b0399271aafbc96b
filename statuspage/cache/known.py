"""What the cache says of single incidents, as the rest of the program meets it."""

from __future__ import annotations

import json
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
    translations: tuple[str | None, ...] = ()
    """In the order of their paths in the name."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """One incident as the cache has it: enough to read it again and to see whether that gives the same."""

    name: IncidentName
    digest: bytes
    lost: tuple[tuple[Claim, str], ...]
    valid_from: int


def name_from(path: str, slug: str, timed: str | None, translations: str) -> IncidentName:
    """Return the names of an incident's files."""
    files = () if translations == "[]" else tuple(file for file, _ in json.loads(translations))
    return IncidentName(path=path, stem=stem_of(path), slug=slug, timed=timed, translations=files)


@lru_cache(maxsize=1_024)
def known_from(
    path: str, slug: str, timed: str | None, translations: str, digest: bytes, lost: str, valid_from: int
) -> Known:
    """Return the values of these columns: for the same values the same object, which is quick to compare."""
    name = name_from(path, slug, timed, translations)
    return Known(name=name, digest=digest, lost=lost_from(lost), valid_from=valid_from)


KNOWN_COLUMNS = "path, slug, timed, translations, digest, lost, valid_from"
"""What `known_from` takes, in this order."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Before:
    """What the public saw of an incident, as far as something beside its own pages depended on it."""

    address: str
    id: str
    row: HistoryRow
    touched: tuple[str, ...]
