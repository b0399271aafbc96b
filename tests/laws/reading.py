"""The files of a generated site, read without a disk."""

from __future__ import annotations

from collections.abc import Mapping

from statuspage.config import parse_settings
from statuspage.model import Page
from statuspage.source.folder import SourceFile
from statuspage.source.page import read_page
from tests.laws.sites import CONFIG


def page_of(files: Mapping[str, str], *, earlier: Mapping[str, str] | None = None) -> Page:
    """Return what the files say; `earlier` are the versions that were published before."""
    settings, faults = parse_settings(files.get("statuspage.toml") or CONFIG.format(zone="UTC"))
    assert settings is not None, faults
    sources = [
        SourceFile(path=path, data=text.encode()) for path, text in files.items() if path.startswith("incidents/")
    ]
    good = {path: [text.encode()] for path, text in (earlier or {}).items()}
    return read_page(settings, sources, last_good=lambda path: good.get(path, [])).page
