"""Instants as machines read them."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from statuspage.instants import utc_text


def test_an_instant_is_written_in_utc_without_fractions() -> None:
    at = datetime(2026, 11, 21, 15, 5, 59, 999_999, tzinfo=ZoneInfo("Europe/Berlin"))

    assert utc_text(at) == "2026-11-21T14:05:59Z"
