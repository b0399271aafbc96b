"""Everything that is published, from one `Shown`: pages, feeds, status API, calendar, badges, hold message."""

from __future__ import annotations

from collections.abc import Mapping

from statuspage.render.badge import render_badges
from statuspage.render.calendar import render_calendar
from statuspage.render.feeds import render_feeds
from statuspage.render.heartbeat import render_heartbeat
from statuspage.render.hold import render_hold
from statuspage.render.pages import render_pages
from statuspage.render.sitemap import render_sitemap
from statuspage.render.status_api import render_status_api
from statuspage.shown import Shown

_OUTPUTS = (
    render_pages,
    render_status_api,
    render_feeds,
    render_calendar,
    render_badges,
    render_hold,
    render_sitemap,
)


def render(shown: Shown, static: Mapping[str, bytes]) -> dict[str, bytes]:
    """Return every public file by its path, without leading slash.

    `static` holds the site's own files by their path, `static/logo.svg`; they are copied as they are.
    """
    files = {path: static[path] for path in sorted(static)}
    for render_output in _OUTPUTS:
        files |= render_output(shown)
    # Last: it holds the digest of everything else.
    files["heartbeat.json"] = render_heartbeat(shown, files)
    return files
