"""Our own status document, `/api/v1/status.json`: what the page says in its band, for pop-ups, widgets and scripts.

Keys, in order; every one is always there, and null where nothing is to be said:

- `title`, `url`, `time_zone`: of the site;
- `level`: `ok`, `mnt`, `deg`, `part` or `maj`; `headline`: the same in words; `updated_at`: the last public change;
- `incidents` (open ones), `active_maintenances`, `upcoming_maintenances`: in the order of the page. Each has `slug`,
  `id`, `title`, `status`, `impact`, `level`, `url`, `promise` (`due_at`, `is_late`; null when no next update is
  promised), `what_you_can_do`, `still_working` (plain text), `starts_at`, `ends_at` (planned work), `updated_at`.

Unlike the v2 `status`, `level` never says that all is well while an incident is open.
"""

from __future__ import annotations

from statuspage.model import Site
from statuspage.render.json_text import JsonObject, json_instant, json_instant_or_null
from statuspage.render.markup import to_text
from statuspage.render.status_api.promises import promise_v1
from statuspage.render.words import LEVEL_WORD
from statuspage.shown import Shown, ShownIncident


def status_v1(shown: Shown) -> JsonObject:
    """Return the document that the module describes."""
    site = shown.site
    return {
        "title": site.title,
        "url": site.url,
        "time_zone": site.zone.key,
        "level": shown.level.value,
        "headline": LEVEL_WORD[shown.level],
        "updated_at": json_instant_or_null(shown.updated_at, site.zone),
        "incidents": [_incident(site, incident) for incident in shown.open_incidents],
        "active_maintenances": [_incident(site, planned) for planned in shown.active_maintenances],
        "upcoming_maintenances": [_incident(site, planned) for planned in shown.upcoming_maintenances],
    }


def _incident(site: Site, incident: ShownIncident) -> JsonObject:
    source = incident.source
    return {
        "slug": source.slug,
        "id": source.id,
        "title": source.title,
        "status": incident.status.value,
        "impact": incident.impact.value,
        "level": incident.level.value,
        "url": site.url + source.path,
        "promise": promise_v1(incident.promise, site),
        "what_you_can_do": _plain(incident.what_you_can_do),
        "still_working": _plain(incident.still_working),
        "starts_at": json_instant_or_null(incident.starts_at, site.zone),
        "ends_at": json_instant_or_null(incident.ends_at, site.zone),
        "updated_at": json_instant(incident.updated_at, site.zone),
    }


def _plain(markdown: str | None) -> str | None:
    return to_text(markdown).strip() if markdown else None
