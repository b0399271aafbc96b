"""What the figures rest on: words that are found again, and a page whose other text stays."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from bench.cold_build import tree_digest
from bench.corpus import incidents
from bench.design_bars import ended_of, table
from bench.design_figures import Row
from bench.edits import reworded, step_numbers, step_word, with_news
from bench.measuring import Failed, ratio_row, run
from bench.targets import with_table
from bench.written import file_of


def test_the_word_of_an_edit_is_found_again() -> None:
    text = file_of(next(incidents(1))).decode()

    assert step_numbers(text) == []
    assert set(step_numbers(with_news(text, 90_125))) == {90_125}
    assert step_numbers(reworded(text, 7)) == [7]
    assert step_word(123) != step_word(124)


def test_a_table_is_written_anew_and_the_rest_of_the_page_stays() -> None:
    page = "Above\n<!-- make bench writes from here -->\nold\n<!-- to here -->\nBelow\n"

    assert with_table(page, section="make bench", text="new") == page.replace("old", "new")


def test_a_ratio_is_judged_by_its_median() -> None:
    row = ratio_row("P1", [0.5, 0.6, 0.9], what="cold build", limit=0.7, detail="ours 1 s")

    assert str(row) == "| P1 | cold build | ≤ 0.7 x | 0.60 x | 0.50–0.90; ours 1 s | met |"


def test_the_cost_of_a_command_counts_what_it_starts() -> None:
    busy = "sum(range(3_000_000))"

    cost = run([sys.executable, "-c", f"import subprocess, sys; subprocess.run([sys.executable, '-c', {busy!r}])"])

    assert cost.cpu_seconds > run([sys.executable, "-c", "pass"]).cpu_seconds
    assert cost.peak_bytes > 1_000_000


def test_a_command_that_fails_is_no_measurement() -> None:
    with pytest.raises(Failed, match="ended with 3: no"):
        run([sys.executable, "-c", "import sys; print('no', file=sys.stderr); sys.exit(3)"])


def test_the_digest_of_a_tree_sees_names_and_bytes(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"1")
    before = tree_digest(tmp_path)

    (tmp_path / "a").rename(tmp_path / "b")

    assert tree_digest(tmp_path) != before


def test_tests_are_counted_by_their_file_and_how_they_ended() -> None:
    report = """<testsuites><testsuite>
        <testcase classname="tests.browser.test_keyboard" name="a"/>
        <testcase classname="tests.browser.test_keyboard" name="b"><failure/></testcase>
        <testcase classname="tests.browser.test_wording" name="c"><skipped/></testcase>
        </testsuite></testsuites>"""

    assert ended_of(report) == {
        ("test_keyboard", "run"): 2,
        ("test_keyboard", "failure"): 1,
        ("test_wording", "run"): 1,
        ("test_wording", "skipped"): 1,
    }


def test_a_bar_that_is_missed_stands_out() -> None:
    rows = [Row(what="script", bar="≤ 2 B", measured=f"{size} B", is_met=size <= 2) for size in (1, 3)]

    assert table(rows).splitlines()[2:] == ["| script | ≤ 2 B | 1 B | met |", "| script | ≤ 2 B | 3 B | **missed** |"]
