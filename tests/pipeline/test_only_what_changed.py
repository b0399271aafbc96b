"""A change writes the pages of what changed and the lists that it stands in, and nothing else."""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from statuspage.pipeline import Built
from statuspage.pipeline.whole import compile_site
from tests.compiler.sites import NOW, SiteOnDisk, assert_same, at, planned_text, site_on_disk, text_of, tree

COUNT, OPEN_AT = 260, NOW - timedelta(minutes=10)
COMPONENTS = ("cards", "search", "mail")
NEWS = "incidents/2026-11-21-news.md"
NEWS_ID = "7cxgx8tq39ha"

FEEDS = {"feed.json", "history.atom", "history.rss", "updates.atom", "updates.rss"}
PRESENT = {
    "api/v1/promises.json",
    "api/v1/status.json",
    "api/v2/components.json",
    "api/v2/incidents.json",
    "api/v2/incidents/unresolved.json",
    "api/v2/status.json",
    "api/v2/summary.json",
    "history/index.html",
    "hold/en.ssml",
    "hold/en.txt",
    "hold/en.vxml",
    "hold/en/twiml-1.xml",
    "hold/en/twiml-2.xml",
    "hold/en/twiml-3.xml",
    "hold/en/twiml-1-say.xml",
    "hold/en/twiml-2-say.xml",
    "hold/en/twiml-3-say.xml",
    "hold/hold.json",
    "hold/index.html",
    "index.html",
    "sitemap/pages.xml",
    "heartbeat.json",
}
PLANNED_LISTS = {
    "api/v2/scheduled-maintenances.json",
    "api/v2/scheduled-maintenances/active.json",
    "api/v2/scheduled-maintenances/upcoming.json",
}
"""They also say when anything on the page was updated last."""


def began_at(number: int) -> datetime:
    """Return when one of the incidents began: 142 in October, 118 in November, four hours apart."""
    return datetime(2026, 11, 20, 12, 30, tzinfo=UTC) - timedelta(hours=4 * (COUNT - 1 - number))


def name_of(number: int) -> str:
    return f"incidents/{began_at(number):%Y-%m-%d}-story-{number:03}.md"


def own_files(slug: str, incident_id: str) -> set[str]:
    return {f"incidents/{slug}/index.html", f"api/v2/incidents/{incident_id}.json"}


def feeds_of(component: str) -> set[str]:
    return {f"components/{component}/history.atom", f"components/{component}/history.rss"}


def page_and_badge_of(component: str) -> set[str]:
    return {f"components/{component}/index.html", f"components/{component}/badge.svg"}


def month(name: str) -> set[str]:
    return {f"history/{name}/index.html", f"sitemap/{name.replace('/', '-')}.xml"}


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SiteOnDisk]:
    with site_on_disk(tmp_path_factory.mktemp("site")) as site:
        for number in range(COUNT):
            text = text_of(f"Story {number}", began_at=began_at(number), component=COMPONENTS[number % 3])
            grow_old(site.write(name_of(number), text))
        site.compile()
        yield site


@pytest.fixture
def site(large: SiteOnDisk) -> Iterator[SiteOnDisk]:
    """Yield the site of many incidents, and put everything back afterwards."""
    before = tree(large.root / "incidents")
    yield large
    large.now = NOW
    for name in tree(large.root / "incidents").keys() - before.keys():
        (large.root / "incidents" / name).unlink()
    for name, content in before.items():
        file = large.root / "incidents" / name
        if not file.exists() or file.read_bytes() != content:
            grow_old(large.write(f"incidents/{name}", content))
    large.compile()


def grow_old(file: Path) -> None:
    os.utime(file, (1_700_000_000, 1_700_000_000))


def written(built: Built) -> set[str]:
    assert len(set(built.published.written)) == len(built.published.written), "no file is written twice"
    return set(built.published.written)


def with_news(site: SiteOnDisk) -> None:
    site.write(NEWS, text_of("News", began_at=OPEN_AT, is_open=True))
    site.compile_edited()


def test_all_of_it_is_what_a_whole_build_makes(site: SiteOnDisk) -> None:
    assert_same(tree(site.public), compile_site(site.root, site.now).files)


@pytest.mark.parametrize("changed", [None, ()])
def test_nothing_is_written_when_nothing_changed_and_it_is_the_same_instant(
    site: SiteOnDisk, changed: tuple[()] | None
) -> None:
    built = site.compile(changed=changed)

    assert (written(built), built.published.removed, built.published.count) == (set(), (), len(tree(site.public)))


@pytest.mark.parametrize("changed", [None, ()])
def test_only_the_heartbeat_is_written_when_nothing_changed(site: SiteOnDisk, changed: tuple[()] | None) -> None:
    site.now += timedelta(minutes=1)

    assert written(site.compile(changed=changed)) == {"heartbeat.json"}


def test_a_file_that_was_saved_with_the_same_words_writes_nothing(site: SiteOnDisk) -> None:
    (site.root / name_of(10)).touch()

    assert written(site.compile(changed=None)) == set()


def test_other_words_of_an_old_incident_write_its_own_files(site: SiteOnDisk) -> None:
    site.edit(name_of(10), "We know", "We knew")

    built = site.compile_edited()

    assert written(built) == own_files("2026-10-10-story-010", "cb517fu0akjx") | {"heartbeat.json"}


def test_a_look_at_all_files_finds_the_same(site: SiteOnDisk) -> None:
    site.edit(name_of(10), "We know", "We knew")

    assert written(site.compile()) == own_files("2026-10-10-story-010", "cb517fu0akjx") | {"heartbeat.json"}


def test_another_title_of_an_old_incident_writes_the_second_page_of_its_month(site: SiteOnDisk) -> None:
    site.edit(name_of(10), "Story 10", "Tale 10")

    built = site.compile_as_fresh(changed=site.edited)

    own = own_files("2026-10-10-story-010", "cb517fu0akjx")
    assert written(built) == own | {"history/2026-10/2/index.html", "heartbeat.json"}


def test_other_words_of_a_new_incident_write_the_feeds_too(site: SiteOnDisk) -> None:
    site.edit(name_of(259), "We know", "We knew")

    built = site.compile_edited()

    own = own_files("2026-11-20-story-259", "2px59z68igm8")
    lists = {"api/v2/incidents.json", "heartbeat.json"}
    assert written(built) == own | feeds_of(COMPONENTS[259 % 3]) | FEEDS | lists


def test_a_new_incident_writes_its_month_its_component_and_the_present(site: SiteOnDisk) -> None:
    site.write(NEWS, text_of("News", began_at=OPEN_AT, is_open=True))

    built = site.compile_as_fresh(changed=site.edited)

    months = month("2026-11") | month("2026-11/2")
    component = feeds_of("cards") | page_and_badge_of("cards")
    present = PRESENT | PLANNED_LISTS | FEEDS | {"badge.svg"}
    assert written(built) == own_files("2026-11-21-news", NEWS_ID) | months | component | present


def test_a_new_update_writes_no_page_of_the_month(site: SiteOnDisk) -> None:
    with_news(site)
    site.now += timedelta(minutes=1)
    (site.root / NEWS).write_text((site.root / NEWS).read_text() + f"\n## {at(site.now)} — Identified\n\nFound.\n")

    built = site.compile(changed=[NEWS])

    present = PRESENT | PLANNED_LISTS | FEEDS
    assert written(built) == own_files("2026-11-21-news", NEWS_ID) | feeds_of("cards") | present | {
        "sitemap/2026-11.xml",
    }


def test_the_end_of_an_incident_writes_its_row_its_component_and_the_present(site: SiteOnDisk) -> None:
    with_news(site)
    site.now += timedelta(minutes=1)
    (site.root / NEWS).write_text((site.root / NEWS).read_text() + f"\n## {at(site.now)} — Resolved\n\nOver.\n")

    built = site.compile(changed=[NEWS])

    component = feeds_of("cards") | page_and_badge_of("cards")
    present = PRESENT | PLANNED_LISTS | FEEDS | {"badge.svg"}
    assert written(built) == own_files("2026-11-21-news", NEWS_ID) | month("2026-11") | component | present


def test_the_removal_of_an_incident_writes_the_rest_of_its_month(site: SiteOnDisk) -> None:
    site.remove(name_of(10))

    built = site.compile_as_fresh(changed=site.edited)

    assert set(built.published.removed) == own_files("2026-10-10-story-010", "cb517fu0akjx")
    # It counted on the days that the front shows, and stood on the second page of its month.
    fronts = {"components/search/index.html", "history/index.html", "index.html", "heartbeat.json"}
    assert written(built) == month("2026-10/2") | fronts


def test_another_name_moves_its_files_and_writes_the_links_to_them(site: SiteOnDisk) -> None:
    with_news(site)
    site.rename(NEWS, "incidents/2026-11-21-newer.md")

    built = site.compile_as_fresh(changed=site.edited)

    assert set(built.published.removed) == own_files("2026-11-21-news", NEWS_ID)
    assert written(built) >= own_files("2026-11-21-newer", "4knkw9l2vzaa") | month("2026-11") | {"index.html"}
    assert not written(built) & (month("2026-11/2") | month("2026-10") | page_and_badge_of("mail"))


def test_planned_work_writes_the_calendar_and_not_the_badge(site: SiteOnDisk) -> None:
    text = planned_text(starts_at=NOW + timedelta(days=10), announced_at=OPEN_AT)
    site.write("incidents/2026-12-01-database.md", text)

    built = site.compile_edited()

    own = {"maintenance/2026-12-01-database/index.html", "api/v2/incidents/drtweq3a12r5.json"}
    component = feeds_of("mail") | {"components/mail/index.html"}
    silent = {path for path in PRESENT if path.startswith("hold/") and not path.endswith(".html")}
    present = (PRESENT - silent - {"api/v1/promises.json"}) | PLANNED_LISTS | FEEDS | {"calendar.ics", "sitemap.xml"}
    assert written(built) == own | month("2026-12") | component | present


def test_midnight_writes_what_names_the_day(site: SiteOnDisk) -> None:
    site.now += timedelta(hours=10)

    built = site.compile_as_fresh(changed=())

    pages = {f"components/{component}/index.html" for component in COMPONENTS}
    assert written(built) == pages | {"hold/hold.json", "index.html", "heartbeat.json"}


def test_a_full_hour_of_an_open_outage_counts(site: SiteOnDisk) -> None:
    with_news(site)
    site.now = OPEN_AT + timedelta(hours=1)
    assert site.compile(changed=()).next_change_at == datetime(2026, 11, 21, 15, tzinfo=UTC)

    site.now = datetime(2026, 11, 21, 15, tzinfo=UTC)
    built = site.compile_as_fresh(changed=())

    assert "components/cards/index.html" in written(built)
    assert not written(built) & (month("2026-11") | page_and_badge_of("mail"))
