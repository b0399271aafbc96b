"""What the writing commands do: make the text, write the file, and see what becomes of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import click

from statuspage import authoring
from statuspage.cli.options import wrong_usage_of
from statuspage.cli.site_files import SiteFiles, read_site_files
from statuspage.cli.written import Written
from statuspage.errors import StatusPageError
from statuspage.model import Component, ComponentChange, Impact, Status, Window
from statuspage.source.times import parse_time
from statuspage.vocabulary import fitting_status


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """What a person said about an incident on the command line."""

    components: tuple[str, ...] = ()
    """Each `ID` or `ID=STATE`."""
    impact: Impact | None = None
    status: Status | None = None
    """None: unchanged."""
    message: str | None = None
    next_update: str | None = None


def write_incident(site_dir: Path, title: str, *, words: Words, at: datetime) -> Written:
    """Write a new incident file with its first update and return where it is."""
    site = read_site_files(site_dir)
    changes = site.changes(words.components, words.impact)
    message = words.message or f"We know about {_problem_with(site, changes)} and are looking into it."
    text = authoring.new_incident_text(
        title=title,
        at=at,
        zone=site.zone,
        status=_fitting(words.status, is_maintenance=False) or Status.INVESTIGATING,
        message=message,
        components=changes,
        impact=words.impact,
        next_update=_next_text(words, at, site.zone),
    )
    return _new_file(site, title, text=text, message=message, at=at)


def write_maintenance(site_dir: Path, title: str, *, words: Words, window: tuple[str, str], at: datetime) -> Written:
    """Write a new file for planned work in the window, given as people write times, and return where it is."""
    site = read_site_files(site_dir)
    changes = site.changes(words.components, words.impact)
    planned = _parsed_window(window, site.zone)
    message = words.message or f"We are going to work on {_names(site, changes) or 'our service'}."
    text = authoring.maintenance_text(
        title=title,
        starts_at=planned.starts_at,
        ends_at=planned.ends_at,
        at=at,
        zone=site.zone,
        message=message,
        components=changes,
    )
    return _new_file(site, title, text=text, message=message, at=at)


def write_update(site_dir: Path, name: str, *, words: Words, at: datetime) -> Written:
    """Append an update to the file of an incident, named by its slug or its file, and return where it is."""
    site = read_site_files(site_dir)
    slug = site.slug_of(name)
    file, incident, message = site.file_of(slug), site.incident(slug), words.message or ""
    if incident and incident.is_maintenance and words.impact:
        raise click.BadParameter("planned work always has the impact maintenance; leave it out", param_hint="--impact")
    update = authoring.update_text(
        at=at,
        zone=site.zone,
        # Of a file that cannot be read nobody knows what fits.
        status=_fitting(words.status, is_maintenance=incident.is_maintenance) if incident else words.status,
        message=message,
        components=site.changes(words.components, words.impact),
        impact=words.impact,
        next_update=_next_text(words, at, site.zone),
    )
    authoring.rewrite(file, authoring.append_update(_text_of(file), update))
    return Written(site_dir=site_dir, file=file, slug=slug, at=at, message=message)


def _new_file(site: SiteFiles, title: str, *, text: str, message: str, at: datetime) -> Written:
    slug = authoring.slug_for(title, at, site.zone, site.slugs)
    file = site.new_file(slug)
    authoring.write_new(file, text)
    return Written(site_dir=site.folder, file=file, slug=slug, at=at, message=message)


def _text_of(file: Path) -> str:
    try:
        # Newlines stay as they are: what is appended takes on the kind that the file has.
        return file.read_bytes().decode("utf-8")
    except UnicodeDecodeError as error:
        raise StatusPageError(f"{file}: is not text in UTF-8; save it as UTF-8 and try again") from error


def _fitting(status: Status | None, *, is_maintenance: bool) -> Status | None:
    with wrong_usage_of("--status"):
        return fitting_status(status, is_maintenance=is_maintenance)


def _next_text(words: Words, at: datetime, zone: ZoneInfo) -> str | None:
    if words.next_update is None:
        return None
    with wrong_usage_of("--next"):
        return authoring.next_text(words.next_update, at=at, zone=zone)


def _parsed_window(window: tuple[str, str], zone: ZoneInfo) -> Window:
    starts_at, ends_at = (
        _parsed_time(text, zone, option=option) for text, option in zip(window, ("--starts", "--ends"), strict=True)
    )
    if ends_at <= starts_at:
        raise click.BadParameter("planned work must end after it starts", param_hint="--ends")
    return Window(starts_at=starts_at, ends_at=ends_at)


def _parsed_time(text: str, zone: ZoneInfo, *, option: str) -> datetime:
    with wrong_usage_of(option):
        return parse_time(text, zone).at


def _problem_with(site: SiteFiles, changes: Sequence[ComponentChange]) -> str:
    names = _names(site, changes)
    return f"the problem with {names}" if names else "the problem"


def _names(site: SiteFiles, changes: Sequence[ComponentChange]) -> str:
    """Return `Card payments, Dashboard and Sign-in`, in the order in which they were named."""
    by_id: dict[str, Component] = {component.id: component for component in site.components}
    *first, last = [by_id[change.component_id].name for change in changes] or [""]
    return f"{', '.join(first)} and {last}" if first else last
