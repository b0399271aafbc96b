"""The whole trip at once, for a site that fits into memory: what the public gets, in one expression."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from statuspage.errors import Fault
from statuspage.render.site import render
from statuspage.shown import Shown
from statuspage.source.folder import read_folder
from statuspage.source.last_good import LastGood
from statuspage.source.site import read_site
from statuspage.timeline.page import page_at


@dataclass(frozen=True, slots=True, kw_only=True)
class Compiled:
    """A site as the public may see it at one instant."""

    shown: Shown
    files: Mapping[str, bytes]
    """By path below the public folder."""
    faults: tuple[Fault, ...]
    """By path, then by line."""


def compile_site(site_dir: Path, now: datetime) -> Compiled:
    """Return the site at `now`; writes nothing. This is what any incremental way must come to (law 3).

    Raises FaultyFiles when there are no settings to work with, neither good ones nor earlier ones.
    """
    folder = read_folder(site_dir)
    reading = read_site(folder, LastGood(site_dir))
    shown = page_at(reading.page, now)
    return Compiled(shown=shown, files=render(shown, folder.static), faults=reading.faults)
