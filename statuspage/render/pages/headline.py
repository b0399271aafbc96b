"""The one true sentence that the page opens with, and what belongs to it."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from statuspage.render.markup.plain_text import words_of
from statuspage.render.pages.frame import Frame
from statuspage.render.pages.incident_view import Fact, TimelineEntry, entries, facts, newest_opening, opening
from statuspage.render.pages.told import Told
from statuspage.shown import LEVEL_OF_STATE, Level, Shown
from statuspage.translatable import translatable

ALL_WELL = translatable("Everything is working")
LEAD_LENGTH = 120
"""A longer lead takes a whole telephone: when there is more news stands above it."""
STANDING = translatable("Some services are limited right now")


@dataclass(frozen=True, slots=True, kw_only=True)
class Headline:
    """What the band at the top of the page says."""

    level: Level
    state: str
    """`Major outage: Card payments`, beside the shape."""
    title: str
    lead: Markup
    lead_mark: str = ""
    """The attribute that names the language of the lead, where that is not the page's."""
    entry: TimelineEntry | None = None
    """The update whose first paragraph is the lead."""
    first_facts: tuple[Fact, ...] = ()
    """What stands before a long lead, so that it is seen at once on a small screen."""
    facts: tuple[Fact, ...] = ()
    told: Told | None = None
    """The incident or planned work that it is about."""


def headline(shown: Shown, frame: Frame) -> Headline:
    """Return the worst open incident, else planned work under way, else how the services are."""
    about = next(iter((*shown.worst_first, *shown.active_maintenances)), None)
    text = frame.language.text
    if about is not None:
        told = frame.told(about)
        lead, mark = opening(told, frame)
        known = facts(told, frame)
        first = 1 if len(words_of(f"<p>{lead}</p>")) > LEAD_LENGTH else 0
        return Headline(
            level=shown.level,
            state=_state(shown, frame),
            title=told.incident.source.title,
            lead=lead,
            lead_mark=mark,
            entry=entries(told, frame)[0] if newest_opening(told.incident, frame) else None,
            first_facts=known[:first],
            facts=known[first:],
            told=told,
        )
    if shown.level is Level.WORKING:
        asks = text("If something is not working for you, we would like to know.") if frame.help_address else ""
        return Headline(level=shown.level, state=text("No problems open"), title=text(ALL_WELL), lead=Markup(asks))
    return Headline(level=shown.level, state=_state(shown, frame), title=text(STANDING), lead=Markup(""))


def _state(shown: Shown, frame: Frame) -> str:
    worst = [frame.name_by_id[c.source.id] for c in shown.components if LEVEL_OF_STATE[c.state] is shown.level]
    return level_and_names(frame.level(shown.level), worst, frame)


def level_and_names(level: str, names: list[str] | tuple[str, ...], frame: Frame) -> str:
    """Return `Major outage: Card payments`; the level alone where there are no names."""
    if not names:
        return level
    return frame.language.text("{level}: {services}", level=level, services=frame.language.listed(names))
