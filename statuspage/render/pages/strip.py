"""Ninety days of one service as one small drawing: taller means worse."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import groupby

from markupsafe import Markup

from statuspage.model import ComponentState
from statuspage.render.words import STATE_WORD, day_words
from statuspage.shown import LEVEL_OF_STATE, Day

DAY_WIDTH = 4
HEIGHT = 24
NAMED_DAYS = 10
"""Label that many problem days one by one; of more, say how many and the worst."""

_TOP = {
    ComponentState.UNDER_MAINTENANCE: 14,
    ComponentState.DEGRADED_PERFORMANCE: 12,
    ComponentState.PARTIAL_OUTAGE: 6,
    ComponentState.MAJOR_OUTAGE: 0,
}


def strip(days: tuple[Day, ...]) -> Markup:
    """Return the drawing: a dashed line for ordinary days, a path for each severity, dots before counting began."""
    lines = "".join(_lines(days))
    return Markup(
        '<svg class="strip" viewBox="0 0 {} {}" preserveAspectRatio="none" role="img" aria-label="{}">{}</svg>'
    ).format(DAY_WIDTH * len(days), HEIGHT, strip_label(days), Markup(lines))


def strip_label(days: tuple[Day, ...]) -> str:
    """Return in words what the drawing shows, for those who do not see it."""
    counted = [day for day in days if day.worst is not None]
    began = f"; counted since {day_words(counted[0].date)}" if counted and len(counted) < len(days) else ""
    if not counted:
        return f"Last {len(days)} days: not counted yet"
    return f"Last {len(days)} days: {_problems(counted, today=days[-1].date)}{began}"


def _problems(counted: list[Day], *, today: date) -> str:
    problems = [(day, day.worst) for day in counted if day.worst and day.worst.severity]
    if not problems:
        return "no problems"
    if len(problems) > NAMED_DAYS:
        worst = max((state for _, state in problems), key=lambda state: state.severity)
        return f"problems on {len(problems)} days, at worst {STATE_WORD[worst].lower()}"
    return ", ".join(
        f"{STATE_WORD[state].lower()} {'today' if day.date == today else f'on {day_words(day.date)}'}"
        for day, state in problems
    )


def _lines(days: tuple[Day, ...]) -> Iterator[str]:
    states = [day.worst for day in days]
    if blank := _runs(states, None):
        yield f'<path class="blank" d="{"".join(f"M{start} 23H{end}" for start, end in blank)}"/>'
    if ordinary := _runs(states, ComponentState.OPERATIONAL):
        # A dash and its gap are one day wide; each M starts the dashes anew.
        yield f'<path class="day" d="{"".join(f"M{start + 0.7} 21.5H{end}" for start, end in ordinary)}"/>'
    for state, top in _TOP.items():
        at = [DAY_WIDTH * number + DAY_WIDTH // 2 for number, worst in enumerate(states) if worst is state]
        if at:
            bars = "".join(f"M{x} {HEIGHT}V{top}" for x in at)
            yield f'<path class="{LEVEL_OF_STATE[state]}" d="{bars}"/>'


def _runs(states: list[ComponentState | None], wanted: ComponentState | None) -> list[tuple[int, int]]:
    runs = []
    for state, group in groupby(enumerate(states), key=lambda pair: pair[1]):
        if state is wanted:
            numbers = [number for number, _ in group]
            runs.append((DAY_WIDTH * numbers[0], DAY_WIDTH * (numbers[-1] + 1)))
    return runs
