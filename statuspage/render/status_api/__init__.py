"""The documents of the status API that existing clients read, and the two of ours beside them (STATUS-API.md §2.1)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from statuspage.render.json_text import Json, json_bytes, json_text
from statuspage.render.kept import kept_by_identity
from statuspage.render.status_api.objects import (
    ComponentPlaces,
    component_list,
    component_object,
    components_then,
    incident_object,
    page_object,
    places_of,
    status_object,
    touched_in_order,
)
from statuspage.render.status_api.own import status_v1
from statuspage.render.status_api.promises import promises_v1
from statuspage.shown import Shown, ShownComponent, ShownIncident

__all__ = ["ComponentPlaces", "places_of", "render_incident_document", "render_status_lists"]

RECENT_LIMIT = 50
"""How many incidents, or planned works, the lists of any state hold."""


def render_status_lists(shown: Shown, places: ComponentPlaces) -> dict[str, bytes]:
    """Return every JSON document below `api/` that is about more than one incident, by its path."""
    return {
        "api/v1/status.json": json_bytes(status_v1(shown)),
        "api/v1/promises.json": json_bytes(promises_v1(shown)),
        "api/v2/summary.json": _summary(places, shown),
        "api/v2/status.json": _document(shown, {"status": status_object(shown)}),
        "api/v2/components.json": _document(shown, {"components": component_list(places, shown)}),
        **_incident_lists(places, shown),
        **_maintenance_lists(places, shown),
    }


def render_incident_document(incident: ShownIncident, places: ComponentPlaces) -> dict[str, bytes]:
    """Return the document of an incident or planned work; clients look up both kinds of id at this address.

    It is as of the incident's own last change, so that news elsewhere does not rewrite it.
    """
    content = incident_object(places, incident, components=components_then(places, incident))
    document = json_bytes({"page": page_object(places.site, incident.updated_at), "incident": content})
    return {f"api/v2/incidents/{incident.source.id}.json": document}


def _document(shown: Shown, content: Mapping[str, Json | Written]) -> bytes:
    """Return a document of the page, with these lists and objects after it."""
    parts = [f'"{key}":{part if isinstance(part, Written) else json_text(part)}' for key, part in content.items()]
    page = json_text(page_object(shown.site, shown.updated_at))
    return ('{"page":' + ",".join([page, *parts]) + "}").encode()


def _summary(places: ComponentPlaces, shown: Shown) -> bytes:
    latest_first = sorted(shown.open_incidents, key=lambda incident: incident.updated_at, reverse=True)
    pending = [planned for planned in _newest_first(shown.maintenances) if planned.is_open]
    return _document(
        shown,
        {
            "components": component_list(places, shown),
            "incidents": _objects(places, shown, latest_first),
            "scheduled_maintenances": _objects(places, shown, pending),
            "status": status_object(shown),
        },
    )


def _incident_lists(places: ComponentPlaces, shown: Shown) -> dict[str, bytes]:
    unresolved = [incident for incident in shown.incidents if incident.is_open]
    lists = {
        "api/v2/incidents.json": shown.incidents[:RECENT_LIMIT],
        "api/v2/incidents/unresolved.json": unresolved,
    }
    return {path: _document(shown, {"incidents": _objects(places, shown, chosen)}) for path, chosen in lists.items()}


def _maintenance_lists(places: ComponentPlaces, shown: Shown) -> dict[str, bytes]:
    lists = {
        "api/v2/scheduled-maintenances.json": _newest_first(shown.maintenances)[:RECENT_LIMIT],
        "api/v2/scheduled-maintenances/upcoming.json": _newest_first(shown.upcoming_maintenances),
        "api/v2/scheduled-maintenances/active.json": _newest_first(shown.active_maintenances),
    }
    return {
        path: _document(shown, {"scheduled_maintenances": _objects(places, shown, chosen)})
        for path, chosen in lists.items()
    }


def _newest_first(maintenances: Iterable[ShownIncident]) -> Sequence[ShownIncident]:
    """Return planned work as the captured summaries have it: the last announced first."""
    return sorted(maintenances, key=lambda planned: planned.created_at, reverse=True)


class Written(str):
    """A part of a document that is JSON already."""

    __slots__ = ()


def _objects(places: ComponentPlaces, shown: Shown, incidents: Iterable[ShownIncident]) -> Written:
    """Return a list of incidents, each with its components as they are now."""
    rows = []
    for incident in incidents:
        before, after = _around_components(incident, places)
        now = ",".join(
            _component_text(shown.component_by_id[each], places) for each in touched_in_order(places, incident)
        )
        rows.append(f"{before}[{now}]{after}")
    return Written(f"[{','.join(rows)}]")


@kept_by_identity
def _component_text(component: ShownComponent, places: ComponentPlaces) -> str:
    return json_text(component_object(places, component))


@kept_by_identity
def _around_components(incident: ShownIncident, places: ComponentPlaces) -> tuple[str, str]:
    """Return the object of an incident without its components, in two parts: those alone differ by news elsewhere."""
    text = json_text(incident_object(places, incident, components=[]))
    # In a text of the incident these quotes would be escaped.
    before, _, after = text.partition('"components":[]')
    return f'{before}"components":', after
