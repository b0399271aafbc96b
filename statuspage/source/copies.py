"""Copies of files as they were when they were good; what cannot be kept or read is as if it were not there."""

from __future__ import annotations

import os
import sqlite3
import zlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

MOST_VERSIONS = 50
_FAST = 1
_SCHEMA = """
CREATE TABLE IF NOT EXISTS copy (
    path TEXT NOT NULL,
    number INTEGER NOT NULL, -- 0: without an error; higher: newer, with errors
    content BLOB NOT NULL,   -- zlib
    PRIMARY KEY (path, number)
) WITHOUT ROWID
"""
_REFUSED = (sqlite3.Error, OSError)
_DAMAGED = (sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_CORRUPT)

Copy = tuple[str, bytes, bool]
"""The path of a file, its content, and whether it has an error."""


class Copies:
    """The copies of one site."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self._connection: sqlite3.Connection | None = None
        self._opened_by = 0

    def of(self, path: str) -> list[bytes]:
        """Return the copies of a file, newest first."""
        with suppress(*_REFUSED, zlib.error), self._open() as copies:
            rows = copies.execute("SELECT content FROM copy WHERE path = ? ORDER BY number DESC", (path,))
            return [zlib.decompress(content) for (content,) in rows]
        return []

    def keep(self, files: Iterable[Copy]) -> None:
        """Keep these, in one transaction: of a file without errors this one alone, else also those before it."""
        packed = [(path, zlib.compress(content, _FAST), has_error) for path, content, has_error in files]
        with suppress(*_REFUSED):
            try:
                self._keep(packed)
            except sqlite3.DatabaseError as error:
                if error.sqlite_errorcode not in _DAMAGED:
                    raise
                self._file.unlink(missing_ok=True)
                self._keep(packed)

    def _keep(self, packed: Iterable[Copy]) -> None:
        with self._open(for_writing=True) as copies:
            for path, content, has_error in packed:
                (_keep_later if has_error else _keep_good)(copies, path, content)

    def drop(self, paths: Iterable[str]) -> None:
        """Forget all copies of these files."""
        with suppress(*_REFUSED), self._open() as copies:
            copies.executemany("DELETE FROM copy WHERE path = ?", ((path,) for path in paths))

    def paths(self) -> list[str]:
        """Return the files of which there is a copy."""
        with suppress(*_REFUSED), self._open() as copies:
            return [path for (path,) in copies.execute("SELECT DISTINCT path FROM copy")]
        return []

    def close(self) -> None:
        """Close the file; it is opened again when it is wanted."""
        if self._connection:
            self._connection.close()
        self._connection = None

    @contextmanager
    def _open(self, *, for_writing: bool = False) -> Iterator[sqlite3.Connection]:
        """Yield the open file, kept open from then on: in the process that opened it, and while it is there."""
        if self._opened_by != os.getpid() or not self._file.exists():
            self._connection = None
        if self._connection is None:
            if not for_writing and not self._file.exists():
                raise FileNotFoundError(self._file)
            self._file.parent.mkdir(parents=True, exist_ok=True)
            self._connection, self._opened_by = _connected(self._file), os.getpid()
        try:
            with self._connection:
                yield self._connection
        except sqlite3.Error:
            self.close()
            raise


def _connected(file: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(file, timeout=30, check_same_thread=False)
    try:
        connection.execute("PRAGMA journal_mode = WAL")
        # A copy lost to a power cut is a copy less; the file itself stays whole.
        connection.execute("PRAGMA synchronous = NORMAL")
        connection.execute(_SCHEMA)
    except sqlite3.Error:
        connection.close()
        raise
    return connection


def _keep_good(copies: sqlite3.Connection, path: str, packed: bytes) -> None:
    rows = copies.execute("SELECT number, content FROM copy WHERE path = ?", (path,)).fetchall()
    if rows == [(0, packed)]:
        return
    copies.execute("DELETE FROM copy WHERE path = ?", (path,))
    copies.execute("INSERT INTO copy VALUES (?, 0, ?)", (path, packed))


def _keep_later(copies: sqlite3.Connection, path: str, packed: bytes) -> None:
    rows = copies.execute("SELECT number, content FROM copy WHERE path = ? ORDER BY number", (path,)).fetchall()
    if rows and rows[-1][1] == packed:
        return
    newest = rows[-1][0] if rows else 0
    copies.execute("DELETE FROM copy WHERE path = ? AND number > 0 AND content = ?", (path, packed))
    copies.execute("INSERT INTO copy VALUES (?, ?, ?)", (path, newest + 1, packed))
    copies.execute("DELETE FROM copy WHERE path = ? AND number > 0 AND number <= ?", (path, newest + 1 - MOST_VERSIONS))
