"""Time zones by their IANA name, the same set on every machine."""

from __future__ import annotations

from functools import lru_cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

from statuspage.errors import Unreadable, did_you_mean

_OF_ONE_MACHINE = ("localtime", "posixrules", "Factory", "posix/", "right/")
"""Names that some machines know, each in its own way, or that count leap seconds."""


def find_zone(name: str) -> ZoneInfo:
    """Return the zone of that name; raise Unreadable, with the nearest name, where there is none."""
    try:
        if name.isascii() and name and not name.startswith(_OF_ONE_MACHINE):
            return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        pass
    raise Unreadable(f'"{name[:60]}" is not a time zone{_hint(name[:60])}')


def is_zone(name: str) -> bool:
    """Return True where there is a zone of that name."""
    try:
        return bool(find_zone(name))
    except Unreadable:
        return False


@lru_cache(maxsize=64)
def _hint(name: str) -> str:
    # Of 600 names only those with the same initials: a file may hold thousands of mistakes.
    likely = _names_by_initials().get(_initials(name), ())
    return did_you_mean(name, likely) or "; write a name such as Europe/Berlin"


def _initials(name: str) -> str:
    """Return `Eu/B` of `Europe/Berlin`, folded."""
    region, _, city = name.casefold().rpartition("/")
    return f"{region[:2]}/{city[:1]}"


@lru_cache(maxsize=1)
def _names_by_initials() -> dict[str, list[str]]:
    names: dict[str, list[str]] = {}
    for name in sorted(name for name in available_timezones() if not name.startswith(_OF_ONE_MACHINE)):
        names.setdefault(_initials(name), []).append(name)
    return names
