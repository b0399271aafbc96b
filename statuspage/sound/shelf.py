"""A folder of files that can be made again: whole, bounded, and gone without harm."""

from __future__ import annotations

import hashlib
import os
import secrets
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from statuspage.whole_file import TEMPORARY_SUFFIX

_CHECK_BYTES = 32


class Shelf:
    """Keeps what was used last, up to so many bytes. Several processes may use one at once."""

    def __init__(self, folder: Path, *, limit_bytes: int) -> None:
        self._folder = folder
        self._limit_bytes = limit_bytes

    def get(self, key: str) -> bytes | None:
        """Return what was put there under the key; None when it is not there, or not as it was put."""
        path = self._folder / key
        try:
            kept = path.read_bytes()
        except OSError:
            return None
        content, check = kept[:-_CHECK_BYTES], kept[-_CHECK_BYTES:]
        if hashlib.sha256(content).digest() != check:
            return None
        with suppress(OSError):
            os.utime(path)
        return content

    def put(self, key: str, content: bytes) -> None:
        """Keep the content, and drop what has not been used for longest where there is too much.

        A disk that refuses is no fault: the content is made again.
        """
        with suppress(OSError):
            self._folder.mkdir(parents=True, exist_ok=True)
            # It need not be on disk when this returns: after a crash its digest says whether it is what it was.
            part = self._folder / f".{secrets.token_hex(8)}{TEMPORARY_SUFFIX}"
            part.write_bytes(content + hashlib.sha256(content).digest())
            part.replace(self._folder / key)
            self._trim()

    def _trim(self) -> None:
        entries = sorted(self._entries(), reverse=True)
        total = 0
        for _, size, path in entries:
            total += size
            if total > self._limit_bytes:
                path.unlink(missing_ok=True)

    def _entries(self) -> Iterator[tuple[int, int, Path]]:
        for path in self._folder.iterdir():
            with suppress(FileNotFoundError):
                status = path.stat()
                yield status.st_mtime_ns, status.st_size, path
