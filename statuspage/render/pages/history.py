"""Everything that was, by month: `/history/` and `/history/<yyyy-mm>/`."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from statuspage.model import STATE_IMPLIED_BY_IMPACT
from statuspage.render.pages.counting import RULES, measured_shares
from statuspage.render.pages.frame import Frame, Head
from statuspage.render.words import duration_words, month_words
from statuspage.shown import LEVEL_OF_STATE, Level, ShownIncident

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
    months = months_of(frame)
    pages = _index(frame, months)
    for month in months:
        for number in range(1, month.page_count + 1):
            pages |= _month_page(frame, month, number)
    return pages


def months_of(frame: Frame) -> tuple[Month, ...]:
    """Return the months in which something began, latest first."""
    by_month: dict[tuple[int, int], list[ShownIncident]] = defaultdict(list)
    everything = (*frame.shown.incidents, *frame.shown.maintenances)
    for incident in sorted(everything, key=_began_at, reverse=True):
        day = frame.moments.day_of(_began_at(incident))
        by_month[day.year, day.month].append(incident)
    return tuple(
        Month(name=month_words(year, month), folder=f"history/{year:04}-{month:02}/", rows=tuple(rows))
        for (year, month), rows in sorted(by_month.items(), reverse=True)
    )


def worst_level(incident: ShownIncident) -> Level:
    """Return how bad it ever was: by the states that it brought, else by its impact."""
    if incident.is_maintenance:
        return Level.PLANNED
    states = [change.new for update in incident.updates for change in update.changes]
    implied = STATE_IMPLIED_BY_IMPACT[incident.impact]
    return LEVEL_OF_STATE[max(states, key=lambda state: state.severity, default=implied)]


def lasted(incident: ShownIncident) -> str:
    """Return `Lasted 1 h 35 min.` of what is over; empty for the rest."""
    if incident.resolved_at is None or incident.resolved_at <= incident.started_at:
        return ""
    return f"Lasted {duration_words(incident.resolved_at - incident.started_at)}."


def _began_at(incident: ShownIncident) -> datetime:
    return incident.starts_at or incident.created_at


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
