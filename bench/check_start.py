"""P9: `statuspage check` of 200 incidents against a Python that does nothing, and what it must not load.

Run as `python bench/check_start.py [--rounds N]`.
"""

from __future__ import annotations

import compileall
import subprocess
import sys
from pathlib import Path

import statuspage
from bench.commands import STATUSPAGE
from bench.corpus import NOW
from bench.measuring import Row, cpu_ratios, in_turn, ratio_row, run
from bench.workplace import Workplace, options, workplace

COUNT = 200
LIMIT = 8
HEAVY = ("apscheduler", "feedgen", "flask", "sqlalchemy")
WHAT_IS_LOADED = """
import sys
from statuspage.cli import main
main({arguments!r}, standalone_mode=False)
print("loaded:", *sorted(set({heavy!r}) & set(sys.modules)))
"""


def main() -> None:
    """Print the rows."""
    parser = options(__doc__)
    parser.add_argument("--rounds", type=int, default=15)
    arguments = parser.parse_args()
    with workplace(arguments.folder) as place:
        for row in (check_row(place, rounds=arguments.rounds), loaded_row(place)):
            print(row)


def check_row(place: Workplace, *, rounds: int) -> Row:
    """Return the row of the ratio, with all bytecode compiled."""
    site = place.site(COUNT)
    compileall.compile_dir(str(Path(statuspage.__file__).parent), quiet=1)
    pairs = in_turn(
        lambda: run([STATUSPAGE, *_arguments(site)]),
        lambda: run([sys.executable, "-c", "pass"]),
        rounds=rounds,
    )
    ours, bare = sorted(pairs, key=lambda pair: pair[0].cpu_seconds / pair[1].cpu_seconds)[len(pairs) // 2]
    return ratio_row(
        "P9",
        cpu_ratios(pairs),
        what=f"check of {COUNT} incidents, CPU / a bare interpreter",
        limit=LIMIT,
        detail=f"ours {ours.cpu_seconds * 1000:.0f} ms, bare {bare.cpu_seconds * 1000:.0f} ms",
    )


def loaded_row(place: Workplace) -> Row:
    """Return the row that says which of the heavy libraries `check` loads."""
    program = WHAT_IS_LOADED.format(arguments=_arguments(place.site(COUNT)), heavy=HEAVY)
    ended = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    loaded = ended.stdout.splitlines()[-1].removeprefix("loaded:").strip()
    return Row(
        target="P9",
        what=f"of {', '.join(HEAVY)} it loads",
        wanted="none",
        measured=loaded or "none",
        spread="",
        is_met=not loaded,
    )


def _arguments(site: Path) -> list[str]:
    return ["check", "--site", str(site), "--now", NOW.isoformat()]


if __name__ == "__main__":
    main()
