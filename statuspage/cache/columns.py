"""The columns in which the facts of an incident lie in the cache."""

from __future__ import annotations

import json
from zoneinfo import ZoneInfo

from statuspage.cache import facts as kept
from statuspage.cache.facts import Facts, ticks
from statuspage.cache.known import Stamps
from statuspage.shown import Month, month_of
from statuspage.source.names import stem_of

NO_END = 253_402_300_799_999_999
"""The last instant: of a span that has no end, and of what holds for ever."""
SIGN = 2**63
_COLUMNS = (
    "path slug timed stamp timed_stamp translations digest id address month listed_at created_at feed_at said_at "
    "resolved_at ends_at is_planned is_open word row spans touched valid_from valid_until claims lost faults "
    "is_doubtful has_odd_name"
).split()
INSERT = f"INSERT INTO incident ({', '.join(_COLUMNS)}) VALUES ({', '.join('?' * len(_COLUMNS))})"  # noqa: S608


def month_number(month: Month) -> int:
    """Return a month as one number, which sorts as it does."""
    return month.year * 12 + month.month - 1


def translations_json(files: tuple[str, ...], stamps: Stamps) -> str:
    """Return translations as they are kept, each with its stamp; without one, it is read again."""
    if not files:
        return "[]"
    known = stamps.translations + (None,) * (len(files) - len(stamps.translations))
    return json.dumps(list(zip(files, known, strict=False)))


def values_of(facts: Facts, stamps: Stamps, zone: ZoneInfo) -> tuple[object, ...]:
    """Return what is kept of an incident, in the order of the columns."""
    row = facts.row
    spans = [(component, NO_END if span.end is None else ticks(span.end)) for component, span in facts.spans]
    return (
        facts.path,
        facts.slug,
        facts.timed,
        stamps.own,
        stamps.timed,
        translations_json(facts.translations, stamps),
        facts.digest,
        facts.id,
        row and row.path,
        row and month_number(month_of(row, zone)),
        row and ticks(row.listed_at),
        row and ticks(row.created_at),
        row and ticks(facts.feed_at),
        facts.said_at and ticks(facts.said_at),
        row and row.resolved_at and ticks(row.resolved_at),
        row and ticks(row.ends_at or row.updated_at),
        bool(row and row.is_maintenance),
        bool(row and row.is_open),
        facts.word - SIGN,
        row and kept.row_json(row),
        json.dumps(spans),
        json.dumps(facts.touched),
        max(ticks(facts.valid_from), -SIGN),
        ticks(facts.valid_until),
        kept.claims_json(facts.claims),
        kept.lost_json(facts.lost),
        kept.faults_json(facts.faults),
        facts.is_doubtful,
        stem_of(facts.path) != facts.slug,
    )
