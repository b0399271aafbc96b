"""The cache is disposable: whatever lies in its place, the public tree is right, and the operator is told."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from datetime import timedelta
from pathlib import Path

import pytest

from statuspage.cache import open_cache
from statuspage.cache.database import APPLICATION_ID, FORMAT, LOCK_WAIT_SECONDS
from statuspage.pipeline import build, preview
from tests.compiler.sites import CONFIG, NOW, SiteOnDisk, assert_same, site_on_disk, text_of, tree

CACHE = "var/cache.sqlite"


@pytest.fixture
def site(tmp_path: Path) -> Iterator[SiteOnDisk]:
    """Return a site that was compiled, and whose compiler was then closed; restart() opens it again."""
    with site_on_disk(tmp_path) as site:
        for n in range(3):
            site.write(f"incidents/2026-11-1{n}-story.md", text_of(began_at=NOW - timedelta(days=11 - n)))
        site.compile()
        site.compiler.close()
        yield site


def thrown_away(site: SiteOnDisk, reason: str) -> str:
    return f"{site.root / CACHE}: is thrown away: {reason}"


def edit_and_compile(site: SiteOnDisk) -> str:
    """Edit one incident, remove another, compile anew; return the note after asserting that the tree is right."""
    site.restart()
    site.edit("incidents/2026-11-10-story.md", "We know", "We knew")
    site.remove("incidents/2026-11-11-story.md")
    note = site.compile_as_fresh().note
    assert site.compile_as_fresh(changed=()).note == ""
    return note


def test_a_whole_cache_is_used_without_a_word(site: SiteOnDisk) -> None:
    assert edit_and_compile(site) == ""


def test_a_database_of_another_program_is_thrown_away(site: SiteOnDisk) -> None:
    (site.root / CACHE).unlink()
    with closing(sqlite3.connect(site.root / CACHE)) as foreign:
        foreign.execute("CREATE TABLE visits (at TEXT)")
        foreign.commit()

    note = edit_and_compile(site)

    assert note == thrown_away(site, "it is not a cache of this program")


def test_a_cache_of_another_form_is_thrown_away(site: SiteOnDisk) -> None:
    with closing(sqlite3.connect(site.root / CACHE)) as cache:
        cache.execute(f"PRAGMA user_version = {FORMAT + 1}")

    note = edit_and_compile(site)

    assert note == thrown_away(site, "it has another form")


def test_a_text_file_is_thrown_away(site: SiteOnDisk) -> None:
    (site.root / CACHE).write_text("This is no database, whatever its name says.\n" * 100)

    note = edit_and_compile(site)

    assert note == thrown_away(site, "file is not a database")


@pytest.mark.parametrize("kept", ["half a header", "a header", "a page", "most of it", "all but a page"])
def test_a_cache_that_was_cut_off_is_thrown_away(site: SiteOnDisk, kept: str) -> None:
    size = (site.root / CACHE).stat().st_size
    lengths = (50, 100, 4_096, size * 3 // 4, size - 4_096)
    names = ("half a header", "a header", "a page", "most of it", "all but a page")
    length = dict(zip(names, lengths, strict=True))[kept]
    with (site.root / CACHE).open("r+b") as cache:
        cache.truncate(length)

    note = edit_and_compile(site)

    assert note.startswith(thrown_away(site, ""))


@pytest.mark.parametrize("content", [b"", b"S"])
def test_an_empty_file_is_a_new_cache(site: SiteOnDisk, content: bytes) -> None:
    (site.root / CACHE).write_bytes(content)

    assert edit_and_compile(site) == ""


@pytest.mark.parametrize("begins", range(1, 10, 2))
def test_a_cache_that_is_overwritten_in_the_middle_does_no_harm(site: SiteOnDisk, begins: int) -> None:
    content = bytearray((site.root / CACHE).read_bytes())
    place = len(content) * begins // 10
    content[place : place + 512] = bytes(range(256)) * 2
    (site.root / CACHE).write_bytes(content)

    edit_and_compile(site)


def test_damage_that_shows_only_when_it_is_used_throws_it_away(
    site: SiteOnDisk, monkeypatch: pytest.MonkeyPatch
) -> None:
    # As if it were a large one, which is not looked through at the start.
    monkeypatch.setattr("statuspage.cache.database.CHECKED_BYTES", 0)
    with (site.root / CACHE).open("r+b") as cache:
        size = cache.seek(0, 2)
        cache.seek(4_096)
        cache.write(b"\xff" * (size - 4_096))

    note = edit_and_compile(site)

    assert note == thrown_away(site, "database disk image is malformed")


def test_a_preview_outlives_a_damaged_cache(site: SiteOnDisk) -> None:
    (site.root / CACHE).write_text("no database at all\n" * 300)

    seen = preview(site.root, NOW)

    assert (seen.shown.open_incidents, seen.faults) == ((), ())


def test_other_settings_begin_anew_and_are_no_damage(site: SiteOnDisk) -> None:
    site.write("statuspage.toml", CONFIG.replace("Acme Status", "Acme, at last"))

    assert edit_and_compile(site) == ""


def test_another_program_begins_anew_and_is_no_damage(site: SiteOnDisk) -> None:
    with closing(sqlite3.connect(site.root / CACHE)) as cache:
        cache.execute("UPDATE meta SET value = 'an older program' WHERE name = 'key'")
        # What an older program kept is not believed.
        cache.execute("UPDATE incident SET row = replace(row, 'You cannot', 'You can')")
        cache.commit()

    assert edit_and_compile(site) == ""


def test_where_a_folder_stands_in_its_place_it_lives_in_memory(site: SiteOnDisk) -> None:
    (site.root / CACHE).unlink()
    (site.root / CACHE).mkdir()

    note = edit_and_compile(site)

    assert note == f"{site.root / CACHE}: cannot be used: unable to open database file"


def test_in_a_folder_that_cannot_be_made_it_lives_in_memory(tmp_path: Path) -> None:
    (tmp_path / "var").write_text("in the way")

    with closing(open_cache(tmp_path / "var" / "cache.sqlite")) as cache:
        with cache.writing():
            cache.set("a", "b")

        assert cache.get("a") == "b"
        assert cache.note == f"{tmp_path / CACHE}: cannot be used: [Errno 17] File exists: '{tmp_path / 'var'}'"


def test_without_a_file_it_lives_in_memory() -> None:
    with closing(open_cache(None)) as cache:
        assert (cache.note, cache.get("anything")) == ("", "")


@pytest.mark.parametrize("lost", [("-wal",), ("-shm",), ("-wal", "-shm")])
def test_a_killed_process_whose_log_is_lost_does_no_harm(site: SiteOnDisk, lost: tuple[str]) -> None:
    site.restart()
    site.write("incidents/2026-11-20-lost.md", text_of("Lost with the log", began_at=NOW - timedelta(days=1)))
    site.compile()
    # What a kill leaves: the files as they are while they are open.
    killed = {f"{CACHE}{ending}": (site.root / f"{CACHE}{ending}").read_bytes() for ending in ("", "-wal", "-shm")}
    site.compiler.close()
    for name, content in killed.items():
        (site.root / name).write_bytes(content)
    for ending in lost:
        (site.root / f"{CACHE}{ending}").unlink()

    site.remove("incidents/2026-11-20-lost.md")
    edit_and_compile(site)


def test_a_cache_of_an_earlier_day_does_no_harm(site: SiteOnDisk) -> None:
    yesterday = (site.root / CACHE).read_bytes()
    site.restart()
    site.write("incidents/2026-11-20-news.md", text_of("News", began_at=NOW - timedelta(days=1)))
    site.compile()
    site.compiler.close()
    (site.root / CACHE).write_bytes(yesterday)

    site.remove("incidents/2026-11-20-news.md")
    edit_and_compile(site)


def test_two_output_folders_have_caches_of_their_own(site: SiteOnDisk, tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    build(site.root, output=elsewhere, now=NOW)
    site.edit("incidents/2026-11-10-story.md", "We know", "We knew")
    build(site.root, output=elsewhere, now=NOW)

    site.restart()
    site.compile_as_fresh()

    assert_same(tree(elsewhere), tree(site.public))
    assert len(list((site.root / "var").glob("cache*.sqlite"))) == 2


def test_the_head_of_the_file_says_whose_it_is(site: SiteOnDisk) -> None:
    with closing(sqlite3.connect(site.root / CACHE, timeout=LOCK_WAIT_SECONDS)) as cache:
        assert cache.execute("PRAGMA application_id").fetchone() == (APPLICATION_ID,)


def test_what_is_put_in_a_block_that_fails_is_not_kept() -> None:
    with closing(open_cache(None)) as cache:
        with suppress(KeyError), cache.writing():
            cache.set("a", "b")
            raise KeyError

        assert cache.get("a") == ""
        with cache.writing():
            cache.set("a", "c")
        assert cache.get("a") == "c"


Break = Callable[[Path], None]


@pytest.mark.parametrize("breaks", [lambda var: shutil.rmtree(var), lambda var: (var / "cache.sqlite").unlink()])
def test_a_process_goes_on_when_its_cache_is_removed_under_it(site: SiteOnDisk, breaks: Break) -> None:
    site.restart()
    site.compile()

    breaks(site.root / "var")
    site.edit("incidents/2026-11-10-story.md", "We know", "We knew")

    site.compile_as_fresh(changed=site.edited)
