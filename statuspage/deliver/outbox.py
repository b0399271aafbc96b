"""What is still to be sent, and what was: one row a message, one row a delivery, in a file that survives any stop.

At least once: a message whose sender was killed is sent again, with the same id.
"""

from __future__ import annotations

import json
import secrets
import sqlite3
import threading
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from statuspage.cache.database import is_damage
from statuspage.deliver.announcement import Destination, Message
from statuspage.deliver.store import open_store, set_aside
from statuspage.errors import NotDelivered

LEASE = timedelta(minutes=2)
"""How long a claim holds: well over the longest time that a send may take."""
WAITS = (timedelta(seconds=5), timedelta(minutes=5), timedelta(minutes=30), timedelta(hours=2))
"""After the first failed attempt, the second, and so on; the last wait repeats until the message expires."""
CLOCK_STEP = timedelta(hours=3)
"""Due later than any wait: the clock was set back in between."""
KEPT_FOR = timedelta(days=30)
"""How long it is remembered what was said."""

_NEW_EVENT = """
INSERT INTO event (key, made, type, kind, topic, at, priority, subject, text, url, expires_at, is_replaceable)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
ON CONFLICT (key) DO NOTHING
"""
_EXPIRE = """
UPDATE delivery SET state = CASE last_error WHEN '' THEN 'expired' ELSE 'dead' END, ended = :now
WHERE state = 'waiting' AND expires_at <= :now
"""
_REPLACE = """
UPDATE delivery SET state = 'skipped', ended = :now
WHERE state = 'waiting' AND (token = '' OR due <= :now) AND EXISTS (
    SELECT 1 FROM event AS old JOIN event AS newer ON newer.topic = old.topic AND newer.at > old.at
    WHERE old.id = delivery.event AND old.is_replaceable AND old.topic <> ''
)
"""
_CLAIM = """
UPDATE delivery SET token = :token, due = :lease, attempt = attempt + 1
WHERE id = (
    SELECT delivery.id FROM delivery JOIN event ON event.id = delivery.event
    WHERE state = 'waiting' AND (due <= :now OR due > :far) AND lane NOT IN (SELECT value FROM json_each(:busy))
    ORDER BY priority, due, delivery.id LIMIT 1
)
RETURNING id, event, destination, lane, attempt
"""
_WITHDRAW = """
UPDATE delivery SET state = 'skipped', ended = :now
WHERE state = 'waiting' AND (token = '' OR due <= :now) AND event IN (
    SELECT id FROM event
    WHERE topic IN (SELECT value FROM json_each(:topics)) AND key NOT IN (SELECT value FROM json_each(:keys))
)
"""
_FORGET = """
DELETE FROM event
WHERE kind IN (SELECT value FROM json_each(:kinds)) AND made <= :before
AND key NOT IN (SELECT value FROM json_each(:keys))
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """One delivery that nobody else tries for now."""

    delivery: int
    token: str
    destination: str
    """The id of one."""
    lane: str
    attempt: int
    """From 1."""
    message: Message


@dataclass(frozen=True, slots=True, kw_only=True)
class Trouble:
    """One delivery that failed: for good, or so far."""

    destination: str
    subject: str
    reason: str
    is_dead: bool
    attempt: int


class Outbox:
    """The messages in one file; any number of threads and processes may use it at once.

    Every call may raise sqlite3.Error or OSError where the disk refuses. A file that turns out to be damaged is set
    aside, and the next call begins a new one.
    """

    def __init__(self, file: Path) -> None:
        self._file = file
        self._lock = threading.Lock()
        self._connection: sqlite3.Connection | None = None

    def close(self) -> None:
        """Let go of the file."""
        with self._lock:
            if self._connection is not None:
                self._connection.close()
            self._connection = None

    def enqueue(
        self, messages: Iterable[Message], destinations: Sequence[Destination], *, now: datetime
    ) -> tuple[Message, ...]:
        """Take in each message for every destination unless its key was taken in before; return the new ones."""
        with self._writing() as write:
            return tuple(message for message in messages if _is_new(write, message, destinations, now))

    def claim(self, now: datetime, *, busy: Iterable[str] = ()) -> Claim | None:
        """Return the delivery to try next, of a lane that is not busy; None when none is due."""
        moment = {"now": now.timestamp(), "lease": (now + LEASE).timestamp(), "far": (now + CLOCK_STEP).timestamp()}
        with self._writing() as write:
            write.execute(_EXPIRE, {"now": moment["now"]})
            write.execute(_REPLACE, {"now": moment["now"]})
            token = secrets.token_hex(8)
            row = write.execute(_CLAIM, moment | {"token": token, "busy": json.dumps([*busy])}).fetchone()
            if row is None:
                return None
            delivery, event, destination, lane, attempt = row
            message = _message(write, event)
        return Claim(
            delivery=delivery, token=token, destination=destination, lane=lane, attempt=attempt, message=message
        )

    def done(self, claim: Claim, *, now: datetime) -> None:
        """Note that the message has arrived."""
        self._end(claim, "sent", now=now)

    def skipped(self, claim: Claim, *, now: datetime) -> None:
        """Note that the message is sent to nobody there: the destination is none any more."""
        self._end(claim, "skipped", now=now)

    def failed(self, claim: Claim, error: NotDelivered, *, now: datetime) -> datetime | None:
        """Note that the message did not arrive; return when it is tried again, None when it never is."""
        wait = max(WAITS[min(claim.attempt, len(WAITS)) - 1], error.retry_after or timedelta(0))
        due = now + wait
        if error.is_permanent or due >= claim.message.expires_at:
            self._end(claim, "dead", now=now, reason=str(error))
            return None
        with self._writing() as write:
            write.execute(
                "UPDATE delivery SET token = '', due = ?, last_error = ? WHERE id = ? AND token = ?",
                (due.timestamp(), str(error), claim.delivery, claim.token),
            )
        return due

    def withdraw(self, topics: Iterable[str], *, keep: Iterable[str], now: datetime) -> None:
        """Send no more of these topics but the messages with the keys that are kept."""
        with self._writing() as write:
            lists = {"topics": json.dumps([*topics]), "keys": json.dumps([*keep])}
            write.execute(_WITHDRAW, lists | {"now": now.timestamp()})

    def forget(self, kinds: Iterable[str], *, keep: Iterable[str], before: datetime) -> None:
        """Forget what came in of these kinds before that, but for the keys that are kept: it may be said once more."""
        with self._writing() as write:
            lists = {"kinds": json.dumps([*kinds]), "keys": json.dumps([*keep])}
            write.execute(_FORGET, lists | {"before": before.timestamp()})

    def prune(self, now: datetime) -> None:
        """Forget what was said long ago."""
        with self._writing() as write:
            write.execute("DELETE FROM event WHERE made < ?", ((now - KEPT_FOR).timestamp(),))

    def next_due(self, *, busy: Iterable[str] = ()) -> datetime | None:
        """Return when a delivery of a lane that is not busy is due next; None when nothing waits."""
        with self._writing() as write:
            (due,) = write.execute(
                "SELECT min(due) FROM delivery WHERE state = 'waiting'"
                " AND lane NOT IN (SELECT value FROM json_each(?))",
                (json.dumps([*busy]),),
            ).fetchone()
        return None if due is None else _instant(due)

    def troubles(self, *, since: datetime) -> tuple[Trouble, ...]:
        """Return the deliveries given up since then, and those that failed and wait; latest message first."""
        with self._writing() as write:
            rows = write.execute(
                "SELECT destination, subject, last_error, state = 'dead', attempt"
                " FROM delivery JOIN event ON event.id = delivery.event"
                " WHERE (state = 'dead' AND ended >= ?) OR (state = 'waiting' AND last_error <> '')"
                " ORDER BY event.at DESC, delivery.id",
                (since.timestamp(),),
            ).fetchall()
        return tuple(
            Trouble(
                destination=destination,
                subject=subject,
                reason=reason,
                is_dead=bool(is_dead),
                attempt=attempt,
            )
            for destination, subject, reason, is_dead, attempt in rows
        )

    def _end(self, claim: Claim, state: str, *, now: datetime, reason: str = "") -> None:
        # Only with our own token: whoever claimed it after us has a say of their own.
        with self._writing() as write:
            write.execute(
                "UPDATE delivery SET state = ?, token = '', ended = ?, last_error = ? WHERE id = ? AND token = ?",
                (state, now.timestamp(), reason, claim.delivery, claim.token),
            )

    @contextmanager
    def _writing(self) -> Iterator[sqlite3.Connection]:
        """Yield the database within a transaction; all of it happens, or nothing."""
        with self._lock:
            self._connection = connection = self._connection or open_store(self._file)
            try:
                connection.execute("BEGIN IMMEDIATE")
                yield connection
                connection.execute("COMMIT")
            except BaseException as error:
                with suppress(sqlite3.Error):
                    connection.execute("ROLLBACK")
                if isinstance(error, sqlite3.Error) and is_damage(error):
                    self._connection = None
                    connection.close()
                    set_aside(self._file, str(error))
                raise


def _is_new(write: sqlite3.Connection, message: Message, destinations: Sequence[Destination], now: datetime) -> bool:
    """Take the message in and return True, unless its key is known."""
    expires_at = message.expires_at.timestamp()
    row = write.execute(
        _NEW_EVENT,
        (
            message.key,
            now.timestamp(),
            message.type,
            message.kind,
            message.topic,
            message.at.timestamp(),
            message.priority,
            message.subject,
            message.text,
            message.url,
            expires_at,
            message.is_replaceable,
        ),
    )
    if row.rowcount == 0:
        return False
    write.executemany(
        "INSERT INTO delivery (event, destination, lane, due, expires_at) VALUES (?, ?, ?, ?, ?)"
        " ON CONFLICT (event, destination) DO NOTHING",
        [(row.lastrowid, place.id, place.lane, now.timestamp(), expires_at) for place in destinations],
    )
    return True


def _message(write: sqlite3.Connection, event: int) -> Message:
    columns = "key, type, kind, topic, at, priority, subject, text, url, expires_at, is_replaceable"
    row = write.execute(f"SELECT {columns} FROM event WHERE id = ?", (event,)).fetchone()  # noqa: S608 - our own words
    key, kind_of, kind, topic, at, priority, subject, text, url, expires_at, is_replaceable = row
    return Message(
        key=key,
        type=kind_of,
        kind=kind,
        topic=topic,
        at=_instant(at),
        priority=priority,
        subject=subject,
        text=text,
        url=url,
        expires_at=_instant(expires_at),
        is_replaceable=bool(is_replaceable),
    )


def _instant(seconds: float) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)
