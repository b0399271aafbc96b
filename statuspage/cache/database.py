"""The file of the cache: opened where it can be used as it is, else thrown away and begun anew."""

from __future__ import annotations

import sqlite3
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path

APPLICATION_ID = 0x57A7_0CAC
"""Stands in the head of the file: a database of another program is none of ours."""
FORMAT = 4
LOCK_WAIT_SECONDS = 600.0
"""How long one process waits for another that compiles the same site."""
CHECKED_BYTES = 16 * 2**20
"""A larger file is not looked through at each start: it takes longer than the start itself."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """A database that can be used."""

    connection: sqlite3.Connection
    note: str = ""
    """Why an earlier file was thrown away; empty when none was."""


def is_damage(error: sqlite3.Error) -> bool:
    """Return True when the file cannot be used as it is, whatever is tried again."""
    return getattr(error, "sqlite_errorcode", None) in (sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_CORRUPT)


def open_database(file: Path | None, *, damage: str = "") -> Opened:
    """Return the database in `file`, or a new one in its place when that is not one of ours, or damaged.

    `damage` is what was found to be wrong with it.

    Without a file, and where the disk refuses, it is in memory only.
    """
    if file is None:
        return Opened(connection=_new(":memory:"))
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        connection = _connect(str(file))
        if damage:
            return _again(connection, file, damage)
        try:
            if reason := _unusable(connection, file):
                return _again(connection, file, reason)
        except sqlite3.DatabaseError as error:
            if isinstance(error, sqlite3.OperationalError):
                raise
            return _again(connection, file, str(error))
        return Opened(connection=connection)
    except (OSError, sqlite3.OperationalError) as error:
        return Opened(connection=_new(":memory:"), note=f"{file}: cannot be used: {error}")


def empty(connection: sqlite3.Connection) -> None:
    """Take everything out, within the transaction under way."""
    for (table,) in connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table'").fetchall():
        connection.execute(f"DELETE FROM {table}")  # noqa: S608 - the names are those of our own schema


def _throw_away(file: Path) -> None:
    """Remove a database and what belongs to it."""
    for leftover in (file, *(file.with_name(file.name + ending) for ending in ("-wal", "-shm", "-journal"))):
        with suppress(FileNotFoundError):
            leftover.unlink()


def _again(connection: sqlite3.Connection, file: Path, reason: str) -> Opened:
    connection.close()
    _throw_away(file)
    return Opened(connection=_connect(str(file)), note=f"{file}: is thrown away: {reason}")


def _connect(place: str) -> sqlite3.Connection:
    # Transactions are begun by hand: a writer takes the lock before it reads.
    connection = sqlite3.connect(place, timeout=LOCK_WAIT_SECONDS, isolation_level=None, check_same_thread=False)
    try:
        connection.execute("PRAGMA journal_mode = WAL")
        # A power cut may cost the last transaction, which is then done again; the file stays whole.
        connection.execute("PRAGMA synchronous = NORMAL")
        connection.execute("BEGIN IMMEDIATE")
        if not connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()[0]:
            for statement in _schema():
                connection.execute(statement)
            connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
            connection.execute(f"PRAGMA user_version = {FORMAT}")
        connection.execute("COMMIT")
    except sqlite3.DatabaseError:
        with suppress(sqlite3.Error):
            connection.execute("ROLLBACK")
        if place == ":memory:":
            raise
    return connection


def _new(place: str) -> sqlite3.Connection:
    return _connect(place)


@cache
def _schema() -> tuple[str, ...]:
    text = files("statuspage.cache").joinpath("schema.sql").read_text(encoding="utf-8")
    lines = (line.partition("--")[0] for line in text.splitlines())
    return tuple(statement for statement in " ".join(lines).split(";") if statement.strip())


def _unusable(connection: sqlite3.Connection, file: Path) -> str:
    """Return why the database cannot be used; empty when it can."""
    if connection.execute("PRAGMA application_id").fetchone()[0] != APPLICATION_ID:
        return "it is not a cache of this program"
    if connection.execute("PRAGMA user_version").fetchone()[0] != FORMAT:
        return "it has another form"
    if file.stat().st_size > CHECKED_BYTES:
        return ""
    found = connection.execute("PRAGMA quick_check(1)").fetchone()[0]
    return "" if found == "ok" else f"it is damaged: {' '.join(found.split())}"
