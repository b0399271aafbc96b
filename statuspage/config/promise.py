"""`[promise]` of `statuspage.toml`: how soon the next update is due where an update does not say it."""

from __future__ import annotations

from statuspage.config.toml_table import TomlTable
from statuspage.model import LaterClock, PromiseClock


def read_clock(table: TomlTable) -> PromiseClock:
    """Return what `[promise]` says about times; what it leaves out is as usual."""
    table.refuse_unknown(
        "critical",
        "major",
        "minor",
        "none",
        "monitoring",
        "overrun",
        "holding_limit",
        "remind_before",
        "later",
        "holding",
    )
    usual = PromiseClock()
    return PromiseClock(
        critical=table.duration("critical", default=usual.critical),
        major=table.duration("major", default=usual.major),
        minor=table.duration("minor", default=usual.minor),
        none=table.duration("none", default=usual.none),
        monitoring=table.duration("monitoring", default=usual.monitoring),
        overrun=table.duration("overrun", default=usual.overrun),
        later=_read_later(table.table("later")) if "later" in table else None,
        holding_limit=table.number("holding_limit", default=usual.holding_limit),
        remind_before=table.duration("remind_before", default=usual.remind_before),
    )


def _read_later(table: TomlTable) -> LaterClock:
    table.refuse_unknown("after", "critical", "major", "minor", "none")
    usual = LaterClock()
    return LaterClock(
        after=table.duration("after", default=usual.after),
        critical=table.duration("critical", default=usual.critical),
        major=table.duration("major", default=usual.major),
        minor=table.duration("minor", default=usual.minor),
        none=table.duration("none", default=usual.none),
    )
