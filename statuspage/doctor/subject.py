"""The site that is looked at: its folder, what its settings say, and the time."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from statuspage.characters import decode
from statuspage.config import GitSettings, Settings, parse_git_settings
from statuspage.errors import Fault, FaultyFiles, Unreadable
from statuspage.git import read_git_settings
from statuspage.git.places import inner_site
from statuspage.source.folder import read_settings_file
from statuspage.source.last_good import LastGood
from statuspage.source.settings_file import read_settings


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """One site."""

    folder: Path
    """Where `var/`, `public/` and the secrets lie."""
    source: Path
    """Where its files lie: the same folder, or what was fetched of a remote."""
    settings: Settings | None
    """Those in force; None where there are none."""
    faults: tuple[Fault, ...]
    """Of the settings."""
    git: GitSettings
    now: datetime
    environ: Mapping[str, str]


def subject_of(site_dir: Path, *, now: datetime, environ: Mapping[str, str]) -> Subject:
    """Return the site in a folder."""
    try:
        git = read_git_settings(site_dir)
    except FaultyFiles:
        git = GitSettings()
    source = inner_site(site_dir) if git.remote else site_dir
    with closing(LastGood(source)) as last_good:
        settings, faults = read_settings(read_settings_file(source), last_good=last_good.versions)
    return Subject(
        folder=site_dir,
        source=source,
        settings=settings,
        faults=(*(_faults_of_git(site_dir) if git.remote else ()), *faults),
        git=git,
        now=now,
        environ=environ,
    )


def _faults_of_git(site_dir: Path) -> tuple[Fault, ...]:
    """Return what is wrong with the small file beside a site that comes from a remote."""
    file = read_settings_file(site_dir)
    try:
        if file.fault or file.data is None:
            raise Unreadable(file.fault or "cannot be read")
        return parse_git_settings(decode(file.data))[1]
    except Unreadable as error:
        return (Fault(path=file.path, what=str(error)),)
