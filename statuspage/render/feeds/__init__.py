"""All feeds of the site."""

from __future__ import annotations

from statuspage.render.feeds.history import render_component_feeds, render_history_feeds
from statuspage.render.feeds.updates import render_update_feeds
from statuspage.shown import Shown

__all__ = ["render_component_feeds", "render_site_feeds"]


def render_site_feeds(shown: Shown) -> dict[str, bytes]:
    """Return `history`, `updates` and `feed.json` of the whole site, by path."""
    return {**render_history_feeds(shown), **render_update_feeds(shown)}
