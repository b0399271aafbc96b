"""One process or two: the same tree, and the same account of what was done."""

from __future__ import annotations

from contextlib import closing
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pytest

from statuspage.pipeline import Built, Compiler, build
from statuspage.pipeline.whole import Compiled, compile_site
from tests.compiler.sites import CONFIG, NOW, assert_same, text_of, tree

COUNT = 1_300
ODD = {
    100: "---\ntitle: [broken\n",
    200: text_of("Not yet", more="draft: yes\n"),
    300: text_of("First of rivals", more="id: cardsfailed1\n"),
    1_200: text_of("Last of rivals", more="id: cardsfailed1\n"),
    400: text_of("With an update's id", end="\nId: update000001\n"),
    1_100: text_of("With the same", end="\nId: update000001\n"),
    500: text_of("Bad field", more="impact: enormous\n"),
}


@dataclass(frozen=True)
class BuiltTwice:
    """A site, built by one process and by two."""

    site: Path
    out: Path
    expected: Compiled
    by_jobs: dict[int, Built]


@pytest.fixture(scope="module")
def twice(tmp_path_factory: pytest.TempPathFactory) -> BuiltTwice:
    root = tmp_path_factory.mktemp("site")
    (root / "incidents").mkdir()
    (root / "statuspage.toml").write_text(CONFIG)
    for n in range(COUNT):
        text = ODD.get(n) or text_of(f"Story {n}", began_at=NOW - timedelta(minutes=30 * (COUNT - n)), body="")
        (root / f"incidents/story-{n:04}.md").write_text(text)
    expected, out = compile_site(root, NOW), root / "out"
    by_jobs = {jobs: build(root, output=out / str(jobs), now=NOW, jobs=jobs) for jobs in (1, 2)}
    return BuiltTwice(root, out, expected, by_jobs)


def test_two_processes_make_what_one_makes(twice: BuiltTwice) -> None:
    for jobs, built in twice.by_jobs.items():
        assert_same(tree(twice.out / str(jobs)), twice.expected.files)
        assert (built.published.removed, built.published.count) == ((), len(twice.expected.files))
        assert built.faults == twice.expected.faults


def test_both_name_every_file_that_was_written(twice: BuiltTwice) -> None:
    for built in twice.by_jobs.values():
        assert sorted(set(built.published.written)) == sorted(twice.expected.files)
        assert built.published.written[-2:] == ("index.html", "heartbeat.json")


def test_a_site_built_by_two_is_kept_up_to_date_by_one(twice: BuiltTwice) -> None:
    story = twice.site / "incidents/story-0300.md"
    story.write_text(ODD[300].replace("cardsfailed1", "cardsfailed2"))

    with closing(Compiler(twice.site, twice.out / "2")) as compiler:
        compiler.compile(NOW, changed=["incidents/story-0300.md"])
        assert b"First of rivals" in (twice.out / "2/api/v2/incidents/cardsfailed2.json").read_bytes()
        assert b"Last of rivals" in (twice.out / "2/api/v2/incidents/cardsfailed1.json").read_bytes()

        story.write_text(ODD[300])
        compiler.compile(NOW, changed=["incidents/story-0300.md"])

    assert_same(tree(twice.out / "2"), twice.expected.files)
