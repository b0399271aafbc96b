"""The objects of the status API, key by key in the order in which clients are used to them (STATUS-API.md §2.3)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time

from statuspage.indicator import PARTIALLY_DEGRADED, Indicator, page_indicator
from statuspage.model import Component, ComponentState, Group, Site, Status
from statuspage.render.json_text import Json, JsonObject, json_instant, json_instant_or_null
from statuspage.shown import Change, Shown, ShownComponent, ShownIncident, ShownUpdate

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
"""Stands for "long ago" where the API wants an instant and nobody knows one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where a component stands: its group, if any, and its position from 1 within it."""

    component: Component
    group: Group | None
    position: int
    created_at: datetime

    @property
    def full_name(self) -> str:
        """Return `Group - Child`, or the bare name outside any group."""
        return f"{self.group.name} - {self.component.name}" if self.group else self.component.name


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class ComponentPlaces:
    """Every component of a site in its place; made once and used for all documents."""

    site: Site
    rows: tuple[tuple[Group | None, tuple[Component, ...]], ...]
    """Each top-level row that is still shown: a group with its live components, or one component alone."""
    by_id: Mapping[str, Place]
    """By the id that the files use; of retired ones too."""


def places_of(site: Site, rows: Iterable[Group | Component]) -> ComponentPlaces:
    """Return the components of the page, each in its place; retired ones follow after the others of their group."""
    members = [(row, row.components) if isinstance(row, Group) else (None, (row,)) for row in rows]
    live_rows = tuple(_live_rows(members))
    taken: dict[str | None, int] = {None: len(live_rows)}
    by_id: dict[str, Place] = {}
    for component, group, position in _numbered(live_rows):
        by_id[component.id] = _place(site, component, group=group, position=position)
        if group:
            taken[group.api_id] = position
    for group, components in members:
        group_id = group.api_id if group else None
        for component in components:
            if component.is_retired:
                taken[group_id] = taken.get(group_id, 0) + 1
                by_id[component.id] = _place(site, component, group=group, position=taken[group_id])
    return ComponentPlaces(site=site, rows=live_rows, by_id=by_id)


def _live_rows(
    rows: Iterable[tuple[Group | None, tuple[Component, ...]]],
) -> Iterator[tuple[Group | None, tuple[Component, ...]]]:
    for group, members in rows:
        live = tuple(component for component in members if not component.is_retired)
        if live:
            yield group, live


def _numbered(
    rows: Iterable[tuple[Group | None, tuple[Component, ...]]],
) -> Iterator[tuple[Component, Group | None, int]]:
    for top, (group, members) in enumerate(rows, start=1):
        for inner, component in enumerate(members, start=1):
            yield component, group, inner if group else top


def _place(site: Site, component: Component, *, group: Group | None, position: int) -> Place:
    since = component.since
    created_at = EPOCH if since is None else datetime.combine(since, time(), tzinfo=site.zone)
    return Place(component=component, group=group, position=position, created_at=created_at)


def page_object(site: Site, updated_at: datetime | None) -> JsonObject:
    """Return the `page` of a document that last changed at `updated_at`; None: never."""
    return {
        "id": site.id,
        "name": site.title,
        "url": site.url,
        "time_zone": site.zone.key,
        "updated_at": json_instant(updated_at or EPOCH, site.zone),
    }


def status_object(shown: Shown) -> JsonObject:
    """Return the `status` of the page: the page rule, raised to minor while an open incident cannot be read."""
    states = [component.state for component in shown.components]
    said = page_indicator(states, has_open_incident=bool(shown.open_incidents))
    is_unsure = any(incident.source.is_unreadable for incident in shown.open_incidents)
    raised = _at_least_minor(said) if is_unsure else said
    return {"indicator": raised.indicator, "description": raised.description}


def _at_least_minor(said: Indicator) -> Indicator:
    return PARTIALLY_DEGRADED if said.indicator in ("none", "maintenance") else said


def component_list(places: ComponentPlaces, shown: Shown) -> Sequence[JsonObject]:
    """Return every component and group row of the page, by position, a group row right before its own children."""
    found: list[tuple[int, JsonObject]] = []
    for top, (group, members) in enumerate(places.rows, start=1):
        if group:
            found.append((top, _group_object(places, shown, group, members, position=top)))
        now = (shown.component_by_id[member.id] for member in members)
        found += [(places.by_id[each.source.id].position, component_object(places, each)) for each in now]
    return [row for _, row in sorted(found, key=lambda pair: pair[0])]


def _group_object(
    places: ComponentPlaces, shown: Shown, group: Group, members: Sequence[Component], *, position: int
) -> JsonObject:
    worst = max((shown.component_by_id[member.id].state for member in members), key=lambda state: state.severity)
    created_at = json_instant(min(places.by_id[member.id].created_at for member in members), shown.site.zone)
    row: JsonObject = {
        "id": group.api_id,
        "name": group.name,
        "status": worst.value,
        "created_at": created_at,
        "updated_at": created_at,
        "position": position,
        "description": None,
        "showcase": True,
        "start_date": None,
        "group_id": None,
        "page_id": shown.site.id,
        "group": True,
        "only_show_if_degraded": False,
    }
    return row | {"components": [member.api_id for member in members]}


def component_object(places: ComponentPlaces, component: ShownComponent) -> JsonObject:
    """Return a component as it is now."""
    return _component_object(places, component.source.id, state=component.state, updated_at=component.updated_at)


def _component_object(
    places: ComponentPlaces, component_id: str, *, state: ComponentState, updated_at: datetime | None
) -> JsonObject:
    place, site = places.by_id[component_id], places.site
    component = place.component
    return {
        "id": component.api_id,
        "name": component.name,
        "status": state.value,
        "created_at": json_instant(place.created_at, site.zone),
        "updated_at": json_instant(updated_at or place.created_at, site.zone),
        "position": place.position,
        "description": component.description,
        "showcase": True,
        "start_date": component.since.isoformat() if component.since else None,
        "group_id": place.group.api_id if place.group else None,
        "page_id": site.id,
        "group": False,
        "only_show_if_degraded": False,
    }


def touched_in_order(places: ComponentPlaces, incident: ShownIncident) -> Sequence[str]:
    """Return the components that the incident touched, by position."""
    return sorted((component_id for component_id, _ in incident.states), key=lambda i: places.by_id[i].position)


def components_then(places: ComponentPlaces, incident: ShownIncident) -> Sequence[JsonObject]:
    """Return the components that the incident touched, in the states in which it left them, by position."""
    since = {change.component_id: u.at for u in reversed(incident.updates) for change in u.changes if _moves(change)}
    then = sorted(incident.states, key=lambda pair: places.by_id[pair[0]].position)
    return [_component_object(places, name, state=state, updated_at=since.get(name)) for name, state in then]


def _moves(change: Change) -> bool:
    return change.old is not change.new


def incident_object(
    places: ComponentPlaces, incident: ShownIncident, *, components: Sequence[JsonObject]
) -> JsonObject:
    """Return an incident, or planned work with its two more keys, listing `components`."""
    site = places.site
    common: JsonObject = {
        "id": incident.source.id,
        "name": incident.source.title,
        "status": status_value(incident.status),
        "created_at": json_instant(incident.created_at, site.zone),
        "updated_at": json_instant(incident.updated_at, site.zone),
        "monitoring_at": json_instant_or_null(incident.monitoring_at, site.zone),
        "resolved_at": json_instant_or_null(incident.resolved_at, site.zone),
        "impact": incident.impact.value,
        "shortlink": site.url + incident.source.path,
        "started_at": json_instant(incident.started_at, site.zone),
        "page_id": site.id,
        "incident_updates": [_update_object(places, incident, update) for update in incident.updates],
        "components": components,
    }
    if not incident.is_maintenance:
        return common | {"reminder_intervals": None}
    return common | {
        "scheduled_for": json_instant_or_null(incident.starts_at, site.zone),
        "scheduled_until": json_instant_or_null(incident.ends_at, site.zone),
    }


def status_value(status: Status) -> str:
    """Return the status as clients know it: cancelled work is over, which they call completed."""
    return (Status.COMPLETED if status is Status.CANCELLED else status).value


def _update_object(places: ComponentPlaces, incident: ShownIncident, update: ShownUpdate) -> JsonObject:
    at = json_instant(update.at, places.site.zone)
    affected: Json = [_affected_object(places, change) for change in update.changes] or None
    return {
        "id": update.id,
        "status": status_value(update.status),
        "body": update.body.replace("\r\n", "\n").replace("\n", "\r\n"),
        "incident_id": incident.source.id,
        "created_at": at,
        "updated_at": at,
        "display_at": at,
        "affected_components": affected,
        "deliver_notifications": update.notifies,
        "custom_tweet": None,
        "tweet_id": None,
    }


def _affected_object(places: ComponentPlaces, change: Change) -> JsonObject:
    place = places.by_id[change.component_id]
    return {
        "code": place.component.api_id,
        "name": place.full_name,
        "old_status": change.old.value,
        "new_status": change.new.value,
    }
