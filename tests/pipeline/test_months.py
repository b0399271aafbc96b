"""The pages of a month, a hundred rows each, as the month grows and shrinks; and the parts of the sitemap with them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.compiler.sites import SiteOnDisk, site_on_disk, text_of

FULL = 100
SECOND_PAGE = {"history/2026-10/2/index.html", "sitemap/2026-10-2.xml"}
FIRST_OF_OCTOBER = datetime(2026, 10, 1, tzinfo=UTC)


def put(site: SiteOnDisk, number: int, *, began_at: datetime | None = None) -> str:
    name = f"incidents/story-{number:03}.md"
    site.write(name, text_of(f"Story {number}", began_at=began_at or FIRST_OF_OCTOBER + timedelta(hours=number)))
    return name


@pytest.fixture
def site(tmp_path: Path) -> Iterator[SiteOnDisk]:
    """Yield a site with one full page in October."""
    with site_on_disk(tmp_path) as site:
        for number in range(FULL):
            put(site, number)
        site.compile()
        yield site


def published_of(site: SiteOnDisk, paths: set[str]) -> set[str]:
    return {path for path in paths if (site.public / path).exists()}


def test_the_incident_after_the_hundredth_opens_a_page_that_goes_with_it(site: SiteOnDisk) -> None:
    assert published_of(site, SECOND_PAGE) == set()

    name = put(site, FULL)
    grown = site.compile_as_fresh(changed=site.edited)
    site.remove(name)
    shrunk = site.compile_as_fresh(changed=site.edited)

    assert set(grown.published.written) >= SECOND_PAGE | {"sitemap.xml"}
    assert set(shrunk.published.removed) >= SECOND_PAGE
    assert published_of(site, SECOND_PAGE) == set()
    assert not (site.public / "history/2026-10/2").exists()


def test_an_incident_that_moves_to_another_month_takes_the_page_along(site: SiteOnDisk) -> None:
    name = put(site, FULL)
    site.compile_edited()

    put(site, FULL, began_at=datetime(2026, 9, 30, 12, tzinfo=UTC))
    moved = site.compile_as_fresh(changed=[name])

    assert set(moved.published.removed) >= SECOND_PAGE
    assert (site.public / "history/2026-09/index.html").exists()


def test_a_draft_leaves_its_month(site: SiteOnDisk) -> None:
    name = put(site, FULL)
    site.compile_edited()

    site.edit(name, "title:", "draft: yes\ntitle:")
    drafted = site.compile_as_fresh(changed=[name])

    assert set(drafted.published.removed) >= SECOND_PAGE


def test_a_month_whose_last_incident_goes_goes_with_it(site: SiteOnDisk) -> None:
    name = put(site, FULL, began_at=datetime(2026, 11, 3, tzinfo=UTC))
    site.compile_edited()

    site.remove(name)
    removed = site.compile_as_fresh(changed=site.edited)

    assert set(removed.published.removed) >= {"history/2026-11/index.html", "sitemap/2026-11.xml"}


def test_another_zone_sorts_the_edge_of_the_month_anew(site: SiteOnDisk) -> None:
    put(site, FULL, began_at=datetime(2026, 10, 31, 23, 30, tzinfo=UTC))
    site.compile()
    assert published_of(site, SECOND_PAGE) == SECOND_PAGE

    site.edit("statuspage.toml", '"UTC"', '"Asia/Kolkata"')
    site.compile_as_fresh()

    assert published_of(site, SECOND_PAGE) == set()
    assert (site.public / "history/2026-11/index.html").exists()


def test_changes_that_were_not_seen_one_by_one_come_to_the_same(site: SiteOnDisk) -> None:
    for number in range(FULL, FULL + 3):
        put(site, number)
    site.remove("incidents/story-050.md")
    site.compile_as_fresh()

    for number in range(FULL, FULL + 3):
        site.remove(f"incidents/story-{number:03}.md")
    site.restart()
    site.compile_as_fresh()

    assert published_of(site, SECOND_PAGE) == set()
