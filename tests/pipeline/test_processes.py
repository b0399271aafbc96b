"""Processes that are killed while they publish, and two that publish at once."""

from __future__ import annotations

import multiprocessing
import random
import time
from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing.context import ForkProcess
from pathlib import Path

import pytest

from statuspage.pipeline.whole import compile_site
from tests.compiler.sites import NOW, SiteOnDisk, assert_same, assert_whole, site_on_disk, tree
from tests.pipeline.editing import edit_and_compile

FORK = multiprocessing.get_context("fork")
KILLS, EDITS = 10, 20
LONGEST_LIFE_SECONDS = 0.12


@pytest.fixture
def site(tmp_path: Path) -> Iterator[SiteOnDisk]:
    with site_on_disk(tmp_path) as site:
        (tmp_path / "incidents").mkdir()
        yield site


@contextmanager
def editor(site: SiteOnDisk, own: str, count: int) -> Iterator[ForkProcess]:
    """Yield a process that edits and compiles, once it has compiled for the first time."""
    # Forked, which saves ten starts of the interpreter; no database may be open meanwhile.
    site.compiler.close()
    has_compiled = FORK.Event()
    process = FORK.Process(target=edit_and_compile, args=(site.root, own, count, has_compiled.set))
    process.start()
    try:
        assert has_compiled.wait(10)
        yield process
    finally:
        process.kill()
        process.join()


def without_halves(files: dict[str, bytes]) -> dict[str, bytes]:
    """Return the files but for the hidden ones that a kill may leave, which nobody sends."""
    return {path: content for path, content in files.items() if not path.endswith(".part")}


def test_a_process_that_is_killed_leaves_a_whole_tree_and_the_next_completes_it(site: SiteOnDisk) -> None:
    chance = random.Random(11)  # noqa: S311 - moments to kill at
    for turn in range(KILLS):
        with editor(site, "killed", 10_000) as process:
            time.sleep(chance.random() * LONGEST_LIFE_SECONDS)
            process.kill()
            process.join()

        assert_whole(site.public)
        if turn % 2:
            # What it was about to publish is gone before anybody comes to it again.
            for file in (site.root / "incidents").glob("*.md"):
                file.unlink()
        expected = compile_site(site.root, NOW)
        site.restart()
        site.compile()

        assert_same(without_halves(tree(site.public)), expected.files)


def test_two_processes_on_one_site_never_tear_a_file_and_end_in_the_same_tree(site: SiteOnDisk) -> None:
    torn, reads = [], 0
    with editor(site, "one", EDITS) as one, editor(site, "another", EDITS) as another:
        while one.is_alive() or another.is_alive():
            content = (site.public / "index.html").read_bytes()
            reads += 1
            if not content.rstrip().endswith(b"</html>"):
                torn.append(content)

    assert (one.exitcode, another.exitcode, torn) == (0, 0, [])
    assert reads > EDITS
    site.restart()
    site.compile_as_fresh()
