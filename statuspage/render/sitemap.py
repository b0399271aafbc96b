"""What search engines read: `robots.txt`, and `sitemap.xml`, which lists its parts below `sitemap/`."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from functools import lru_cache
from html import escape

from statuspage.instants import utc_text
from statuspage.render.pages import page_folder
from statuspage.shown import HistoryRow, Month, MonthCount, Shown

FOLDER = "sitemap"
_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
_NAMESPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"
Address = tuple[str, datetime | None]
"""A page below the site, and when it last changed, where that is known."""


def render_sitemap(shown: Shown) -> dict[str, bytes]:
    """Return `robots.txt`, the list of parts, and the part of the pages that are always there."""
    always: list[Address] = [("/", shown.updated_at), ("/history/", shown.updated_at)]
    always += [(f"/components/{c.source.id}/", c.updated_at) for c in (*shown.components, *shown.retired)]
    return {
        "robots.txt": f"User-agent: *\nAllow: /\n\nSitemap: {shown.site.url}/sitemap.xml\n".encode(),
        "sitemap.xml": _list_of_parts(tuple(shown.history.months()), shown.site.url),
        f"{FOLDER}/pages.xml": _part(shown.site.url, always),
    }


@lru_cache(maxsize=2)
def _list_of_parts(months: tuple[MonthCount, ...], site_url: str) -> bytes:
    """Return `sitemap.xml`, which differs only where a page of a month is added or removed."""
    parts = ["pages.xml", *(part_name(m.month, number) for m in months for number in range(1, m.page_count + 1))]
    rows = "".join(f"<sitemap><loc>{escape(f'{site_url}/{FOLDER}/{part}')}</loc></sitemap>\n" for part in parts)
    return f'{_HEAD}<sitemapindex xmlns="{_NAMESPACE}">\n{rows}</sitemapindex>\n'.encode()


def render_month_part(month: Month, number: int, rows: Sequence[HistoryRow], *, site_url: str) -> dict[str, bytes]:
    """Return the part of the sitemap that holds a page of a month, and what stands on that page."""
    addresses: list[Address] = [(f"/{page_folder(month, number)}", None)]
    addresses += [(row.path, row.updated_at) for row in rows]
    return {f"{FOLDER}/{part_name(month, number)}": _part(site_url, addresses)}


def part_name(month: Month, number: int) -> str:
    """Return `2026-11.xml` for the first page of that month, `2026-11-2.xml` for the next."""
    return f"{month.year:04}-{month.month:02}{f'-{number}' if number > 1 else ''}.xml"


def _part(site_url: str, addresses: Iterable[Address]) -> bytes:
    rows = "".join(_row(site_url + path, changed_at) for path, changed_at in addresses)
    return f'{_HEAD}<urlset xmlns="{_NAMESPACE}">\n{rows}</urlset>\n'.encode()


def _row(url: str, changed_at: datetime | None) -> str:
    changed = f"<lastmod>{utc_text(changed_at)}</lastmod>" if changed_at else ""
    return f"<url><loc>{escape(url)}</loc>{changed}</url>\n"
