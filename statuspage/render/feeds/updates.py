"""One entry an update: its id never changes and its date is the update's, so no reader misses one or sees one twice."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from html import escape

from statuspage.model import Site
from statuspage.render.addresses import update_anchor
from statuspage.render.feeds.feed_xml import ENTRY_LIMIT, Feed, FeedEntry, feed_files, incident_tag, tag_prefix
from statuspage.render.feeds.json_feed import json_feed
from statuspage.render.kept import kept_by_identity
from statuspage.render.markup import to_html
from statuspage.render.words import next_update_words, update_word
from statuspage.shown import Shown, ShownIncident, ShownUpdate


def render_update_feeds(shown: Shown) -> dict[str, bytes]:
    """Return `updates.atom`, `updates.rss` and `feed.json`, which hold the same entries."""
    site = shown.site
    chosen = sorted(_updates(shown.recent), key=lambda pair: pair[1].at, reverse=True)[:ENTRY_LIMIT]
    feed = Feed(
        id=f"{tag_prefix(site)}/updates",
        path="updates",
        title=f"{site.title} - Updates",
        description="Every update as it is published.",
        language=site.language,
        site=site,
        entries=tuple(_entry(site, incident, update) for incident, update in chosen),
    )
    return {**feed_files(feed), "feed.json": json_feed(feed)}


def _updates(incidents: Iterable[ShownIncident]) -> Iterator[tuple[ShownIncident, ShownUpdate]]:
    """Yield every update, newest first in each incident; the incidents in the order of their paths."""
    for incident in sorted(incidents, key=lambda incident: incident.source.path):
        for update in incident.updates:
            yield incident, update


def _entry(site: Site, incident: ShownIncident, update: ShownUpdate) -> FeedEntry:
    source = incident.source
    return _told(update, site, tag=incident_tag(site, incident), about=source.title, path=source.path)


@kept_by_identity
def _told(update: ShownUpdate, site: Site, *, tag: str, about: str, path: str) -> FeedEntry:
    """Return the entry of an update of the incident with this tag, title and path."""
    return FeedEntry(
        id=f"{tag}/Update/{update.id}",
        title=f"{about}: {update_word(update)}",
        url=f"{site.url}{path}#{update_anchor(update.id)}",
        html=to_html(update.body, base_url=site.url) + _promise_paragraph(site, update),
        published_at=update.at,
        updated_at=update.at,
    )


def _promise_paragraph(site: Site, update: ShownUpdate) -> str:
    if update.promise is None:
        return ""
    return f"\n<p>{escape(next_update_words(update.promise, site.zone))}</p>"
