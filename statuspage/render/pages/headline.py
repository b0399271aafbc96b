"""The one true sentence that the page opens with, and what belongs to it."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from statuspage.render.pages.frame import Frame, listed
from statuspage.render.pages.incident_view import Fact, TimelineEntry, entries, facts, newest_opening, opening
from statuspage.render.words import LEVEL_WORD
from statuspage.shown import LEVEL_OF_STATE, Level, Shown, ShownIncident

ALL_WELL = "Everything is working."
STANDING = "Some of our services are limited right now."


@dataclass(frozen=True, slots=True, kw_only=True)
class Headline:
    """What the band at the top of the page says."""

    level: Level
    state: str
    """`Major outage: Card payments`, beside the shape."""
    title: str
    lead: Markup
    told: TimelineEntry | None = None
    """The update whose first paragraph is the lead."""
    facts: tuple[Fact, ...] = ()
    about: ShownIncident | None = None
    """The incident or planned work that it is about."""


def headline(shown: Shown, frame: Frame) -> Headline:
    """Return the worst open incident, else planned work under way, else how the services are."""
    about = next(iter((*shown.worst_first, *shown.active_maintenances)), None)
    if about is not None:
        return Headline(
            level=shown.level,
            state=_state(shown),
            title=about.source.title,
            lead=opening(about, frame),
            told=entries(about, frame)[0] if newest_opening(about, frame) else None,
            facts=facts(about, frame),
            about=about,
        )
    if shown.level is Level.WORKING:
        lead = Markup("If something is not working for you, we would like to know.") if _can_be_reached(shown) else ""
        return Headline(level=shown.level, state="No problems open", title=ALL_WELL, lead=Markup(lead))
    return Headline(level=shown.level, state=_state(shown), title=STANDING, lead=Markup(""))


def _state(shown: Shown) -> str:
    worst = [c.source.name for c in shown.components if LEVEL_OF_STATE[c.state] is shown.level]
    return ": ".join(part for part in (LEVEL_WORD[shown.level], listed(worst)) if part)


def _can_be_reached(shown: Shown) -> bool:
    support = shown.site.support
    return any((support.phone, support.email, support.url))
