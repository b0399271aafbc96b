"""Ninety days of one service as one small drawing: taller means worse."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import groupby, pairwise

from markupsafe import Markup

from statuspage.model import ComponentState
from statuspage.render.language import Language
from statuspage.render.words import STATE_IN_SENTENCE
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


def strip(days: tuple[Day, ...], language: Language) -> Markup:
    """Return the drawing: a dashed line for ordinary days, a path for each severity, dots before counting began."""
    lines = "".join(_lines(days))
    return Markup(
        '<svg class="strip" viewBox="0 0 {} {}" preserveAspectRatio="none" role="img" aria-label="{}">{}</svg>'
    ).format(DAY_WIDTH * len(days), HEIGHT, strip_label(days, language), Markup(lines))


def strip_label(days: tuple[Day, ...], language: Language) -> str:
    """Return in words what the drawing shows, for those who do not see it."""
    text = language.text
    counted = [day for day in days if day.worst is not None]
    if not counted:
        return text("Last {days} days: not counted yet", days=len(days))
    problems = _problems(counted, days[-1].date, language)
    if len(counted) == len(days):
        return text("Last {days} days: {problems}", days=len(days), problems=problems)
    since = language.day(counted[0].date)
    return text("Last {days} days: {problems}; counted since {day}", days=len(days), problems=problems, day=since)


def _problems(counted: list[Day], today: date, language: Language) -> str:
    problems = [(day, day.worst) for day in counted if day.worst and day.worst.severity]
    if not problems:
        return language.text("no problems")
    if len(problems) > NAMED_DAYS:
        worst = max((state for _, state in problems), key=lambda state: state.severity)
        words = language.text(STATE_IN_SENTENCE[worst])
        return language.text("problems on {days} days, at worst: {state}", days=len(problems), state=words)
    return ", ".join(_problem(state, day.date, today, language) for day, state in problems)


def _problem(state: ComponentState, day: date, today: date, language: Language) -> str:
    words = language.text(STATE_IN_SENTENCE[state])
    if day == today:
        return language.text("{state} today", state=words)
    return language.text("{state} on {day}", state=words, day=language.day(day))


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
            up = HEIGHT - top
            # From one bar to the next in relative steps: many alike take few bytes when they are sent.
            steps = "".join(f"m{x - before} {up}v-{up}" for before, x in pairwise(at))
            yield f'<path class="{LEVEL_OF_STATE[state]}" d="M{at[0]} {HEIGHT}v-{up}{steps}"/>'


def _runs(states: list[ComponentState | None], wanted: ComponentState | None) -> list[tuple[int, int]]:
    runs = []
    for state, group in groupby(enumerate(states), key=lambda pair: pair[1]):
        if state is wanted:
            numbers = [number for number, _ in group]
            runs.append((DAY_WIDTH * numbers[0], DAY_WIDTH * (numbers[-1] + 1)))
    return runs
