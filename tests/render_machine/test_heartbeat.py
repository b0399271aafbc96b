"""The heartbeat: the only file that knows when it was compiled."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta
from typing import Any

from statuspage.digest import files_digest
from statuspage.model import Status
from statuspage.render.calendar import render_calendar
from statuspage.render.heartbeat import render_heartbeat
from statuspage.render.sitemap import render_sitemap
from statuspage.shown import Shown
from tests.rendered import api_documents, badges, feeds

from .builders import NOW, at_later, incident, shown, story, update

FILES = {"index.html": b"<p>", "feed.json": b"{}"}


def heartbeat(page: Shown, digest: str) -> bytes:
    return render_heartbeat(
        now=page.now, next_change_at=page.next_change_at, digest=digest, update_word=page.update_word
    )


def beat(page: Shown, files: dict[str, bytes] = FILES) -> dict[str, Any]:
    document: dict[str, Any] = json.loads(heartbeat(page, files_digest(files)))
    return document


def test_it_says_when_it_was_compiled_and_until_when_it_may_be_believed() -> None:
    page = replace(shown(), next_change_at=NOW + timedelta(hours=9, minutes=20))

    document = beat(page)

    assert list(document) == ["compiled_at", "valid_until", "next_change_at", "digest", "update"]
    assert document["compiled_at"] == "2026-11-21T14:40:00Z"
    assert document["valid_until"] == "2026-11-21T14:55:00Z"
    assert document["next_change_at"] == "2026-11-22T00:00:00Z"


def test_the_digest_depends_on_paths_and_bytes_and_not_on_order() -> None:
    digest = beat(shown())["digest"]

    assert len(digest) == 64
    assert beat(shown(), dict(reversed(FILES.items())))["digest"] == digest
    assert beat(at_later(shown(), NOW + timedelta(hours=1)))["digest"] == digest
    assert beat(shown(), {**FILES, "index.html": b"<b>"})["digest"] != digest
    assert beat(shown(), {"index.htm": b"l<p>", "feed.json": b"{}"})["digest"] != digest


def test_update_changes_with_news_only() -> None:
    first = update(Status.INVESTIGATING, NOW)
    word = beat(shown(incidents=[incident("one", first)]))["update"]

    edited = incident("one", replace(first, body="Said better."), title="Said better")
    more = incident("one", update(Status.RESOLVED, NOW + timedelta(minutes=5)), first)
    moved = incident("one", replace(first, at=NOW + timedelta(minutes=1)))

    assert beat(shown(incidents=[edited]), {})["update"] == word
    assert beat(shown(incidents=[more]))["update"] != word
    assert beat(shown(incidents=[moved]))["update"] != word
    assert beat(shown())["update"] != word


def test_no_other_file_changes_with_the_time_of_compiling() -> None:
    def files(page: Shown) -> dict[str, bytes]:
        parts = (api_documents, feeds, render_calendar, badges, render_sitemap)
        return {path: document for part in parts for path, document in part(page).items()}

    later = at_later(story(), NOW + timedelta(minutes=3))

    assert files(later) == files(story())
    assert heartbeat(later, "") != heartbeat(story(), "")
