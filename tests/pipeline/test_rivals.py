"""Ids that two files want, and what comes of it when one is renamed, removed or edited: each step as a whole build."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from statuspage.model import derived_id
from tests.compiler.sites import NOW, SiteOnDisk, errors, site_on_disk, text_of

A, B, C = (f"incidents/2026-11-1{n}-{name}.md" for n, name in ((0, "a"), (1, "b"), (2, "c")))
IN_ALL_WAYS = [None, "handed over"]
"""By a look at every file, and by the names of those that were edited."""


@pytest.fixture
def site(tmp_path: Path) -> Iterator[SiteOnDisk]:
    with site_on_disk(tmp_path) as site:
        yield site


def with_id(title: str, own_id: str, *, days_ago: int = 5) -> str:
    return text_of(title, began_at=NOW - timedelta(days=days_ago), more=f"id: {own_id}\n")


def with_update_id(title: str, own_id: str, *, days_ago: int = 5) -> str:
    return text_of(title, began_at=NOW - timedelta(days=days_ago), end=f"\nId: {own_id}\n")


def compile_step(site: SiteOnDisk, way: str | None) -> list[str]:
    """Compile what was edited, assert that it is right, and return the errors."""
    return errors(site.compile_as_fresh(changed=site.edited if way else None))


@pytest.mark.parametrize("way", IN_ALL_WAYS)
def test_an_id_in_the_front_matter_of_two_files_stays_with_the_first(site: SiteOnDisk, way: str | None) -> None:
    site.write(B, with_id("Second", "cardsfailed1"))
    assert compile_step(site, way) == []

    site.write(A, with_id("First", "cardsfailed1"))
    assert [error.partition(": ")[0] for error in compile_step(site, way)] == [B]

    site.remove(A)
    assert compile_step(site, way) == []


@pytest.mark.parametrize("way", IN_ALL_WAYS)
def test_a_rival_that_is_renamed_behind_the_other_loses(site: SiteOnDisk, way: str | None) -> None:
    site.write(A, with_id("First", "cardsfailed1"))
    site.write(B, with_id("Second", "cardsfailed1"))
    compile_step(site, way)

    site.rename(A, C)
    assert [error.partition(": ")[0] for error in compile_step(site, way)] == [C]

    site.rename(C, A)
    assert [error.partition(": ")[0] for error in compile_step(site, way)] == [B]


@pytest.mark.parametrize("way", IN_ALL_WAYS)
def test_an_id_that_another_slug_comes_to(site: SiteOnDisk, way: str | None) -> None:
    site.write(B, text_of("By its name"))
    compile_step(site, way)

    site.write(A, with_id("By its front matter", derived_id("2026-11-11-b")))
    assert len(compile_step(site, way)) == 1

    site.rename(B, C)
    assert compile_step(site, way) == []

    site.rename(C, B)
    assert len(compile_step(site, way)) == 1

    site.edit(A, derived_id("2026-11-11-b"), "anotherid123")
    assert compile_step(site, way) == []


@pytest.mark.parametrize("way", IN_ALL_WAYS)
def test_an_update_id_in_two_files(site: SiteOnDisk, way: str | None) -> None:
    site.write(A, with_update_id("First", "update000001"))
    site.write(B, with_update_id("Second", "update000001"))
    assert len(compile_step(site, way)) == 1

    site.edit(A, "We know", "We knew")
    assert len(compile_step(site, way)) == 1

    site.edit(A, "update000001", "update000002")
    assert compile_step(site, way) == []


@pytest.mark.parametrize("way", IN_ALL_WAYS)
def test_three_rivals_go_one_after_the_other(site: SiteOnDisk, way: str | None) -> None:
    for name in (A, B, C):
        site.write(name, with_id(name, "cardsfailed1"))
    assert len(compile_step(site, way)) == 2

    for left, name in ((1, A), (0, B)):
        site.remove(name)
        assert len(compile_step(site, way)) == left


@pytest.mark.parametrize("way", IN_ALL_WAYS)
def test_rivals_that_swap_their_ids_at_once(site: SiteOnDisk, way: str | None) -> None:
    site.write(A, with_id("First", "cardsfailed1"))
    site.write(B, with_id("Second", "searchfailed"))
    compile_step(site, way)

    site.write(A, with_id("First", "searchfailed"))
    site.write(B, with_id("Second", "cardsfailed1"))

    assert compile_step(site, way) == []


@pytest.mark.parametrize("way", IN_ALL_WAYS)
def test_a_chain_in_which_one_id_frees_the_next(site: SiteOnDisk, way: str | None) -> None:
    # B gets the id that C's name comes to; A has B's.
    site.write(C, text_of("By its name"))
    site.write(B, with_id("In between", derived_id("2026-11-12-c")))
    site.write(A, with_id("First", derived_id("2026-11-11-b")))
    compile_step(site, way)

    for name in (A, B):
        site.remove(name)
        compile_step(site, way)


@pytest.mark.parametrize("way", IN_ALL_WAYS)
def test_a_rival_that_breaks_or_becomes_a_draft(site: SiteOnDisk, way: str | None) -> None:
    site.write(A, with_id("First", "cardsfailed1"))
    site.write(B, with_id("Second", "cardsfailed1"))
    compile_step(site, way)
    good = (site.root / A).read_text()

    for text in ("---\ntitle: [\n", good.replace("title:", "draft: yes\ntitle:"), good):
        site.write(A, text)
        compile_step(site, way)


def test_names_that_come_to_the_same_slug_give_way_to_each_other(site: SiteOnDisk) -> None:
    names = ("incidents/Cards Fail.md", "incidents/cards-fail.md", "incidents/2026/cards-fail.md")
    for name in names:
        site.write(name, text_of(name))
        compile_step(site, "handed over")

    for name, way in zip(names, itertools.cycle(IN_ALL_WAYS), strict=False):
        site.remove(name)
        compile_step(site, way)


def test_a_compiler_that_comes_new_to_a_dispute_settles_it_in_the_same_way(site: SiteOnDisk) -> None:
    site.write(A, with_id("First", "cardsfailed1"))
    site.write(B, with_id("Second", "cardsfailed1"))
    compile_step(site, None)
    site.restart()

    site.remove(A)

    assert compile_step(site, "handed over") == []


@pytest.mark.parametrize("way", IN_ALL_WAYS)
def test_an_id_that_is_lost_to_a_file_that_is_not_public_yet_leaves_no_document(
    site: SiteOnDisk, way: str | None
) -> None:
    site.write(A, with_id("Not public before tomorrow", "cardsfailed1", days_ago=-1))
    site.write(C, text_of("Another"))
    compile_step(site, way)

    site.write(B, with_id("Public", "cardsfailed1"))

    assert [error.partition(": ")[0] for error in compile_step(site, way)] == [B]
    assert not (site.public / "api/v2/incidents/cardsfailed1.json").exists()
