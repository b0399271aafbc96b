"""Everything that was, by month: `/history/` and `/history/<yyyy-mm>/`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache

from markupsafe import Markup, escape

from statuspage.render.pages.counting import RULES, measured_shares
from statuspage.render.pages.frame import Frame, Head
from statuspage.render.words import month_words
from statuspage.shown import HistoryRow, Month, MonthCount, Shown


def render_history_page(shown: Shown, frame: Frame) -> dict[str, bytes]:
    """Return `history/index.html`: the list of months, and the newest of them."""
    head = Head(
        path="history/index.html",
        title="History",
        description="Every problem and all planned work that we told you about, by month.",
        level=None,
    )
    months = shown.history.months()
    newest = months[0] if months else None
    return frame.page(
        head,
        "history.html",
        since=shown.updated_at,
        newest=_name(newest) if newest else "",
        months=_month_links(tuple(months), frame.root),
        rows=frame.history_rows(shown.history.rows_in(newest.month, page=1) if newest else ()),
        earlier=page_folder(newest.month, 2) if newest and newest.page_count > 1 else "",
        rules=RULES,
        shares=measured_shares(shown),
    )


def render_month_page(month: MonthCount, number: int, rows: Sequence[HistoryRow], frame: Frame) -> dict[str, bytes]:
    """Return a page of a month, from 1, with its rows: the first is `history/2026-11/index.html`."""
    page_words = f", page {number} of {month.page_count}" if month.page_count > 1 else ""
    head = Head(
        path=f"{page_folder(month.month, number)}index.html",
        title=f"{_name(month)}{page_words}",
        description=f"Problems and planned work in {_name(month)}{page_words}.",
        level=None,
    )
    return frame.page(
        head,
        "month.html",
        rows=frame.history_rows(rows),
        links=tuple(_links(month, number)),
    )


@lru_cache(maxsize=2)
def _month_links(months: tuple[MonthCount, ...], root: str) -> Markup:
    """Return the list of all months; an edit seldom changes it."""
    link = '<li><a href="{}/{}">{}</a> ({})</li>'
    rows = (link.format(escape(root), page_folder(m.month, 1), _name(m), m.count) for m in months)
    return Markup("\n".join(rows))  # the names and counts are our own words


def page_folder(month: Month, number: int) -> str:
    """Return the folder of a page of a month below the site: `history/2026-11/`, then `history/2026-11/2/`."""
    folder = f"history/{month.year:04}-{month.month:02}/"
    return folder if number == 1 else f"{folder}{number}/"


def _name(month: MonthCount) -> str:
    return month_words(month.month.year, month.month.month)


def _links(month: MonthCount, number: int) -> Iterator[tuple[str, str]]:
    if number > 1:
        yield "Later in the month", page_folder(month.month, number - 1)
    if number < month.page_count:
        yield "Earlier in the month", page_folder(month.month, number + 1)
