"""One line of a list of what was, the same on every page of a language and on every day."""

from __future__ import annotations

from functools import lru_cache

from markupsafe import Markup, escape

from statuspage.model import Status
from statuspage.render.language import Language
from statuspage.render.pages.moments import Moments
from statuspage.render.shapes import shape
from statuspage.render.words import LEVEL_WORD
from statuspage.shown import HistoryRow, Level

ROWS_KEPT = 2_048
"""So many lines stay as they were written: of a list, one or two differ at a time."""


@lru_cache(maxsize=ROWS_KEPT)
def history_row(row: HistoryRow, home: str, moments: Moments) -> Markup:
    """Return the item of a list; of `moments` the language and the zone count, and not today."""
    title = dict(row.titles).get(moments.language.code, row.title)
    link = f'<a href="{escape(home + row.path)}" dir="auto">{escape(title)}</a>'
    words = _planned(row, moments) if row.is_maintenance else _incident(row, moments)
    return Markup(f'<li>\n<p>{shape(row.level)} {link}</p>\n<p class="soft">{words}</p>\n</li>')


def lasted(row: HistoryRow, language: Language) -> str:
    """Return `Lasted 1 h 35 min.` of what is over; empty for the rest."""
    return language.text("Lasted {duration}.", duration=language.duration(row.lasted)) if row.lasted else ""


def _planned(row: HistoryRow, moments: Moments) -> str:
    text = moments.language.text
    when = moments.day(row.created_at)
    if row.starts_at and row.ends_at:
        when = moments.span(row.starts_at, row.ends_at)
    if row.status is Status.CANCELLED:
        return f"{when}. " + text("Cancelled.")
    if row.status is Status.SCHEDULED:
        return f"{when}. " + text("Planned.")
    return f"{when}. " + text("Under way.") if row.is_open else f"{when}."


def _incident(row: HistoryRow, moments: Moments) -> str:
    language = moments.language
    outcome = language.text("Still open.") if row.is_open else lasted(row, language)
    day = moments.day(row.created_at)
    if row.level is Level.WORKING:
        return f"{day}. {outcome}"
    level = language.text(LEVEL_WORD[row.level])
    return language.markup("{level}, {day}.", level=level, day=day) + " " + outcome
