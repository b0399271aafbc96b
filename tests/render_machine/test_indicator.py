"""The page rule, judged by the table of STATUS-API.md §2.4 and by captured documents."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from statuspage.indicator import Indicator, impact_of, page_indicator
from statuspage.model import ComponentState, Impact

UP = ComponentState.OPERATIONAL
PLANNED = ComponentState.UNDER_MAINTENANCE
SLOW = ComponentState.DEGRADED_PERFORMANCE
PARTIAL = ComponentState.PARTIAL_OUTAGE
MAJOR = ComponentState.MAJOR_OUTAGE


@pytest.mark.parametrize(
    ("states", "indicator", "description"),
    [
        ([MAJOR, MAJOR], "critical", "Major System Outage"),
        ([MAJOR], "critical", "Major System Outage"),
        ([MAJOR, UP], "major", "Partial System Outage"),
        ([MAJOR, PARTIAL], "major", "Partial System Outage"),
        ([PARTIAL, PARTIAL], "major", "Partial System Outage"),
        ([PARTIAL, SLOW], "minor", "Minor Service Outage"),
        ([PARTIAL, UP], "minor", "Minor Service Outage"),
        ([SLOW, SLOW], "minor", "Degraded System Service"),
        ([SLOW, PLANNED], "minor", "Partially Degraded Service"),
        ([SLOW, UP], "minor", "Partially Degraded Service"),
        ([PLANNED, PLANNED], "maintenance", "Service Under Maintenance"),
        ([PLANNED, UP], "maintenance", "Service Under Maintenance"),
        ([UP, UP], "none", "All Systems Operational"),
    ],
)
def test_the_first_row_that_matches_gives_the_indicator(
    states: list[ComponentState], indicator: str, description: str
) -> None:
    assert page_indicator(states, has_open_incident=False) == Indicator(indicator=indicator, description=description)


def test_an_open_incident_counts_only_on_a_page_without_components() -> None:
    assert page_indicator([UP], has_open_incident=True).indicator == "none"
    assert page_indicator([], has_open_incident=False).indicator == "none"
    assert page_indicator([], has_open_incident=True).indicator == "minor"


@pytest.mark.parametrize(
    ("affected", "component_count", "impact"),
    [
        ({}, 0, Impact.NONE),
        ({}, 3, Impact.NONE),
        ({"a": UP}, 3, Impact.NONE),
        ({"a": PLANNED}, 1, Impact.NONE),
        ({"a": SLOW}, 3, Impact.MINOR),
        ({"a": PARTIAL}, 3, Impact.MINOR),
        ({"a": PARTIAL}, 1, Impact.MAJOR),
        ({"a": MAJOR}, 3, Impact.MAJOR),
        ({"a": MAJOR}, 1, Impact.CRITICAL),
        ({"a": MAJOR, "b": MAJOR}, 2, Impact.CRITICAL),
        ({"a": MAJOR, "retired": MAJOR}, 1, Impact.CRITICAL),
    ],
)
def test_the_impact_counts_every_other_component_as_operational(
    affected: dict[str, ComponentState], component_count: int, impact: Impact
) -> None:
    assert impact_of(affected, component_count) is impact


def test_every_captured_summary_has_the_status_that_the_rule_gives(shared: Path) -> None:
    captures = sorted((shared / "statuspage-v2-samples").glob("*summary*.json"))

    wrong = []
    for capture in captures:
        document = json.loads(capture.read_text("utf-8"))
        states = [ComponentState(row["status"]) for row in document["components"] if not row["group"]]
        said = Indicator(**document["status"])
        if page_indicator(states, has_open_incident=True) != said:
            wrong.append((capture.name, said))

    assert len(captures) == 6
    assert wrong == []
