"""The status page itself, `/`."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta

from markupsafe import Markup

from statuspage.model import Group
from statuspage.render.kept import kept_by_identity
from statuspage.render.markup.plain_text import words_of
from statuspage.render.pages.counting import Count, count_of
from statuspage.render.pages.frame import Frame, Head, listed
from statuspage.render.pages.headline import Headline, headline
from statuspage.render.pages.history_rows import lasted
from statuspage.render.pages.incident_view import Fact, TimelineEntry, entries, facts, opening, split_opening
from statuspage.render.pages.strip import strip
from statuspage.shown import HistoryRow, Shown, ShownComponent, ShownIncident

RECENT_DAYS = 14
RECENT_LIMIT = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceRow:
    """One service in the list."""

    component: ShownComponent
    strip: Markup
    count: Count


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceList:
    """Services under one heading; those outside any group have none."""

    name: str
    rows: tuple[ServiceRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenStory:
    """An open incident with all its updates."""

    incident: ShownIncident
    heading: str
    entries: tuple[TimelineEntry, ...]
    facts: tuple[Fact, ...]
    """Empty for the one in the headline: there they stand."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Planned:
    """Planned work in the list."""

    work: ShownIncident
    opening: Markup


def render_index(shown: Shown, frame: Frame) -> dict[str, bytes]:
    """Return `index.html`."""
    top = headline(shown, frame)
    told = " ".join(f"{fact.term}: {words_of(fact.words)}" for fact in top.facts[:1])
    head = Head(
        path="index.html",
        title=top.title.rstrip("."),
        description=" ".join(part for part in (words_of(f"<p>{top.lead}</p>"), told) if part) or top.state,
        level=top.level,
    )
    return frame.page(
        head,
        "index.html",
        since=shown.updated_at,
        top=top,
        stories=_stories(top, shown, frame),
        others=tuple(i for i in shown.open_incidents if i is not top.about),
        planned=_planned(top, shown, frame),
        lists=_service_lists(shown),
        recent=_recent(shown, frame),
        lasted=lasted,
    )


def _stories(top: Headline, shown: Shown, frame: Frame) -> tuple[OpenStory, ...]:
    told = list(shown.open_incidents)
    if top.about is not None and top.about not in told:
        told.append(top.about)
    stories = (_story(incident, frame, is_on_top=incident is top.about) for incident in told)
    return tuple(story for story in stories if story.entries or story.facts)


def _story(incident: ShownIncident, frame: Frame, *, is_on_top: bool) -> OpenStory:
    timeline = entries(incident, frame)
    if is_on_top:
        timeline = _without_lead(timeline)
    affected = listed(frame.names(component_id for component_id, _ in incident.states))
    return OpenStory(
        incident=incident,
        heading=affected or incident.source.title,
        entries=timeline,
        facts=() if is_on_top else facts(incident, frame, is_headline=False),
    )


def _without_lead(timeline: tuple[TimelineEntry, ...]) -> tuple[TimelineEntry, ...]:
    # The lead of the page is the first paragraph of the newest update: no sentence twice on one page.
    if not timeline:
        return ()
    newest, *older = timeline
    rest = replace(newest, html=split_opening(newest.html)[1])
    return tuple(older) if rest.is_bare else (rest, *older)


def _planned(top: Headline, shown: Shown, frame: Frame) -> tuple[Planned, ...]:
    listed_work = (*shown.active_maintenances, *shown.upcoming_maintenances)
    return tuple(Planned(work=work, opening=opening(work, frame)) for work in listed_work if work is not top.about)


def _service_lists(shown: Shown) -> tuple[ServiceList, ...]:
    known = {component.source.id: component for component in shown.components}
    lists: list[ServiceList] = []
    for row in shown.rows:
        members = row.components if isinstance(row, Group) else (row,)
        rows = tuple(_service_row(known[member.id]) for member in members if member.id in known)
        name = row.name if isinstance(row, Group) else ""
        if rows and not name and lists and not lists[-1].name:
            rows = (*lists.pop().rows, *rows)
        if rows:
            lists.append(ServiceList(name=name, rows=rows))
    return tuple(lists)


@kept_by_identity
def _service_row(component: ShownComponent) -> ServiceRow:
    uptime = component.uptime
    return ServiceRow(component=component, strip=strip(uptime.days), count=count_of(uptime))


def _recent(shown: Shown, frame: Frame) -> tuple[HistoryRow, ...]:
    when = frame.moments
    first_day = when.today - timedelta(days=RECENT_DAYS)
    closed = [(i.resolved_at, i) for i in shown.incidents if i.resolved_at and when.day_of(i.resolved_at) >= first_day]
    latest_first = sorted(closed, key=lambda pair: pair[0], reverse=True)
    return tuple(incident.row for _, incident in latest_first[:RECENT_LIMIT])
