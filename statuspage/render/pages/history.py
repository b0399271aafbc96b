"""Everything that was, by month: `/history/` and `/history/<yyyy-mm>/`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache

from markupsafe import Markup, escape

from statuspage.render.language import Language
from statuspage.render.pages.counting import RULES, measured_shares
from statuspage.render.pages.frame import Frame, Head
from statuspage.render.pages.services import service_lists
from statuspage.shown import HistoryRow, Month, MonthCount, Shown


def render_history_page(shown: Shown, frame: Frame) -> dict[str, bytes]:
    """Return `history/index.html`: the newest month, the list of all, the figures of each service and their rules."""
    language = frame.language
    head = Head(
        path="history/index.html",
        title=language.text("History"),
        description=language.text("Every problem and all planned work that we told you about, by month."),
        level=None,
    )
    months = shown.history.months()
    newest = months[0] if months else None
    return frame.page(
        head,
        "history.html",
        since=shown.updated_at,
        newest=_name(newest, language) if newest else "",
        months=_month_links(tuple(months), frame.home, language),
        rows=frame.history_rows(shown.history.rows_in(newest.month, page=1) if newest else ()),
        earlier=page_folder(newest.month, 2) if newest and newest.page_count > 1 else "",
        lists=service_lists(shown, frame),
        rules=tuple(map(language.text, RULES)),
        shares=measured_shares(shown, language, frame.name_by_id),
    )


def render_month_page(month: MonthCount, number: int, rows: Sequence[HistoryRow], frame: Frame) -> dict[str, bytes]:
    """Return a page of a month, from 1, with its rows: the first is `history/2026-11/index.html`."""
    name, text = _name(month, frame.language), frame.language.text
    if month.page_count > 1:
        name = text("{month}, page {number} of {count}", month=name, number=number, count=month.page_count)
    head = Head(
        path=f"{page_folder(month.month, number)}index.html",
        title=name,
        description=text("Problems and planned work in {month}.", month=name),
        level=None,
    )
    return frame.page(head, "month.html", rows=frame.history_rows(rows), links=tuple(_links(month, number, frame)))


@lru_cache(maxsize=4)
def _month_links(months: tuple[MonthCount, ...], home: str, language: Language) -> Markup:
    """Return the list of all months by their years; an edit seldom changes it."""
    link = '<li><a href="{}/{}">{}</a> ({})</li>'
    years: dict[int, list[str]] = {}
    for each in months:
        name = language.month_name(each.month.month)
        row = link.format(escape(home), page_folder(each.month, 1), name, each.count)
        years.setdefault(each.month.year, []).append(row)
    rows = (f'<h3>{year}</h3>\n<ul class="links">\n{chr(10).join(links)}\n</ul>' for year, links in years.items())
    return Markup("\n".join(rows))  # the names and counts are our own words


def page_folder(month: Month, number: int) -> str:
    """Return the folder of a page of a month below the pages of a language: `history/2026-11/`, then `…/2/`."""
    folder = f"history/{month.year:04}-{month.month:02}/"
    return folder if number == 1 else f"{folder}{number}/"


def _name(month: MonthCount, language: Language) -> str:
    return language.month(month.month.year, month.month.month)


def _links(month: MonthCount, number: int, frame: Frame) -> Iterator[tuple[str, str]]:
    if number > 1:
        yield frame.language.text("Later in the month"), page_folder(month.month, number - 1)
    if number < month.page_count:
        yield frame.language.text("Earlier in the month"), page_folder(month.month, number + 1)
