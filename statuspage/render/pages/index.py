"""The status page itself, `/`."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta

from markupsafe import Markup

from statuspage.render.markup.plain_text import words_of
from statuspage.render.pages.frame import Frame, Head
from statuspage.render.pages.headline import Headline, headline, level_and_names
from statuspage.render.pages.history_rows import lasted
from statuspage.render.pages.incident_view import Fact, TimelineEntry, entries, facts, opening, split_opening
from statuspage.render.pages.services import service_lists
from statuspage.render.pages.told import Told
from statuspage.shown import Level, Shown, ShownIncident

RECENT_DAYS = 14
RECENT_LIMIT = 5
ENTRIES_OPEN = 4
"""So many updates of an incident stand open; earlier ones are behind one line, a touch away."""
MAKE_GOOD_LENGTH = 140


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenStory:
    """An open incident with all its updates."""

    told: Told
    heading: str
    entries: tuple[TimelineEntry, ...]
    earlier: tuple[TimelineEntry, ...]
    """Those that stand behind one line."""
    facts: tuple[Fact, ...]
    """Empty for the one in the headline: there they stand."""
    is_on_top: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class AlsoOpen:
    """An open incident that is not the headline, in one line with its own state."""

    told: Told
    level: Level
    state: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Planned:
    """Planned work in the list."""

    told: Told
    opening: Markup
    mark: Markup


@dataclass(frozen=True, slots=True, kw_only=True)
class Recent:
    """An incident that was put right not long ago."""

    told: Told
    lasted: str
    make_good: str
    """Its first words, where they are few."""


def render_index(shown: Shown, frame: Frame) -> dict[str, bytes]:
    """Return `index.html`."""
    top = headline(shown, frame)
    told = " ".join(f"{fact.term}: {words_of(fact.words)}" for fact in (*top.first_facts, *top.facts)[:1])
    head = Head(
        path="index.html",
        title=top.title,
        description=" ".join(part for part in (words_of(f"<p>{top.lead}</p>"), told) if part) or top.state,
        level=top.level,
    )
    about = top.told.incident.source.id if top.told else None
    return frame.page(
        head,
        "index.html",
        since=shown.updated_at,
        top=top,
        update_count=len(top.told.incident.updates) if top.told else 0,
        stories=_stories(top, shown, frame),
        others=tuple(_also_open(i, frame) for i in shown.open_incidents if i.source.id != about),
        planned=_planned(about, shown, frame),
        lists=service_lists(shown, frame),
        recent=_recent(shown, frame),
        recent_days=RECENT_DAYS,
        help_address=frame.help_address,
    )


def _stories(top: Headline, shown: Shown, frame: Frame) -> tuple[OpenStory, ...]:
    about = top.told.incident.source.id if top.told else None
    told = [frame.told(incident) for incident in shown.open_incidents]
    if top.told and about not in {each.incident.source.id for each in told}:
        told.append(top.told)
    stories = (_story(each, frame, is_on_top=each.incident.source.id == about) for each in told)
    return tuple(story for story in stories if story.entries or story.facts)


def _story(told: Told, frame: Frame, *, is_on_top: bool) -> OpenStory:
    timeline = entries(told, frame)
    if is_on_top:
        timeline = _without_lead(timeline)
    affected = frame.language.listed(frame.names(component_id for component_id, _ in told.incident.states))
    # One line for one update would be no shorter.
    shown = ENTRIES_OPEN if len(timeline) > ENTRIES_OPEN + 1 else len(timeline)
    return OpenStory(
        told=told,
        heading=affected or told.incident.source.title,
        entries=timeline[:shown],
        earlier=timeline[shown:],
        facts=() if is_on_top else facts(told, frame, is_headline=False),
        is_on_top=is_on_top,
    )


def _without_lead(timeline: tuple[TimelineEntry, ...]) -> tuple[TimelineEntry, ...]:
    # The lead of the page is the first paragraph of the newest update: no sentence twice on one page.
    if not timeline:
        return ()
    newest, *older = timeline
    rest = replace(newest, html=split_opening(newest.html)[1])
    return tuple(older) if rest.is_bare else (rest, *older)


def _also_open(incident: ShownIncident, frame: Frame) -> AlsoOpen:
    names = frame.names(component_id for component_id, _ in incident.states)
    state = level_and_names(frame.level(incident.level), names, frame)
    return AlsoOpen(told=frame.told(incident), level=incident.level, state=state)


def _planned(about: str | None, shown: Shown, frame: Frame) -> tuple[Planned, ...]:
    listed = (*shown.active_maintenances, *shown.upcoming_maintenances)
    told = (frame.told(work) for work in listed if work.source.id != about)
    return tuple(
        Planned(told=each, opening=words, mark=mark) for each in told for words, mark in [opening(each, frame)]
    )


def _recent(shown: Shown, frame: Frame) -> tuple[Recent, ...]:
    when = frame.moments
    first_day = when.today - timedelta(days=RECENT_DAYS)
    closed = [(i.resolved_at, i) for i in shown.incidents if i.resolved_at and when.day_of(i.resolved_at) >= first_day]
    latest_first = sorted(closed, key=lambda pair: pair[0], reverse=True)
    return tuple(_put_right(incident, frame) for _, incident in latest_first[:RECENT_LIMIT])


def _put_right(incident: ShownIncident, frame: Frame) -> Recent:
    told = frame.told(incident)
    first, _ = split_opening(frame.html(told.incident.source.make_good))
    words = words_of(f"<p>{first}</p>")
    return Recent(
        told=told,
        lasted=lasted(incident.row, frame.language),
        make_good=words if len(words) <= MAKE_GOOD_LENGTH else "",
    )
