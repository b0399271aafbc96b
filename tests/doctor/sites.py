"""A site for the doctor, and what it says of one part of it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path

from statuspage.cli.options import clock_now
from statuspage.doctor import as_text, examine

SETTINGS = """\
[site]
title = "Acme Status"
url = "https://status.acme.example"

[[component]]
id = "cards"
name = "Cards"
"""
AN_HOUR = timedelta(hours=1)


def write_site(folder: Path, *, more: str = "") -> Path:
    """Write a site without incidents, with more settings at the end, and return it."""
    (folder / "incidents").mkdir(parents=True)
    (folder / "statuspage.toml").write_text(SETTINGS + more, encoding="utf-8")
    return folder


def said_of(
    about: str, site: Path, *, environ: Mapping[str, str] | None = None, ahead: timedelta = timedelta(0)
) -> list[str]:
    """Return the lines about one part, without its name; the clock is so far ahead of this machine's."""
    now = clock_now() + ahead
    lines = as_text(examine(site, now=now, environ=environ or {})).splitlines()
    return [line.removeprefix(about).lstrip() for line in lines if line.split(" ")[0] == about]
