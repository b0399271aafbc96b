"""P6: a build that finds nothing changed, in a fresh process, against `git status` of the same tree.

Run as `python bench/nothing_changed.py [--count N] [--rounds N] [--full]`.
"""

from __future__ import annotations

from pathlib import Path

from bench.commands import build_command, git
from bench.measuring import Cost, Row, counted_short, cpu_ratios, in_turn, ratio_row, run
from bench.workplace import Workplace, options, workplace
from statuspage.layout import VAR

COUNT = 10_000
FULL_COUNT = 100_000
LIMIT = 2.5
NOBODY = ("-c", "user.name=bench", "-c", "user.email=bench@example.com", "-c", "commit.gpgsign=false")
LOOK_AT_EVERY_FILE = ("-c", "core.untrackedCache=false", "-c", "core.fsmonitor=false")


def main() -> None:
    """Print the row."""
    parser = options(__doc__)
    parser.add_argument("--count", type=int, default=COUNT)
    parser.add_argument("--rounds", type=int, default=10)
    arguments = parser.parse_args()
    count = FULL_COUNT if arguments.full else arguments.count
    with workplace(arguments.folder) as place:
        print(nothing_changed_row(place, count, rounds=arguments.rounds))


def nothing_changed_row(place: Workplace, count: int, *, rounds: int) -> Row:
    """Return the row: CPU of the two, paired."""
    site, output = place.own_site(count), place.fresh("public")
    put_into_git(site)

    def build() -> Cost:
        return run(build_command(site, output))

    def status() -> Cost:
        return run([git(), *LOOK_AT_EVERY_FILE, "-C", site, "status", "--porcelain"])

    for _ in range(2):  # once to do the work, once to note what was too young to be trusted
        build()
        status()
    pairs = in_turn(build, status, rounds=rounds)
    ours, gits = sorted(pairs, key=lambda pair: pair[0].cpu_seconds / pair[1].cpu_seconds)[len(pairs) // 2]
    return ratio_row(
        "P6",
        cpu_ratios(pairs),
        what=f"nothing changed, {counted_short(count)}, CPU / git status",
        limit=LIMIT,
        detail=f"ours {ours.cpu_seconds * 1000:.0f} ms, git {gits.cpu_seconds * 1000:.0f} ms",
    )


def put_into_git(site: Path) -> None:
    """Make the site a repository with all its files committed."""
    run([git(), "init", "--quiet", site])
    (site / ".git" / "info" / "exclude").write_text(f"/{VAR}/\n", encoding="utf-8")
    run([git(), "-C", site, "add", "--all"])
    run([git(), *NOBODY, "-C", site, "commit", "--quiet", "--message", "The corpus"])


if __name__ == "__main__":
    main()
