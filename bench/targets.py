"""Measure every target and write the tables of docs/performance.md.

Run as `python bench/targets.py PAGE [--full]`; `make bench` and `make bench-full` do. A target that is missed fails
nothing. The measurements share a folder, and nothing is deleted before the last one is over.
"""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path

from bench.commands import Missing, machine, versions
from bench.workplace import options, workplace

HERE = Path(__file__).parent
SCRIPTS = """cold_build.py one_edit.py saved_to_served.py nothing_changed.py serving.py serving_memory.py
check_start.py""".split()
TAKES_NO_OPTIONS = "serving.py"
QUICKLY = {"cold_build.py": ["--count", "3000"]}
"""What a script is told when all of them together may take five minutes."""
MISSING = f"{Missing.__module__}.{Missing.__qualname__}:"
HEAD = """\
| | what | target | measured | spread | |
| --- | --- | --- | --- | --- | --- |"""


def main() -> None:
    """Measure, print the rows as they come, and put them into the page."""
    parser = options(__doc__)
    parser.add_argument("page", type=Path)
    arguments = parser.parse_args()
    with workplace(arguments.folder) as place:
        rows = list(measured_rows(place.root, full=arguments.full))
    section = "make bench-full" if arguments.full else "make bench"
    page = arguments.page.read_text(encoding="utf-8")
    arguments.page.write_text(with_table(page, section=section, text=table(rows)), encoding="utf-8")


def measured_rows(folder: Path, *, full: bool) -> Iterator[str]:
    """Yield the rows of each measurement, or one that says why there are none."""
    for script in filter(lambda name: (HERE / name).exists(), SCRIPTS):
        command = [sys.executable, str(HERE / script)]
        if script != TAKES_NO_OPTIONS:
            command += ["--folder", str(folder), *(["--full"] if full else QUICKLY.get(script, []))]
        ended = subprocess.run(command, capture_output=True, text=True, check=False)
        rows = [line for line in ended.stdout.splitlines() if line.startswith("| P")]
        if ended.returncode:
            print(ended.stderr, file=sys.stderr)
            rows.append(f"| | {script} | | not measured | {_reason(ended.stderr)} | |")
        for row in rows:
            print(row, flush=True)
            yield row


def _reason(said: str) -> str:
    """Return why a script failed, as far as a page for everyone should say it."""
    last = next(reversed(said.strip().splitlines()), "")
    return last.removeprefix(MISSING).strip() if last.startswith(MISSING) else "it failed"


def table(rows: Sequence[str]) -> str:
    """Return the table with the day, the machine and the versions above it."""
    today = datetime.now(UTC).date()  # noqa: TID251 - the day of the figures stands beside them
    return "\n".join([f"{today:%-d %B %Y}. {machine()}. {versions()}.", "", HEAD, *rows])


def with_table(page: str, *, section: str, text: str) -> str:
    """Return the page with the text between the two comments of that section, and all else as it was."""
    begin, end = f"<!-- {section} writes from here -->", "<!-- to here -->"
    found = re.compile(rf"{re.escape(begin)}\n.*?{re.escape(end)}", re.DOTALL)
    assert found.search(page), f"the page has no {begin}"
    return found.sub(lambda _: f"{begin}\n{text}\n{end}", page)


if __name__ == "__main__":
    main()
