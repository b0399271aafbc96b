"""Translations that come, change, break and go: only what shows them is written, and a language with its pages."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from statuspage.errors import Severity
from tests.compiler.sites import CONFIG, NOW, SiteOnDisk, errors, site_on_disk, text_of, tree

CARDS, SEARCH = "incidents/2026-11-18-cards.md", "incidents/2026-09-20-search.md"
GERMAN, GERMAN_SEARCH = CARDS.replace(".md", ".de.md"), SEARCH.replace(".md", ".de.md")
ADDRESS, SEARCH_ADDRESS = "incidents/2026-11-18-cards/index.html", "incidents/2026-09-20-search/index.html"


@pytest.fixture
def site(tmp_path: Path) -> Iterator[SiteOnDisk]:
    with site_on_disk(tmp_path) as site:
        site.write(CARDS, text_of())
        site.write(SEARCH, text_of("Search is slow", began_at=NOW - timedelta(days=62), component="search"))
        site.compile()
        yield site


def german(title: str = "Kartenzahlung geht nicht", body: str = "Wir wissen davon.") -> str:
    return text_of(title, body=body)


def in_german(site: SiteOnDisk) -> set[str]:
    return {path for path in tree(site.public) if path.startswith("de/")}


def page(site: SiteOnDisk, path: str) -> str:
    return (site.public / path).read_text(encoding="utf-8")


def test_the_first_translation_of_a_language_brings_its_pages(site: SiteOnDisk) -> None:
    site.write(GERMAN, german())

    site.compile_as_fresh(changed=site.edited)

    assert {"de/index.html", f"de/{ADDRESS}", f"de/{SEARCH_ADDRESS}", "de/history/2026-11/index.html"} <= in_german(
        site
    )
    assert "Wir wissen davon." in page(site, f"de/{ADDRESS}")
    assert "Wir wissen davon." not in page(site, ADDRESS)


def test_the_last_translation_of_a_language_takes_its_pages_along(site: SiteOnDisk) -> None:
    before = tree(site.public)
    site.write(GERMAN, german())
    site.compile_edited()
    site.remove(GERMAN)

    site.compile_as_fresh(changed=site.edited)

    assert tree(site.public) == before


def test_a_language_that_the_settings_name_outlives_its_last_translation(site: SiteOnDisk) -> None:
    site.write("statuspage.toml", CONFIG.replace('timezone = "UTC"', 'timezone = "UTC"\nlanguages = ["de"]'))
    site.write(GERMAN, german())
    site.compile_edited()
    site.remove(GERMAN)

    site.compile_as_fresh(changed=site.edited)

    assert f"de/{ADDRESS}" in in_german(site)
    assert "Wir wissen davon." not in page(site, f"de/{ADDRESS}")


@pytest.mark.parametrize("looks_at_all", [False, True])
def test_other_words_of_a_translation_write_the_pages_of_that_language_that_show_them(
    site: SiteOnDisk, looks_at_all: bool
) -> None:
    site.write(GERMAN_SEARCH, text_of("Suche langsam", began_at=NOW - timedelta(days=62)))
    site.compile_edited()
    site.edit(GERMAN_SEARCH, "We know about it.", "Wir wissen davon.")

    built = site.compile_as_fresh(changed=None if looks_at_all else site.edited)

    assert set(built.published.written) == {f"de/{SEARCH_ADDRESS}", "heartbeat.json"}


def test_another_title_in_a_translation_writes_the_lists_of_that_language(site: SiteOnDisk) -> None:
    site.write(GERMAN_SEARCH, text_of("Suche langsam", began_at=NOW - timedelta(days=62)))
    site.compile_edited()
    site.edit(GERMAN_SEARCH, "Suche langsam", "Suche ist langsam")

    built = site.compile_as_fresh(changed=site.edited)

    written = set(built.published.written)
    assert {f"de/{SEARCH_ADDRESS}", "de/history/2026-09/index.html", "de/components/search/index.html"} <= written
    assert all(path.startswith("de/") or path == "heartbeat.json" for path in written)


def test_a_tag_with_a_country_is_edited_as_quickly(site: SiteOnDisk) -> None:
    site.write(GERMAN.replace(".de.", ".de-AT."), german())
    site.compile_edited()
    # Were every file looked at, this one would be found.
    (site.root / SEARCH).write_text(text_of("Unseen"))
    site.write(GERMAN.replace(".de.", ".de-AT."), german(body="Mia wissen's."))

    site.compile(changed=[GERMAN.replace(".de.", ".de-AT.")])

    assert "Mia wissen" in page(site, f"de/{ADDRESS}")
    assert "Unseen" not in page(site, SEARCH_ADDRESS)


def test_a_second_translation_writes_only_what_shows_it(site: SiteOnDisk) -> None:
    site.write(GERMAN, german())
    site.compile_edited()
    site.write(GERMAN_SEARCH, text_of("Suche langsam", began_at=NOW - timedelta(days=62)))

    built = site.compile_as_fresh(changed=site.edited)

    assert f"de/{SEARCH_ADDRESS}" in built.published.written
    assert not {ADDRESS, SEARCH_ADDRESS, f"de/{ADDRESS}"} & set(built.published.written)


def test_a_broken_translation_shows_the_original_until_it_is_mended(site: SiteOnDisk) -> None:
    site.write(GERMAN, german())
    site.compile_edited()
    site.write(GERMAN, "---\ntitle: [\n---\n")

    built = site.compile_as_fresh(changed=site.edited)

    assert len(errors(built)) == 1
    assert errors(built)[0].startswith(GERMAN)
    assert "You cannot pay by card" in page(site, f"de/{ADDRESS}")
    site.write(GERMAN, german())
    assert site.compile_as_fresh(changed=site.edited).faults == ()
    assert "Wir wissen davon." in page(site, f"de/{ADDRESS}")


def test_an_incident_that_is_renamed_or_removed_leaves_no_page_in_any_language(site: SiteOnDisk) -> None:
    site.write(GERMAN, german())
    site.write(GERMAN_SEARCH, german())
    site.compile_edited()
    site.rename(CARDS, "incidents/2026-11-18-money.md")
    site.rename(GERMAN, "incidents/2026-11-18-money.de.md")
    site.compile_as_fresh(changed=site.edited)

    assert not {ADDRESS, f"de/{ADDRESS}"} & tree(site.public).keys()
    assert {path.replace("cards", "money") for path in (ADDRESS, f"de/{ADDRESS}")} <= tree(site.public).keys()

    for name in ("incidents/2026-11-18-money.md", "incidents/2026-11-18-money.de.md"):
        site.remove(name)
    site.compile_as_fresh(changed=site.edited)

    assert [path for path in tree(site.public) if "money" in path] == []


def test_a_translation_whose_original_goes_is_an_incident_of_its_own_with_a_warning(site: SiteOnDisk) -> None:
    site.write(GERMAN, german())
    site.compile_edited()
    site.remove(CARDS)

    built = site.compile_as_fresh(changed=site.edited)

    assert "incidents/2026-11-18-cards-de/index.html" in tree(site.public)
    assert in_german(site) == set()
    assert [fault.severity for fault in built.faults] == [Severity.WARNING]


def test_another_process_goes_on_with_the_translations_that_it_finds(site: SiteOnDisk) -> None:
    site.write(GERMAN, german())
    site.compile_edited()
    site.restart()

    assert site.compile_as_fresh().published.written == ()

    site.edit(GERMAN, "Wir wissen davon.", "Wir arbeiten daran.")
    site.restart()
    site.compile_as_fresh()
    assert "Wir arbeiten daran." in page(site, f"de/{ADDRESS}")
