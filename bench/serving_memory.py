"""P8: the memory of the process that serves, after its start and after many edits.

Run as `python bench/serving_memory.py [--count N] [--edits N] [--full]`. Memory that processes share is counted in
proportion (PSS). The figure is that of the process that compiles and answers; another one watches over it.
"""

from __future__ import annotations

from bench.edits import incident_files, save, step_word, with_news
from bench.measuring import Row, counted_short
from bench.memory import largest_bytes, tree_bytes
from bench.served_site import Reader, served
from bench.workplace import Workplace, options, workplace

COUNT = 1_000
FULL_COUNT = 100_000
EDITS = 200
LIMIT_MEGABYTES = 90


def main() -> None:
    """Print a row for each size."""
    parser = options(__doc__)
    parser.add_argument("--count", type=int, default=COUNT)
    parser.add_argument("--edits", type=int, default=EDITS)
    arguments = parser.parse_args()
    counts = (arguments.count, FULL_COUNT) if arguments.full else (arguments.count,)
    with workplace(arguments.folder) as place:
        for count in counts:
            print(memory_row(place, count, edits=arguments.edits), flush=True)


def memory_row(place: Workplace, count: int, *, edits: int) -> Row:
    """Return the row of one size."""
    site = place.own_site(count)
    newest = incident_files(site)[-1]
    text = newest.read_text(encoding="utf-8")
    with served(site, log=place.fresh("serve-log")) as server:
        reader = Reader(server.port, "/")
        reader.news()
        at_start = largest_bytes(server.pid) / 1e6
        for number in range(edits):
            save(newest, with_news(text, number))
            reader.seen_at(step_word(number))
        at_end, together = largest_bytes(server.pid) / 1e6, tree_bytes(server.pid) / 1e6
    return Row(
        target="P8",
        what=f"memory of the process that serves, {counted_short(count)}, after {edits} edits",
        wanted=f"≤ {LIMIT_MEGABYTES} MB",
        measured=f"{at_end:.0f} MB",
        spread=f"at the start {at_start:.0f} MB; all processes together {together:.0f} MB",
        is_met=max(at_start, at_end) <= LIMIT_MEGABYTES,
    )


if __name__ == "__main__":
    main()
