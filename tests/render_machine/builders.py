"""Shown values with good defaults, so that a test says only what matters to it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

from statuspage.model import (
    Component,
    ComponentState,
    Group,
    HoldStyle,
    Impact,
    Incident,
    Site,
    Status,
    Support,
    Window,
    derived_id,
)
from statuspage.shown import (
    LEVEL_OF_STATE,
    Change,
    Level,
    Promise,
    Shown,
    ShownComponent,
    ShownIncident,
    ShownUpdate,
    Uptime,
    WholeHistory,
    word_of,
)

NOW = datetime(2026, 11, 21, 14, 40, tzinfo=UTC)
UP = ComponentState.OPERATIONAL
PLANNED = ComponentState.UNDER_MAINTENANCE
SLOW = ComponentState.DEGRADED_PERFORMANCE
PARTIAL = ComponentState.PARTIAL_OUTAGE
MAJOR = ComponentState.MAJOR_OUTAGE


def site(*, title: str = "Acme", url: str = "https://status.acme.example", zone: str = "UTC") -> Site:
    return Site(
        id="acmeacmeacme", title=title, url=url, language="en", zone=ZoneInfo(zone), support=Support(phone="+49 30 1")
    )


def component(
    id: str,  # noqa: A002 - the model's own word
    *,
    name: str | None = None,
    description: str | None = None,
    since: date | None = None,
    is_retired: bool = False,
) -> Component:
    return Component(
        id=id,
        api_id=derived_id(id),
        name=name or id.capitalize(),
        spoken=id,
        description=description,
        since=since,
        is_retired=is_retired,
    )


def group(name: str, *components: Component) -> Group:
    return Group(api_id=derived_id("group", name), name=name, components=components)


def update(
    status: Status,
    at: datetime = NOW,
    *,
    body: str = "We are looking into it.",
    changes_status: bool = True,
    changes: Iterable[Change] = (),
    due_at: datetime | None = None,
    is_late: bool = False,
) -> ShownUpdate:
    return ShownUpdate(
        id=derived_id("update", status, at.isoformat()),
        at=at,
        status=status,
        changes_status=changes_status,
        body=body,
        impact=Impact.MAJOR,
        changes=tuple(changes),
        promise=Promise(made_at=at, due_at=due_at, is_late=is_late) if due_at else None,
    )


def incident(
    slug: str = "card-payments",
    *updates: ShownUpdate,
    title: str = "Card payments are failing",
    states: Mapping[str, ComponentState] | None = None,
    window: tuple[datetime, datetime] | None = None,
    announced_at: datetime = NOW,
    is_unreadable: bool = False,
    what_you_can_do: str | None = None,
) -> ShownIncident:
    """Return an incident, or with a window planned work; updates newest first."""
    starts_at, ends_at = window or (None, None)
    told = updates if updates or window else (update(Status.INVESTIGATING),)
    newest = told[0].at if told else announced_at
    status = told[0].status if told else Status.SCHEDULED
    source = Incident(
        slug=slug,
        id=derived_id(slug),
        title=title,
        window=Window(starts_at=window[0], ends_at=window[1]) if window else None,
        is_unreadable=is_unreadable,
    )
    return ShownIncident(
        source=source,
        status=status,
        impact=Impact.MAINTENANCE if window else Impact.MAJOR,
        level=max((LEVEL_OF_STATE[s] for s in (states or {}).values()), default=Level.SLOW, key=lambda x: x.severity),
        updates=told,
        states=tuple((states or {}).items()),
        started_at=told[-1].at if told else announced_at,
        created_at=told[-1].at if told else announced_at,
        updated_at=newest,
        monitoring_at=None,
        resolved_at=newest if status.is_final else None,
        starts_at=starts_at,
        ends_at=ends_at,
        what_you_can_do=what_you_can_do,
    )


def shown(
    *rows: Group | Component,
    states: Mapping[str, ComponentState] | None = None,
    incidents: Iterable[ShownIncident] = (),
    maintenances: Iterable[ShownIncident] = (),
    at: datetime = NOW,
    on: Site | None = None,
    level: Level = Level.WORKING,
) -> Shown:
    """Return a page with these rows; components not in `states` are operational and have never changed."""
    everything = tuple(_shown_components(rows, states or {}))
    past = tuple(sorted(incidents, key=lambda i: i.created_at, reverse=True))
    planned = tuple(sorted(maintenances, key=lambda m: m.starts_at or NOW, reverse=True))
    return Shown(
        languages=("en",),
        now=at,
        site=on or site(),
        hold=HoldStyle(languages=("en",)),
        rows=rows,
        level=level,
        components=tuple(c for c in everything if not c.source.is_retired),
        retired=tuple(c for c in everything if c.source.is_retired),
        incidents=past,
        maintenances=planned,
        history=WholeHistory((*past, *planned), (on or site()).zone),
        updated_at=max((i.updated_at for i in (*past, *planned)), default=None),
        update_word=word_of(i.word for i in (*past, *planned)),
        next_change_at=at + timedelta(hours=1),
    )


def _shown_components(
    rows: Iterable[Group | Component], states: Mapping[str, ComponentState]
) -> Iterable[ShownComponent]:
    for row in rows:
        for one in row.components if isinstance(row, Group) else (row,):
            yield ShownComponent(
                source=one,
                state=states.get(one.id, UP),
                updated_at=NOW - timedelta(hours=1) if one.id in states else None,
                uptime=Uptime(days=(), hundredths=None, outage_minutes=Decimal(0)),
                group=row if isinstance(row, Group) else None,
            )


def at_later(before: Shown, now: datetime) -> Shown:
    """Return the same page, compiled later."""
    return replace(before, now=now)


def story(*, zone: str = "Europe/Berlin") -> Shown:
    """Return a page with everything: a group, a retired component, an open and a resolved incident, planned work."""
    cards, dashboard = component("cards", name="Card payments", since=date(2024, 3, 1)), component("dashboard")
    search = component("search", description="Finding things")
    old = component("fax", is_retired=True)
    failing = incident(
        "card-payments",
        update(
            Status.IDENTIFIED,
            NOW - timedelta(minutes=9),
            body="A change **broke** the link.\n\nWe are [rolling it back](/static/plan.html).",
            changes=[
                Change(component_id="cards", old=MAJOR, new=MAJOR),
                Change(component_id="search", old=UP, new=SLOW),
            ],
            due_at=NOW + timedelta(minutes=20),
        ),
        update(
            Status.INVESTIGATING,
            NOW - timedelta(minutes=35),
            body="One in three fails.\nWe are sorry.",
            changes=[Change(component_id="cards", old=UP, new=MAJOR)],
            due_at=NOW - timedelta(minutes=5),
        ),
        states={"cards": MAJOR, "search": SLOW},
        what_you_can_do="Pay by *bank transfer*.",
    )
    over = incident(
        "fax-lines",
        update(Status.RESOLVED, NOW - timedelta(days=40), body="Done."),
        update(Status.INVESTIGATING, NOW - timedelta(days=40, hours=2)),
        title="Fax lines are down",
        states={"fax": UP},
    )
    planned = incident(
        "new-disks",
        update(
            Status.SCHEDULED,
            NOW - timedelta(days=1),
            body="We swap disks.",
            changes=[Change(component_id="search", old=UP, new=UP)],
        ),
        title="New disks",
        states={"search": UP},
        window=(NOW + timedelta(days=3), NOW + timedelta(days=3, hours=4)),
    )
    return shown(
        search,
        group("Payments", cards, dashboard),
        old,
        states={"cards": MAJOR, "search": SLOW},
        incidents=[failing, over],
        maintenances=[planned],
        on=site(zone=zone),
        level=Level.MAJOR,
    )
