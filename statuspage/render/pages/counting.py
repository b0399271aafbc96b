"""Percentages and minutes as they stand on the pages, and the rules by which they are counted."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_UP, Decimal

from statuspage.shown import Shown, Uptime

_NO_BREAK = "\N{NO-BREAK SPACE}"

RULES = """\
Each service is counted by itself, over the last 90 days, midnight to midnight in the time zone of this page.
Today counts as a whole day, although it is not over.
A minute of major outage counts in full.
A minute of partial outage counts in full too, unless we measured how many customers it hit: then that share counts.
Slow or unreliable is shown, but never counted as outage.
Planned work that we announced at least 72 hours ahead is left out: its minutes are neither up nor down.
Planned work that we announced later, or that runs past its end, counts as outage.
Days before we began to watch a service stay blank.
When two problems overlap, the worse one decides each minute, and no minute counts twice.
An outage that is still open counts up to the last full hour.
Percentages are cut off after two decimals, never rounded up. Only zero minutes of outage make 100 %.
The minutes of outage stand beside every percentage.
There is no single number for everything, because nobody uses everything.
Nobody can adjust any of this.\
""".splitlines()
"""What "How we count" prints, one rule a line."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Count:
    """The two figures of one service, as words."""

    percent: str
    """Empty when no minute counts."""
    minutes: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MeasuredShares:
    """The shares of customers that entered the count of one service."""

    name: str
    shares: tuple[str, ...]


def count_of(uptime: Uptime) -> Count:
    """Return `99.84 %` and `3 h 26 min of outage`."""
    percent = "" if uptime.hundredths is None else percent_words(Decimal(uptime.hundredths) / 100)
    return Count(percent=percent, minutes=f"{minutes_words(uptime.outage_minutes)} of outage")


def percent_words(percent: Decimal) -> str:
    """Return `99.84 %`, or `30 %` for a whole number."""
    is_whole = percent == percent.to_integral_value()
    return f"{percent:.0f}{_NO_BREAK}%" if is_whole else f"{percent:.2f}{_NO_BREAK}%"


def minutes_words(minutes: Decimal) -> str:
    """Return `52 min` or `3 h 26 min`; parts of a minute to one decimal, rounded up."""
    hours, rest = divmod(minutes.quantize(Decimal("0.1"), rounding=ROUND_UP), 60)
    rest_words = f"{rest:.0f}" if rest == rest.to_integral_value() else f"{rest:.1f}"
    return f"{hours:.0f} h {rest_words} min" if hours else f"{rest_words} min"


def measured_shares(shown: Shown) -> tuple[MeasuredShares, ...]:
    """Return the services of which a share was measured, with those shares."""
    return tuple(
        MeasuredShares(name=component.source.name, shares=tuple(map(percent_words, component.uptime.shares)))
        for component in shown.components
        if component.uptime.shares
    )
