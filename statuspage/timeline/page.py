"""Everything that is public at `now`, as one value."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime

from statuspage.model import Component, ComponentState, Page
from statuspage.shown import (
    LEVEL_OF_STATE,
    ComponentAt,
    Level,
    Shown,
    ShownComponent,
    ShownIncident,
)
from statuspage.timeline.change import change_after
from statuspage.timeline.states import StateCourse, state_course
from statuspage.timeline.story import Story, shown_incident, story_of
from statuspage.uptime import Span, uptime_of


def page_at(page: Page, now: datetime) -> Shown:
    """Return all that the public may see at `now` (aware), and nothing else; pure."""
    now = now.astimezone(UTC)
    stories = [story for incident in page.incidents if (story := story_of(incident, page, now))]
    spans = _spans_by_component(stories)
    courses = {c.id: state_course(spans[c.id], c.state) for c in page.components}
    told = [shown_incident(story, then=_then(story, courses, now), now=now) for story in stories]
    components = [_component(c, page, spans[c.id], courses[c.id], now) for c in page.components]
    on_page = tuple(c for c in components if not c.source.is_retired)
    incidents = sorted((i for i in told if not i.is_maintenance), key=_newest_first)
    maintenances = sorted((i for i in told if i.is_maintenance), key=_latest_first)
    return Shown(
        now=now,
        site=page.site,
        hold=page.hold,
        rows=page.rows,
        level=_page_level(on_page, told),
        components=on_page,
        retired=tuple(c for c in components if c.source.is_retired),
        incidents=tuple(incidents),
        maintenances=tuple(maintenances),
        updated_at=max((i.updated_at for i in told if i.updates), default=None),
        next_change_at=change_after(page, stories, now),
    )


def _spans_by_component(stories: Iterable[Story]) -> Mapping[str, list[Span]]:
    spans: dict[str, list[Span]] = defaultdict(list)
    for story in stories:
        for component_id, span in story.spans:
            spans[component_id].append(span)
    return spans


def _then(story: Story, courses: Mapping[str, StateCourse], now: datetime) -> list[ComponentAt]:
    at = story.updates[-1].at if story.updates else now
    found = ((component_id, courses[component_id].at(at)) for component_id in story.states)
    return [ComponentAt(component_id=name, state=state, updated_at=since) for name, (state, since) in found]


def _component(
    component: Component, page: Page, spans: list[Span], course: StateCourse, now: datetime
) -> ShownComponent:
    state, updated_at = course.at(now)
    return ShownComponent(
        source=component,
        state=state,
        updated_at=updated_at,
        uptime=uptime_of(spans, now=now, zone=page.site.zone, since=component.since),
        group=page.group_by_component_id.get(component.id),
    )


def _page_level(components: Iterable[ShownComponent], incidents: Iterable[ShownIncident]) -> Level:
    levels = [LEVEL_OF_STATE[c.state] for c in components]
    levels += [i.level for i in incidents if (i.is_under_way if i.is_maintenance else i.is_open)]
    return max(levels, key=lambda level: level.severity, default=LEVEL_OF_STATE[ComponentState.OPERATIONAL])


def _newest_first(incident: ShownIncident) -> tuple[float, str]:
    return -incident.created_at.timestamp(), incident.source.slug


def _latest_first(incident: ShownIncident) -> tuple[float, str]:
    assert incident.starts_at is not None
    return -incident.starts_at.timestamp(), incident.source.slug
