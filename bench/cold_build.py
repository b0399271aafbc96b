"""P1, P2, P3: a site compiled from nothing, against Hugo with a theme whose cost is linear, and with two processes.

Run as `python bench/cold_build.py [--count N] [--rounds N] [--full]`. Both sides write, for each
incident, a page in a folder of its own and a JSON document, and months in pages of 100 and feeds of 25 entries.
"""

from __future__ import annotations

import hashlib
import subprocess
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from bench.commands import build_command, hugo
from bench.corpus import incidents
from bench.hugo_site import hugo_command, write_hugo_site
from bench.measuring import Cost, Failed, Row, counted_short, cpu_ratios, in_turn, ratio_row, run
from bench.memory import watched
from bench.workplace import Workplace, options, workplace

COUNT = 10_000
FULL_COUNT = 100_000
CPU_LIMIT = 0.7
MEMORY_LIMIT = 0.1
FULL_MEMORY_LIMIT_MEGABYTES = 200
TWO_PROCESSES_LIMIT = 0.65
WARM_UP_COUNT = 20


class DifferentBytes(Failed):
    """Two processes did not write what one writes."""


def main() -> None:
    """Print the rows."""
    parser = options(__doc__)
    parser.add_argument("--count", type=int, default=COUNT, help="incidents in the site that both sides build")
    parser.add_argument("--rounds", type=int, default=3)
    arguments = parser.parse_args()
    with workplace(arguments.folder) as place:
        for row in against_hugo(place, arguments.count, rounds=arguments.rounds):
            print(row, flush=True)
        count, rounds = (FULL_COUNT, 1) if arguments.full else (arguments.count, min(2, arguments.rounds))
        for row in two_processes(place, count, rounds=rounds):
            print(row, flush=True)


def against_hugo(place: Workplace, count: int, *, rounds: int) -> Iterator[Row]:
    """Yield P1 and P2: CPU and memory of one cold build, as shares of Hugo's."""
    site, hugo_site = place.site(count), _hugo_site(place, count)
    binary = hugo()
    pairs = in_turn(
        lambda: cold_build(place, site),
        lambda: run(hugo_command(binary, hugo_site, output=place.fresh("hugo-public"))),
        rounds=rounds,
    )
    seconds = _both(pairs, lambda cost: f"{cost.cpu_seconds:.1f} s")
    what = f"cold build of {counted_short(count)}, CPU / Hugo's"
    yield ratio_row("P1", cpu_ratios(pairs), what=what, limit=CPU_LIMIT, detail=seconds)
    shares = [ours.peak_bytes / hugos.peak_bytes for ours, hugos in pairs]
    megabytes = _both(pairs, lambda cost: f"{cost.peak_bytes / 1e6:.0f} MB")
    what = f"its peak memory, {counted_short(count)} / Hugo's"
    yield ratio_row("P2", shares, what=what, limit=MEMORY_LIMIT, detail=megabytes)


def two_processes(place: Workplace, count: int, *, rounds: int) -> Iterator[Row]:
    """Yield P2 where the site is the largest one, and P3: the time of two processes as a share of that of one."""
    site = place.site(count)
    outputs: list[Path] = []

    def build(jobs: int) -> Cost:
        outputs.append(place.fresh("public"))
        return cold_build(place, site, output=outputs[-1], jobs=jobs)

    pairs = in_turn(lambda: build(2), lambda: build(1), rounds=rounds)
    if len({tree_digest(output) for output in outputs}) > 1:
        raise DifferentBytes(f"--jobs 2 and --jobs 1 write different bytes, see {outputs[0]} and {outputs[1]}")
    if count == FULL_COUNT:
        yield _memory_row(count, [alone.peak_bytes for _, alone in pairs], together=_peak_of_two(place, site))
    ratios = [both.wall_seconds / alone.wall_seconds for both, alone in pairs]
    what = f"cold build of {counted_short(count)}, two processes / one, wall"
    yield ratio_row("P3", ratios, what=what, limit=TWO_PROCESSES_LIMIT, detail="same bytes")


def cold_build(place: Workplace, site: Path, *, output: Path | None = None, jobs: int = 1) -> Cost:
    """Compile a site as if for the first time."""
    place.forget_state(site)
    return run(build_command(site, output or place.fresh("public"), "--jobs", str(jobs)))


def tree_digest(folder: Path) -> str:
    """Return a digest of the names and bytes of all files below a folder."""
    digest = hashlib.sha256()
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        content = path.read_bytes()
        digest.update(f"{path.relative_to(folder)} {len(content)}\n".encode())
        digest.update(content)
    return digest.hexdigest()


def _hugo_site(place: Workplace, count: int) -> Path:
    """Return the same site for Hugo; what is run for it has also filled the caches of the machine for both sides."""
    folder = place.root / f"hugo-site-{count}"
    if folder.is_dir():
        return folder
    small_site, public, unfinished = place.site(WARM_UP_COUNT), place.fresh("public"), place.fresh("hugo-site")
    cold_build(place, small_site, output=public)
    page = next(public.glob("incidents/*/index.html"))
    write_hugo_site(unfinished, incidents(count), page_of_ours=page)
    run([hugo(), "version"])
    return unfinished.rename(folder)


def _peak_of_two(place: Workplace, site: Path) -> int:
    """Return the most memory that the two processes of a cold build have together."""
    place.forget_state(site)
    command = build_command(site, place.fresh("public"), "--jobs", "2")
    with subprocess.Popen(command, stdout=subprocess.DEVNULL) as process, watched(process.pid) as peak:
        process.wait()
    return peak.bytes


def _memory_row(count: int, peaks: Sequence[int], *, together: int) -> Row:
    largest = max(*peaks, together) / 1e6
    return Row(
        target="P2",
        what=f"peak memory of a cold build of {counted_short(count)}",
        wanted=f"≤ {FULL_MEMORY_LIMIT_MEGABYTES} MB",
        measured=f"{largest:.0f} MB",
        spread=f"one process {max(peaks) / 1e6:.0f} MB, two together {together / 1e6:.0f} MB",
        is_met=largest <= FULL_MEMORY_LIMIT_MEGABYTES,
    )


def _both(pairs: Sequence[tuple[Cost, Cost]], text: Callable[[Cost], str]) -> str:
    """Return both sides of the median round in words."""
    ours, hugos = sorted(pairs, key=lambda pair: pair[0].cpu_seconds / pair[1].cpu_seconds)[len(pairs) // 2]
    return f"ours {text(ours)}, Hugo {text(hugos)}"


if __name__ == "__main__":
    main()
