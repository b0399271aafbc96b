"""Names that are handed over: what they lead to, and when they are not enough."""

from __future__ import annotations

import shutil
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from statuspage.scheduler import Changed
from tests.compiler.sites import SiteOnDisk, site_on_disk, text_of

STORY = "incidents/2026-11-18-story.md"
TIMED = "incidents/2026-11-18-story.timed.md"
POST = "## 2026-11-18 14:15 UTC — Update\n\nWe are still at it.\n"
THREADS, ADDITIONS = 4, 200


@pytest.fixture
def site(tmp_path: Path) -> Iterator[SiteOnDisk]:
    with site_on_disk(tmp_path) as site:
        site.write(STORY, text_of())
        site.write("incidents/2026/2026-11-17-deep.md", text_of("Deep"))
        site.compile()
        yield site


def test_the_name_of_a_folder_that_was_moved_leads_to_a_look_at_all_files(site: SiteOnDisk) -> None:
    (site.root / "incidents/2026").rename(site.root / "incidents/archive")

    built = site.compile_as_fresh(changed=["incidents/2026", "incidents/archive"])

    assert built.published.written == ()


def test_the_name_of_a_folder_that_was_removed_does_too(site: SiteOnDisk) -> None:
    shutil.rmtree(site.root / "incidents/2026")

    built = site.compile_as_fresh(changed=["incidents/2026"])

    assert "incidents/2026-11-17-deep/index.html" in built.published.removed


def test_a_folder_that_was_moved_in_is_read(site: SiteOnDisk) -> None:
    site.write("elsewhere/2026-11-16-new.md", text_of("Moved in"))
    (site.root / "elsewhere").rename(site.root / "incidents/more")

    built = site.compile_as_fresh(changed=["incidents/more"])

    assert "incidents/2026-11-16-new/index.html" in built.published.written


def test_timed_posts_belong_to_their_incident_from_the_moment_they_come(site: SiteOnDisk) -> None:
    for text in (POST, POST.replace("still", "yet"), None):
        if text is None:
            site.remove(TIMED)
        else:
            site.write(TIMED, text)

        built = site.compile_as_fresh(changed=[TIMED])

        assert "incidents/2026-11-18-story/index.html" in built.published.written


@pytest.mark.parametrize(
    "name",
    [
        "incidents/2026-11-18-story.de.md",
        "incidents/2026-11-18-Story.md",
        "incidents/2026/2026-11-18-story.md",
        "incidents/notes.txt",
        "incidents/README.md",
        "incidents/other.timed.md",
        "statuspage.toml",
        "static/logo.svg",
        "static/deep/er/logo.svg",
        "other/file.md",
    ],
)
def test_a_file_of_any_name_comes_and_goes(site: SiteOnDisk, name: str) -> None:
    before = (site.root / name).read_bytes() if (site.root / name).exists() else None
    site.write(name, site_text(name))
    site.compile_as_fresh(changed=[name])

    if before is None:
        site.remove(name)
    else:
        site.write(name, before)

    site.compile_as_fresh(changed=[name])


def site_text(name: str) -> str:
    if name == "statuspage.toml":
        return '[site]\ntitle = "Another"\nurl = "https://status.acme.example"\n'
    return POST if name.endswith(".timed.md") else text_of(f"In {name}")


def test_a_name_of_nothing_changes_nothing(site: SiteOnDisk) -> None:
    built = site.compile_as_fresh(changed=["incidents/2026-11-01-never.md", "static/never.svg"])

    assert (built.published.written, built.published.removed) == ((), ())


def test_names_from_several_threads_are_each_taken_once() -> None:
    changed, taken = Changed(), []
    interval = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    threads = [threading.Thread(target=_add, args=(changed, n)) for n in range(THREADS)]

    for thread in threads:
        thread.start()
    while any(thread.is_alive() for thread in threads):
        taken.append(changed.take())
    taken.append(changed.take())
    sys.setswitchinterval(interval)

    names = [name for some in taken if some for name in some]
    assert len(names) == len(set(names)) == THREADS * ADDITIONS


def test_any_file_outweighs_every_name() -> None:
    changed = Changed()
    changed.add(frozenset({STORY}))
    changed.add(None)
    changed.add(frozenset({TIMED}))

    assert (changed.take(), changed.take()) == (None, frozenset())


def _add(changed: Changed, number: int) -> None:
    for turn in range(ADDITIONS):
        changed.add(frozenset({f"incidents/{number}-{turn}.md"}))
