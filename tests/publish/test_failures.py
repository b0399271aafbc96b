"""A publication in which one call fails: what is public stays whole, and the next one completes the work."""

from __future__ import annotations

import itertools
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import timedelta
from functools import partial
from pathlib import Path

import pytest

from statuspage.publish import NotPublished
from tests.compiler.sites import NOW, SiteOnDisk, assert_whole, leftovers, site_on_disk, text_of
from tests.publish.failing import (
    NthCall,
    fail_fsync,
    fail_function,
    fail_sqlite,
    fail_syncfs,
    fail_write,
    refused,
)

Fail = Callable[[pytest.MonkeyPatch, NthCall], None]
EDGES: dict[str, tuple[Fail, int]] = {
    # How it fails, and every which call of it: of the frequent ones not each is worth its time.
    "open": (partial(fail_function, name="open"), 9),
    "replace": (partial(fail_function, name="replace"), 5),
    "mkdir": (partial(fail_function, name="mkdir"), 7),
    "unlink": (partial(fail_function, name="unlink"), 1),
    "rmdir": (partial(fail_function, name="rmdir"), 2),
    "chmod": (partial(fail_function, name="chmod"), 9),
    "syncfs": (fail_syncfs, 1),
    "write": (fail_write, 7),
}
ONE_COMPONENT = '[site]\ntitle = "A"\nurl = "https://a.example"\n[[component]]\nid = "cards"\nname = "Cards"\n'


STORIES = 4


@pytest.fixture
def site(tmp_path: Path) -> Iterator[SiteOnDisk]:
    with site_on_disk(tmp_path, config=ONE_COMPONENT) as site:
        write_stories(site)
        site.compile()
        yield site


def write_stories(site: SiteOnDisk) -> None:
    """Write the incidents as they were before anybody edited them."""
    shutil.rmtree(site.root / "incidents", ignore_errors=True)
    for n in range(STORIES):
        site.write(f"incidents/2026-11-{10 + n}-story.md", text_of(f"Story {n}", began_at=NOW - timedelta(days=9 - n)))


def edit_a_lot(site: SiteOnDisk) -> None:
    """Change, add, remove and rename incidents."""
    site.write("incidents/2026-11-10-story.md", text_of("Other words", began_at=NOW - timedelta(days=9)))
    site.write("incidents/2026-11-21-news.md", text_of("News", began_at=NOW - timedelta(minutes=9), is_open=True))
    site.remove("incidents/2026-11-11-story.md")
    site.rename("incidents/2026-11-12-story.md", "incidents/2026-11-12-renamed.md")


def fails(site: SiteOnDisk, fail: Fail, call: NthCall) -> bool:
    """Compile while one call fails; return False when there were not so many calls."""
    with pytest.MonkeyPatch.context() as patch:
        fail(patch, call)
        with suppress(NotPublished):
            site.compile()
    return call.has_failed


@pytest.mark.parametrize("edge", EDGES)
def test_after_any_failure_the_tree_is_whole_and_the_next_compilation_completes_it(site: SiteOnDisk, edge: str) -> None:
    fail, step = EDGES[edge]
    for turn in itertools.count():
        edit_a_lot(site)
        if not fails(site, fail, NthCall(1 + turn * step, below=str(site.public))):
            break

        assert_whole(site.public)
        assert leftovers(site.public) == []
        if turn % 2:
            site.compile_as_fresh()
        # Edits that were taken back leave nothing, published by half or as a whole.
        write_stories(site)
        site.compile_as_fresh()
    assert turn > 0, "nothing ever failed"


@pytest.mark.parametrize("begun_anew", [False, True])
def test_a_database_that_is_full_leaves_the_tree_whole_too(tmp_path: Path, begun_anew: bool) -> None:
    call = NthCall(0)
    with pytest.MonkeyPatch.context() as patch:
        fail_sqlite(patch, call)
        with site_on_disk(tmp_path, config=ONE_COMPONENT) as site:
            write_stories(site)
            site.compile()
            for number in itertools.count(1, 17):
                edit_a_lot(site)
                call.begin(number)
                if not fails(site, no_more, call):
                    break

                call.begin(0)
                assert_whole(site.public)
                if begun_anew:
                    site.restart()
                write_stories(site)
                site.compile_as_fresh()
    assert number > 17 * 5


def test_a_disk_that_does_not_take_a_small_change_is_told(site: SiteOnDisk) -> None:
    for number in range(1, 4):
        site.write("static/logo.svg", f"<svg>{number}</svg>")
        call = NthCall(number)

        assert fails(site, fail_fsync, call)

        assert_whole(site.public)
        assert leftovers(site.public) == []
        site.compile_as_fresh()


def test_what_is_raised_says_what_was_refused(site: SiteOnDisk) -> None:
    edit_a_lot(site)

    with refused("mkdir"), pytest.raises(NotPublished, match=r".*: cannot be written: No space left on device"):
        site.compile()


def test_a_cache_that_cannot_be_written_is_named(site: SiteOnDisk) -> None:
    with site_whose_database_is_full(site), pytest.raises(NotPublished) as raised:
        site.compile()

    assert str(raised.value) == f"{site.root}/var/cache.sqlite: cannot be used: database or disk is full"


def no_more(_patch: pytest.MonkeyPatch, _call: NthCall) -> None:
    """Make nothing fail that does not already."""


@contextmanager
def site_whose_database_is_full(site: SiteOnDisk) -> Iterator[None]:
    """Have the next statement that writes fail."""
    call = NthCall(0)
    with pytest.MonkeyPatch.context() as patch:
        fail_sqlite(patch, call)
        site.restart()
        call.begin(1)
        yield
        call.begin(0)
    site.restart()
