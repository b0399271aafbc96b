"""The file of the outbox: opened, or set aside where it is damaged, and begun anew."""

from __future__ import annotations

import logging
import sqlite3
import time
from contextlib import closing, suppress
from functools import cache
from importlib.resources import files
from pathlib import Path

APPLICATION_ID = 0x57A7_0B0C
FORMAT = 1
LOCK_WAIT_SECONDS = 30.0
LOOK_WAIT_SECONDS = 5.0
_TURN_SECONDS = 0.01
ENDINGS = ("", "-wal", "-shm")

logger = logging.getLogger(__name__)


def open_store(file: Path) -> sqlite3.Connection:
    """Return the database in `file`; one that cannot be used is renamed, and a new one takes its place.

    Raises OSError or sqlite3.OperationalError where the disk refuses.
    """
    file.parent.mkdir(parents=True, exist_ok=True)
    # Its texts are for staff alone.
    file.touch(mode=0o600, exist_ok=True)
    connection = _connect(file)
    try:
        reason = _prepare(connection)
    except sqlite3.OperationalError:
        connection.close()
        raise
    except sqlite3.DatabaseError as error:
        reason = str(error)
    if not reason:
        return connection
    connection.close()
    set_aside(file, reason)
    file.touch(mode=0o600)
    connection = _connect(file)
    _prepare(connection)
    return connection


def trouble_of_store(file: Path) -> str:
    """Return why a database that is there cannot be used; empty when it can. It stays as it is."""
    try:
        with closing(_connect(file, wait_seconds=LOOK_WAIT_SECONDS)) as connection:
            return _judged(connection)
    except sqlite3.Error as error:
        return str(error)


def set_aside(file: Path, reason: str) -> None:
    """Rename a database that cannot be used, and say so; an earlier one of that name is given up."""
    aside = file.with_name(f"{file.stem}.damaged{file.suffix}")
    for ending in ENDINGS:
        with suppress(FileNotFoundError):
            file.with_name(file.name + ending).replace(aside.with_name(aside.name + ending))
    logger.error("outbox set aside", extra={"reason": reason, "kept_as": aside.name})


def _connect(file: Path, *, wait_seconds: float = LOCK_WAIT_SECONDS) -> sqlite3.Connection:
    # Transactions are begun by hand: a writer takes the lock before it reads.
    return sqlite3.connect(file, timeout=wait_seconds, isolation_level=None, check_same_thread=False)


def _prepare(connection: sqlite3.Connection) -> str:
    """Make the tables where there are none; return why the database cannot be used, empty when it can."""
    _write_ahead(connection)
    # What was sent and is forgotten in a power cut would be sent again.
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("BEGIN IMMEDIATE")
    with connection:
        if not connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()[0]:
            for statement in _schema():
                connection.execute(statement)
            connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
            connection.execute(f"PRAGMA user_version = {FORMAT}")
    return _judged(connection)


def _write_ahead(connection: sqlite3.Connection) -> None:
    """Have changes written into a log first; where another is doing the same, wait: here SQLite itself does not."""
    deadline = time.monotonic() + LOCK_WAIT_SECONDS
    while True:
        try:
            connection.execute("PRAGMA journal_mode = WAL")
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode != sqlite3.SQLITE_BUSY or time.monotonic() > deadline:
                raise
            time.sleep(_TURN_SECONDS)
        else:
            return


def _judged(connection: sqlite3.Connection) -> str:
    """Return why the database cannot be used, empty when it can."""
    if connection.execute("PRAGMA application_id").fetchone()[0] != APPLICATION_ID:
        return "it is not an outbox of this program"
    if connection.execute("PRAGMA user_version").fetchone()[0] != FORMAT:
        return "it has another form"
    found = str(connection.execute("PRAGMA quick_check(1)").fetchone()[0])
    return "" if found == "ok" else f"it is damaged: {' '.join(found.split())}"


@cache
def _schema() -> tuple[str, ...]:
    text = files("statuspage.deliver").joinpath("schema.sql").read_text(encoding="utf-8")
    lines = (line.partition("--")[0] for line in text.splitlines())
    return tuple(statement for statement in " ".join(lines).split(";") if statement.strip())
