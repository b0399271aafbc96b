"""When a file is read again: its stamp differs, or is too young to be believed, or its name was handed over."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.compiler.sites import SiteOnDisk, site_on_disk, text_of

STORY, LOGO = "incidents/2026-11-18-story.md", "static/logo.svg"
PAGE = "incidents/2026-11-18-story/index.html"
HOUR_NANOSECONDS = 3_600_000_000_000


@pytest.fixture
def site(tmp_path: Path) -> Iterator[SiteOnDisk]:
    with site_on_disk(tmp_path) as site:
        site.write(STORY, text_of(body="Before it."))
        site.write(LOGO, "<svg>1</svg>")
        yield site


def grow_old(file: Path) -> None:
    """Give a file a stamp of an hour ago."""
    hour_ago = time.time_ns() - HOUR_NANOSECONDS
    os.utime(file, ns=(hour_ago, hour_ago))


def rewrite_unseen(file: Path, old: str, new: str) -> None:
    """Put words of the same length into a file, so that its time, its size and its inode stay."""
    before, text = file.stat(), file.read_text()
    assert old in text
    assert len(old) == len(new)
    file.write_text(text.replace(old, new))
    os.utime(file, ns=(before.st_atime_ns, before.st_mtime_ns))
    after = file.stat()
    assert (after.st_mtime_ns, after.st_size, after.st_ino) == (before.st_mtime_ns, before.st_size, before.st_ino)


def page_of(site: SiteOnDisk, path: str = PAGE) -> str:
    return (site.public / path).read_text()


def test_an_edit_within_the_grain_of_the_clock_is_noticed(site: SiteOnDisk) -> None:
    site.compile()

    rewrite_unseen(site.root / STORY, "Before it.", "After it..")
    site.compile_as_fresh()

    assert "After it.." in page_of(site)


def test_it_is_noticed_by_another_process_too(site: SiteOnDisk) -> None:
    site.compile()
    site.restart()

    rewrite_unseen(site.root / STORY, "Before it.", "After it..")
    rewrite_unseen(site.root / LOGO, "1", "2")
    site.compile_as_fresh()

    assert page_of(site, LOGO) == "<svg>2</svg>"


def test_a_file_with_an_old_stamp_is_not_read_again(site: SiteOnDisk) -> None:
    grow_old(site.root / STORY)
    grow_old(site.root / LOGO)
    site.compile()

    rewrite_unseen(site.root / STORY, "Before it.", "After it..")
    rewrite_unseen(site.root / LOGO, "1", "2")
    site.compile()

    assert "Before it." in page_of(site)
    assert page_of(site, LOGO) == "<svg>1</svg>"


def test_a_stamp_grows_old_without_an_edit(site: SiteOnDisk) -> None:
    site.compile()
    grow_old(site.root / STORY)
    site.compile()

    rewrite_unseen(site.root / STORY, "Before it.", "After it..")
    site.compile()

    assert "Before it." in page_of(site)


def test_a_name_that_is_handed_over_is_read_whatever_its_stamp(site: SiteOnDisk) -> None:
    grow_old(site.root / STORY)
    grow_old(site.root / LOGO)
    site.compile()

    rewrite_unseen(site.root / STORY, "Before it.", "After it..")
    rewrite_unseen(site.root / LOGO, "1", "2")
    site.compile_as_fresh(changed=[STORY, LOGO])

    assert "After it.." in page_of(site)


def test_a_file_put_in_its_place_is_read_though_time_and_size_are_the_same(site: SiteOnDisk) -> None:
    grow_old(site.root / STORY)
    site.compile()
    before = (site.root / STORY).stat()

    beside = site.write("incidents/beside.tmp", (site.root / STORY).read_text().replace("Before it.", "After it.."))
    os.utime(beside, ns=(before.st_atime_ns, before.st_mtime_ns))
    beside.replace(site.root / STORY)
    site.compile_as_fresh()

    assert "After it.." in page_of(site)


def test_a_stamp_from_the_future_is_never_believed(site: SiteOnDisk) -> None:
    tomorrow = time.time_ns() + 24 * HOUR_NANOSECONDS
    os.utime(site.root / STORY, ns=(tomorrow, tomorrow))
    site.compile()

    rewrite_unseen(site.root / STORY, "Before it.", "After it..")
    site.compile_as_fresh()

    assert "After it.." in page_of(site)


def test_a_clock_of_the_file_system_that_runs_behind_is_the_one_that_counts(
    site: SiteOnDisk, monkeypatch: pytest.MonkeyPatch
) -> None:
    # As on a server for files whose clock is an hour behind: what is written now is stamped an hour ago.
    touch = Path.touch

    def touched_behind(file: Path) -> None:
        touch(file)
        grow_old(file)

    monkeypatch.setattr(Path, "touch", touched_behind)
    grow_old(site.root / STORY)
    site.compile()

    rewrite_unseen(site.root / STORY, "Before it.", "After it..")
    site.compile_as_fresh()

    assert "After it.." in page_of(site)


def test_timed_posts_are_trusted_as_their_incident_is(site: SiteOnDisk) -> None:
    timed = site.write(STORY.replace(".md", ".timed.md"), "## 2026-11-18 14:15 UTC — Update\n\nBefore it all.\n")
    grow_old(site.root / STORY)
    grow_old(timed)
    site.compile()

    rewrite_unseen(timed, "Before it all.", "After it all..")
    site.compile()
    assert "Before it all." in page_of(site)

    site.compile_as_fresh(changed=[STORY.replace(".md", ".timed.md")])
    assert "After it all.." in page_of(site)


def test_what_lies_elsewhere_or_is_left_by_an_editor_changes_nothing(site: SiteOnDisk) -> None:
    site.compile()

    site.write("incidents/.2026-11-18-story.md.swp", "half")
    site.write("incidents/2026-11-18-story.md~", "half")
    built = site.compile_as_fresh(changed=site.edited)

    assert built.published.written == ()
