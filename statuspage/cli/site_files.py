"""The files of a site as `check` and the writing commands find them: nothing is rendered, nothing is written."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from zoneinfo import ZoneInfo

import click

from statuspage.config import CONFIG_NAME
from statuspage.errors import Fault, FaultyFiles, Unreadable, did_you_mean
from statuspage.model import STATE_IMPLIED_BY_IMPACT, Component, ComponentChange, Impact
from statuspage.source.folder import read_folder
from statuspage.source.last_good import LastGood
from statuspage.source.site import Reading
from statuspage.source.vocabulary import parse_state
from statuspage.source.whole import read_site

INCIDENTS_FOLDER = "incidents"


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteFiles:
    """A site folder with settings that can be used."""

    folder: Path
    reading: Reading
    """What the files say, and everything that is wrong with them."""

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
        return self.folder / INCIDENTS_FOLDER / f"{slug}.md"

    def incident_file(self, slug: str) -> Path:
        """Return the file of an incident; wrong usage where there is none of that slug."""
        name = slug.removesuffix(".md").rpartition("/")[2]
        if name not in self.slugs:
            hint = did_you_mean(name, self.slugs) or f"; {INCIDENTS_FOLDER} has no file {name}.md"
            raise click.BadParameter(f'there is no incident "{name}"{hint}', param_hint="SLUG")
        return self.folder / self.reading.path_by_slug[name]

    def is_maintenance(self, file: Path) -> bool:
        """Return True when the file is about planned work."""
        path = file.relative_to(self.folder).as_posix()
        return any(
            incident.is_maintenance and self.reading.path_by_slug[incident.slug] == path
            for incident in self.reading.page.incidents
        )

    def changes(self, choices: tuple[str, ...], impact: Impact | None) -> tuple[ComponentChange, ...]:
        """Return what each `ID` or `ID=STATE` means; a missing state is the one that the impact implies."""
        return tuple(self._change(choice, impact) for choice in choices)

    def _change(self, choice: str, impact: Impact | None) -> ComponentChange:
        name, has_state, word = (part.strip() for part in choice.partition("="))
        known = [component.id for component in self.components]
        if name not in known:
            hint = did_you_mean(name, known) or f"; {CONFIG_NAME} has {', '.join(known) or 'none'}"
            raise click.BadParameter(f'"{name}" is not a component{hint}', param_hint="--component")
        try:
            state = parse_state(word) if has_state else STATE_IMPLIED_BY_IMPACT[impact]
        except Unreadable as error:
            raise click.BadParameter(str(error), param_hint="--component") from error
        return ComponentChange(component_id=name, state=state)

    @property
    def components(self) -> tuple[Component, ...]:
        """Return every component that is not retired."""
        return tuple(component for component in self.reading.page.components if not component.is_retired)


def read_site_files(folder: Path) -> SiteFiles:
    """Return what the site folder says; raise FaultyFiles where it has no settings that can be used."""
    return SiteFiles(folder=folder, reading=read_site(read_folder(folder), LastGood(folder)))


def faults_of(folder: Path) -> tuple[Fault, ...]:
    """Return everything that is wrong with the files of the site."""
    try:
        return read_site_files(folder).reading.faults
    except FaultyFiles as error:
        return error.faults
