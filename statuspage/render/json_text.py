"""JSON as our documents write it: compact, in the order given, with no final newline."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import lru_cache
from typing import TypeAlias
from zoneinfo import ZoneInfo

Json: TypeAlias = "str | int | float | bool | Sequence[Json] | Mapping[str, Json] | None"
JsonObject: TypeAlias = dict[str, Json]

_ENCODER = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))


def json_bytes(document: Mapping[str, Json]) -> bytes:
    """Return the document as UTF-8 JSON."""
    return json_text(document).encode("utf-8")


def json_text(part: Json) -> str:
    """Return a part of a document as JSON."""
    return _ENCODER.encode(part)


# The instants of an incident stand in its document several times each.
@lru_cache(maxsize=256)
def json_instant(at: datetime, zone: ZoneInfo) -> str:
    """Return `2026-11-21T14:05:00.000+01:00`, always with milliseconds; `…Z` where the zone is UTC itself."""
    local = at.astimezone(zone)
    text = local.isoformat(timespec="milliseconds")
    return text.removesuffix("+00:00") + "Z" if local.tzname() in ("UTC", "UCT") else text


def json_instant_or_null(at: datetime | None, zone: ZoneInfo) -> str | None:
    """Return the instant as text; None for none."""
    return None if at is None else json_instant(at, zone)
