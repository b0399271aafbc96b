"""No question that is asked at every edit looks at every incident."""

from __future__ import annotations

import sqlite3
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from statuspage.cache import Cache
from statuspage.pipeline import build
from tests.laws.sites import CONFIG

NOW = datetime(2026, 10, 16, tzinfo=UTC)
INCIDENT = """\
---
title: Cards fail
components: {cards: major_outage}
---

## 2026-10-15 14:05 UTC — Investigating

We know.
"""


class Recording(sqlite3.Connection):
    """A connection that notes how each question is to be answered, before the values in it are known."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.plans: dict[str, list[str]] = {}

    def execute(self, sql: str, values: Any = ()) -> sqlite3.Cursor:
        if sql.lstrip().startswith("SELECT") and sql not in self.plans:
            rows = super().execute(f"EXPLAIN QUERY PLAN {sql}", values)
            self.plans[sql] = [step for (_, _, _, step) in rows]
        return super().execute(sql, values)


def test_every_question_finds_its_rows_by_an_index(tmp_path: Path) -> None:
    (tmp_path / "incidents").mkdir()
    (tmp_path / "statuspage.toml").write_text(CONFIG.format(zone="UTC"))
    (tmp_path / "incidents" / "cards.md").write_text(INCIDENT)
    build(tmp_path, output=tmp_path / "public", now=NOW)
    connection = sqlite3.connect(tmp_path / "var" / "cache.sqlite", factory=Recording)

    ask_everything(Cache(connection))

    assert len(connection.plans) > 12
    steps = [step for plan in connection.plans.values() for step in plan]
    assert [step for step in steps if step.startswith("SCAN incident") and "USING" not in step] == []


def ask_everything(cache: Cache) -> None:
    month = cache.months()[0].month
    row = cache.rows_in(month, start=0, limit=100)[0]
    cache.place_in_month(row, month)
    cache.doubtful()
    cache.losers()
    cache.faults()
    cache.stale(NOW, is_back=False)
    cache.next_change_at()
    cache.updated_at()
    cache.recent(newest=50, entries=25, closed_since=NOW, planned_since=NOW)
    cache.rows_touching("cards", limit=50)
    cache.touching("cards", limit=25)
    cache.spans("cards", limit=64)
    cache.known("incidents/cards.md")
    cache.before("incidents/cards.md")
    cache.has_slug("cards")
    cache.has_odd_names()
    cache.has_path_between("incidents/cards.", "incidents/cards/")
