"""A feed as JSON Feed 1.1."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from statuspage.render.feeds.feed_xml import Feed, FeedEntry
from statuspage.render.json_text import JsonObject, json_bytes, json_instant

VERSION = "https://jsonfeed.org/version/1.1"


def json_feed(feed: Feed) -> bytes:
    """Return the feed with the same entries, in the same order and under the same ids as its Atom form."""
    site = feed.site
    return json_bytes(
        {
            "version": VERSION,
            "title": feed.title,
            "home_page_url": f"{site.url}/",
            "feed_url": f"{site.url}/feed.json",
            "description": feed.description,
            "language": feed.language,
            "authors": [{"name": site.title, "url": f"{site.url}/"}],
            "items": [_item(entry, site.zone) for entry in feed.entries],
        }
    )


def _item(entry: FeedEntry, zone: ZoneInfo) -> JsonObject:
    return {
        "id": entry.id,
        "url": entry.url,
        "title": entry.title,
        "content_html": entry.html,
        "date_published": json_instant(entry.published_at, zone),
    }
