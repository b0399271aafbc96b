"""Captured summaries of other status pages: imported, built at the time of the capture, compared field by field."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from statuspage.errors import has_errors
from statuspage.imports.statuspage import import_statuspage
from statuspage.pipeline.whole import compile_site

SUMMARIES = (
    "github-summary-minor-incident.json",
    "github-summary-major-two-incidents.json",
    "github-summary-maintenance-scheduled.json",
    "github-summary-maintenance-in-progress.json",
    "github-summary-open-incident-but-indicator-none.json",
    "instructure-summary-groups-timezone.json",
)

# What our files have no place for, so that it cannot come back (docs/status-api.md says why).
NOT_KEPT = {
    "component": {"created_at", "updated_at", "position", "showcase"},
    "incident": {"created_at", "updated_at", "shortlink", "components"},
    "update": {"created_at", "updated_at", "affected_components", "deliver_notifications", "body"},
    "page": {"updated_at"},
}


def captured_and_ours(shared: Path, tmp_path: Path, name: str) -> tuple[dict[str, Any], dict[str, Any]]:
    source = shared / "statuspage-v2-samples" / name
    captured = json.loads(source.read_text())
    imported = import_statuspage(str(source), tmp_path)
    assert imported.unreadable == ()
    now = datetime.fromisoformat(captured["page"]["updated_at"]) + timedelta(seconds=1)
    compiled = compile_site(tmp_path, now)
    assert not has_errors(compiled.faults), compiled.faults
    return captured, json.loads(compiled.files["api/v2/summary.json"])


def without(row: dict[str, Any], kind: str) -> dict[str, Any]:
    return {key: value for key, value in row.items() if key not in NOT_KEPT[kind]}


def shapes(value: Any, place: str = "") -> Iterator[tuple[str, Any]]:
    """Yield every place in a document with its keys in order, or its JSON type."""
    if isinstance(value, dict):
        yield place, list(value)
        for key, inner in value.items():
            yield from shapes(inner, f"{place}.{key}")
    elif isinstance(value, list):
        for number, inner in enumerate(value):
            # By id: components at the same position have no order of their own in the captures.
            yield from shapes(inner, f"{place}[{inner.get('id', number) if isinstance(inner, dict) else number}]")
    else:
        yield place, type(value).__name__


@pytest.mark.parametrize("name", SUMMARIES)
def test_the_document_has_the_same_keys_in_the_same_order_and_the_same_types(
    shared: Path, tmp_path: Path, name: str
) -> None:
    captured, ours = captured_and_ours(shared, tmp_path, name)

    nullable = re.compile(r"affected_components|start_date|reminder_intervals|started_at")
    expected = {place: shape for place, shape in shapes(captured) if not nullable.search(place)}
    found = {place: shape for place, shape in shapes(ours) if not nullable.search(place)}

    since_2023 = "reminder_intervals"
    expected = {p: [k for k in s if k != since_2023] if isinstance(s, list) else s for p, s in expected.items()}
    found = {p: [k for k in s if k != since_2023] if isinstance(s, list) else s for p, s in found.items()}
    assert found == expected


@pytest.mark.parametrize("name", SUMMARIES)
def test_page_and_status_are_the_same(shared: Path, tmp_path: Path, name: str) -> None:
    captured, ours = captured_and_ours(shared, tmp_path, name)

    assert without(ours["page"], "page") == without(captured["page"], "page")
    assert ours["status"] == captured["status"]


@pytest.mark.parametrize("name", SUMMARIES)
def test_components_are_the_same(shared: Path, tmp_path: Path, name: str) -> None:
    captured, ours = captured_and_ours(shared, tmp_path, name)

    theirs = {row["id"]: without(row, "component") for row in captured["components"]}

    assert {row["id"]: without(row, "component") for row in ours["components"]} == theirs
    if not any(row["group"] for row in captured["components"]):
        assert [row["id"] for row in ours["components"]] == list(theirs)
        assert [row["position"] for row in ours["components"]] == [row["position"] for row in captured["components"]]


@pytest.mark.parametrize("name", SUMMARIES)
@pytest.mark.parametrize("key", ["incidents", "scheduled_maintenances"])
def test_incidents_and_updates_are_the_same(shared: Path, tmp_path: Path, name: str, key: str) -> None:
    captured, ours = captured_and_ours(shared, tmp_path, name)

    assert [row["id"] for row in ours[key]] == [row["id"] for row in captured[key]]
    for our_row, row in zip(ours[key], captured[key], strict=True):
        flat = {
            k: v for k, v in without(row, "incident").items() if k not in ("incident_updates", "reminder_intervals")
        }
        assert {k: our_row[k] for k in flat} == flat
        assert {c["id"]: c["status"] for c in our_row["components"]} == {
            c["id"]: c["status"] for c in row["components"]
        }
        assert [without(u, "update") for u in our_row["incident_updates"]] == [
            without(u, "update") for u in row["incident_updates"]
        ]
        assert [words(u["body"]) for u in our_row["incident_updates"]] == [
            words(u["body"]) for u in row["incident_updates"]
        ]


def words(body: str) -> list[str]:
    """Return the words of a body: Markdown of ours may mark up what the source had as plain text or HTML."""
    return re.findall(r"[\w']+", re.sub(r"<[^>]+>|\\", " ", body))


@pytest.mark.parametrize("name", SUMMARIES)
def test_affected_components_are_the_same_where_the_source_names_them(shared: Path, tmp_path: Path, name: str) -> None:
    captured, ours = captured_and_ours(shared, tmp_path, name)

    for key in ("incidents", "scheduled_maintenances"):
        for our_row, row in zip(ours[key], captured[key], strict=True):
            for our_update, update in zip(our_row["incident_updates"], row["incident_updates"], strict=True):
                if update["affected_components"]:
                    assert states(our_update["affected_components"]) == states(update["affected_components"])


def states(affected: list[dict[str, str]]) -> set[tuple[str, str, str, str]]:
    return {(a["code"], a["name"], a["old_status"], a["new_status"]) for a in affected}
