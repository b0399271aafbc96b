"""The words and times that people read on page, feeds and badge, in English; one word for one thing (PRODUCT.md §2)."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from statuspage.model import ComponentState, Status
from statuspage.shown import Level, Promise, ShownUpdate

STATE_WORD = {
    ComponentState.OPERATIONAL: "Working",
    ComponentState.UNDER_MAINTENANCE: "Planned work",
    ComponentState.DEGRADED_PERFORMANCE: "Slow or unreliable",
    ComponentState.PARTIAL_OUTAGE: "Partial outage",
    ComponentState.MAJOR_OUTAGE: "Major outage",
}
LEVEL_WORD = {
    Level.WORKING: "Everything is working",
    Level.PLANNED: "Planned work",
    Level.SLOW: "Slow or unreliable",
    Level.PARTIAL: "Partial outage",
    Level.MAJOR: "Major outage",
}
STATUS_WORD = {
    Status.INVESTIGATING: "Investigating",
    Status.IDENTIFIED: "Identified",
    Status.MONITORING: "Monitoring",
    Status.RESOLVED: "Resolved",
    Status.POSTMORTEM: "Postmortem",
    Status.SCHEDULED: "Scheduled",
    Status.IN_PROGRESS: "In progress",
    Status.VERIFYING: "Verifying",
    Status.COMPLETED: "Completed",
    Status.CANCELLED: "Cancelled",
}
RETIRED_WORD = "No longer offered"
"""Of a component that is retired, in place of a state."""
MONTHS = "January February March April May June July August September October November December".split()
WEEKDAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()


def update_word(update: ShownUpdate) -> str:
    """Return the label of an update: its status, or `Update` where the status stayed the same."""
    return STATUS_WORD[update.status] if update.changes_status else "Update"


def clock_time(at: datetime, zone: ZoneInfo) -> str:
    """Return `15:10`."""
    local = at.astimezone(zone)
    return f"{local.hour:02}:{local.minute:02}"  # a fifth of what strftime costs, and on every page many times


def zone_word(at: datetime, zone: ZoneInfo) -> str:
    """Return the short name of the zone at that instant, `CET`; `UTC+05:30` where it has only a number."""
    local = at.astimezone(zone)
    name = local.tzname() or "UTC"
    return name if name[0].isalpha() else f"UTC{local.isoformat()[-6:]}"


def time_words(at: datetime, zone: ZoneInfo) -> str:
    """Return `15:10 CET`."""
    return f"{clock_time(at, zone)} {zone_word(at, zone)}"


def next_update_words(promise: Promise, zone: ZoneInfo) -> str:
    """Return `Next update by 15:10 CET.`, with the day where that is not the day of the promise."""
    made, due = promise.made_at.astimezone(zone), promise.due_at.astimezone(zone)
    day = "" if due.date() == made.date() else f" on {day_words(due.date())}"
    return f"Next update by {time_words(due, zone)}{day}."


def day_words(day: date) -> str:
    """Return `21 November 2026`."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def weekday_words(day: date) -> str:
    """Return `Saturday 21 November 2026`."""
    return f"{WEEKDAYS[day.weekday()]} {day_words(day)}"


def month_words(year: int, month: int) -> str:
    """Return `November 2026`."""
    return f"{MONTHS[month - 1]} {year}"


def duration_words(length: timedelta) -> str:
    """Return `3 h 26 min`, `2 days 4 h` or `45 min`, rounded up to whole minutes, never less than `1 min`."""
    minutes = max(1, -(-int(length.total_seconds()) // 60))
    days, rest = divmod(minutes, 24 * 60)
    hours, minutes = divmod(rest, 60)
    parts = [f"{days} day{'s' if days > 1 else ''}"] if days else []
    parts += [f"{hours} h"] if hours else []
    parts += [f"{minutes} min"] if minutes and not days else []
    return " ".join(parts)
