"""The facts of every incident in the cache: put, taken out, and asked for by what lists and counts want."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from statuspage.cache import facts as kept
from statuspage.cache.columns import INSERT, NO_END, SIGN, month_number, translations_json, values_of
from statuspage.cache.database import empty, open_database
from statuspage.cache.facts import Facts, instant, ticks
from statuspage.cache.known import KNOWN_COLUMNS, Before, Known, Stamps, known_from, name_from
from statuspage.errors import Fault
from statuspage.shown import HistoryRow, Month, MonthCount, month_of
from statuspage.source.claims import Claim
from statuspage.source.names import IncidentName
from statuspage.uptime import Span

_MOVES = f"valid_until < {NO_END}"
# Written out as in the schema: SQLite takes an index of a part of the rows only where it sees that the part is meant.
_row_from = lru_cache(maxsize=1_024)(kept.row_from)
_span_from = lru_cache(maxsize=1_024)(kept.span_from)


class Cache:
    """The cache of one site and one output folder."""

    def __init__(self, connection: sqlite3.Connection, *, note: str = "") -> None:
        self._db = connection
        self.note = note
        """Why an earlier cache was thrown away; empty when none was."""
        self.contested: set[Claim] = set()
        """Claims put since the block of `writing` began that another file makes too."""
        self._word = 0

    def close(self) -> None:
        """Close the file."""
        self._db.close()

    @contextmanager
    def writing(self, *, keeps: bool = True) -> Iterator[None]:
        """Hold the one right to write: what is put is kept when the block ends well, and else as if it never was."""
        self._db.execute("BEGIN IMMEDIATE")
        self._word = int(self.get("word") or 0)
        self.contested = set()
        try:
            yield
            self.set("word", str(self._word))
            self._db.execute("COMMIT" if keeps else "ROLLBACK")
        except BaseException:
            # Some errors have ended the transaction already.
            with suppress(sqlite3.Error):
                self._db.execute("ROLLBACK")
            raise

    @property
    def version(self) -> int:
        """Return a number that changes when another process has put something."""
        return int(self._one("PRAGMA data_version") or 0)

    def empty(self) -> None:
        """Forget everything."""
        empty(self._db)
        self._word = 0

    def get(self, name: str) -> str:
        """Return what is kept by name; empty for nothing."""
        return str(self._one("SELECT value FROM meta WHERE name = ?", name) or "")

    def set(self, name: str, value: str) -> None:
        """Keep a text by name."""
        self._db.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", (name, value))

    # --- the files

    def stamps(self) -> dict[str, str | None]:
        """Return the stamp of each incident's file, by path."""
        return dict(self._db.execute("SELECT path, stamp FROM incident"))

    def timed_stamps(self) -> list[tuple[str, str, str | None]]:
        """Return the path of each incident that has timed posts, with the path and the stamp of these."""
        return self._db.execute("SELECT path, timed, timed_stamp FROM incident WHERE timed IS NOT NULL").fetchall()

    def translation_stamps(self) -> Iterator[tuple[str, str, str | None]]:
        """Yield the path of each incident that is translated, with the path and the stamp of each translation."""
        for path, pairs in self._db.execute("SELECT path, translations FROM incident WHERE translations <> '[]'"):
            yield from ((path, file, stamp) for file, stamp in json.loads(pairs))

    def names(self) -> Iterator[IncidentName]:
        """Yield the names of every incident."""
        for found in self._db.execute("SELECT path, slug, timed, translations FROM incident"):
            yield name_from(*found)

    def name(self, path: str) -> IncidentName | None:
        """Return the names of the incident in this file; None when it is not known."""
        sql = "SELECT path, slug, timed, translations FROM incident WHERE path = ?"
        found = self._db.execute(sql, (path,)).fetchone()
        return name_from(*found) if found else None

    def has_slug(self, slug: str) -> bool:
        """Return True when an incident has it."""
        return self._one("SELECT 1 FROM incident WHERE slug = ? LIMIT 1", slug) is not None

    def has_odd_names(self) -> bool:
        """Return True when the slug of an incident depends on which other names there are."""
        return self._one("SELECT 1 FROM incident WHERE has_odd_name = 1 LIMIT 1") is not None

    def has_path_between(self, first: str, last: str) -> bool:
        """Return True when a path lies between the two."""
        return self._one("SELECT 1 FROM incident WHERE path > ? AND path < ? LIMIT 1", first, last) is not None

    def static_stamps(self) -> dict[str, str | None]:
        """Return the stamp of each of the site's own files."""
        return dict(self._db.execute("SELECT path, stamp FROM static"))

    def set_static(self, path: str, stamp: str | None) -> None:
        """Keep the stamp of one of the site's own files."""
        self._db.execute("INSERT OR REPLACE INTO static VALUES (?, ?)", (path, stamp))

    def remove_static(self, path: str) -> None:
        """Forget one of the site's own files."""
        self._db.execute("DELETE FROM static WHERE path = ?", (path,))

    # --- what changes

    def doubtful(self) -> list[str]:
        """Return the incidents that also depend on earlier versions of their files: they are told anew each time."""
        return self._texts("SELECT path FROM incident WHERE is_doubtful = 1")

    def stale(self, now: datetime, *, is_back: bool) -> list[str]:
        """Return the incidents of which something differs at `now`; `is_back`: the clock went back."""
        found = self._texts(f"SELECT path FROM incident WHERE {_MOVES} AND valid_until <= ?", ticks(now))  # noqa: S608
        return found + (self._texts("SELECT path FROM incident WHERE valid_from > ?", ticks(now)) if is_back else [])

    def rivals(self, claim: Claim) -> list[str]:
        """Return the files that claim an id, by path."""
        return self._texts("SELECT path FROM claim WHERE kind = ? AND id = ? ORDER BY path", claim.kind, claim.id)

    def claims(self, path: str) -> tuple[Claim, ...]:
        """Return the ids that a file claims."""
        return kept.claims_from(str(self._one("SELECT claims FROM incident WHERE path = ?", path) or "[]"))

    def losers(self) -> list[str]:
        """Return the files that have lost an id to another."""
        return self._texts("SELECT path FROM incident WHERE lost <> '[]'")

    def next_change_at(self) -> datetime:
        """Return the first instant at which anything about an incident differs."""
        return instant(int(self._one(f"SELECT min(valid_until) FROM incident WHERE {_MOVES}") or NO_END))  # noqa: S608

    # --- the facts

    def known(self, path: str) -> Known | None:
        """Return an incident as the cache has it; None when it is not known."""
        found = self._db.execute(f"SELECT {KNOWN_COLUMNS} FROM incident WHERE path = ?", (path,)).fetchone()  # noqa: S608
        return known_from(*found) if found else None

    def before(self, path: str) -> Before | None:
        """Return what the public saw of an incident; None for nothing."""
        sql = "SELECT address, id, row, touched FROM incident WHERE path = ?"
        found = self._db.execute(sql, (path,)).fetchone()
        if not found or found[0] is None:
            return None
        address, own_id, row, touched = found
        return Before(address=address, id=own_id, row=_row_from(row), touched=tuple(json.loads(touched)))

    def put(self, facts: Facts, stamps: Stamps, *, zone: ZoneInfo) -> None:
        """Keep the facts of one incident in place of those before."""
        self.remove(facts.path)
        self._db.execute(INSERT, values_of(facts, stamps, zone))
        spans = enumerate(facts.spans)
        self._db.executemany(
            "INSERT INTO span VALUES (?, ?, ?, ?, ?)",
            [
                (name, NO_END if s.end is None else ticks(s.end), facts.path, n, kept.span_json(s))
                for n, (name, s) in spans
            ],
        )
        self._claim(facts)
        if facts.row:
            address, listed_at, feed_at = facts.row.path, ticks(facts.row.listed_at), ticks(facts.feed_at)
            self._db.executemany(
                "INSERT INTO touch VALUES (?, ?, ?, ?, ?)",
                [(name, listed_at, address, facts.path, feed_at) for name in facts.touched],
            )
            self._count(month_number(month_of(facts.row, zone)), 1)
        self._word += facts.word

    def remove(self, path: str) -> None:
        """Forget an incident."""
        sql = "SELECT address, listed_at, month, word, spans, touched, claims FROM incident WHERE path = ?"
        found = self._db.execute(sql, (path,)).fetchone()
        if not found:
            return
        address, listed_at, month, word, spans, touched, claims = found
        self._db.execute("DELETE FROM incident WHERE path = ?", (path,))
        self._db.executemany(
            "DELETE FROM span WHERE component = ? AND ends = ? AND path = ?",
            [(component, ends, path) for component, ends in json.loads(spans)],
        )
        self._db.executemany(
            "DELETE FROM touch WHERE component = ? AND listed_at = ? AND address = ? AND path = ?",
            [(component, listed_at, address, path) for component in json.loads(touched)],
        )
        self._db.executemany(
            "DELETE FROM claim WHERE kind = ? AND id = ? AND path = ?", [(k, i, path) for k, i in json.loads(claims)]
        )
        self._count(month, -1)
        self._word -= word + SIGN

    def set_stamps(self, path: str, stamps: Stamps) -> None:
        """Keep new stamps of files whose content is the same."""
        self._db.execute(
            "UPDATE incident SET stamp = ?, timed_stamp = ? WHERE path = ?", (stamps.own, stamps.timed, path)
        )
        if stamps.translations and (name := self.name(path)):
            pairs = translations_json(name.translations, stamps)
            self._db.execute("UPDATE incident SET translations = ? WHERE path = ?", (pairs, path))

    def faults(self) -> list[Fault]:
        """Return everything that is wrong with the files of incidents."""
        texts = self._texts("SELECT faults FROM incident WHERE faults IS NOT NULL")
        return [fault for text in texts for fault in kept.faults_from(text)]

    # --- what lists and counts want

    def word(self) -> int:
        """Return the sum of the words of all incidents."""
        return self._word

    def updated_at(self) -> datetime | None:
        """Return when the newest update of all came."""
        found = self._one("SELECT max(said_at) FROM incident WHERE said_at IS NOT NULL")
        return None if found is None else instant(int(found))

    def recent(self, *, newest: int, entries: int, closed_since: datetime, planned_since: datetime) -> list[Known]:
        """Return all that is open, and of as much of the rest as the lists of the newest need.

        `newest` incidents and planned works by their creation, `entries` by their last update, with those that are as
        new as the last of these; everything closed and planned work ended since.
        """
        created = "created_at IS NOT NULL AND is_planned ="
        found = self._db.execute(
            f"""
            SELECT {KNOWN_COLUMNS} FROM incident WHERE path IN (
            SELECT path FROM incident WHERE is_open = 1
            UNION SELECT path FROM incident WHERE {created} 0 AND created_at >= ifnull((SELECT created_at FROM incident
              WHERE {created} 0 ORDER BY created_at DESC LIMIT 1 OFFSET :newest - 1), -9e18)
            UNION SELECT path FROM incident WHERE {created} 1 AND created_at >= ifnull((SELECT created_at FROM incident
              WHERE {created} 1 ORDER BY created_at DESC LIMIT 1 OFFSET :newest - 1), -9e18)
            UNION SELECT path FROM incident WHERE said_at IS NOT NULL AND said_at >= ifnull((SELECT said_at
              FROM incident WHERE said_at IS NOT NULL ORDER BY said_at DESC LIMIT 1 OFFSET :entries - 1), -9e18)
            UNION SELECT path FROM incident WHERE resolved_at IS NOT NULL AND is_planned = 0 AND resolved_at >= :closed
            UNION SELECT path FROM incident WHERE is_planned = 1 AND ends_at >= :planned
            ) ORDER BY path
            """,  # noqa: S608 - the conditions are written above
            {"newest": newest, "entries": entries, "closed": ticks(closed_since), "planned": ticks(planned_since)},
        )
        return [known_from(*columns) for columns in found]

    def in_hand(self, *, closed_since: datetime, closed: int) -> list[Known]:
        """Return all that is open, and the incidents resolved since, at most so many."""
        sql = f"""
            SELECT {KNOWN_COLUMNS} FROM incident WHERE path IN (SELECT path FROM incident WHERE is_open = 1)
            OR path IN (SELECT path FROM incident WHERE resolved_at IS NOT NULL AND is_planned = 0
              AND resolved_at >= ? ORDER BY resolved_at DESC LIMIT ?) ORDER BY path
        """  # noqa: S608
        return [known_from(*columns) for columns in self._db.execute(sql, (ticks(closed_since), closed))]

    def open_paths(self) -> frozenset[str]:
        """Return the files of all that is open."""
        return frozenset(self._texts("SELECT path FROM incident WHERE is_open = 1"))

    def months(self) -> list[MonthCount]:
        """Return the months in which something is listed, latest first."""
        rows = self._db.execute("SELECT month, count FROM month WHERE count > 0 ORDER BY month DESC")
        return [_month_count(number, count) for number, count in rows]

    def month(self, month: Month) -> MonthCount:
        """Return how many are listed in a month."""
        count = self._one("SELECT count FROM month WHERE month = ?", month_number(month))
        return MonthCount(month=month, count=int(count or 0))

    def rows_in(self, month: Month, *, start: int, limit: int) -> list[HistoryRow]:
        """Return rows of a month from a place on, latest first."""
        sql = "SELECT row FROM incident WHERE month = ? ORDER BY listed_at DESC, address LIMIT ? OFFSET ?"
        return [_row_from(text) for text in self._texts(sql, month_number(month), limit, start)]

    def place_in_month(self, row: HistoryRow, month: Month) -> int:
        """Return how many rows of the month stand above this one."""
        sql = "SELECT count(*) FROM incident WHERE month = ? AND (listed_at > ? OR (listed_at = ? AND address < ?))"
        listed_at = ticks(row.listed_at)
        return int(self._one(sql, month_number(month), listed_at, listed_at, row.path) or 0)

    def rows_touching(self, component_id: str, *, limit: int) -> list[HistoryRow]:
        """Return the rows of what touched a component, latest first."""
        sql = (
            "SELECT row FROM touch JOIN incident USING (path) WHERE component = ? "
            "ORDER BY touch.listed_at DESC, touch.address LIMIT ?"
        )
        return [_row_from(text) for text in self._texts(sql, component_id, limit)]

    def touching(self, component_id: str, *, limit: int) -> list[Known]:
        """Return what touched a component, in the order of feeds."""
        columns = KNOWN_COLUMNS.replace("path", "incident.path")
        sql = (
            f"SELECT {columns} FROM touch JOIN incident USING (path) WHERE component = ? "  # noqa: S608
            "ORDER BY touch.feed_at DESC, touch.address LIMIT ?"
        )
        return [known_from(*found) for found in self._db.execute(sql, (component_id, limit))]

    def public(self) -> Iterator[Known]:
        """Yield every public incident."""
        for found in self._db.execute(f"SELECT {KNOWN_COLUMNS} FROM incident WHERE row IS NOT NULL").fetchall():  # noqa: S608
            yield known_from(*found)

    def spans(self, component_id: str, *, limit: int) -> list[tuple[int, Span]]:
        """Return the spans of a component that end last, each behind when it ends."""
        sql = "SELECT ends, body FROM span WHERE component = ? ORDER BY ends DESC LIMIT ?"
        return [(ends, _span_from(body)) for ends, body in self._db.execute(sql, (component_id, limit))]

    # ---

    def _claim(self, facts: Facts) -> None:
        for claim in facts.claims:
            if self._one("SELECT 1 FROM claim WHERE kind = ? AND id = ? LIMIT 1", *claim) is not None:
                self.contested.add(claim)
            self._db.execute("INSERT INTO claim VALUES (?, ?, ?)", (*claim, facts.path))

    def _count(self, month: int | None, step: int) -> None:
        if month is not None:
            sql = "INSERT INTO month VALUES (?, ?) ON CONFLICT (month) DO UPDATE SET count = count + excluded.count"
            self._db.execute(sql, (month, step))

    def _one(self, sql: str, *values: object) -> Any:
        found = self._db.execute(sql, values).fetchone()
        return found[0] if found else None

    def _texts(self, sql: str, *values: object) -> list[str]:
        given = values[0] if values and isinstance(values[0], dict) else values
        return [text for (text,) in self._db.execute(sql, given)]


def open_cache(file: Path | None, *, damage: str = "") -> Cache:
    """Return the cache in a file, or one that lives in memory only; after `damage` it is begun anew."""
    opened = open_database(file, damage=damage)
    return Cache(opened.connection, note=opened.note)


@lru_cache(maxsize=1_024)
def _month_count(number: int, count: int) -> MonthCount:
    return MonthCount(month=Month(number // 12, number % 12 + 1), count=count)
