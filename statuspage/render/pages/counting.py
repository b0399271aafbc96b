"""Percentages and minutes as they stand on the pages, and the rules by which they are counted."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from statuspage.model import ComponentState
from statuspage.render.language import Language
from statuspage.shown import Shown, Uptime
from statuspage.translatable import translatable

RULES = (
    translatable(
        "Each service is counted by itself, over the last 90 days, midnight to midnight in the time zone of this page."
    ),
    translatable("Today counts as a whole day, although it is not over."),
    translatable("A minute of major outage counts in full."),
    translatable(
        "A minute of partial outage counts in full too, unless we measured how many customers it hit: "
        "then that share counts."
    ),
    translatable("Slow or unreliable is shown, but never counted as outage."),
    translatable(
        "Planned work that we announced at least 72 hours ahead is left out: its minutes are neither up nor down."
    ),
    translatable("Planned work that we announced later, or that runs past its end, counts as outage."),
    translatable("Days before we began to watch a service stay blank."),
    translatable("When two problems overlap, the worse one decides each minute, and no minute counts twice."),
    translatable("An outage that is still open counts up to the last full hour."),
    translatable(
        "Percentages are cut off after two decimals, never rounded up. Only zero minutes of outage make 100 %."
    ),
    translatable("The minutes of outage stand beside every percentage."),
    translatable("There is no single number for everything, because nobody uses everything."),
    translatable("Nobody can adjust any of this."),
)
"""What "How we count" prints, one rule a line."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Count:
    """The figures of one service, as words."""

    percent: str
    """Empty when no minute counts."""
    minutes: str
    """`3 h 26 min of outage`."""
    note: str
    """What is to be said in the row of a service: the minutes where there are any; empty where nothing is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MeasuredShares:
    """The shares of customers that entered the count of one service."""

    name: str
    shares: tuple[str, ...]


def count_of(uptime: Uptime, language: Language) -> Count:
    """Return `99.84 %` and `3 h 26 min of outage`."""
    percent = "" if uptime.hundredths is None else language.percent(Decimal(uptime.hundredths) / 100)
    minutes = language.text("{duration} of outage", duration=language.minutes(uptime.outage_minutes))
    return Count(percent=percent, minutes=minutes, note=_note(uptime, minutes, language))


def _note(uptime: Uptime, minutes: str, language: Language) -> str:
    if uptime.hundredths is None:
        return language.text("Not counted yet")
    if uptime.outage_minutes:
        return minutes
    if any(day.worst is ComponentState.DEGRADED_PERFORMANCE for day in uptime.days):
        return language.text("Slow at times")
    counted = sum(day.worst is not None for day in uptime.days)
    if counted == len(uptime.days):
        return ""
    return language.counted("Counted for {number} day so far", "Counted for {number} days so far", counted)


def measured_shares(shown: Shown, language: Language, name_by_id: Mapping[str, str]) -> tuple[MeasuredShares, ...]:
    """Return the services of which a share was measured, with those shares."""
    return tuple(
        MeasuredShares(
            name=name_by_id[component.source.id], shares=tuple(map(language.percent, component.uptime.shares))
        )
        for component in shown.components
        if component.uptime.shares
    )
