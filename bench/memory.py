"""The memory of a process and of all that it has started."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

SAMPLE_SECONDS = 0.05


class Peak:
    """The most memory that was seen."""

    bytes = 0


def process_bytes(pid: int) -> int:
    """Return the memory of one process, a shared page counted in proportion (PSS); 0 when it has ended."""
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="ascii").splitlines()
    except (FileNotFoundError, ProcessLookupError):
        return 0
    return sum(int(line.split()[1]) for line in lines if line.startswith("Pss:")) * 1024


def tree_bytes(pid: int) -> int:
    """Return the memory of a process and of all below it together."""
    return sum(process_bytes(each) for each in process_tree(pid))


def largest_bytes(pid: int) -> int:
    """Return the memory of the largest of a process and those below it."""
    return max(process_bytes(each) for each in process_tree(pid))


def process_tree(pid: int) -> Iterator[int]:
    """Yield a process and all below it."""
    yield pid
    try:
        threads = list(Path(f"/proc/{pid}/task").iterdir())
        children = [child for thread in threads for child in (thread / "children").read_text(encoding="ascii").split()]
    except (FileNotFoundError, ProcessLookupError):
        return
    for child in children:
        yield from process_tree(int(child))


@contextmanager
def watched(pid: int) -> Iterator[Peak]:
    """Look at the memory of a process and of all below it many times a second, until the block ends."""
    peak, is_over = Peak(), threading.Event()

    def look() -> None:
        while not is_over.wait(SAMPLE_SECONDS):
            peak.bytes = max(peak.bytes, tree_bytes(pid))

    watcher = threading.Thread(target=look, daemon=True)
    watcher.start()
    try:
        yield peak
    finally:
        is_over.set()
        watcher.join()
