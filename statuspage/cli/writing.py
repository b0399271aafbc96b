"""What the writing commands do: make the text, write the file, and see what becomes of it."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import click

from statuspage import authoring
from statuspage.cli.preview import Preview, preview_of
from statuspage.cli.site_files import SiteFiles, read_site_files
from statuspage.errors import StatusPageError, Unreadable
from statuspage.model import Component, ComponentChange, Impact, Status, Window
from statuspage.pipeline import compile_site
from statuspage.source.times import parse_next, parse_time
from statuspage.source.vocabulary import status_for_kind


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """A file that a command has written."""

    site_dir: Path
    file: Path
    at: datetime
    """The time of its newest update."""

    def report(self, now: datetime, *, as_json: bool) -> str:
        """Return where the file is, and what customers read and callers hear once the update is public."""
        compiled = compile_site(self.site_dir, max(now, self.at))
        path = self.file.relative_to(self.site_dir).as_posix()
        preview = preview_of(compiled, self.file.stem, path=path)
        return self._json(preview) if as_json else self._text(preview)

    def _text(self, preview: Preview) -> str:
        faults = "\n".join(str(fault) for fault in preview.faults)
        return "\n\n".join(part for part in (str(self.file), faults, preview.as_text()) if part)

    def _json(self, preview: Preview) -> str:
        report = {
            "slug": self.file.stem,
            "file": str(self.file),
            "customers_read": preview.read,
            "callers_hear": preview.heard,
            "faults": [str(fault) for fault in preview.faults],
        }
        return json.dumps(report, indent=2, ensure_ascii=False)


def write_incident(site_dir: Path, title: str, *, words: Words, at: datetime) -> Written:
    """Write a new incident file with its first update and return where it is."""
    site = read_site_files(site_dir)
    changes = site.changes(words.components, words.impact)
    text = authoring.new_incident_text(
        title=title,
        at=at,
        zone=site.zone,
        status=words.status or Status.INVESTIGATING,
        message=words.message or f"We know about {_problem_with(site, changes)} and are looking into it.",
        components=changes,
        impact=words.impact,
        next_update=_checked_next(words.next_update, at, site.zone),
    )
    return _new_file(site, title, text=text, at=at)


def write_maintenance(site_dir: Path, title: str, *, words: Words, window: tuple[str, str], at: datetime) -> Written:
    """Write a new file for planned work in the window, given as people write times, and return where it is."""
    site = read_site_files(site_dir)
    changes = site.changes(words.components, words.impact)
    planned = _parsed_window(window, site.zone)
    text = authoring.maintenance_text(
        title=title,
        starts_at=planned.starts_at,
        ends_at=planned.ends_at,
        at=at,
        zone=site.zone,
        message=words.message or f"We are going to work on {_names(site, changes) or 'our service'}.",
        components=changes,
    )
    return _new_file(site, title, text=text, at=at)


def write_update(site_dir: Path, slug: str, *, words: Words, at: datetime) -> Written:
    """Append an update to the file of an incident and return where it is."""
    site = read_site_files(site_dir)
    file = site.incident_file(slug)
    status = words.status and status_for_kind(words.status, is_maintenance=site.is_maintenance(file))
    update = authoring.update_text(
        at=at,
        zone=site.zone,
        status=status or words.status,
        message=words.message or "",
        components=site.changes(words.components, words.impact),
        impact=words.impact,
        next_update=_checked_next(words.next_update, at, site.zone),
    )
    authoring.rewrite(file, authoring.append_update(_text_of(file), update))
    return Written(site_dir=site_dir, file=file, at=at)


def _new_file(site: SiteFiles, title: str, *, text: str, at: datetime) -> Written:
    slug = authoring.slug_for(title, at, site.zone, site.slugs)
    file = site.new_file(slug)
    authoring.write_new(file, text)
    return Written(site_dir=site.folder, file=file, at=at)


def _text_of(file: Path) -> str:
    try:
        # Newlines stay as they are: what is appended takes on the kind that the file has.
        return file.read_bytes().decode("utf-8")
    except UnicodeDecodeError as error:
        raise StatusPageError(f"{file}: is not text in UTF-8; save it as UTF-8 and try again") from error


def _checked_next(text: str | None, at: datetime, zone: ZoneInfo) -> str | None:
    """Return the promise as it was written, once it is known to be one."""
    if text is None:
        return None
    try:
        parse_next(text, after=at, zone=zone)
    except Unreadable as error:
        raise click.BadParameter(str(error), param_hint="--next") from error
    return text


def _parsed_window(window: tuple[str, str], zone: ZoneInfo) -> Window:
    starts_at, ends_at = (
        _parsed_time(text, zone, option=option) for text, option in zip(window, ("--starts", "--ends"), strict=True)
    )
    if ends_at <= starts_at:
        raise click.BadParameter("planned work must end after it starts", param_hint="--ends")
    return Window(starts_at=starts_at, ends_at=ends_at)


def _parsed_time(text: str, zone: ZoneInfo, *, option: str) -> datetime:
    try:
        return parse_time(text, zone).at
    except Unreadable as error:
        raise click.BadParameter(str(error), param_hint=option) from error


def _problem_with(site: SiteFiles, changes: Sequence[ComponentChange]) -> str:
    names = _names(site, changes)
    return f"the problem with {names}" if names else "the problem"


def _names(site: SiteFiles, changes: Sequence[ComponentChange]) -> str:
    """Return `Card payments, Dashboard and Sign-in`, in the order in which they were named."""
    by_id: dict[str, Component] = {component.id: component for component in site.components}
    *first, last = [by_id[change.component_id].name for change in changes] or [""]
    return f"{', '.join(first)} and {last}" if first else last
