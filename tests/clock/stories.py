"""Drawn days: incidents that are written while time passes, and the instants at which somebody looks."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from hypothesis import strategies as st

from statuspage.authoring import append_update
from tests.clock.in_memory import SiteInMemory
from tests.laws.sites import CONFIG, OPEN_WORDS, instant, written

PATHS = ("incidents/2026-10-15-cards.md", "incidents/2026-10-15-search.md")
FIELDS = (
    "Next update: 30m",
    "Next update: 2h",
    "Next update: 7m",
    "Impact: critical",
    "Impact: minor",
    "Components: cards: major outage",
    "Still working: The app",
)
SAID = (
    "About one payment in three fails. We are sorry.",
    "We found the cause.\n\n- first\n- second",
    "Next update: is what we wrote in the middle of a text, you see.",
    "| a | b |\n| --- | --- |\n| 1 | 2 |",
    "",
)
ZONES = ("UTC", "Europe/Berlin", "America/New_York", "Asia/Kolkata")


@dataclass(frozen=True, slots=True)
class Edit:
    """What a person does to a file at a minute of the day."""

    minute: int
    path: str
    text: str
    """An update; or, the first time, a whole file."""


@st.composite
def edits(draw: st.DrawFn, path: str) -> list[Edit]:
    """Draw one incident as it is written: a first file, and some updates, now and then a little late or ahead."""
    minute = draw(st.integers(0, 300))
    impact = draw(st.sampled_from(["none", "minor", "major", "critical"]))
    head = f"---\ntitle: Something is wrong\nimpact: {impact}\n---\n\n"
    made = [Edit(minute, path, head + draw(_updates(minute, OPEN_WORDS)))]
    for _ in range(draw(st.integers(0, 4))):
        minute += draw(st.integers(1, 200))
        shift = draw(st.sampled_from([0, 0, 0, -1, -3, 20]))
        words = draw(st.sampled_from([OPEN_WORDS, OPEN_WORDS, ("Resolved",), ("Postmortem",)]))
        made.append(Edit(minute, path, draw(_updates(minute + shift, words))))
    return made


@st.composite
def _updates(draw: st.DrawFn, minute: int, words: tuple[str, ...]) -> str:
    fields = draw(st.lists(st.sampled_from(FIELDS), max_size=2, unique_by=lambda line: line.split(":")[0]))
    heading = f"## {written(minute)} — {draw(st.sampled_from(words))}"
    return "\n\n".join(part for part in (heading, draw(st.sampled_from(SAID)), "\n".join(fields)) if part) + "\n"


def stories() -> st.SearchStrategy[list[Edit]]:
    """Return a strategy for what is written in one day, in the order of time."""
    both = st.tuples(*(edits(path) for path in PATHS))
    return both.map(lambda pair: sorted((edit for each in pair for edit in each), key=lambda edit: edit.minute))


def configs() -> st.SearchStrategy[str]:
    """Return a strategy for settings."""
    clocks = st.sampled_from(["", "[promise]\nholding_limit = 1\n", '[promise]\nholding_limit = 20\nmajor = "11m"\n'])
    return st.builds(lambda zone, clock: CONFIG.format(zone=zone) + clock, st.sampled_from(ZONES), clocks)


def apply(edit: Edit, site: SiteInMemory) -> None:
    """Write what a person writes."""
    site.files[edit.path] = append_update(site.files[edit.path], edit.text) if edit.path in site.files else edit.text


def told(
    config: str, story: Iterable[Edit], looks: Iterable[int], *, until: int = 1_500, times: int = 1
) -> tuple[SiteInMemory, list[datetime]]:
    """Let the day pass: at each of these minutes somebody looks, and when an edit is made; return what came of it."""
    site, waiting = SiteInMemory({"statuspage.toml": config}), list(story)
    seen = []
    for minute in sorted({*looks, *(edit.minute for edit in waiting)}):
        if minute > until:
            break
        while waiting and waiting[0].minute <= minute:
            apply(waiting.pop(0), site)
        for _ in range(times):
            site.visit(instant(minute))
        seen.append(instant(minute))
    return site, seen
