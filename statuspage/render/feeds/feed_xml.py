"""Entries as Atom and RSS through feedgen; every date, id and link is set here, so feedgen adds none of its own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from email.utils import format_datetime
from functools import lru_cache
from typing import Protocol
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from feedgen.ext.base import BaseEntryExtension, BaseExtension
from feedgen.feed import FeedGenerator
from feedgen.util import xml_elem

from statuspage.characters import without_controls
from statuspage.model import Site
from statuspage.shown import ShownIncident

FRAGMENTS_KEPT = 512
"""So many entries stay as they were written."""
ENTRY_LIMIT = 25
"""How many entries a feed holds: no public file grows with history."""
NEVER = datetime(1970, 1, 1, tzinfo=UTC)
"""The date of a feed without an entry; it needs one, and may not take the clock's."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedEntry:
    """One entry of a feed."""

    id: str
    title: str
    url: str
    html: str
    published_at: datetime
    updated_at: datetime
    ends_at: datetime | None = None
    """Of planned work."""
    guid_is_url: bool = False
    """RSS names the entry by its address instead of its id."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Feed:
    """A feed before it is written in one of its forms."""

    id: str
    path: str
    """Without its ending: `history` for `/history.atom` and `/history.rss`."""
    title: str
    description: str
    language: str
    site: Site
    entries: Sequence[FeedEntry]
    """In the order of the feed."""

    @property
    def updated_at(self) -> datetime:
        """Return when the newest of its entries changed."""
        return max((entry.updated_at for entry in self.entries), default=NEVER)


def tag_prefix(site: Site) -> str:
    """Return what every id starts with, `tag:status.acme.example,2005:`; the year is the one that clients know."""
    return f"tag:{urlsplit(site.url).hostname},2005:"


def incident_tag(site: Site, incident: ShownIncident) -> str:
    """Return the id of an incident in feeds: its own id, read as a number."""
    return f"{tag_prefix(site)}Incident/{int(incident.source.id, 36)}"


def feed_files(feed: Feed) -> dict[str, bytes]:
    """Return the feed as Atom and as RSS, by path: byte for byte as feedgen writes all of it at once."""
    return {f"{feed.path}.{form}": _spliced(feed, form) for form in ("atom", "rss")}


def whole_feed(feed: Feed, form: str) -> bytes:
    """Return the feed as feedgen writes it, every entry anew."""
    generator = _generator(feed, form=form)
    written: bytes = generator.atom_str(pretty=True) if form == "atom" else generator.rss_str(pretty=True)
    return written


def _spliced(feed: Feed, form: str) -> bytes:
    """Return the feed from its head and its entries, most of which were written for the feed before this one."""
    if not feed.entries:
        return whole_feed(feed, form)
    head, foot = _around(replace(feed, entries=()), feed.updated_at, form)
    return head + b"".join(_fragment(entry, feed.site, form) for entry in feed.entries) + foot


@lru_cache(maxsize=FRAGMENTS_KEPT)
def _around(empty: Feed, updated_at: datetime, form: str) -> tuple[bytes, bytes]:
    """Return what stands before and after the entries of a feed, the newest of which changed at `updated_at`."""
    any_entry = FeedEntry(id="-", title="-", url="-", html="-", published_at=updated_at, updated_at=updated_at)
    head, _, foot = _parts(whole_feed(replace(empty, entries=(any_entry,)), form), form)
    return head, foot


@lru_cache(maxsize=FRAGMENTS_KEPT)
def _fragment(entry: FeedEntry, site: Site, form: str) -> bytes:
    """Return the element of one entry, with the white space around it."""
    alone = Feed(id="-", path="-", title="-", description="-", language="en", site=site, entries=(entry,))
    return _parts(whole_feed(alone, form), form)[1]


def _parts(written: bytes, form: str) -> tuple[bytes, bytes, bytes]:
    """Return what stands before, in and after the one entry of a feed: tags in its texts are escaped."""
    begin, end = (b"  <entry>", b"</entry>\n") if form == "atom" else (b"    <item>", b"</item>\n")
    start, stop = written.index(begin), written.index(end) + len(end)
    return written[:start], written[start:stop], written[stop:]


def _generator(feed: Feed, *, form: str) -> FeedGenerator:
    site, updated_at = feed.site, _on_page(feed.updated_at, feed.site.zone)
    generator = FeedGenerator()
    generator.register_extension("page", _DublinCore if form == "rss" else BaseExtension, _EntryRest)
    generator.id(feed.id)
    generator.title(without_controls(feed.title))
    if form == "rss":
        generator.description(without_controls(feed.description))
    generator.language(feed.language)
    generator.author(name=without_controls(site.title))
    generator.link(href=f"{site.url}/{feed.path}.{form}", rel="self", type=f"application/{form}+xml")
    # Last, since feedgen takes the RSS link of the channel from the last one.
    generator.link(href=site.url, rel="alternate", type="text/html")
    generator.updated(updated_at)
    generator.pubDate(updated_at)
    generator.generator("")
    generator.docs("")
    for entry in feed.entries:
        _add(generator, entry, form=form, zone=site.zone)
    return generator


def _add(generator: FeedGenerator, entry: FeedEntry, *, form: str, zone: ZoneInfo) -> None:
    made = generator.add_entry(order="append")
    if form == "rss" and entry.guid_is_url:
        made.guid(entry.url, permalink=True)
    else:
        made.id(entry.id)
    # feedgen refuses an empty title.
    made.title(without_controls(entry.title).strip() or entry.url)
    made.link(href=entry.url)
    made.content(without_controls(entry.html), type="html")
    made.published(_on_page(entry.published_at, zone))
    made.updated(_on_page(entry.updated_at, zone))
    if entry.ends_at:
        made.page.ends_at = format_datetime(_on_page(entry.ends_at, zone))


def _on_page(at: datetime, zone: ZoneInfo) -> datetime:
    """Return the instant in the page's zone, to the second, as readers of feeds are used to it."""
    return at.astimezone(zone).replace(microsecond=0)


class _DublinCore(BaseExtension):  # type: ignore[misc]  # feedgen ships no types
    """Declares the namespace that existing readers of this feed find declared."""

    def extend_ns(self) -> dict[str, str]:
        """Return the namespace by its prefix."""
        return {"dc": "http://purl.org/dc/elements/1.1/"}


class _Element(Protocol):
    """What we use of the XML elements that feedgen passes around."""

    def findall(self, path: str) -> list[_Element]: ...

    def set(self, key: str, value: str) -> None: ...


class _EntryRest(BaseEntryExtension):  # type: ignore[misc]  # feedgen ships no types
    """Writes into an entry what feedgen leaves out."""

    ends_at = ""

    def extend_atom(self, entry: _Element) -> _Element:
        """Return the entry with the attributes of its link, which feedgen takes and then drops."""
        for link in entry.findall("link"):
            link.set("rel", "alternate")
            link.set("type", "text/html")
        return entry

    def extend_rss(self, item: _Element) -> _Element:
        """Return the item with `maintenanceEndDate`, which consumers of planned work read without a namespace."""
        if self.ends_at:
            xml_elem("maintenanceEndDate", item).text = self.ends_at
        return item
