"""Measure every bar of the design and write the table of docs/design.md.

Run as `python bench/design_bars.py docs/design.md`; `make design` does. A bar that is missed fails nothing here: the
tests of tests/browser do that.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from xml.etree import ElementTree

from bench.design_figures import Row, bytes_rows, colour_rows, seen_rows, word_rows
from bench.targets import with_table
from tests.browser.kinds import serving_sites

REPOSITORY = Path(__file__).resolve().parents[1]
SECTION = "make design"
HEAD = """\
| what | bar | measured | |
| --- | --- | --- | --- |"""
JUDGED = {
    "axe (WCAG 2.0 to 2.2 A, AA, AAA and best practice), 320, 360 and 1280 px, light and dark": "test_accessibility",
    "html-validate (recommended and a11y)": "test_valid_html",
    "320 px, 400 % zoom, 200 % text, WCAG text spacing: no sideways scroll": "test_no_sideways_scroll",
    "forced colours, less motion, print": "test_ways_of_looking",
    "script off: the same facts; no request but the heartbeat; nothing against the policy": "test_what_the_script_adds",
    "visitors at UTC−5, +5:30 and +9 read their own time": "test_visitor_zones",
    "Tab reaches every control, in order, visibly": "test_keyboard",
    "CSS off: the order of reading as kept, nothing hidden shown": "test_text_browser",
}
"""What others judge, with the file of tests that asks them."""


def main(page: Path) -> None:
    """Measure, print the table, and put it into the page."""
    with tempfile.TemporaryDirectory() as folder, serving_sites(Path(folder)) as sites:
        rows = [*bytes_rows(sites), *colour_rows(sites), *word_rows(sites), *seen_rows(sites)]
    rows += judged_rows()
    text = table(rows)
    print(text)
    page.write_text(with_table(page.read_text(encoding="utf-8"), section=SECTION, text=text), encoding="utf-8")


def table(rows: Sequence[Row]) -> str:
    """Return the table; a row that misses its bar stands out."""
    lines = [f"| {row.what} | {row.bar} | {row.measured} | {'met' if row.is_met else '**missed**'} |" for row in rows]
    return "\n".join([HEAD, *lines])


def judged_rows() -> Iterator[Row]:
    """Yield a row for each file of tests that somebody else's program or the browser itself decides."""
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "report.xml"
        tests = [f"tests/browser/{name}.py" for name in JUDGED.values()]
        command = [sys.executable, "-m", "pytest", "-q", "-n", "2", f"--junitxml={report}", *tests]
        subprocess.run(command, cwd=REPOSITORY, capture_output=True, check=False)
        ended = ended_of(report.read_text(encoding="utf-8"))
    for what, name in JUDGED.items():
        run, failed, skipped = ended[name, "run"], ended[name, "failure"] + ended[name, "error"], ended[name, "skipped"]
        measured = f"{failed} of {run - skipped} checks fail" if run > skipped else "not run"
        yield Row(what=what, bar="0 faults", measured=measured, is_met=run > skipped and not failed)


def ended_of(report: str) -> Counter[tuple[str, str]]:
    """Return how many tests each file ran, and how many of them ended in which other way than well."""
    ended: Counter[tuple[str, str]] = Counter()
    for case in ElementTree.fromstring(report).iter("testcase"):  # noqa: S314 - pytest wrote it
        name = case.get("classname", "").rpartition(".")[2]
        ended.update([(name, "run"), *((name, str(child.tag)) for child in case)])
    return ended


if __name__ == "__main__":
    main(Path(sys.argv[1]))
