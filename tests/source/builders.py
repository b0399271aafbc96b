"""A small site and the shortest files that are right, so that a test shows only what matters to it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, datetime

from statuspage.config import Settings, parse_settings
from statuspage.model import Incident
from statuspage.source.folder import SourceFile
from statuspage.source.page import Reading, read_page

CONFIG = """\
[site]
title = "Acme Status"
url = "https://status.acme.example"
timezone = "Europe/Berlin"

[[group]]
name = "Payments"
[[group.component]]
id = "card-payments"
name = "Card payments"
[[group.component]]
id = "dashboard"
name = "Dashboard"
"""
HEADING = "## 2026-11-21 14:05 UTC — Investigating"


def settings_of(text: str = CONFIG) -> Settings:
    settings, faults = parse_settings(text)
    assert settings is not None, faults
    return settings


def utc(text: str) -> datetime:
    """Return the instant of `2026-11-21 14:05`."""
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def incident_text(body: str = f"{HEADING}\n\nWe know.\n", *, title: str = "Cards fail", more: str = "") -> str:
    return f"---\ntitle: {title}\n{more}---\n\n{body}"


def no_versions(_: str) -> tuple[bytes, ...]:
    return ()


def versions(**by_name: Iterable[str]) -> Callable[[str], tuple[bytes, ...]]:
    """Return the earlier versions of `incidents/<name>.md`, newest first."""
    by_path = {f"incidents/{name}.md": texts for name, texts in by_name.items()}
    return lambda path: tuple(text.encode() for text in by_path.get(path, ()))


def read(
    files: Mapping[str, str | bytes],
    *,
    last_good: Callable[[str], Iterable[bytes]] = no_versions,
    settings: Settings | None = None,
) -> Reading:
    """Return the reading of files by their path below `incidents/`."""
    sources = [
        SourceFile(path=f"incidents/{name}", data=text.encode() if isinstance(text, str) else text)
        for name, text in files.items()
    ]
    return read_page(settings or settings_of(), sources, last_good=last_good)


def read_one(text: str, *, name: str = "cards.md", earlier: Iterable[str] = ()) -> tuple[Incident, list[str]]:
    """Return the one incident of a file and its faults as a person reads them, without the path."""
    reading = read({name: text}, last_good=versions(**{name.removesuffix(".md"): earlier}))
    faults = [str(fault).removeprefix(f"incidents/{name}:") for fault in reading.faults]
    return reading.page.incidents[0], faults
