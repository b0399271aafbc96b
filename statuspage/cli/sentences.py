"""The sentences in which commands say what happened and what comes next."""

from __future__ import annotations

from datetime import datetime


def counted(number: int, word: str) -> str:
    """Return `1 file` or `41 files`."""
    return f"{number} {word}{'' if number == 1 else 's'}"


def next_change_sentence(next_change_at: datetime, now: datetime) -> str:
    """Return `Next change 14:30 UTC.`, with the date unless it is today's."""
    is_today = next_change_at.date() == now.date()
    return f"Next change {next_change_at:{'%H:%M' if is_today else '%Y-%m-%d %H:%M'}} UTC."
