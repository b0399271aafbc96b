"""What search engines read: `sitemap.xml` and `robots.txt`."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from html import escape

from statuspage.instants import utc_text
from statuspage.render.pages.history import months_of
from statuspage.shown import Shown, ShownIncident

ADDRESS_LIMIT = 50_000
"""What one sitemap may hold by its protocol; the oldest incidents are left out."""


def render_sitemap(shown: Shown) -> dict[str, bytes]:
    """Return both files."""
    return {"sitemap.xml": _sitemap(shown), "robots.txt": _robots(shown)}


def _robots(shown: Shown) -> bytes:
    return f"User-agent: *\nAllow: /\n\nSitemap: {shown.site.url}/sitemap.xml\n".encode()


def _sitemap(shown: Shown) -> bytes:
    rows = [_row(f"{shown.site.url}{path}", changed) for path, changed in _addresses(shown)]
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n' + "".join(rows[:ADDRESS_LIMIT]) + "</urlset>\n"
    ).encode()


def _addresses(shown: Shown) -> Iterator[tuple[str, datetime | None]]:
    """Yield each page with the instant of its last change, where that is known; incidents last, newest first."""
    yield "/", shown.updated_at
    yield "/history/", shown.updated_at
    for month in months_of(shown):
        yield from ((f"/{month.page_folder(number)}", None) for number in range(1, month.page_count + 1))
    for component in (*shown.components, *shown.retired):
        yield f"/components/{component.source.id}/", component.updated_at
    yield from sorted(map(_address, shown.everything), key=lambda row: row[1], reverse=True)


def _address(incident: ShownIncident) -> tuple[str, datetime]:
    return incident.source.path, incident.updated_at


def _row(url: str, changed_at: datetime | None) -> str:
    changed = f"<lastmod>{utc_text(changed_at)}</lastmod>" if changed_at else ""
    return f"<url><loc>{escape(url)}</loc>{changed}</url>\n"
