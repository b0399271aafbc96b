"""Lengths of time as people write them: `20m`, `2h`, `1h30m`, `90 minutes`."""

from __future__ import annotations

import re
from datetime import timedelta
from functools import lru_cache

from statuspage.errors import Unreadable

LONGEST = timedelta(days=366)
_DURATION = re.compile(
    r"(?:(\d{1,4}) ?d(?:ays?)?)? ?"
    r"(?:(\d{1,5}) ?h(?:(?:ou)?rs?)?)? ?"
    r"(?:(\d{1,6}) ?m(?:in(?:ute)?s?)?)?",
    re.IGNORECASE,
)


@lru_cache(maxsize=64)
def parse_duration(text: str) -> timedelta:
    """Return the length that the text says; raise Unreadable where it says none, zero or more than a year."""
    match = _DURATION.fullmatch(text.strip())
    if match is None or not any(match.groups()):
        raise Unreadable(f'"{text.strip()[:60]}" is not a length of time; write it as 20m, 2h or 1h30m')
    days, hours, minutes = (int(number or 0) for number in match.groups())
    length = timedelta(days=days, hours=hours, minutes=minutes)
    if not timedelta(0) < length <= LONGEST:
        raise Unreadable(f'"{text.strip()}" is not between one minute and 366 days')
    return length
