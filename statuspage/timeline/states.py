"""The state of one component on the whole page through time: the worst of its standing state and all incidents."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from statuspage.model import ComponentState
from statuspage.uptime import Span


@dataclass(frozen=True, slots=True)
class StateCourse:
    """When a component changed into which state."""

    standing: ComponentState
    times: tuple[datetime, ...]
    states: tuple[ComponentState, ...]

    def at(self, instant: datetime) -> tuple[ComponentState, datetime | None]:
        """Return the state at `instant` and since when; None when it had never changed before."""
        place = bisect_right(self.times, instant) - 1
        return (self.states[place], self.times[place]) if place >= 0 else (self.standing, None)


def state_course(spans: Iterable[Span], standing: ComponentState) -> StateCourse:
    """Return the course of a component through the spans of all incidents, worst first where they overlap."""
    edges: dict[datetime, list[tuple[ComponentState, int]]] = {}
    for span in spans:
        edges.setdefault(span.start, []).append((span.state, 1))
        if span.end is not None:
            edges.setdefault(span.end, []).append((span.state, -1))
    active: Counter[ComponentState] = Counter({standing: 1})
    times: list[datetime] = []
    states: list[ComponentState] = []
    for instant in sorted(edges):
        for state, step in edges[instant]:
            active[state] += step
        worst = max((s for s, count in active.items() if count > 0), key=lambda s: s.severity)
        if worst is not (states[-1] if states else standing):
            times.append(instant)
            states.append(worst)
    return StateCourse(standing, tuple(times), tuple(states))
