"""One entry an incident, in the form that existing readers and bots parse (STATUS-API.md §2.5)."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import datetime
from functools import lru_cache
from html import escape
from zoneinfo import ZoneInfo

from statuspage.model import Site, Status
from statuspage.render.feeds.feed_xml import ENTRY_LIMIT, Feed, FeedEntry, feed_files, incident_tag, tag_prefix
from statuspage.render.kept import kept_by_identity
from statuspage.render.markup import TEXTS_KEPT, to_html, to_text
from statuspage.render.words import MONTHS, STATUS_WORD, update_word, zone_word
from statuspage.shown import History, Shown, ShownComponent, ShownIncident, ShownUpdate, feed_latest_first

_BLOCKS_OTHER_THAN_PARAGRAPHS = re.compile(r"<(?:ul|ol|pre|blockquote|table|hr|h[1-6])\b")
_BETWEEN_PARAGRAPHS = re.compile(r"</p>\s*<p>")
_PARAGRAPH_TAG = re.compile(r"</?p>")
_STRONG_TAG = re.compile(r"(</?)strong>")
_DESCRIPTION = "Statuspage"


def render_history_feeds(shown: Shown) -> dict[str, bytes]:
    """Return `history.atom` and `history.rss` of the site."""
    chosen = sorted(shown.recent, key=feed_latest_first)[:ENTRY_LIMIT]
    return feed_files(_site_feed(shown.site, _entries(shown.site, chosen)))


def render_component_feeds(component: ShownComponent, history: History, site: Site) -> dict[str, bytes]:
    """Return `history.atom` and `history.rss` of a component."""
    chosen = history.touching(component.source.id, limit=ENTRY_LIMIT)
    return feed_files(_component_feed(site, component, _entries(site, chosen)))


def _entries(site: Site, incidents: Iterable[ShownIncident]) -> tuple[FeedEntry, ...]:
    return tuple(_entry(incident, site) for incident in incidents)


def _site_feed(site: Site, entries: tuple[FeedEntry, ...]) -> Feed:
    return Feed(
        id=f"{tag_prefix(site)}/history",
        path="history",
        title=f"{_status_title(site)} - Incident History",
        description=_DESCRIPTION,
        language=_language(site),
        site=site,
        entries=entries,
    )


def _component_feed(site: Site, component: ShownComponent, entries: tuple[FeedEntry, ...]) -> Feed:
    path = f"components/{component.source.id}/history"
    return Feed(
        id=f"{tag_prefix(site)}/{path}",
        path=path,
        title=f"{_status_title(site)} - {component.source.name} - Incident History",
        description=_DESCRIPTION,
        language=_language(site),
        site=site,
        entries=entries,
    )


def _status_title(site: Site) -> str:
    """Return `Acme Status` for a site called `Acme`, and for one that is called so already."""
    return site.title if site.title.casefold().endswith("status") else f"{site.title} Status"


def _language(site: Site) -> str:
    """Return the site's language; English as the tag that the feeds of this form carry."""
    return "en-US" if site.language == "en" else site.language


@kept_by_identity
def _entry(incident: ShownIncident, site: Site) -> FeedEntry:
    return FeedEntry(
        id=incident_tag(site, incident),
        title=incident.source.title,
        url=site.url + incident.source.path,
        html=_event_paragraph(incident, site.zone)
        + "".join(_update_paragraph(update, site) for update in incident.updates),
        published_at=incident.feed_at,
        updated_at=incident.updated_at,
        ends_at=incident.ends_at,
        guid_is_url=True,
    )


def _event_paragraph(incident: ShownIncident, zone: ZoneInfo) -> str:
    if not (incident.starts_at and incident.ends_at):
        return ""
    starts, ends = incident.starts_at.astimezone(zone), incident.ends_at.astimezone(zone)
    end = _time(ends) if ends.date() == starts.date() else f"{_date(ends)}, {_time(ends)}"
    window = f"{_date(starts)}, {_time(starts)} - {end} {zone_word(starts, zone)}"
    return f"<p><strong>THIS IS A SCHEDULED EVENT {window}</strong></p>"


def _update_paragraph(update: ShownUpdate, site: Site) -> str:
    at = update.at.astimezone(site.zone)
    when = f"<small>{_date(at)}, {_time(at)} {zone_word(at, site.zone)}</small>"
    label, text = update_word(update), _in_one_paragraph(update.body, base_url=site.url)
    if update.status is Status.CANCELLED:
        # Parsers look for "Completed" to see that planned work is over.
        label, text = STATUS_WORD[Status.COMPLETED], f"{STATUS_WORD[Status.CANCELLED]}. {text}"
    return f"<p>{when}<br><strong>{label}</strong> - {text}</p>"


def _date(local: datetime) -> str:
    return f"{MONTHS[local.month - 1][:3]} <var data-var='date'>{local.day:2d}</var>"


def _time(local: datetime) -> str:
    return f"<var data-var='time'>{local:%H:%M}</var>"


@lru_cache(maxsize=TEXTS_KEPT)
def _in_one_paragraph(markdown: str, *, base_url: str) -> str:
    """Return the body with `<br />` between paragraphs and no `<strong>`, which parsers take for the status.

    Lists, tables and code, which cannot stand in a paragraph, become plain text.
    """
    html = to_html(markdown, base_url=base_url)
    if _BLOCKS_OTHER_THAN_PARAGRAPHS.search(html):
        return "<br />".join(escape(to_text(markdown), quote=False).strip().splitlines())
    flat = _PARAGRAPH_TAG.sub("", _BETWEEN_PARAGRAPHS.sub("<br /><br />", html))
    return _STRONG_TAG.sub(r"\1b>", flat).strip()
