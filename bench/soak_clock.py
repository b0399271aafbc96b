"""A soak of the compiler alone: random edits while the clock steps to and fro, compared with fresh builds.

Run as `python bench/soak_clock.py [--count N] [--edits N] [--compare N] [--seed N]`. Every so many edits,
what the warm compiler has published is compared byte for byte with what a fresh process builds elsewhere, of the same
files at the same instant. Ends with 1 at a difference.
"""

from __future__ import annotations

import filecmp
import os
import random
import shutil
import sys
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

from bench.author import Author
from bench.commands import STATUSPAGE
from bench.compiler import new_compiler
from bench.corpus import NOW
from bench.measuring import run
from bench.workplace import Workplace, options, workplace
from statuspage.layout import VAR

COUNT = 10_000
EDITS = 10_000
COMPARE_EVERY = 500
FARTHEST = timedelta(days=20)
"""How far from the instant of the corpus the clock may come."""
UNTOLD_SHARE = 0.05
CLOCK_ONLY_SHARE = 0.3
MOST_SHOWN = 20
STEPS = (timedelta(minutes=2), timedelta(hours=3), timedelta(days=4))


def main() -> int:
    """Return 1 when a fresh build differed."""
    parser = options(__doc__)
    parser.add_argument("--count", type=int, default=COUNT)
    parser.add_argument("--edits", type=int, default=EDITS)
    parser.add_argument("--compare", type=int, default=COMPARE_EVERY, metavar="N", help="compare after every N edits")
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    with workplace(arguments.folder) as place:
        author = Author(place.own_site(arguments.count), seed=arguments.seed)
        clock = stepping_clock(arguments.seed)
        found = list(comparisons(place, author, clock=clock, edits=arguments.edits, every=arguments.compare))
    differing = [path for paths in found for path in paths]
    print(f"{arguments.edits} edits {author.counts}, compared {len(found)} times, {len(differing)} files different")
    for path in differing[:MOST_SHOWN]:
        print(f"  {path}")
    return int(bool(differing))


def comparisons(
    place: Workplace, author: Author, *, clock: Iterator[datetime], edits: int, every: int
) -> Iterator[list[str]]:
    """Edit and compile in one process; yield at each comparison the paths that differ from a fresh build."""
    chance = random.Random(edits)
    public = place.fresh("public")
    compiler = new_compiler(author.site, public)
    compiler.compile(NOW, changed=None)
    for number in range(1, edits + 1):
        touched = author.edit(number)
        # Now and then nobody says what was edited, as after a restart or a beat that found a difference by itself.
        compiler.compile(next(clock), changed=None if chance.random() < UNTOLD_SHARE else touched)
        if number % every == 0 or number == edits:
            # A file that cannot be read keeps its last good version, which a process that knows nothing has not.
            compiler.compile(now := next(clock), changed=author.mend_everything())
            yield difference_from_fresh_build(place, author.site, public=public, now=now)
        elif chance.random() < CLOCK_ONLY_SHARE:
            compiler.compile(next(clock), changed=frozenset())


def stepping_clock(seed: int) -> Iterator[datetime]:
    """Yield instants that mostly run on, and now and then step by hours or days, in both directions."""
    chance = random.Random(seed)
    now = NOW
    while True:
        longest = chance.choices(STEPS, weights=(80, 12, 8))[0]
        backwards = longest != STEPS[0] and chance.random() < 0.5
        step = timedelta(seconds=chance.randrange(int(longest.total_seconds())))
        now = min(max(now + (-step if backwards else step), NOW - FARTHEST), NOW + FARTHEST)
        yield now


def difference_from_fresh_build(place: Workplace, site: Path, *, public: Path, now: datetime) -> list[str]:
    """Return the paths at which the tree differs from a build of a copy of the site by a process that knows nothing."""
    copy, fresh = place.fresh("copy"), place.fresh("fresh")
    shutil.copytree(site, copy, ignore=shutil.ignore_patterns(VAR), copy_function=os.link)
    run([STATUSPAGE, "build", "--site", copy, "--output", fresh, "--now", now.isoformat()])
    paths = sorted(_files(public) | _files(fresh))
    _, different, missing = filecmp.cmpfiles(public, fresh, paths, shallow=False)
    shutil.rmtree(copy)
    shutil.rmtree(fresh)
    return [f"{now.isoformat()} {path}" for path in (*different, *missing)]


def _files(folder: Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}


if __name__ == "__main__":
    sys.exit(main())
