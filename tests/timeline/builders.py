"""Values with good defaults, so that a test shows only what matters to it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from statuspage.model import (
    Component,
    ComponentChange,
    ComponentState,
    Group,
    HoldStyle,
    Incident,
    Page,
    PromiseClock,
    Site,
    Status,
    Support,
    Update,
    Window,
    derived_id,
)

NOON = datetime(2026, 10, 15, 12, 0, tzinfo=UTC)


def minutes(count: float) -> timedelta:
    return timedelta(minutes=count)


def component(name: str = "cards", **changes: Any) -> Component:
    given: dict[str, Any] = {"id": name, "api_id": derived_id(name), "name": name.title(), "spoken": name}
    return Component(**given | changes)


def page(*incidents: Incident, rows: tuple[Group | Component, ...] | None = None, zone: str = "UTC") -> Page:
    site = Site(
        id="pagepagepage",
        title="Example",
        url="https://status.example.com",
        language="en",
        zone=ZoneInfo(zone),
        support=Support(),
    )
    own_rows = (component("cards"), component("search")) if rows is None else rows
    return Page(site=site, rows=own_rows, clock=PromiseClock(), hold=HoldStyle(languages=("en",)), incidents=incidents)


def update(at: datetime = NOON, status: Status | None = Status.INVESTIGATING, **changes: Any) -> Update:
    given: dict[str, Any] = {"id": derived_id(at.isoformat(), str(status)), "at": at, "status": status}
    return Update(**given | changes)


def incident(*updates: Update, slug: str = "payments-down", **changes: Any) -> Incident:
    given: dict[str, Any] = {"title": "You cannot pay by card", "updates": updates or (update(),)}
    return Incident(**{"slug": slug, "id": derived_id(slug)} | given | changes)


def planned(*updates: Update, starts: datetime, hours: float = 2, slug: str = "move", **changes: Any) -> Incident:
    window = Window(starts_at=starts, ends_at=starts + timedelta(hours=hours))
    given: dict[str, Any] = {"title": "Moving house", "window": window, "updates": updates}
    return Incident(**{"slug": slug, "id": derived_id(slug)} | given | changes)


def put(component_id: str, state: ComponentState) -> ComponentChange:
    return ComponentChange(component_id=component_id, state=state)
