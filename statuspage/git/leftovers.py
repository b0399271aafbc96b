"""What a program that was killed leaves in the mirror: locks that nobody holds, objects that are half there."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def locked(path: Path) -> Iterator[None]:
    """Keep every other process and thread out of blocks with the same file; it waits for them."""
    descriptor = _opened(path)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)


def sweep(mirror: Path, *, fetching: Path) -> None:
    """Remove what is left over in a bare repository; call it inside the lock under which references are moved.

    Objects and references are written only inside that lock. Packs are written while `fetching` is locked: where
    another program is at it right now, they are left to the next start.
    """
    for left in (*mirror.glob("*.lock"), *(mirror / "refs").rglob("*.lock"), *mirror.glob("objects/??/*.lock")):
        left.unlink(missing_ok=True)
    descriptor = _opened(fetching)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        for left in _half_packs(mirror / "objects"):
            left.unlink(missing_ok=True)
    except BlockingIOError:
        return
    finally:
        os.close(descriptor)


def _half_packs(objects: Path) -> Iterator[Path]:
    yield from objects.glob("tmp_pack_*")
    yield from objects.glob("pack/*.lock")
    for pack in objects.glob("pack/*.pack"):
        # A pack without its index is read by nobody.
        if not pack.with_suffix(".idx").exists():
            yield pack


def _opened(path: Path) -> int:
    path.parent.mkdir(parents=True, exist_ok=True)
    return os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
