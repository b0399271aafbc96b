"""Our documents against every captured one: the same keys in the same order, the same kinds of value."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from statuspage.model import Status, derived_id
from tests.rendered import api_documents

from .builders import NOW, component, group, incident, shown, story, update

SAMPLES = {
    "github-status.json": "api/v2/status.json",
    "github-summary-maintenance-in-progress.json": "api/v2/summary.json",
    "github-summary-maintenance-scheduled.json": "api/v2/summary.json",
    "github-summary-major-two-incidents.json": "api/v2/summary.json",
    "github-summary-minor-incident.json": "api/v2/summary.json",
    "github-summary-open-incident-but-indicator-none.json": "api/v2/summary.json",
    "instructure-summary-groups-timezone.json": "api/v2/summary.json",
    "discord-scheduled-maintenances.json": "api/v2/scheduled-maintenances.json",
    "emma-incidents-2019-old-shape.json": "api/v2/incidents.json",
    "github-incident-gqx5l06jjxhp-critical.json": f"api/v2/incidents/{derived_id('card-payments')}.json",
}
OLD_ORDER = "emma-incidents-2019-old-shape.json"
"""Its objects have other orders than every later capture."""
ADDED_SINCE = {"started_at", "components", "start_date", "reminder_intervals"}
"""Keys that the oldest captures lack (STATUS-API.md §2.2)."""


def objects(value: Any, name: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield each object with the name of its kind: the key that it stands under."""
    if isinstance(value, list):
        for item in value:
            yield from objects(item, name)
    elif isinstance(value, dict):
        yield _kind(value, name.rstrip("s")), value
        for key, inner in value.items():
            yield from objects(inner, key)


def _kind(value: dict[str, Any], name: str) -> str:
    if value.get("group"):
        return "group"
    return "scheduled_maintenance" if "scheduled_for" in value else name


def kinds(documents: Iterable[Any]) -> dict[str, set[str]]:
    """Return by `object.key` every kind of value that stands there."""
    found: dict[str, set[str]] = defaultdict(set)
    for document in documents:
        for name, value in objects(document, "document"):
            for key, inner in value.items():
                found[f"{name}.{key}"].add(type(inner).__name__)
    return found


@pytest.fixture(scope="module")
def captured(shared: Path) -> dict[str, Any]:
    folder = shared / "statuspage-v2-samples"
    return {name: json.loads((folder / name).read_text("utf-8")) for name in SAMPLES}


@pytest.fixture(scope="module")
def ours() -> dict[str, Any]:
    return {path: json.loads(document) for path, document in api_documents(story()).items() if "/v2/" in path}


def test_every_captured_document_of_the_api_is_compared(shared: Path) -> None:
    names = {path.name for path in (shared / "statuspage-v2-samples").glob("*.json")}

    assert {n for n in names if "webhook" not in n and "page-props" not in n} == set(SAMPLES)


@pytest.mark.parametrize("name", [name for name in SAMPLES if name != OLD_ORDER])
def test_a_document_has_the_keys_of_the_captured_one_in_its_order(
    name: str, captured: dict[str, Any], ours: dict[str, Any]
) -> None:
    document = ours[SAMPLES[name]]
    own_keys = {kind: list(value) for one in ours.values() for kind, value in objects(one, "document")}

    different = []
    for kind, value in objects(captured[name], "document"):
        expected = [key for key in own_keys[kind] if key in value or key not in ADDED_SINCE]
        if kind != "document" and expected != list(value):
            different.append((kind, list(value)))

    assert list(document) == list(captured[name])
    assert different == []


def test_no_key_of_the_oldest_capture_is_missing(captured: dict[str, Any], ours: dict[str, Any]) -> None:
    own_keys = {kind: set(value) for one in ours.values() for kind, value in objects(one, "document")}

    missing = {
        (kind, key)
        for kind, value in objects(captured[OLD_ORDER], "document")
        for key in value
        if kind != "document" and key not in own_keys[kind]
    }

    assert list(captured[OLD_ORDER]) == list(ours[SAMPLES[OLD_ORDER]])
    assert missing == set()


def test_every_value_is_of_a_kind_that_was_captured_at_its_place(
    captured: dict[str, Any], ours: dict[str, Any]
) -> None:
    known = kinds(captured.values())

    strange = {place: found - known[place] for place, found in kinds(ours.values()).items() if found - known[place]}

    assert strange == {}


def test_an_empty_page_has_the_same_keys_at_the_top(captured: dict[str, Any]) -> None:
    empty = {path: json.loads(document) for path, document in api_documents(shown()).items()}

    for name, path in SAMPLES.items():
        if path in empty:
            assert list(empty[path]) == list(captured[name])


def test_the_order_of_captured_components_follows_from_the_order_of_the_rows(captured: dict[str, Any]) -> None:
    rows = captured["instructure-summary-groups-timezone.json"]["components"]
    by_id = {row["id"]: row for row in rows}
    top = sorted((row for row in rows if row["group_id"] is None), key=lambda row: row["position"])
    page = shown(
        *(
            group(row["name"], *(component(child, name=by_id[child]["name"]) for child in row["components"]))
            if row["group"]
            else component(row["id"], name=row["name"])
            for row in top
        )
    )

    made = json.loads(api_documents(page)["api/v2/components.json"])["components"]

    assert sorted((row["position"], row["name"], row["group"]) for row in made) == sorted(
        (row["position"], row["name"], row["group"]) for row in rows
    )
    assert [row["position"] for row in made] == [row["position"] for row in rows]


def test_captured_planned_work_stands_in_our_order(captured: dict[str, Any]) -> None:
    theirs = captured["github-summary-maintenance-in-progress.json"]["scheduled_maintenances"]
    window = (NOW, NOW + timedelta(hours=8))
    ages = {name["id"]: age for age, name in enumerate(theirs, start=1)}
    page = shown(
        maintenances=[
            incident(
                key,
                update(Status.IN_PROGRESS, NOW),
                update(Status.SCHEDULED, NOW - timedelta(days=age)),
                window=window,
            )
            for key, age in sorted(ages.items())
        ]
    )

    made = json.loads(api_documents(page)["api/v2/summary.json"])["scheduled_maintenances"]

    assert [theirs_at["created_at"] for theirs_at in theirs] == sorted((t["created_at"] for t in theirs), reverse=True)
    assert [one["id"] for one in made] == [derived_id(one["id"]) for one in theirs]
