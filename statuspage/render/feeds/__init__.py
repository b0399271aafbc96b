"""All feeds of the site."""

from __future__ import annotations

from statuspage.render.feeds.history import render_history_feeds
from statuspage.render.feeds.updates import render_update_feeds
from statuspage.shown import Shown


def render_feeds(shown: Shown) -> dict[str, bytes]:
    """Return `history`, `updates`, `feed.json` and the feeds of each component, by path."""
    return {**render_history_feeds(shown), **render_update_feeds(shown)}
