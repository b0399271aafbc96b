"""What is true at one instant, and what was: the values that everything public is derived from."""

from statuspage.shown.history import (
    ROWS_PER_PAGE,
    History,
    Month,
    MonthCount,
    WholeHistory,
    feed_latest_first,
    listed_latest_first,
    month_of,
)
from statuspage.shown.incident import (
    LEVEL_OF_STATE,
    Change,
    HistoryRow,
    Level,
    Promise,
    ShownIncident,
    ShownUpdate,
    word_of,
)
from statuspage.shown.page import HOLD_AFTER_RESOLVED, Day, Shown, ShownComponent, Uptime

__all__ = [
    "HOLD_AFTER_RESOLVED",
    "LEVEL_OF_STATE",
    "ROWS_PER_PAGE",
    "Change",
    "Day",
    "History",
    "HistoryRow",
    "Level",
    "Month",
    "MonthCount",
    "Promise",
    "Shown",
    "ShownComponent",
    "ShownIncident",
    "ShownUpdate",
    "Uptime",
    "WholeHistory",
    "feed_latest_first",
    "listed_latest_first",
    "month_of",
    "word_of",
]
