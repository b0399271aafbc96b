"""A soak: a served site is edited at random for a long time while readers look for what must never be seen.

Run as `python bench/soak.py [--count N] [--edits N] [--readers N] [--seed N]`. Each answer must be whole, a link from a
page just read must lead somewhere unless its incident has gone since, and no address may say less than it said before:
each edit writes a number, higher than the last, into the newest incident. Ends with 1 at any violation.
"""

from __future__ import annotations

import random
import sys
import time
from collections.abc import Sequence
from contextlib import ExitStack

from bench.author import Author
from bench.edits import step_word
from bench.memory import tree_bytes
from bench.served_site import Reader, Served, served
from bench.soak_readers import SoakReader
from bench.workplace import options, workplace

COUNT = 10_000
EDITS = 10_000
READERS = 4
HURRIED_SHARE = 0.3
"""So many edits do not wait until the one before them is seen."""
MOST_SHOWN = 20


def main() -> int:
    """Return 1 when a reader saw what it must not."""
    parser = options(__doc__)
    parser.add_argument("--count", type=int, default=COUNT)
    parser.add_argument("--edits", type=int, default=EDITS)
    parser.add_argument("--readers", type=int, default=READERS)
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    began_at = time.perf_counter()
    with workplace(arguments.folder) as place, ExitStack() as running:
        site = place.own_site(arguments.count)
        author = Author(site, seed=arguments.seed)
        server = running.enter_context(served(site, log=place.fresh("serve-log")))
        readers = [SoakReader(server.port, gone=author.gone, seed=seed) for seed in range(arguments.readers)]
        for reader in readers:
            reader.start()
            running.callback(reader.stop)
        memory = edit_and_watch(author, server, edits=arguments.edits)
        for reader in readers:
            reader.stop()
    print(f"{arguments.edits} edits {author.counts} in {time.perf_counter() - began_at:.0f} s")
    print("memory of the server at start, middle, end: " + ", ".join(f"{each / 1e6:.0f} MB" for each in memory))
    return report(readers)


def edit_and_watch(author: Author, server: Served, *, edits: int) -> list[int]:
    """Make all edits at the pace at which they are seen; return the memory of the server at start, middle and end."""
    chance = random.Random(edits)
    eye = Reader(server.port, "/")
    memory = [tree_bytes(server.pid)]
    for number in range(1, edits + 1):
        author.edit(number)
        if number == edits or chance.random() >= HURRIED_SHARE:
            eye.seen_at(step_word(number))
        if number == (edits + 1) // 2:
            memory.append(tree_bytes(server.pid))
    return [*memory, tree_bytes(server.pid)]


def report(readers: Sequence[SoakReader]) -> int:
    """Print what the readers did and saw; return 1 when any of it must not be."""
    violations = [violation for reader in readers for violation in reader.violations]
    answers, links = sum(reader.answers for reader in readers), sum(reader.links for reader in readers)
    print(f"{answers} answers read, {links} of them by links, {len(violations)} violations")
    for violation in violations[:MOST_SHOWN]:
        print(f"  {violation}")
    return int(bool(violations))


if __name__ == "__main__":
    sys.exit(main())
