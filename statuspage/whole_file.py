"""Files that readers see whole: the old one or the new one, never half, whenever the machine stops."""

from __future__ import annotations

import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

TEMPORARY_SUFFIX = ".part"


def write_whole(path: Path, content: bytes) -> None:
    """Put the content in place of the file, which keeps its permissions; folders that are missing are made.

    It is on disk when this returns. Raises OSError where the disk refuses; what was there before stays.
    """
    with whole_beside(path, content) as whole:
        with suppress(FileNotFoundError):
            whole.chmod(path.stat().st_mode & 0o777)
        whole.replace(path)
    _sync_folder(path.parent)


@contextmanager
def whole_beside(path: Path, content: bytes) -> Iterator[Path]:
    """Yield a hidden file beside `path` that holds the content, ready to be renamed or linked; then it is gone."""
    path.parent.mkdir(parents=True, exist_ok=True)
    # Named for itself alone: two programs may write the same file at once, and its own name may be as long as names go.
    beside = path.with_name(f".{secrets.token_hex(8)}{TEMPORARY_SUFFIX}")
    try:
        with beside.open("xb") as stream:
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
        yield beside
    finally:
        beside.unlink(missing_ok=True)


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
