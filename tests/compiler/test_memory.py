"""What a process keeps from one compilation to the next is never believed where it may be wrong."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from statuspage.publish import NotPublished
from tests.compiler.sites import NOW, SiteOnDisk, site_on_disk, text_of
from tests.publish.failing import refused

OLD_AND_MAIL = ("incidents/2026-11-18-old.md", "incidents/2026-11-19-mail.md")
OPEN_AT = NOW - timedelta(minutes=20)


@pytest.fixture
def site(tmp_path: Path) -> Iterator[SiteOnDisk]:
    with site_on_disk(tmp_path) as site:
        site.write("incidents/2026-11-18-old.md", text_of("Search was slow", component="search"))
        yield site


def test_a_component_is_well_again_when_its_incident_and_a_public_file_are_removed_at_once(site: SiteOnDisk) -> None:
    site.write("incidents/2026-11-21-cards.md", text_of(is_open=True, began_at=OPEN_AT))
    site.compile()

    site.remove("incidents/2026-11-21-cards.md")
    (site.public / "badge.svg").unlink()

    site.compile_as_fresh()


def test_what_a_failed_compilation_counted_is_forgotten(site: SiteOnDisk) -> None:
    site.compile()
    site.write("incidents/2026-11-21-cards.md", text_of(is_open=True, began_at=OPEN_AT))
    with refused("replace"), pytest.raises(NotPublished):
        site.compile_edited()

    site.remove("incidents/2026-11-21-cards.md")
    site.edit("incidents/2026-11-18-old.md", "We know", "We knew")

    site.compile_as_fresh(changed=site.edited)


def test_words_that_were_published_before_a_failure_and_then_taken_back_are_gone(site: SiteOnDisk) -> None:
    site.write("incidents/2026-11-19-mail.md", text_of("Mail was late", component="mail"))
    site.compile()
    before = {name: (site.root / name).read_bytes() for name in OLD_AND_MAIL}
    site.edit("incidents/2026-11-18-old.md", "We know", "Never said")
    site.remove("incidents/2026-11-19-mail.md")
    with refused("unlink"), pytest.raises(NotPublished):
        site.compile()

    for name, content in before.items():
        site.write(name, content)

    site.compile_as_fresh(changed=site.edited)


def test_a_process_goes_on_after_its_public_folder_was_removed(site: SiteOnDisk) -> None:
    site.compile()

    shutil.rmtree(site.public)

    site.compile_as_fresh()
