"""The corpus: the same at every run, with every odd case, and nothing in it that a person would have to mend."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from bench.corpus import NOW, incidents, write_site
from bench.oddities import ODDITIES
from bench.written import file_of
from statuspage.cli import main

COUNT = 60


@pytest.fixture(scope="module")
def odd_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    site = tmp_path_factory.mktemp("corpus")
    write_site(site, incidents(COUNT, odd_every=2))
    return site


def test_the_corpus_is_the_same_at_every_run() -> None:
    assert [file_of(each) for each in incidents(COUNT)] == [file_of(each) for each in incidents(COUNT)]


def test_a_larger_corpus_ends_with_the_same_days() -> None:
    small, large = list(incidents(COUNT)), list(incidents(2 * COUNT))

    assert [each.began_at for each in large[COUNT:]] == [each.began_at for each in small]


def test_an_incident_has_the_size_that_the_figures_name() -> None:
    sizes = [len(file_of(each)) for each in incidents(COUNT)]

    assert 5_600 < sum(sizes) / COUNT < 6_000


def test_one_in_fifty_is_odd_and_the_newest_are_open() -> None:
    plain, written = list(incidents(200, odd_every=1_000)), list(incidents(200))

    odd = [number for number, pair in enumerate(zip(plain, written, strict=True)) if pair[0] != pair[1]]

    assert odd == [50, 100, 150]
    assert [each.updates[-1].status for each in written[-4:]] == ["Resolved", "Monitoring", "Monitoring", "Monitoring"]


def test_every_odd_case_is_built_without_a_fault(odd_site: Path, tmp_path: Path) -> None:
    assert len(ODDITIES) < COUNT // 2
    arguments = ["--site", str(odd_site), "--now", NOW.isoformat()]

    built = CliRunner().invoke(main, ["build", *arguments, "--output", str(tmp_path / "public")])
    checked = CliRunner().invoke(main, ["check", *arguments])

    assert (built.exit_code, built.stderr) == (0, "")
    assert (checked.exit_code, checked.output) == (0, "Nothing is wrong.\n")
