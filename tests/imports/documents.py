"""Documents of a status API of which a test states only what matters to it."""

from __future__ import annotations

import json
from pathlib import Path

from statuspage.imports.statuspage.source import JsonValue

Json = dict[str, JsonValue]

PAGE: Json = {
    "id": "pageaaaaaaaa",
    "name": "Acme",
    "url": "https://status.acme.example",
    "time_zone": "Europe/Berlin",
    "updated_at": "2026-11-21T15:00:00.000+01:00",
}
API, WEB = "apiaaaaaaaaa", "webaaaaaaaaa"


def component(name: str = "API", **more: JsonValue) -> Json:
    return {
        "id": API,
        "name": name,
        "status": "operational",
        "position": 1,
        "description": None,
        "start_date": None,
        "group_id": None,
        "page_id": "pageaaaaaaaa",
        "group": False,
        **more,
    }


def affected(new: str, *, old: str = "operational", code: str = API, name: str = "API") -> Json:
    return {"code": code, "name": name, "old_status": old, "new_status": new}


def update(at: str, status: str, body: str = "Words.", **more: JsonValue) -> Json:
    """Return an update at `14:05` of a day in November."""
    time = f"2026-11-21T{at}:00.000Z"
    return {
        "id": f"update00{at.replace(':', '')}",
        "status": status,
        "body": body,
        "created_at": time,
        "updated_at": time,
        "display_at": time,
        "affected_components": None,
        "deliver_notifications": True,
        "custom_tweet": None,
        "tweet_id": None,
        **more,
    }


def incident(*updates: Json, **more: JsonValue) -> Json:
    """Return an incident; its updates newest first, as they are served."""
    newest = updates[0] if updates else update("14:05", "investigating")
    return {
        "id": "incident0001",
        "name": "API fails",
        "status": newest["status"],
        "created_at": "2026-11-21T14:05:00.000Z",
        "updated_at": newest["display_at"],
        "monitoring_at": None,
        "resolved_at": None,
        "impact": "minor",
        "shortlink": "https://stspg.io/aaaaaaaaaaaa",
        "started_at": "2026-11-21T14:05:00.000Z",
        "page_id": "pageaaaaaaaa",
        "incident_updates": list(updates),
        "components": [],
        **more,
    }


def summary(*incidents: Json, components: list[JsonValue] | None = None, **more: JsonValue) -> Json:
    return {
        "page": PAGE,
        "components": [component()] if components is None else components,
        "incidents": list(incidents),
        "scheduled_maintenances": [],
        **more,
    }


def saved(folder: Path, document: JsonValue, *, name: str = "summary.json") -> str:
    """Write the document, and return the folder as an import takes it."""
    folder.mkdir(exist_ok=True)
    (folder / name).write_text(json.dumps(document), encoding="utf-8")
    return str(folder)
