"""States, statuses and impacts as people write them, to the values of the contract (PRODUCT.md §2)."""

from __future__ import annotations

import re

from statuspage.errors import Unreadable, did_you_mean
from statuspage.model import (
    INCIDENT_STATUSES,
    MAINTENANCE_STATUSES,
    ComponentState,
    Impact,
    Status,
)

_GAPS = re.compile(r"[\s_-]+")

STATUS_BY_WORD: dict[str, Status | None] = {
    **{status.replace("_", " "): status for status in Status},
    "acknowledged": Status.INVESTIGATING,
    "watching": Status.MONITORING,
    "observing": Status.MONITORING,
    "fixed": Status.RESOLVED,
    "solved": Status.RESOLVED,
    "recovered": Status.RESOLVED,
    "explanation": Status.POSTMORTEM,
    "post mortem": Status.POSTMORTEM,
    "planned": Status.SCHEDULED,
    "announced": Status.SCHEDULED,
    "started": Status.IN_PROGRESS,
    "under way": Status.IN_PROGRESS,
    "underway": Status.IN_PROGRESS,
    "complete": Status.COMPLETED,
    "done": Status.COMPLETED,
    "finished": Status.COMPLETED,
    "canceled": Status.CANCELLED,
    "update": None,
    "unchanged": None,
    "no change": None,
}
"""Folded words; None: the status stays as it is."""

STATE_BY_WORD: dict[str, ComponentState] = {
    **{state.replace("_", " "): state for state in ComponentState},
    **dict.fromkeys(("ok", "okay", "up", "working", "fine", "normal", "available"), ComponentState.OPERATIONAL),
    **dict.fromkeys(("maintenance", "planned work"), ComponentState.UNDER_MAINTENANCE),
    **dict.fromkeys(("degraded", "slow", "slow or unreliable", "unreliable"), ComponentState.DEGRADED_PERFORMANCE),
    **dict.fromkeys(("partial", "partly down", "partially down"), ComponentState.PARTIAL_OUTAGE),
    **dict.fromkeys(("major", "outage", "full outage", "down", "offline", "unavailable"), ComponentState.MAJOR_OUTAGE),
}
_OF_THE_OTHER_KIND = {
    True: {Status.MONITORING: Status.VERIFYING, Status.RESOLVED: Status.COMPLETED},
    False: {Status.VERIFYING: Status.MONITORING, Status.COMPLETED: Status.RESOLVED},
}
"""By "is planned work": the word of the right kind that means the same."""

_YES, _NO = ("yes", "true", "on"), ("no", "false", "off")


def folded(word: str) -> str:
    """Return the word in lower case, with one space for any run of spaces, `_` and `-`."""
    key = word.casefold()
    return key if key.isalnum() else _GAPS.sub(" ", key).strip()


def parse_status(word: str) -> Status | None:
    """Return the status, None for `Update`; raise Unreadable for any other word."""
    key = folded(word)
    if key in STATUS_BY_WORD:
        return STATUS_BY_WORD[key]
    words = [name.capitalize() for name in STATUS_BY_WORD]
    accepted = "write Investigating, Identified, Monitoring, Resolved, Postmortem or Update"
    raise Unreadable(f'"{word[:60]}" is not a status{did_you_mean(key, words) or f"; {accepted}"}')


def status_for_kind(status: Status | None, *, is_maintenance: bool) -> Status | None:
    """Return the status as an incident, or planned work, may have it; None where none means the same."""
    fitting = MAINTENANCE_STATUSES if is_maintenance else INCIDENT_STATUSES
    if status is None or status in fitting:
        return status
    return _OF_THE_OTHER_KIND[is_maintenance].get(status)


def fitting_status(status: Status | None, *, is_maintenance: bool) -> Status | None:
    """Return the status as an incident, or planned work, may have it; raise Unreadable where none means the same."""
    fitting = status_for_kind(status, is_maintenance=is_maintenance)
    if status is None or fitting is not None:
        return fitting
    kind = "planned work" if is_maintenance else "an incident"
    accepted = ", ".join(MAINTENANCE_STATUSES if is_maintenance else INCIDENT_STATUSES)
    raise Unreadable(f"{status} is no status of {kind}; write one of {accepted}, or Update")


def parse_state(word: str) -> ComponentState:
    """Return the state of a component; raise Unreadable for any other word."""
    key = folded(word)
    if key in STATE_BY_WORD:
        return STATE_BY_WORD[key]
    accepted = ", ".join(ComponentState)
    hint = did_you_mean(key.replace(" ", "_"), ComponentState) or f"; write one of {accepted}"
    raise Unreadable(f'"{word[:60]}" is not a state{hint}')


def parse_impact(word: str) -> Impact:
    """Return the impact of an incident; raise Unreadable for any other word."""
    incident_impacts = tuple(impact for impact in Impact if impact is not Impact.MAINTENANCE)
    key = folded(word)
    if key in incident_impacts:
        return Impact(key)
    hint = did_you_mean(key, incident_impacts) or f"; write one of {', '.join(incident_impacts)}"
    raise Unreadable(f'"{word[:60]}" is not an impact{hint}')


def parse_flag(word: str) -> bool:
    """Return True for yes and False for no, as people write them; raise Unreadable for any other word."""
    key = word.strip().casefold()
    if key not in (*_YES, *_NO):
        raise Unreadable(f'"{word[:60]}" is neither yes nor no; write yes or no')
    return key in _YES
