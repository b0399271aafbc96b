"""Everything that is published, in pieces that depend on as little as they can.

An incident's own pages depend on that incident alone; a page of a month on its rows; a component's on what touched it;
the front on the present and the newest. `Renderer` makes each by itself, `render` all of a site that is in memory.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime

from statuspage.digest import files_digest
from statuspage.layout import language_folders
from statuspage.model import Component, Group, Site
from statuspage.render.badge import render_badge, render_component_badge
from statuspage.render.calendar import render_calendar
from statuspage.render.feeds import render_component_feeds, render_site_feeds
from statuspage.render.heartbeat import PATH as HEARTBEAT
from statuspage.render.heartbeat import render_heartbeat
from statuspage.render.hold import Sounds, hold_messages_by_language, render_hold
from statuspage.render.pages import (
    Frame,
    frames_of,
    page_folder,
    render_component_page,
    render_front_pages,
    render_incident_page,
    render_month_page,
)
from statuspage.render.sitemap import FOLDER as SITEMAP
from statuspage.render.sitemap import part_name, render_month_part, render_sitemap
from statuspage.render.status_api import places_of, render_incident_document, render_status_lists
from statuspage.shown import History, Month, MonthCount, Shown, ShownComponent, ShownIncident

__all__ = ["HEARTBEAT", "Renderer", "month_files", "render", "render_heartbeat"]


class Renderer:
    """Renders the pieces of one site on one day; each method returns files by path, without leading slash."""

    def __init__(
        self, site: Site, rows: Iterable[Group | Component], now: datetime, *, languages: Sequence[str]
    ) -> None:
        """Prepare what all pieces share; of `now` only the day in the site's zone counts.

        There are pages in each of the `languages`: in the first, the site's own, at the top, in the others below `de/`.
        """
        rows = tuple(rows)
        components = (c for row in rows for c in (row.components if isinstance(row, Group) else (row,)))
        self._site = site
        self._frames = frames_of(site, components, now, languages=languages)
        self._places = places_of(site, rows)

    def incident(self, incident: ShownIncident) -> dict[str, bytes]:
        """Return the page and the document of an incident or planned work."""
        return self._pages(lambda frame: render_incident_page(incident, frame)) | render_incident_document(
            incident, self._places
        )

    def month(self, history: History, month: MonthCount, number: int) -> dict[str, bytes]:
        """Return a page of a month, from 1, and its part of the sitemap."""
        rows = history.rows_in(month.month, page=number)
        part = render_month_part(month.month, number, rows, site_url=self._site.url)
        return self._pages(lambda frame: render_month_page(month, number, rows, frame)) | part

    def component(self, component: ShownComponent, shown: Shown) -> dict[str, bytes]:
        """Return the page, the feeds and the badge of a component."""
        return (
            self._pages(
                lambda frame: render_component_page(component, shown.history, frame.about(shown.open_incidents))
            )
            | render_component_feeds(component, shown.history, self._site)
            | render_component_badge(component, self._site)
        )

    def front(self, shown: Shown, sounds: Sounds) -> dict[str, bytes]:
        """Return all that tells of the present and the newest: pages, feeds, status API, calendar, hold message.

        `sounds` is what callers hear; empty where the site is published without sound.
        """
        messages = hold_messages_by_language(shown)
        return (
            self._pages(lambda frame: render_front_pages(shown, messages, sounds, frame))
            | render_status_lists(shown, self._places)
            | render_site_feeds(shown)
            | render_calendar(shown)
            | render_badge(shown)
            | render_hold(shown, messages, sounds)
            | render_sitemap(shown)
        )

    def _pages(self, render_page: Callable[[Frame], dict[str, bytes]]) -> dict[str, bytes]:
        """Return a page in every language."""
        files: dict[str, bytes] = {}
        for frame in self._frames:
            files |= render_page(frame)
        return files


def render(shown: Shown, static: Mapping[str, bytes]) -> dict[str, bytes]:
    """Return every public file by its path, without sound: what any way of publishing must come to.

    `static` holds the site's own files by their path, `static/logo.svg`; they are copied as they are.
    """
    renderer = Renderer(shown.site, shown.rows, shown.now, languages=shown.languages)
    files = {path: static[path] for path in sorted(static)}
    for incident in shown.history.everything():
        files |= renderer.incident(incident)
    for month in shown.history.months():
        for number in range(1, month.page_count + 1):
            files |= renderer.month(shown.history, month, number)
    for component in (*shown.components, *shown.retired):
        files |= renderer.component(component, shown)
    files |= renderer.front(shown, {})
    # Last: it holds the digest of everything else.
    files[HEARTBEAT] = render_heartbeat(
        now=shown.now,
        next_change_at=shown.next_change_at,
        digest=files_digest(files),
        update_word=shown.update_word,
    )
    return files


def month_files(month: Month, number: int, languages: Sequence[str]) -> tuple[str, ...]:
    """Return the files of a page of a month: the page in each language, and its part of the sitemap."""
    pages = (f"{folder}{page_folder(month, number)}index.html" for folder in language_folders(languages))
    return (*pages, f"{SITEMAP}/{part_name(month, number)}")
