"""What was published to one folder: path, hash and size of each file, and the digest of all. It lies outside of it.

It is the list of what is ours to replace and to remove: of a file that is about to be new it is noted first.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path

from statuspage.digest import digest_text, share_of
from statuspage.publish.side_files import is_side_file

_SCHEMA = (
    # No hash: about to be written, or changed by somebody else.
    "CREATE TABLE IF NOT EXISTS file (path TEXT PRIMARY KEY, hash BLOB, size INTEGER) WITHOUT ROWID",
    "CREATE TABLE IF NOT EXISTS folder (path TEXT PRIMARY KEY, stamp TEXT NOT NULL) WITHOUT ROWID",
    "CREATE TABLE IF NOT EXISTS meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID",
)
_AT_ONCE = 500


class Manifest:
    """The manifest of one output folder."""

    def __init__(self, file: Path, *, is_damaged: bool = False) -> None:
        """Open it; one that is damaged is begun anew. Raises OSError or sqlite3.Error where the disk refuses."""
        file.parent.mkdir(parents=True, exist_ok=True)
        try:
            if is_damaged:
                _remove(file)
            self._db = _opened(file)
        except sqlite3.DatabaseError as error:
            if not is_damage(error):
                raise
            _remove(file)
            self._db = _opened(file)

    def close(self) -> None:
        """Close the file."""
        self._db.close()

    def known(self, paths: Iterable[str]) -> dict[str, tuple[bytes | None, int]]:
        """Return hash and size of those of the paths that are ours."""
        found: dict[str, tuple[bytes | None, int]] = {}
        wanted = list(paths)
        for start in range(0, len(wanted), _AT_ONCE):
            some = wanted[start : start + _AT_ONCE]
            sql = f"SELECT path, hash, size FROM file WHERE path IN ({','.join('?' * len(some))})"  # noqa: S608
            found.update((path, (digest, size)) for path, digest, size in self._db.execute(sql, some))
        return found

    def begin_marking(self) -> None:
        """Forget which paths were marked."""
        self._db.execute("DROP TABLE IF EXISTS temp.marked")
        self._db.execute("CREATE TEMP TABLE marked (path TEXT PRIMARY KEY) WITHOUT ROWID")

    def mark(self, paths: Iterable[str]) -> None:
        """Mark paths as those that stay."""
        self._db.executemany("INSERT OR IGNORE INTO temp.marked VALUES (?)", ((path,) for path in paths))

    def unmark(self, paths: Iterable[str]) -> None:
        """Take the marks of paths away."""
        self._db.executemany("DELETE FROM temp.marked WHERE path = ?", ((path,) for path in paths))

    def unmarked(self) -> list[str]:
        """Return every path that is ours and was not marked."""
        return [path for (path,) in self._db.execute("SELECT path FROM file EXCEPT SELECT path FROM temp.marked")]

    def digest(self, *, apart_from: Iterable[str], coming: Mapping[str, bytes]) -> str:
        """Return the digest of all files but some, in hex, with the hashes of those that are about to be recorded."""
        total = self._total
        for path, (content_hash, _) in self.known([*apart_from, *coming]).items():
            total -= _share(path, content_hash)
        return digest_text(total + sum(_share(path, content_hash) for path, content_hash in coming.items()))

    @property
    def count(self) -> int:
        """Return how many files are ours."""
        return int(self._meta("count") or 0)

    @property
    def release(self) -> str:
        """Return the name of the publication that wrote last; empty for none that has one."""
        return self._meta("release") or ""

    def begin_release(self, name: str) -> None:
        """Note that a publication is about to write."""
        with self._writing():
            self._set("release", name)

    def announce(self, paths: Iterable[str]) -> None:
        """Note paths that are about to be written for the first time; this is on disk when it returns."""
        rows = [(path,) for path in paths]
        self._db.execute("PRAGMA synchronous = FULL")
        with self._writing():
            # Another process may have announced one of them: until rivals for an id are told apart, they share a path.
            added = self._db.executemany("INSERT OR IGNORE INTO file VALUES (?, NULL, 0)", rows).rowcount
            self._move(count=max(added, 0))
        # What else is noted may be lost to a power cut: a file is then compared with what is to be published.
        self._db.execute("PRAGMA synchronous = NORMAL")

    def record(
        self,
        written: Mapping[str, tuple[bytes, int]],
        *,
        removed: Iterable[str] = (),
        folders: Mapping[str, str | None],
    ) -> None:
        """Note hash and size of files that were written, which were removed, and the stamps of their folders."""
        removed = list(removed)
        # Everything is read within the transaction: another process may write for the same publication.
        with self._writing():
            before = self.known([*written, *removed])
            total = self._total - sum(_share(path, old) for path, (old, _) in before.items())
            total += sum(_share(path, digest) for path, (digest, _) in written.items())
            self._set("total", str(total))
            rows = [(path, digest, size) for path, (digest, size) in written.items()]
            self._db.executemany("INSERT OR REPLACE INTO file VALUES (?, ?, ?)", rows)
            self._db.executemany("DELETE FROM file WHERE path = ?", [(path,) for path in removed])
            self._move(count=sum(path not in before for path in written) - sum(path in before for path in removed))
            self._stamp(folders)

    def distrust(self) -> None:
        """Forget what the files hold, but not that they are ours."""
        with self._writing():
            self._db.execute("UPDATE file SET hash = NULL")
            self._db.execute("DELETE FROM folder")
            self._set("total", "0")

    def folder_stamps(self) -> dict[str, str]:
        """Return what each folder was stamped with after the last publication to it."""
        return dict(self._db.execute("SELECT path, stamp FROM folder"))

    def _stamp(self, folders: Mapping[str, str | None]) -> None:
        for path, stamp in folders.items():
            if stamp is None:
                self._db.execute("DELETE FROM folder WHERE path = ?", (path,))
            else:
                self._db.execute("INSERT OR REPLACE INTO folder VALUES (?, ?)", (path, stamp))

    def restamp(self, folders: Mapping[str, str | None]) -> None:
        """Note new stamps of folders."""
        with self._writing():
            self._stamp(folders)

    @property
    def _total(self) -> int:
        return int(self._meta("total") or 0)

    def _move(self, *, count: int) -> None:
        if count:
            self._set("count", str(self.count + count))

    def _meta(self, name: str) -> str | None:
        found = self._db.execute("SELECT value FROM meta WHERE name = ?", (name,)).fetchone()
        return found[0] if found else None

    def _set(self, name: str, value: str) -> None:
        self._db.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", (name, value))

    @contextmanager
    def _writing(self) -> Iterator[None]:
        self._db.execute("BEGIN IMMEDIATE")
        try:
            yield
            self._db.execute("COMMIT")
        except BaseException:
            with suppress(sqlite3.Error):
                self._db.execute("ROLLBACK")
            raise


def is_damage(error: sqlite3.Error) -> bool:
    """Return True when the file cannot be used as it is, whatever is tried again."""
    return getattr(error, "sqlite_errorcode", None) in (sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_CORRUPT)


def _remove(file: Path) -> None:
    for leftover in (file, file.with_name(f"{file.name}-wal"), file.with_name(f"{file.name}-shm")):
        leftover.unlink(missing_ok=True)


def _share(path: str, content_hash: bytes | None) -> int:
    """Return what a file adds to the digest; nothing for one whose content is not known, and for packed forms."""
    return 0 if content_hash is None or is_side_file(path) else share_of(path, content_hash)


def _opened(file: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(file, timeout=60, isolation_level=None, check_same_thread=False)
    try:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = NORMAL")
        for statement in _SCHEMA:
            connection.execute(statement)
    except sqlite3.Error:
        connection.close()
        raise
    return connection
