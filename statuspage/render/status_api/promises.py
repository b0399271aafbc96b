"""How we keep our word, `/api/v1/promises.json`: every promise of what is open, and of the newest that are over.

Keys, in order; every one is always there, and null where nothing is to be said:

- `title`, `url`, `time_zone`: of the site;
- `incidents`: what is open, in the order of the page, then planned work that has a promise, then the 25 newest
  incidents that are over. Each has `slug`, `id`, `title`, `kind` (`incident` or `maintenance`), `status`, `url`,
  `promise` (the one in force: `due_at`, `is_late`), `kept` and `late` (how many of those that are past), and
  `promises`, newest first. Of each: `update_id` (the update that made it), `made_at`, `due_at`, `state` (`ahead`,
  `kept` or `late`), `followed_at` (the next update), `followed_by` (`person`, `holding` or `schedule`: who wrote that)
  and `late_by_seconds` (null until the next update has come).
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

from statuspage.model import Site
from statuspage.render.json_text import Json, JsonObject, json_instant, json_instant_or_null
from statuspage.render.kept import kept_by_identity
from statuspage.shown import Promise, Shown, ShownIncident, ShownUpdate

CLOSED_LIMIT = 25


def promises_v1(shown: Shown) -> JsonObject:
    """Return the document that the module describes."""
    site = shown.site
    planned = (m for m in (*shown.active_maintenances, *shown.upcoming_maintenances) if m.promise)
    closed = [incident for incident in shown.incidents if not incident.is_open][:CLOSED_LIMIT]
    return {
        "title": site.title,
        "url": site.url,
        "time_zone": site.zone.key,
        "incidents": [_incident(each, site) for each in chain(shown.open_incidents, planned, closed)],
    }


@kept_by_identity
def _incident(incident: ShownIncident, site: Site) -> JsonObject:
    source = incident.source
    promises = list(_promises(incident, site))
    return {
        "slug": source.slug,
        "id": source.id,
        "title": source.title,
        "kind": "maintenance" if incident.is_maintenance else "incident",
        "status": incident.status.value,
        "url": site.url + source.path,
        "promise": promise_v1(incident.promise, site),
        "kept": sum(promise["state"] == "kept" for promise in promises),
        "late": sum(promise["state"] == "late" for promise in promises),
        "promises": promises,
    }


def promise_v1(promise: Promise | None, site: Site) -> Json:
    """Return a promise in force as our documents have it."""
    if promise is None:
        return None
    return {"due_at": json_instant(promise.due_at, site.zone), "is_late": promise.is_late}


def _promises(incident: ShownIncident, site: Site) -> Iterator[JsonObject]:
    followers: tuple[ShownUpdate | None, ...] = (None, *incident.updates)
    for update, follower in zip(incident.updates, followers, strict=False):
        promise = update.promise
        if promise is None:
            continue
        yield {
            "update_id": update.id,
            "made_at": json_instant(promise.made_at, site.zone),
            "due_at": json_instant(promise.due_at, site.zone),
            "state": _state(promise),
            "followed_at": json_instant_or_null(promise.followed_at, site.zone),
            "followed_by": _author(follower) if follower else None,
            "late_by_seconds": None if promise.late_by is None else int(promise.late_by.total_seconds()),
        }


def _state(promise: Promise) -> str:
    if promise.is_late:
        return "late"
    return "kept" if promise.followed_at else "ahead"


def _author(update: ShownUpdate) -> str:
    if update.is_timed:
        return "holding"
    return "schedule" if update.is_automatic else "person"
