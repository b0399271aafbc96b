"""Public files that somebody else removed or replaced come back at the next look at all files."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from statuspage.publish import NotPublished
from tests.compiler.sites import NOW, SiteOnDisk, assert_same, site_on_disk, text_of, tree

PAGE = "incidents/2026-11-11-story/index.html"


@pytest.fixture
def site(tmp_path: Path) -> Iterator[SiteOnDisk]:
    with site_on_disk(tmp_path) as site:
        for n in range(3):
            site.write(f"incidents/2026-11-1{n}-story.md", text_of(f"Story {n}", began_at=NOW - timedelta(days=11 - n)))
        site.write("static/logo.svg", "<svg/>")
        site.compile()
        yield site


def replaced(file: Path) -> None:
    """Put another file in place, as other programs do."""
    beside = file.with_name("other")
    beside.write_text("<p>Hacked.</p>")
    beside.replace(file)


Harm = Callable[[Path], object]
HARMS: dict[str, Harm] = {
    "an incident's folder": lambda public: shutil.rmtree((public / PAGE).parent),
    "all incidents": lambda public: shutil.rmtree(public / "incidents"),
    "the index": lambda public: (public / "index.html").unlink(),
    "another index": lambda public: replaced(public / "index.html"),
    "a document": lambda public: (public / "api/v2/incidents.json").unlink(),
    "another page of a month": lambda public: replaced(public / "history/2026-11/index.html"),
    "the logo": lambda public: (public / "static/logo.svg").unlink(),
    "everything": shutil.rmtree,
    "everything put aside": lambda public: public.rename(public.with_name("aside")),
}


@pytest.mark.parametrize("harm", HARMS)
@pytest.mark.parametrize("is_restarted", [False, True])
def test_what_was_harmed_is_whole_again(site: SiteOnDisk, harm: str, is_restarted: bool) -> None:
    HARMS[harm](site.public)
    if is_restarted:
        site.restart()

    site.compile_as_fresh()

    assert site.compile().published.written == ()


def test_an_incident_that_was_removed_meanwhile_does_not_come_back(site: SiteOnDisk) -> None:
    HARMS["the index"](site.public)
    site.remove("incidents/2026-11-11-story.md")

    site.compile_as_fresh()


def test_a_file_that_is_not_ours_stays_whatever_happens(site: SiteOnDisk) -> None:
    foreign = {"CNAME": b"status.acme.example", "incidents/2026-11-11-story/photo.jpg": b"jpg", "own/page.html": b"p"}
    for path, content in foreign.items():
        (site.public / path).parent.mkdir(exist_ok=True)
        (site.public / path).write_bytes(content)

    site.compile()
    site.remove("incidents/2026-11-11-story.md")
    site.compile_edited()
    HARMS["another index"](site.public)
    site.compile()

    files = tree(site.public)
    assert {path: files.pop(path) for path in foreign} == foreign
    for path in foreign:
        (site.public / path).unlink()
    site.compile_as_fresh()


def manifest_of(site: SiteOnDisk) -> Path:
    return next((site.root / "var/manifests").glob("*.sqlite"))


@pytest.mark.parametrize("content", [None, b"", b"no database " * 999, b"SQLite format 3\0" + b"\xff" * 5_000])
def test_a_manifest_that_is_damaged_or_lost_is_written_anew(site: SiteOnDisk, content: bytes | None) -> None:
    site.compiler.close()
    manifest = manifest_of(site)
    if content is None:
        shutil.rmtree(manifest.parent)
    else:
        manifest.write_bytes(content)
    site.restart()
    site.edit("incidents/2026-11-11-story.md", "We know", "We knew")

    built = site.compile_as_fresh()
    assert built.published.count == len(tree(site.public))

    site.remove("incidents/2026-11-11-story.md")
    site.compile_as_fresh(changed=site.edited)


def test_a_manifest_whose_damage_shows_only_when_it_is_used_is_written_anew(site: SiteOnDisk) -> None:
    site.compiler.close()
    with manifest_of(site).open("r+b") as manifest:
        manifest.seek(4_096)
        manifest.write(b"\xff" * 60_000)
    site.restart()
    site.edit("incidents/2026-11-11-story.md", "We know", "We knew")

    site.compile_as_fresh(changed=site.edited)


def test_a_folder_in_the_way_of_a_page_is_told_until_it_is_gone(site: SiteOnDisk) -> None:
    (site.public / "404.html").unlink()
    (site.public / "404.html").mkdir()

    with pytest.raises(NotPublished, match=r"404\.html: cannot be written: Is a directory"):
        site.compile()

    (site.public / "404.html").rmdir()
    site.compile_as_fresh()


def test_a_copy_of_the_public_folder_is_left_alone(site: SiteOnDisk) -> None:
    before = tree(site.public)
    shutil.copytree(site.public, site.root / "mirror")

    site.compile()

    assert_same(tree(site.public), before)
    assert_same(tree(site.root / "mirror"), before)
