"""P4: one edit published by a warm process: CPU and files written, for the newest, the 20th and the oldest incident.

Run as `python bench/one_edit.py [--counts N …] [--edits N] [--full]`. Each site has a process of its own, so that none
pays for the memory of another, and they take turns.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from bench.compiler import new_compiler
from bench.corpus import NOW
from bench.edits import incident_files, reworded, save
from bench.measuring import Failed, Row, counted_short
from bench.workplace import Workplace, options, workplace

COUNTS = (1_000, 10_000)
FULL_COUNT = 100_000
EDITS = 40
WARM_UP_EDITS = 3
LIMIT_MILLISECONDS = 10
LIMIT_FILES = 30
FLAT = 1.2
PLACES = {"newest": -1, "20th": -20, "oldest": 0}


@dataclass(frozen=True, slots=True, kw_only=True)
class Edited:
    """What one edit took."""

    cpu_milliseconds: float
    files_written: int


def main() -> None:
    """Print the rows; in a process that is started for one site, publish its edits."""
    parser = options(__doc__)
    parser.add_argument("--counts", type=int, nargs="+", default=COUNTS)
    parser.add_argument("--edits", type=int, default=EDITS, help="edits of each of the three incidents")
    parser.add_argument("--publish", type=Path, nargs=2, metavar=("SITE", "OUTPUT"), help="used by this program itself")
    arguments = parser.parse_args()
    if arguments.publish:
        publish_edits(*arguments.publish)
        return
    counts = (*arguments.counts, FULL_COUNT) if arguments.full else tuple(arguments.counts)
    with workplace(arguments.folder) as place:
        edited = edits_in_turn(place, counts, edits=arguments.edits)
        for row in (*(row for count in counts for row in size_rows(count, edited)), *flat_rows(counts, edited)):
            print(row)


def edits_in_turn(place: Workplace, counts: Sequence[int], *, edits: int) -> dict[tuple[int, str], list[Edited]]:
    """Return what the edits of each site and each of its incidents took."""
    edited: dict[tuple[int, str], list[Edited]] = {(count, name): [] for count in counts for name in PLACES}
    with ExitStack() as running:
        publishers = {count: running.enter_context(_publisher(place, count)) for count in counts}
        for number in range(WARM_UP_EDITS + edits):
            for count, name in edited:
                taken = _ask(publishers[count], f"{name} {number}")
                if number >= WARM_UP_EDITS:
                    edited[count, name].append(taken)
    return edited


def size_rows(count: int, edited: Mapping[tuple[int, str], Sequence[Edited]]) -> list[Row]:
    """Return the two rows of one size: CPU, and files written."""
    times = {name: [each.cpu_milliseconds for each in edited[count, name]] for name in PLACES}
    files = {name: max(each.files_written for each in edited[count, name]) for name in PLACES}
    medians = [median(times[name]) for name in PLACES]
    everything = [each for name in PLACES for each in times[name]]
    size = counted_short(count)
    return [
        Row(
            target="P4",
            what=f"one edit published, {size}, CPU, {' / '.join(PLACES)}",
            wanted=f"≤ {LIMIT_MILLISECONDS} ms",
            measured=f"{' / '.join(f'{each:.1f}' for each in medians)} ms",
            spread=f"{min(everything):.1f}–{max(everything):.1f}",
            is_met=max(medians) <= LIMIT_MILLISECONDS,
        ),
        Row(
            target="P4",
            what=f"files that it writes, {size}",
            wanted=f"≤ {LIMIT_FILES}",
            measured=" / ".join(str(files[name]) for name in PLACES),
            spread="",
            is_met=max(files.values()) <= LIMIT_FILES,
        ),
    ]


def flat_rows(counts: Sequence[int], edited: Mapping[tuple[int, str], Sequence[Edited]]) -> list[Row]:
    """Return the row that compares the largest site with the smallest; none for one site alone."""
    small, large = min(counts), max(counts)
    if small == large:
        return []
    ratios = {
        name: median(each.cpu_milliseconds for each in edited[large, name])
        / median(each.cpu_milliseconds for each in edited[small, name])
        for name in PLACES
    }
    return [
        Row(
            target="P4",
            what=f"the same, {counted_short(large)} / {counted_short(small)}",
            wanted=f"≤ {FLAT:g} x",
            measured=" / ".join(f"{ratios[name]:.2f}" for name in PLACES) + " x",
            spread="",
            is_met=max(ratios.values()) <= FLAT,
        )
    ]


def publish_edits(site: Path, output: Path) -> None:
    """Compile a site once, then make and publish each edit that a line on standard input asks for."""
    compiler = new_compiler(site, output)
    compiler.compile(NOW, changed=None)
    files = incident_files(site)
    texts = {name: files[place].read_text(encoding="utf-8") for name, place in PLACES.items()}
    print("ready", flush=True)
    for line in sys.stdin:
        name, number = line.split()
        file = files[PLACES[name]]
        save(file, reworded(texts[name], int(number)))
        changed = frozenset({file.relative_to(site).as_posix()})
        began = _cpu_seconds()
        built = compiler.compile(NOW, changed=changed)
        print(1000 * (_cpu_seconds() - began), len(built.published.written), flush=True)


def _cpu_seconds() -> float:
    """Return the CPU time of this process with all its threads, and of its children that have ended."""
    times = os.times()
    return time.process_time() + times.children_user + times.children_system


def _publisher(place: Workplace, count: int) -> subprocess.Popen[str]:
    command = [sys.executable, __file__, "--publish", str(place.own_site(count)), str(place.fresh("public"))]
    process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    if process.stdout.readline() != "ready\n":
        raise Failed(f"the process that publishes edits of {count} incidents did not start")
    return process


def _ask(publisher: subprocess.Popen[str], line: str) -> Edited:
    assert publisher.stdin is not None
    assert publisher.stdout is not None
    print(line, file=publisher.stdin, flush=True)
    milliseconds, files_written = publisher.stdout.readline().split()
    return Edited(cpu_milliseconds=float(milliseconds), files_written=int(files_written))


if __name__ == "__main__":
    main()
