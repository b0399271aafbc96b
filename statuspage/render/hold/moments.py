"""Instants as a caller needs to hear them: in the site's zone, with its name, and the day only when it is not today."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from statuspage.model import Site


class Relation(StrEnum):
    """How a sentence leans on an instant."""

    AT = "at"
    BY = "by"
    SINCE = "since"
    AFTER = "after"


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """An instant, ready to be put into words."""

    clock: time
    """On the wall of the site's zone, to the minute."""
    day: date | None
    """None when it is today, or the midnight that comes next."""
    zone: str
    """Spoken, `Central European time`; empty where the zone has been said already."""
    says_half: bool = True
    """Whether `p.m.` is said: not for what has only just been."""


ZoneName = Callable[[datetime, ZoneInfo], str]


def moment_at(at: datetime, now: datetime, *, site: Site, zone_name: ZoneName) -> Moment:
    """Return the instant with everything that a caller needs in order to understand it."""
    local = at.astimezone(site.zone)
    return Moment(clock=local.time(), day=_day_unless_today(local, now), zone=zone_name(local, site.zone))


def recent_moment(at: datetime, now: datetime, *, site: Site, zone_name: ZoneName | None = None) -> Moment:
    """Return an instant that lies a little back, in the fewest words: without the half of the day if it is today."""
    local = at.astimezone(site.zone)
    day = _day_unless_today(local, now)
    zone = zone_name(local, site.zone) if zone_name else ""
    return Moment(clock=local.time(), day=day, zone=zone, says_half=day is not None)


def city_of(zone: ZoneInfo) -> str | None:
    """Return the city in the name of the zone, `New York`; None where the name has none that can be spoken."""
    name = (zone.key or "").rpartition("/")[2].replace("_", " ")
    is_place = "/" in (zone.key or "") and not (zone.key or "").startswith("Etc/")
    return name if is_place and name.replace(" ", "").replace("-", "").isalpha() else None


def _day_unless_today(local: datetime, now: datetime) -> date | None:
    today = now.astimezone(local.tzinfo).date()
    is_coming_midnight = local.time() == time(0) and local.date() == today + timedelta(days=1)
    return None if local.date() == today or is_coming_midnight else local.date()
