"""The documents of the status API that existing clients read, and the one of ours beside them (STATUS-API.md §2.1)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from statuspage.render.json_text import Json, JsonObject, json_bytes
from statuspage.render.status_api.objects import (
    ComponentPlaces,
    component_list,
    components_now,
    components_then,
    incident_object,
    page_object,
    places_of,
    status_object,
)
from statuspage.render.status_api.own import status_v1
from statuspage.shown import Shown, ShownIncident

RECENT_LIMIT = 50
"""How many incidents, or planned works, the lists of any state hold."""


def render_status_api(shown: Shown) -> dict[str, bytes]:
    """Return every JSON document below `api/`, by its path."""
    places = places_of(shown)
    return {
        "api/v1/status.json": json_bytes(status_v1(shown)),
        "api/v2/summary.json": _summary(places),
        "api/v2/status.json": _document(shown, {"status": status_object(shown)}),
        "api/v2/components.json": _document(shown, {"components": component_list(places)}),
        **_incident_lists(places),
        **_maintenance_lists(places),
        **_single_incidents(places),
    }


def _document(shown: Shown, content: Mapping[str, Json]) -> bytes:
    return json_bytes({"page": page_object(shown, shown.updated_at), **content})


def _summary(places: ComponentPlaces) -> bytes:
    shown = places.shown
    latest_first = sorted(shown.open_incidents, key=lambda incident: incident.updated_at, reverse=True)
    pending = [planned for planned in _newest_first(shown.maintenances) if planned.is_open]
    return _document(
        shown,
        {
            "components": component_list(places),
            "incidents": _objects(places, latest_first),
            "scheduled_maintenances": _objects(places, pending),
            "status": status_object(shown),
        },
    )


def _incident_lists(places: ComponentPlaces) -> dict[str, bytes]:
    shown = places.shown
    unresolved = [incident for incident in shown.incidents if incident.is_open]
    lists = {
        "api/v2/incidents.json": shown.incidents[:RECENT_LIMIT],
        "api/v2/incidents/unresolved.json": unresolved,
    }
    return {path: _document(shown, {"incidents": _objects(places, chosen)}) for path, chosen in lists.items()}


def _maintenance_lists(places: ComponentPlaces) -> dict[str, bytes]:
    shown = places.shown
    lists = {
        "api/v2/scheduled-maintenances.json": _newest_first(shown.maintenances)[:RECENT_LIMIT],
        "api/v2/scheduled-maintenances/upcoming.json": _newest_first(shown.upcoming_maintenances),
        "api/v2/scheduled-maintenances/active.json": _newest_first(shown.active_maintenances),
    }
    return {
        path: _document(shown, {"scheduled_maintenances": _objects(places, chosen)}) for path, chosen in lists.items()
    }


def _newest_first(maintenances: Iterable[ShownIncident]) -> Sequence[ShownIncident]:
    """Return planned work as the captured summaries have it: the last announced first."""
    return sorted(maintenances, key=lambda planned: planned.created_at, reverse=True)


def _objects(places: ComponentPlaces, incidents: Iterable[ShownIncident]) -> list[JsonObject]:
    return [incident_object(places, incident, components=components_now(places, incident)) for incident in incidents]


def _single_incidents(places: ComponentPlaces) -> dict[str, bytes]:
    """Return one document an incident; planned work too, since clients look up both kinds of id at this address."""
    shown = places.shown
    return {
        f"api/v2/incidents/{incident.source.id}.json": _single_incident(places, incident)
        for incident in shown.everything
    }


def _single_incident(places: ComponentPlaces, incident: ShownIncident) -> bytes:
    """Return the document as of the incident's own last change, so that news elsewhere does not rewrite it."""
    content = incident_object(places, incident, components=components_then(places, incident))
    return json_bytes({"page": page_object(places.shown, incident.updated_at), "incident": content})
