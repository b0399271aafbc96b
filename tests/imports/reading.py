"""Imported folders read back as the program reads them."""

from __future__ import annotations

from pathlib import Path

from statuspage.errors import Fault
from statuspage.model import Incident, Page
from statuspage.source.folder import read_folder
from statuspage.source.page import read_page
from statuspage.source.settings_file import read_settings


def read_site(site_dir: Path) -> tuple[Page, tuple[Fault, ...]]:
    """Return the page that the folder's files say, with every fault in them."""
    folder = read_folder(site_dir)
    settings, faults = read_settings(folder.settings, last_good=lambda _: ())
    assert settings is not None, faults
    reading = read_page(settings, folder.files, last_good=lambda _: ())
    return reading.page, (*faults, *folder.faults, *reading.faults)


def only_incident(site_dir: Path) -> Incident:
    """Return the one incident of a folder in which nothing is wrong."""
    page, faults = read_site(site_dir)
    assert faults == ()
    (incident,) = page.incidents
    return incident


def tree(site_dir: Path) -> dict[str, str]:
    """Return the text of every file by its path."""
    return {
        path.relative_to(site_dir).as_posix(): path.read_text(encoding="utf-8")
        for path in sorted(site_dir.rglob("*"))
        if path.is_file()
    }
