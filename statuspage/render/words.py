"""The words and times of page, feeds and badge, in the English that catalogues translate; one word for one thing."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

from statuspage.model import ComponentState, Status
from statuspage.shown import Level, Promise, ShownUpdate
from statuspage.translatable import translatable

STATE_WORD = {
    ComponentState.OPERATIONAL: translatable("Working"),
    ComponentState.UNDER_MAINTENANCE: translatable("Planned work"),
    ComponentState.DEGRADED_PERFORMANCE: translatable("Slow or unreliable"),
    ComponentState.PARTIAL_OUTAGE: translatable("Partial outage"),
    ComponentState.MAJOR_OUTAGE: translatable("Major outage"),
}
STATE_IN_SENTENCE = {
    ComponentState.UNDER_MAINTENANCE: translatable("planned work"),
    ComponentState.DEGRADED_PERFORMANCE: translatable("slow or unreliable"),
    ComponentState.PARTIAL_OUTAGE: translatable("partial outage"),
    ComponentState.MAJOR_OUTAGE: translatable("major outage"),
}
LEVEL_WORD = {
    Level.WORKING: translatable("Everything is working"),
    Level.PLANNED: translatable("Planned work"),
    Level.SLOW: translatable("Slow or unreliable"),
    Level.PARTIAL: translatable("Partial outage"),
    Level.MAJOR: translatable("Major outage"),
}
STATUS_WORD = {
    Status.INVESTIGATING: translatable("Investigating"),
    Status.IDENTIFIED: translatable("Identified"),
    Status.MONITORING: translatable("Monitoring"),
    Status.RESOLVED: translatable("Resolved"),
    Status.POSTMORTEM: translatable("Postmortem"),
    Status.SCHEDULED: translatable("Scheduled"),
    Status.IN_PROGRESS: translatable("In progress"),
    Status.VERIFYING: translatable("Verifying"),
    Status.COMPLETED: translatable("Completed"),
    Status.CANCELLED: translatable("Cancelled"),
}
STATUS_IN_SENTENCE = {
    Status.INVESTIGATING: translatable("investigating"),
    Status.IDENTIFIED: translatable("identified"),
    Status.MONITORING: translatable("monitoring"),
    Status.SCHEDULED: translatable("scheduled"),
    Status.IN_PROGRESS: translatable("in progress"),
    Status.VERIFYING: translatable("verifying"),
    Status.COMPLETED: translatable("completed"),
    Status.CANCELLED: translatable("cancelled"),
}
UPDATE_WORD = translatable("Update")
"""Of an update that leaves the status as it was."""
RETIRED_WORD = translatable("No longer offered")
"""Of a component that is retired, in place of a state."""
MONTHS = "January February March April May June July August September October November December".split()
WEEKDAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()


def update_word(update: ShownUpdate) -> str:
    """Return the label of an update: its status, or `Update` where the status stayed the same."""
    return STATUS_WORD[update.status] if update.changes_status else UPDATE_WORD


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
