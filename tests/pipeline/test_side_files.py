"""Packed forms beside the files of the present: they follow what they are packed from, and go when that is past."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import brotli
import pytest

from statuspage.pipeline.whole import compile_site
from tests.compiler.sites import CONFIG, NOW, SiteOnDisk, assert_same, site_on_disk, text_of, tree

PACKED = CONFIG + '\n[publish]\nside_files = ["gzip", "brotli"]\n'
UNPACK = {".gz": gzip.decompress, ".br": brotli.decompress}
OCTOBER, NOVEMBER = datetime(2026, 10, 8, tzinfo=UTC), NOW - timedelta(days=3)


@pytest.fixture
def site(tmp_path: Path) -> Iterator[SiteOnDisk]:
    with site_on_disk(tmp_path, config=PACKED) as site:
        site.write("incidents/2026-10-08-october.md", text_of("In October", began_at=OCTOBER))
        site.write("static/style.css", "a { color: black }\n" * 50)
        yield site


def packed_paths(site: SiteOnDisk) -> set[str]:
    return {path for path in tree(site.public) if path.endswith(tuple(UNPACK))}


def assert_right(site: SiteOnDisk) -> set[str]:
    """Assert that the rest is as a whole build makes it, and each packed file holds its own; return these."""
    files = tree(site.public)
    packed = packed_paths(site)
    assert_same({path: content for path, content in files.items() if path not in packed}, expected(site))
    for path in packed:
        assert UNPACK[path[-3:]](files[path]) == files[path[:-3]], path
    return packed


def expected(site: SiteOnDisk) -> dict[str, bytes]:
    return dict(compile_site(site.root, site.now).files)


def both(*paths: str) -> set[str]:
    return {path + ending for path in paths for ending in UNPACK}


def test_the_files_of_the_present_lie_beside_their_packed_forms(site: SiteOnDisk) -> None:
    site.compile()

    packed = assert_right(site)

    assert packed >= both("index.html", "history/index.html", "history/2026-10/index.html", "updates.atom")
    assert packed >= both("components/cards/index.html", "api/v2/summary.json")
    assert not packed & both("incidents/2026-10-08-october/index.html", "static/style.css", "heartbeat.json")


def test_they_follow_every_change(site: SiteOnDisk) -> None:
    site.compile()

    site.edit("incidents/2026-10-08-october.md", "In October", "In autumn")
    site.compile_edited()
    assert_right(site)

    site.now += timedelta(days=1)
    site.compile(changed=())
    assert_right(site)


def test_they_add_nothing_to_the_digest(site: SiteOnDisk) -> None:
    site.compile()
    with_them = json.loads((site.public / "heartbeat.json").read_text())

    site.write("statuspage.toml", CONFIG)
    site.compile()

    assert json.loads((site.public / "heartbeat.json").read_text()) == with_them
    assert packed_paths(site) == set()
    assert_right(site)


def test_one_form_less_is_removed(site: SiteOnDisk) -> None:
    site.compile()

    site.edit("statuspage.toml", ', "brotli"', "")
    site.compile()

    assert {path[-3:] for path in assert_right(site)} == {".gz"}


def test_a_month_that_is_no_longer_the_newest_loses_them(site: SiteOnDisk) -> None:
    site.compile()
    assert assert_right(site) >= both("history/2026-10/index.html")

    site.write("incidents/2026-11-18-november.md", text_of("In November", began_at=NOVEMBER))
    site.compile_edited()

    packed = assert_right(site)
    assert packed >= both("history/2026-11/index.html")
    assert not packed & both("history/2026-10/index.html")


def test_a_month_that_is_the_newest_again_gets_them_back(site: SiteOnDisk) -> None:
    site.write("incidents/2026-11-18-november.md", text_of("In November", began_at=NOVEMBER))
    site.compile()
    assert not assert_right(site) & both("history/2026-10/index.html")

    site.remove("incidents/2026-11-18-november.md")
    site.compile_edited()

    assert assert_right(site) == packed_of_a_new_build(site)


def test_any_way_leads_to_the_same_packed_files(site: SiteOnDisk) -> None:
    site.compile()
    for days in (40, 20, 3):
        began_at = NOW - timedelta(days=days)
        site.write(f"incidents/{began_at:%Y-%m-%d}-more.md", text_of(f"{days} days ago", began_at=began_at))
        site.compile_edited()
    site.remove("incidents/2026-11-18-more.md")
    site.compile_edited()

    assert assert_right(site) == packed_of_a_new_build(site)


def packed_of_a_new_build(site: SiteOnDisk) -> set[str]:
    """Return the packed files of a build from nothing, as it makes them in place of what is there."""
    site.compiler.close()
    for file in (site.root / "var").glob("cache.sqlite*"):
        file.unlink()
    site.restart()
    site.compile()
    return assert_right(site)
