"""Instants as machines read them."""

from __future__ import annotations

from datetime import UTC, datetime


def utc_text(at: datetime) -> str:
    """Return `2026-11-21T14:05:00Z`, whatever the zone of the instant; fractions of a second are left out."""
    return f"{at.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"
