"""Which lists an incident stands in, before and after it changed: these are to be made anew, and no others."""

from __future__ import annotations

from collections.abc import Iterator
from zoneinfo import ZoneInfo

from statuspage.cache import Before, Cache, Facts
from statuspage.shown import ROWS_PER_PAGE, HistoryRow, Month, month_of


class Affected:
    """Collects what differs during one compilation; the cache is asked for places only when all of it is in there."""

    def __init__(self, cache: Cache, zone: ZoneInfo) -> None:
        self._cache = cache
        self._zone = zone
        self._rows: list[tuple[Month, HistoryRow]] = []
        self._moved: set[Month] = set()
        self._pages_before: dict[Month, int] = {}
        self.components: set[str] = set()
        """Those that a change has to do with."""
        self.is_any = False
        """Something differs at all."""

    def note(self, before: Before | None, after: Facts | None) -> None:
        """Note that an incident is not what it was. Call this before the cache has it."""
        self.is_any = True
        self.components.update(before.touched if before else (), after.touched if after else ())
        old, new = before and before.row, after and after.row
        if old == new:
            return
        is_in_place = old and new and (old.listed_at, old.path) == (new.listed_at, new.path)
        for row in (old, new):
            if row:
                month = month_of(row, self._zone)
                self._pages_before.setdefault(month, self._cache.month(month).page_count)
                if not is_in_place:
                    self._moved.add(month)
        if is_in_place and new:
            self._rows.append((month_of(new, self._zone), new))

    def month_pages(self) -> Iterator[tuple[Month, int]]:
        """Yield each page of a month that differs, once."""
        pages = {(month, number) for month in self._moved for number in range(1, self._page_count(month) + 1)}
        for month, row in self._rows:
            if month not in self._moved:
                pages.add((month, self._cache.place_in_month(row, month) // ROWS_PER_PAGE + 1))
        yield from sorted(pages)

    def month_pages_gone(self) -> Iterator[tuple[Month, int]]:
        """Yield each page of a month that is there no more."""
        for month, before in sorted(self._pages_before.items()):
            yield from ((month, number) for number in range(self._page_count(month) + 1, before + 1))

    def _page_count(self, month: Month) -> int:
        return self._cache.month(month).page_count
