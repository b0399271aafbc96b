"""Everything that was, by month: `/history/` and `/history/<yyyy-mm>/`."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from statuspage.render.pages.counting import RULES, measured_shares
from statuspage.render.pages.frame import Frame, Head
from statuspage.render.pages.incident_view import lasted, worst_level
from statuspage.render.words import month_words
from statuspage.shown import Shown, ShownIncident

ROWS_PER_PAGE = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Month:
    """One month of the history in the site's zone."""

    name: str
    folder: str
    """`history/2026-11/`, below the site."""
    rows: tuple[ShownIncident, ...]
    """Latest first."""

    @property
    def page_count(self) -> int:
        """Return on how many pages the rows stand."""
        return -(-len(self.rows) // ROWS_PER_PAGE)

    def page_folder(self, number: int) -> str:
        """Return the folder of a page; the first is the month's own."""
        return self.folder if number == 1 else f"{self.folder}{number}/"

    def page_rows(self, number: int) -> tuple[ShownIncident, ...]:
        """Return the rows of a page, from 1."""
        return self.rows[(number - 1) * ROWS_PER_PAGE : number * ROWS_PER_PAGE]


def render_history(frame: Frame) -> dict[str, bytes]:
    """Return the list of months with the newest of them, and each month on pages of 100 rows."""
    months = months_of(frame.shown)
    pages = _index(frame, months)
    for month in months:
        for number in range(1, month.page_count + 1):
            pages |= _month_page(frame, month, number)
    return pages


def months_of(shown: Shown) -> tuple[Month, ...]:
    """Return the months in which the history lists something, latest first."""
    by_month: dict[tuple[int, int], list[ShownIncident]] = defaultdict(list)
    for incident in sorted(shown.everything, key=lambda incident: incident.listed_at, reverse=True):
        day = incident.listed_at.astimezone(shown.site.zone)
        by_month[day.year, day.month].append(incident)
    return tuple(
        Month(name=month_words(year, month), folder=f"history/{year:04}-{month:02}/", rows=tuple(rows))
        for (year, month), rows in sorted(by_month.items(), reverse=True)
    )


def _index(frame: Frame, months: tuple[Month, ...]) -> dict[str, bytes]:
    head = Head(
        path="history/index.html",
        title="History",
        description="Every problem and all planned work that we told you about, by month.",
        level=None,
    )
    return frame.page(
        head,
        "history.html",
        months=months,
        rules=RULES,
        shares=measured_shares(frame.shown),
        lasted=lasted,
        worst_level=worst_level,
    )


def _month_page(frame: Frame, month: Month, number: int) -> dict[str, bytes]:
    page_words = f", page {number} of {month.page_count}" if month.page_count > 1 else ""
    head = Head(
        path=f"{month.page_folder(number)}index.html",
        title=f"{month.name}{page_words}",
        description=f"Problems and planned work in {month.name}{page_words}.",
        level=None,
    )
    links = tuple(_links(month, number))
    return frame.page(
        head, "month.html", month=month, number=number, links=links, lasted=lasted, worst_level=worst_level
    )


def _links(month: Month, number: int) -> Iterator[tuple[str, str]]:
    if number > 1:
        yield "Later in the month", month.page_folder(number - 1)
    if number < month.page_count:
        yield "Earlier in the month", month.page_folder(number + 1)
