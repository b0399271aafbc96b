"""A busy day as files would tell it, and the values that come of it."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from statuspage.model import (
    Component,
    ComponentChange,
    ComponentState,
    Group,
    HoldStyle,
    Impact,
    Incident,
    Page,
    PromiseClock,
    Section,
    Site,
    Status,
    Support,
    Update,
    Window,
    derived_id,
)
from statuspage.shown import Shown
from statuspage.timeline.page import page_at

NOW = datetime(2026, 11, 21, 13, 58, tzinfo=UTC)
"""14:58 in Berlin, in the middle of the incident."""


def at(text: str) -> datetime:
    """Return `21 14:05` as an instant of November 2026, UTC."""
    day, _, time = text.partition(" ")
    hour, minute = map(int, time.split(":"))
    return datetime(2026, 11, int(day), hour, minute, tzinfo=UTC)


def component(component_id: str, name: str, **changes: Any) -> Component:
    given: dict[str, Any] = {
        "id": component_id,
        "api_id": derived_id(component_id),
        "name": name,
        "spoken": name.lower(),
    }
    return Component(**given | changes)


def put(component_id: str, state: ComponentState) -> ComponentChange:
    return ComponentChange(component_id=component_id, state=state)


def update(when: str, status: Status | None = Status.INVESTIGATING, body: str = "", **changes: Any) -> Update:
    given: dict[str, Any] = {
        "id": derived_id("update", when, str(status), body),
        "at": at(when),
        "status": status,
        "body": body,
    }
    return Update(**given | changes)


def incident(slug: str, title: str, *updates: Update, **changes: Any) -> Incident:
    return Incident(**{"slug": slug, "id": derived_id(slug), "title": title, "updates": updates} | changes)


def site(**changes: Any) -> Site:
    given: dict[str, Any] = {
        "id": "larkfieldpg1",
        "title": "Northwind Status",
        "url": "https://status.northwind.example",
        "language": "en",
        "zone": ZoneInfo("Europe/Berlin"),
        "support": Support(
            phone="+49 30 1234567", email="help@northwind.example", url="https://northwind.example/help"
        ),
    }
    return Site(**given | changes)


ROWS: tuple[Group | Component, ...] = (
    Group(
        api_id=derived_id("payments"),
        name="Payments",
        components=(
            component("card-payments", "Card payments", description="Checkout and refunds"),
            component("dashboard", "Dashboard"),
        ),
    ),
    component("search", "Search", since=date(2026, 10, 11)),
    component("mail", "Mail"),
    component("fax", "Fax", is_retired=True),
)

CARDS = incident(
    "2026-11-21-card-payments",
    "You cannot pay by card right now",
    update(
        "21 12:50",
        Status.INVESTIGATING,
        "Card payments are failing since 13:42. It is us, not your bank. We are sorry.\n\nWe started on it at once.",
        next_update_at=at("21 13:10"),
    ),
    update(
        "21 13:12",
        None,
        "The card companies are healthy, so the fault is ours.",
        next_update_at=at("21 13:40"),
        components=(put("dashboard", ComponentState.DEGRADED_PERFORMANCE),),
    ),
    update(
        "21 13:40",
        Status.IDENTIFIED,
        "A certificate of ours ran out. A new one is on its way to our servers.\n\n"
        "That takes about 40 minutes, so *some* payments will work before others do.",
        next_update_at=at("21 14:10"),
        what_you_can_do="Pay by bank transfer. We keep your basket until midnight tomorrow.",
        still_working="Everything else.",
    ),
    components=(put("card-payments", ComponentState.MAJOR_OUTAGE),),
    started_at=at("21 12:42"),
    impact=Impact.MAJOR,
)
SEARCH = incident(
    "2026-11-21-search",
    "Search takes up to ten seconds",
    update("21 09:00", Status.INVESTIGATING, "Search is slow since this morning. Searching by number is not."),
    components=(put("search", ComponentState.DEGRADED_PERFORMANCE),),
)
LOCKED = incident(
    "2026-11-12-locked-out",
    "Nobody could sign in to the dashboard",
    update("12 08:10", Status.INVESTIGATING, "Nobody can sign in. We are sorry.", next_update_at=at("12 08:40")),
    update("12 08:52", Status.MONITORING, "Signing in works again; we are watching it.", share=Decimal(30)),
    update("12 09:45", Status.RESOLVED, "Fixed. Nobody was locked out after 09:52."),
    update("13 10:00", Status.POSTMORTEM, "## What we changed\n\n- Two people are warned before a key runs out."),
    components=(put("dashboard", ComponentState.PARTIAL_OUTAGE),),
    summary="For 95 minutes nobody could open the dashboard.",
    make_good="This week of the dashboard is free for everyone.",
    sections=(Section(heading="What we still do", body="We check every other key by 30 November."),),
)
MOVE = incident(
    "2026-11-22-new-database",
    "Mail moves to a bigger machine",
    update("15 09:00", Status.SCHEDULED, "Mail may come a few minutes late. None is lost."),
    window=Window(starts_at=at("22 01:00"), ends_at=at("22 03:00")),
    components=(put("mail", ComponentState.UNDER_MAINTENANCE),),
)
BUSY_DAY = (CARDS, SEARCH, LOCKED, MOVE)


def page(*incidents: Incident, rows: tuple[Group | Component, ...] = ROWS, **changes: Any) -> Page:
    in_order = tuple(sorted(incidents, key=lambda each: each.slug))
    hold = HoldStyle(languages=("en", "de"))
    return Page(site=site(**changes), rows=rows, clock=PromiseClock(), hold=hold, incidents=in_order)


def shown(
    *incidents: Incident, now: datetime = NOW, rows: tuple[Group | Component, ...] = ROWS, **changes: Any
) -> Shown:
    return page_at(page(*incidents, rows=rows, **changes), now)


def busy_day(**changes: Any) -> Shown:
    """Return an afternoon with two open incidents, planned work ahead, and one incident put right."""
    return shown(*BUSY_DAY, **changes)
