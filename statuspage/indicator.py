"""The page rule of the status API: one indicator from all component states (STATUS-API.md §2.4)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from statuspage.model import ComponentState, Impact


@dataclass(frozen=True, slots=True, kw_only=True)
class Indicator:
    """The `status` object of the status API."""

    indicator: str
    description: str


OPERATIONAL = Indicator(indicator="none", description="All Systems Operational")
PARTIALLY_DEGRADED = Indicator(indicator="minor", description="Partially Degraded Service")

_WHEN_ALL = {
    ComponentState.MAJOR_OUTAGE: Indicator(indicator="critical", description="Major System Outage"),
    ComponentState.PARTIAL_OUTAGE: Indicator(indicator="major", description="Partial System Outage"),
    ComponentState.DEGRADED_PERFORMANCE: Indicator(indicator="minor", description="Degraded System Service"),
    ComponentState.UNDER_MAINTENANCE: Indicator(indicator="maintenance", description="Service Under Maintenance"),
    ComponentState.OPERATIONAL: OPERATIONAL,
}
_WHEN_ANY = {
    ComponentState.MAJOR_OUTAGE: Indicator(indicator="major", description="Partial System Outage"),
    ComponentState.PARTIAL_OUTAGE: Indicator(indicator="minor", description="Minor Service Outage"),
    ComponentState.DEGRADED_PERFORMANCE: PARTIALLY_DEGRADED,
    ComponentState.UNDER_MAINTENANCE: _WHEN_ALL[ComponentState.UNDER_MAINTENANCE],
}
_IMPACT_OF_INDICATOR = {"minor": Impact.MINOR, "major": Impact.MAJOR, "critical": Impact.CRITICAL}


def page_indicator(states: Iterable[ComponentState], *, has_open_incident: bool) -> Indicator:
    """Return what the status API says of a page whose components (no group rows) have these states.

    An open incident counts only on a page without components; there it makes the page partially degraded.
    """
    distinct = set(states)
    if not distinct:
        return PARTIALLY_DEGRADED if has_open_incident else OPERATIONAL
    worst = max(distinct, key=lambda state: state.severity)
    return _WHEN_ALL[worst] if len(distinct) == 1 else _WHEN_ANY[worst]


def impact_of(states_by_affected: Mapping[str, ComponentState], component_count: int) -> Impact:
    """Return the impact that the affected components' states amount to on a page of `component_count` components.

    Every component that is not among the affected counts as operational; never `maintenance`.
    """
    states = set(states_by_affected.values())
    if component_count > len(states_by_affected):
        states.add(ComponentState.OPERATIONAL)
    indicator = page_indicator(states, has_open_incident=False)
    return _IMPACT_OF_INDICATOR.get(indicator.indicator, Impact.NONE)
