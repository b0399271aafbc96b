"""P5: from the moment when a file is saved to the one when every surface says it over HTTP.

Run as `python bench/saved_to_served.py [--edits N] [--full]`. The newest incident is edited; for each surface
a reader asks again and again for what is new, over a connection that it keeps.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from statistics import median

from bench.edits import incident_files, save, step_word, with_news
from bench.measuring import Row, counted_short, percentile
from bench.served_site import Reader, served
from bench.workplace import Workplace, options, workplace

COUNT = 1_000
FULL_COUNT = 100_000
EDITS = 50
LIMIT_MILLISECONDS = 25
FLAT = 1.2
PAUSE_SECONDS = 0.05
"""Before each edit, so that none finds the server still busy with the last one."""
SURFACES = ("/", "/updates.atom", "/history.rss", "/api/v2/incidents.json", "/hold/en.txt")


def main() -> None:
    """Print a row for each size."""
    parser = options(__doc__)
    parser.add_argument("--count", type=int, default=COUNT)
    parser.add_argument("--edits", type=int, default=EDITS)
    arguments = parser.parse_args()
    with workplace(arguments.folder) as place:
        small = milliseconds(place, arguments.count, edits=arguments.edits)
        print(size_row(arguments.count, small), flush=True)
        if arguments.full:
            large = milliseconds(place, FULL_COUNT, edits=arguments.edits)
            print(size_row(FULL_COUNT, large))
            print(flat_row(arguments.count, small=small, large=large))


def milliseconds(place: Workplace, count: int, *, edits: int) -> list[float]:
    """Return how long each edit took until all surfaces had it; a first one, not counted, warms the server."""
    site = place.own_site(count)
    newest = incident_files(site)[-1]
    text = newest.read_text(encoding="utf-8")
    with served(site, log=place.fresh("serve-log")) as server:
        readers = [Reader(server.port, address) for address in (f"/incidents/{newest.stem}/", *SURFACES)]
        for reader in readers:
            reader.news()
        seconds = [_seconds_until_seen(newest, text, number=number, readers=readers) for number in range(edits + 1)]
    return [1000 * each for each in seconds[1:]]


def size_row(count: int, waits: Sequence[float]) -> Row:
    """Return the row of one size."""
    late = percentile(waits, 0.9)
    return Row(
        target="P5",
        what=f"saved → new on all surfaces over HTTP, {counted_short(count)}, p90",
        wanted=f"≤ {LIMIT_MILLISECONDS} ms",
        measured=f"{late:.1f} ms",
        spread=f"p50 {median(waits):.1f} ms, {min(waits):.1f}–{max(waits):.1f}",
        is_met=late <= LIMIT_MILLISECONDS,
    )


def flat_row(count: int, *, small: Sequence[float], large: Sequence[float]) -> Row:
    """Return the row that compares the sizes."""
    ratio = percentile(large, 0.9) / percentile(small, 0.9)
    return Row(
        target="P5",
        what=f"the same, {counted_short(FULL_COUNT)} / {counted_short(count)}, p90",
        wanted=f"≤ {FLAT:g} x",
        measured=f"{ratio:.2f} x",
        spread=f"p50 {median(large) / median(small):.2f} x",
        is_met=ratio <= FLAT,
    )


def _seconds_until_seen(file: Path, text: str, *, number: int, readers: Sequence[Reader]) -> float:
    """Save one edit; return the seconds until the last surface shows it."""
    time.sleep(PAUSE_SECONDS)
    with ThreadPoolExecutor(len(readers)) as pool:
        waits = [pool.submit(reader.seen_at, step_word(number)) for reader in readers]
        began_at = time.perf_counter()
        save(file, with_news(text, number))
        return max(wait.result() for wait in waits) - began_at


if __name__ == "__main__":
    main()
