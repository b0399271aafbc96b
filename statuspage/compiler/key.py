"""What everything in the cache depends on besides the files of incidents: the program, its libraries, the settings."""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Iterator
from dataclasses import fields
from functools import cache
from importlib import metadata, resources
from importlib.resources.abc import Traversable

from statuspage.config import Settings

LIBRARIES = ("babel", "feedgen", "icalendar", "jinja2", "lxml", "markdown", "markupsafe", "nh3", "pyyaml", "tzdata")
"""What the published bytes are made by."""
NOT_PUBLIC = ("git", "mail", "staff")
"""Settings that no published byte depends on."""


def program_key(settings: Settings) -> str:
    """Return a text that differs whenever the program, one of these libraries, or what the page is made by differs."""
    public = [(f.name, getattr(settings, f.name)) for f in fields(settings) if f.name not in NOT_PUBLIC]
    return f"{_program()} {hashlib.sha256(repr(public).encode()).hexdigest()}"


@cache
def _program() -> str:
    digest = hashlib.sha256(sys.version.encode())
    for name in LIBRARIES:
        digest.update(f"{name} {metadata.version(name)}\n".encode())
    for file in _files(resources.files("statuspage")):
        digest.update(file.name.encode() + hashlib.sha256(file.read_bytes()).digest())
    return digest.hexdigest()


def _files(folder: Traversable) -> Iterator[Traversable]:
    for entry in sorted(folder.iterdir(), key=lambda entry: entry.name):
        if entry.is_dir() and entry.name != "__pycache__":
            yield from _files(entry)
        elif entry.name.endswith((".py", ".html", ".css", ".js", ".mo", ".sql")):
            yield entry
