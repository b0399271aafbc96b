"""The files of a site as `check` and the writing commands find them: nothing is rendered, nothing is written."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from zoneinfo import ZoneInfo

import click

from statuspage.cli.options import wrong_usage_of
from statuspage.errors import Fault, FaultyFiles, did_you_mean, in_order
from statuspage.layout import INCIDENTS, SETTINGS
from statuspage.model import (
    STATE_IMPLIED_BY_IMPACT,
    Component,
    ComponentChange,
    Impact,
    Incident,
)
from statuspage.source.folder import read_folder
from statuspage.source.last_good import LastGood
from statuspage.source.page import Reading
from statuspage.source.site import read_site
from statuspage.vocabulary import parse_state


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteFiles:
    """A site folder with settings that can be used."""

    folder: Path
    reading: Reading
    """What the files say, and everything that is wrong with them."""
    data_by_path: Mapping[str, bytes]
    """What was read of each file below `incidents/`, for its words to be found again; empty for what was not."""

    @property
    def zone(self) -> ZoneInfo:
        """Return the zone of the site."""
        return self.reading.page.site.zone

    @property
    def slugs(self) -> frozenset[str]:
        """Return the slug of every incident and planned work, drafts too."""
        return frozenset(self.reading.path_by_slug)

    def new_file(self, slug: str) -> Path:
        """Return where a new incident is written."""
        return self.folder / INCIDENTS / f"{slug}.md"

    def slug_of(self, name: str) -> str:
        """Return the slug of an incident that a person named by it or by its file; wrong usage where there is none."""
        wanted = name.removesuffix(".md").rpartition("/")[2]
        by_stem = {PurePosixPath(path).stem: slug for slug, path in self.reading.path_by_slug.items()}
        if wanted not in self.slugs and wanted not in by_stem:
            hint = did_you_mean(wanted, self.slugs) or f"; {INCIDENTS} has no file {wanted}.md"
            raise click.BadParameter(f'there is no incident "{wanted}"{hint}', param_hint="SLUG")
        return wanted if wanted in self.slugs else by_stem[wanted]

    def file_of(self, slug: str) -> Path:
        """Return the file of the incident."""
        return self.folder / self.reading.path_by_slug[slug]

    def text_of(self, incident: Incident) -> tuple[str, str]:
        """Return the path of an incident's file below the site folder, and what was read of it, as text."""
        path = self.reading.path_by_slug[incident.slug]
        return path, self.data_by_path[path].decode("utf-8", "replace")

    def incident(self, slug: str) -> Incident | None:
        """Return what the incident's file says; None where it cannot be read."""
        found = (incident for incident in self.reading.page.incidents if incident.slug == slug)
        return next((incident for incident in found if not incident.is_unreadable), None)

    def changes(self, choices: tuple[str, ...], impact: Impact | None) -> tuple[ComponentChange, ...]:
        """Return what each `ID` or `ID=STATE` means; a missing state is the one that the impact implies."""
        return tuple(self._change(choice, impact) for choice in choices)

    def _change(self, choice: str, impact: Impact | None) -> ComponentChange:
        name, has_state, word = (part.strip() for part in choice.partition("="))
        known = [component.id for component in self.components]
        if name not in known:
            hint = did_you_mean(name, known) or f"; {SETTINGS} has {', '.join(known) or 'none'}"
            raise click.BadParameter(f'"{name}" is not a component{hint}', param_hint="--component")
        with wrong_usage_of("--component"):
            state = parse_state(word) if has_state else STATE_IMPLIED_BY_IMPACT[impact]
        return ComponentChange(component_id=name, state=state)

    @property
    def components(self) -> tuple[Component, ...]:
        """Return every component that is not retired."""
        return tuple(component for component in self.reading.page.components if not component.is_retired)


def read_site_files(folder: Path) -> SiteFiles:
    """Return what the site folder says; raise FaultyFiles where it has no settings that can be used."""
    found = read_folder(folder)
    data_by_path = {file.path: file.data or b"" for file in found.files}
    return SiteFiles(folder=folder, reading=read_site(found, LastGood(folder)), data_by_path=data_by_path)


def faults_of(folder: Path) -> tuple[Fault, ...]:
    """Return everything that is wrong with the files of the site."""
    try:
        site = read_site_files(folder)
    except FaultyFiles as error:
        return error.faults
    reading = site.reading
    return in_order((*reading.faults, *unspeakable_in(site)))


def unspeakable_in(site: SiteFiles) -> tuple[Fault, ...]:
    """Return a warning for everything that callers are to hear and no voice can say."""
    page = site.reading.page
    if all(incident.is_closed for incident in page.incidents):
        return ()
    from statuspage.advice import spoken_advice  # how a voice says a text takes longer to load than a check takes

    return in_order(spoken_advice(page, text_of=site.text_of))
