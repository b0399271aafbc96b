"""States, statuses and impacts: closed sets, and what follows from one for another."""

from __future__ import annotations

from enum import StrEnum


class ComponentState(StrEnum):
    """How a component is doing, best first (STATUS-API.md §2.4: planned work counts as better than any fault)."""

    OPERATIONAL = "operational"
    UNDER_MAINTENANCE = "under_maintenance"
    DEGRADED_PERFORMANCE = "degraded_performance"
    PARTIAL_OUTAGE = "partial_outage"
    MAJOR_OUTAGE = "major_outage"

    @property
    def severity(self) -> int:
        """Return 0 for operational, rising to 4 for a major outage."""
        return _STATE_SEVERITY[self]


_STATE_SEVERITY = {state: severity for severity, state in enumerate(ComponentState)}


class Status(StrEnum):
    """Where an incident (first five) or planned work (the rest) stands."""

    INVESTIGATING = "investigating"
    IDENTIFIED = "identified"
    MONITORING = "monitoring"
    RESOLVED = "resolved"
    POSTMORTEM = "postmortem"
    SCHEDULED = "scheduled"
    IN_PROGRESS = "in_progress"
    VERIFYING = "verifying"
    COMPLETED = "completed"
    CANCELLED = "cancelled"

    @property
    def is_final(self) -> bool:
        """Return True when nothing is open any more."""
        return self in FINAL_STATUSES


INCIDENT_STATUSES = (
    Status.INVESTIGATING,
    Status.IDENTIFIED,
    Status.MONITORING,
    Status.RESOLVED,
    Status.POSTMORTEM,
)
MAINTENANCE_STATUSES = (
    Status.SCHEDULED,
    Status.IN_PROGRESS,
    Status.VERIFYING,
    Status.COMPLETED,
    Status.CANCELLED,
)
FINAL_STATUSES = frozenset({Status.RESOLVED, Status.POSTMORTEM, Status.COMPLETED, Status.CANCELLED})


class Impact(StrEnum):
    """How much an incident hurts, least first; planned work always has `maintenance`."""

    NONE = "none"
    MAINTENANCE = "maintenance"
    MINOR = "minor"
    MAJOR = "major"
    CRITICAL = "critical"

    @property
    def severity(self) -> int:
        """Return 0 for none, rising to 4 for critical."""
        return _IMPACT_SEVERITY[self]


_IMPACT_SEVERITY = {impact: severity for severity, impact in enumerate(Impact)}

STATE_IMPLIED_BY_IMPACT = {
    None: ComponentState.DEGRADED_PERFORMANCE,
    Impact.NONE: ComponentState.OPERATIONAL,
    Impact.MAINTENANCE: ComponentState.UNDER_MAINTENANCE,
    Impact.MINOR: ComponentState.DEGRADED_PERFORMANCE,
    Impact.MAJOR: ComponentState.PARTIAL_OUTAGE,
    Impact.CRITICAL: ComponentState.MAJOR_OUTAGE,
}
"""The state of components that are only listed, by the stated impact (PRODUCT.md §3, front matter)."""
