"""The order in which files come into place: no reader ever finds a link to what is not there."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.compiler.sites import NOW, SiteOnDisk, assert_whole, missing_links, site_on_disk, text_of, tree

LEAVES = ("static/", "incidents/", "maintenance/", "api/v2/incidents/")
NEWS, OLD = "incidents/2026-11-21-news.md", "incidents/2026-11-10-old.md"


@pytest.fixture
def site(tmp_path: Path) -> Iterator[SiteOnDisk]:
    with site_on_disk(tmp_path) as site:
        site.write(OLD, text_of("Old", began_at=NOW - timedelta(days=11)))
        site.write("static/logo.svg", "<svg/>")
        yield site


@contextmanager
def steps(site: SiteOnDisk) -> Iterator[list[tuple[str, str]]]:
    """Yield what is put in place and removed below the public folder inside the block; look at it after each step."""
    done: list[tuple[str, str]] = []
    replace, unlink = os.replace, os.unlink

    def note(what: str, place: object) -> None:
        path = os.path.relpath(str(place), site.public)
        if not path.startswith(".."):
            done.append((what, path))
            assert_whole(site.public)

    def replaced(source: Any, target: Any, **kwargs: Any) -> None:
        replace(source, target, **kwargs)
        note("put", target)

    def unlinked(target: Any, **kwargs: Any) -> None:
        unlink(target, **kwargs)
        note("removed", target)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(os, "replace", replaced)
        patch.setattr(os, "unlink", unlinked)
        yield done


def is_leaf(path: str) -> bool:
    return path.startswith(LEAVES) and path != "api/v2/incidents/unresolved.json"


def test_leaves_come_before_lists_the_index_after_them_and_the_heartbeat_last(site: SiteOnDisk) -> None:
    with steps(site) as done:
        site.compile()

    kinds = [is_leaf(path) for _, path in done]
    assert kinds == sorted(kinds, reverse=True)
    assert [path for _, path in done[-2:]] == ["index.html", "heartbeat.json"]
    assert {path for _, path in done} == tree(site.public).keys()


def test_what_is_gone_is_removed_after_everything_is_in_place(site: SiteOnDisk) -> None:
    site.compile()
    site.rename(OLD, "incidents/2026-11-10-older.md")
    site.remove("static/logo.svg")

    with steps(site) as done:
        built = site.compile_edited()

    assert [what for what, _ in done] == ["put"] * len(built.published.written) + ["removed"] * 3
    assert [path for what, path in done if what == "put"] == list(built.published.written)
    assert [path for what, path in done if what == "removed"] == list(built.published.removed)


def test_an_incident_is_in_place_before_anything_that_lists_it(site: SiteOnDisk) -> None:
    site.compile()
    site.write(NEWS, text_of("News", began_at=NOW - timedelta(minutes=9), is_open=True))

    with steps(site) as done:
        site.compile_edited()

    order = [path for _, path in done]
    assert order[0] == "incidents/2026-11-21-news/index.html"
    assert order.index("components/cards/index.html") < order.index("history/index.html") < order.index("index.html")


def test_every_link_of_every_page_leads_to_a_file_at_the_end(site: SiteOnDisk) -> None:
    site.write(NEWS, text_of("News", began_at=NOW - timedelta(minutes=9), is_open=True))
    site.compile()

    files = tree(site.public)

    dangling = {path: missing_links(page, files) for path, page in files.items() if path.endswith(".html")}
    assert {path for path, links in dangling.items() if links} == set()
