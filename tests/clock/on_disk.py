"""A site folder with one open incident whose promise falls due, and whoever keeps it."""

from __future__ import annotations

import json
import os
import signal
import sys
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

from statuspage.model import derived_id
from statuspage.pipeline import Keeper
from statuspage.timeline.due import post_id

SETTINGS = """\
[site]
title = "Acme Status"
url = "https://status.acme.example"

[[component]]
id = "card-payments"
name = "Card payments"
"""
INCIDENT = """\
---
title: Card payments are failing
components:
  card-payments: major_outage
---

## 2026-11-21 14:05 UTC — Investigating

About one card payment in three fails.

Next update: 14:35
"""
SLUG = "2026-11-21-card-payments"
FILE = f"incidents/{SLUG}.md"
TIMED = f"incidents/{SLUG}.timed.md"
DUE_AT = datetime(2026, 11, 21, 14, 35, tzinfo=UTC)
POST_ID = post_id(derived_id(SLUG), DUE_AT)
BEFORE = DUE_AT - timedelta(minutes=5)
LATE = DUE_AT + timedelta(minutes=12, seconds=30)


def write_site(folder: Path, *, settings: str = SETTINGS, incident: str = INCIDENT) -> Path:
    """Write the site and return its folder."""
    (folder / "incidents").mkdir(parents=True)
    (folder / "statuspage.toml").write_text(settings)
    (folder / FILE).write_text(incident)
    return folder


def keep(site: Path, now: datetime) -> str:
    """Do at `now` what a server does that has just started; return why it could not write a post."""
    with closing(Keeper(site, site / "public")) as keeper:
        for _ in keeper.keep(now, None):
            pass
        return keeper.trouble


def posts(site: Path) -> list[str]:
    """Return the posts in the file, each as its text."""
    file = site / TIMED
    return [f"## {post}" for post in file.read_text().split("## ")[1:]] if file.exists() else []


def public_updates(site: Path) -> list[tuple[str, str]]:
    """Return id and time of the updates in the public feed, newest first."""
    items = json.loads((site / "public/feed.json").read_text())["items"]
    return [(item["id"].rpartition("/")[2], item["date_published"]) for item in items]


def die_at(number: int, folder: Path, act: Callable[[], object]) -> bool:
    """Do it in a process that is killed before it touches a file below the folder for the Nth time.

    Returns False when it came to its end before that.
    """
    child = os.fork()
    if not child:
        try:
            _kill_myself_at(number, str(folder))
            act()
        finally:
            os._exit(0)
    _, status = os.waitpid(child, 0)
    return os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGKILL


def _kill_myself_at(number: int, folder: str) -> None:
    count = 0

    def on_event(event: str, given: tuple[object, ...]) -> None:
        nonlocal count
        is_write = event == "open" and isinstance(given[2], int) and given[2] & (os.O_WRONLY | os.O_RDWR)
        if not (is_write or event in ("os.rename", "os.remove", "os.link", "os.mkdir", "os.rmdir", "sqlite3.connect")):
            return
        if folder in os.fsdecode(given[0]) if isinstance(given[0], (str, bytes, os.PathLike)) else True:
            count += 1
            if count == number:
                os.kill(os.getpid(), signal.SIGKILL)

    sys.addaudithook(on_event)
