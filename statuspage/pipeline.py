"""The whole trip on one screen: files, what they say, what is true now, what the public gets, and where it lies."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from statuspage.errors import Fault
from statuspage.publish import Published, manifest_path, publish
from statuspage.render import render
from statuspage.shown import Shown
from statuspage.source.folder import Folder, read_folder
from statuspage.source.last_good import LastGood
from statuspage.source.site import read_site
from statuspage.timeline import page_at


@dataclass(frozen=True, slots=True, kw_only=True)
class Compiled:
    """A site as the public may see it at one instant."""

    shown: Shown
    files: Mapping[str, bytes]
    """By path below the public folder."""
    faults: tuple[Fault, ...]
    """By path, then by line."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Built:
    """One compilation and what its publication did."""

    compiled: Compiled
    published: Published


def compile_site(site_dir: Path, now: datetime) -> Compiled:
    """Return the site at `now`; writes nothing.

    Raises FaultyFiles when there are no settings to work with, neither good ones nor earlier ones.
    """
    folder = read_folder(site_dir)
    return _compile(folder, LastGood(site_dir), now)


def build(site_dir: Path, *, output: Path, now: datetime) -> Built:
    """Compile the site at `now`, publish it to `output`, and keep the sources that were good for worse days.

    Raises FaultyFiles like `compile_site`, and NotPublished when the disk refuses; what was public then stays.
    """
    folder, last_good = read_folder(site_dir), LastGood(site_dir)
    compiled = _compile(folder, last_good, now)
    published = publish(compiled.files, output, manifest=manifest_path(site_dir, output))
    last_good.remember((folder.settings, *folder.files), faults=compiled.faults)
    return Built(compiled=compiled, published=published)


def _compile(folder: Folder, last_good: LastGood, now: datetime) -> Compiled:
    reading = read_site(folder, last_good)
    shown = page_at(reading.page, now)
    return Compiled(
        shown=shown,
        files=render(shown, folder.static),
        faults=reading.faults,
    )
