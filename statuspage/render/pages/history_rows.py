"""One line of a list of what was, the same on every page and on every day."""

from __future__ import annotations

from functools import lru_cache

from markupsafe import Markup, escape

from statuspage.model import Status
from statuspage.render.pages.moments import Moments
from statuspage.render.shapes import shape
from statuspage.render.words import LEVEL_WORD, duration_words
from statuspage.shown import HistoryRow, Level

ROWS_KEPT = 2_048
"""So many lines stay as they were written: of a list, one or two differ at a time."""


@lru_cache(maxsize=ROWS_KEPT)
def history_row(row: HistoryRow, root: str, moments: Moments) -> Markup:
    """Return the item of a list; of `moments` the zone counts, and not today."""
    link = f'<a href="{escape(root + row.path)}" dir="auto">{escape(row.title)}</a>'
    words = _planned(row, moments) if row.is_maintenance else _incident(row, moments)
    return Markup(f'<li>\n<p>{shape(row.level)} {link}</p>\n<p class="soft">{words}</p>\n</li>')


def lasted(row: HistoryRow) -> str:
    """Return `Lasted 1 h 35 min.` of what is over; empty for the rest."""
    return f"Lasted {duration_words(row.lasted)}." if row.lasted else ""


def _planned(row: HistoryRow, moments: Moments) -> str:
    when = moments.day(row.created_at)
    if row.starts_at and row.ends_at:
        when = moments.span(row.starts_at, row.ends_at)
    if row.status is Status.CANCELLED:
        return f"{when}. Cancelled."
    if row.status is Status.SCHEDULED:
        return f"{when}. Planned."
    return f"{when}. Under way." if row.is_open else f"{when}."


def _incident(row: HistoryRow, moments: Moments) -> str:
    how_bad = "" if row.level is Level.WORKING else f"{LEVEL_WORD[row.level]}, "
    return f"{how_bad}{moments.day(row.created_at)}. {'Still open.' if row.is_open else lasted(row)}"
