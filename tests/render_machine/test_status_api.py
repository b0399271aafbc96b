"""What is in the documents of the status API, and in which order."""

from __future__ import annotations

import json
from datetime import date, datetime, timedelta
from typing import Any

import pytest

from statuspage.model import Status, derived_id
from statuspage.render.status_api import RECENT_LIMIT
from statuspage.shown import Change, Level, Shown
from tests.rendered import api_documents

from .builders import MAJOR, NOW, PARTIAL, PLANNED, SLOW, UP, component, group, incident, shown, site, story, update


def read(page: Shown, path: str) -> Any:
    return json.loads(api_documents(page)[path])


def test_every_document_has_its_address() -> None:
    paths = list(api_documents(story()))

    singles = [f"api/v2/incidents/{derived_id(slug)}.json" for slug in ("card-payments", "fax-lines", "new-disks")]
    assert sorted(paths) == sorted(
        [
            "api/v1/promises.json",
            "api/v1/status.json",
            "api/v2/summary.json",
            "api/v2/status.json",
            "api/v2/components.json",
            "api/v2/incidents.json",
            "api/v2/incidents/unresolved.json",
            "api/v2/scheduled-maintenances.json",
            "api/v2/scheduled-maintenances/upcoming.json",
            "api/v2/scheduled-maintenances/active.json",
            *singles,
        ]
    )


def test_a_document_is_compact_utf8_without_a_final_newline() -> None:
    document = api_documents(shown(on=site(title="Füße & <Co>")))["api/v2/status.json"]

    expected = (
        '{"page":{"id":"acmeacmeacme","name":"Füße & <Co>","url":"https://status.acme.example","time_zone":"UTC",'
        '"updated_at":"1970-01-01T00:00:00.000Z"},'
        '"status":{"indicator":"none","description":"All Systems Operational"}}'
    )
    assert document.decode() == expected


def test_instants_carry_the_offset_of_their_own_date() -> None:
    berlin = read(story(zone="Europe/Berlin"), "api/v2/incidents.json")
    london = read(story(zone="Europe/London"), "api/v2/incidents.json")
    utc = read(story(zone="Etc/UTC"), "api/v2/incidents.json")

    assert [i["created_at"] for i in berlin["incidents"]] == [
        "2026-11-21T15:05:00.000+01:00",
        "2026-10-12T14:40:00.000+02:00",
    ]
    assert london["incidents"][0]["created_at"] == "2026-11-21T14:05:00.000+00:00"
    assert utc["incidents"][0]["created_at"] == "2026-11-21T14:05:00.000Z"


def test_components_are_sorted_by_a_position_that_restarts_in_each_group() -> None:
    page = shown(
        component("search"),
        group("Payments", component("cards"), component("old-cards", is_retired=True), component("refunds")),
        component("fax", is_retired=True),
        group("Mail", component("inbox")),
        states={"refunds": SLOW, "cards": PLANNED},
    )

    rows = read(page, "api/v2/components.json")["components"]

    assert [(r["position"], r["name"], r["status"], r["group"], r.get("components")) for r in rows] == [
        (1, "Search", "operational", False, None),
        (1, "Cards", "under_maintenance", False, None),
        (1, "Inbox", "operational", False, None),
        (2, "Payments", "degraded_performance", True, [derived_id("cards"), derived_id("refunds")]),
        (2, "Refunds", "degraded_performance", False, None),
        (3, "Mail", "operational", True, [derived_id("inbox")]),
    ]


def test_a_group_row_comes_right_before_its_first_child_where_positions_are_equal() -> None:
    page = shown(group("Payments", component("cards")))

    rows = read(page, "api/v2/components.json")["components"]

    assert [(row["name"], row["position"], row["group"]) for row in rows] == [
        ("Payments", 1, True),
        ("Cards", 1, False),
    ]


def test_a_component_counts_from_midnight_of_the_day_that_its_history_begins() -> None:
    page = shown(component("cards", since=date(2024, 7, 1)), component("search"), on=site(zone="Europe/Berlin"))

    cards, search = read(page, "api/v2/components.json")["components"]

    assert (cards["start_date"], cards["created_at"]) == ("2024-07-01", "2024-07-01T00:00:00.000+02:00")
    assert cards["updated_at"] == cards["created_at"]
    assert (search["start_date"], search["created_at"]) == (None, "1970-01-01T01:00:00.000+01:00")


def test_a_retired_component_is_listed_only_by_the_incidents_that_touched_it() -> None:
    page = story()

    listed = [row["name"] for row in read(page, "api/v2/components.json")["components"]]
    touched = read(page, f"api/v2/incidents/{derived_id('fax-lines')}.json")["incident"]["components"]

    assert "Fax" not in listed
    assert [(row["name"], row["position"], row["status"]) for row in touched] == [("Fax", 3, "operational")]


def test_an_update_names_grouped_components_in_full_and_null_when_it_touched_none() -> None:
    newest = read(story(), "api/v2/incidents/unresolved.json")["incidents"][0]["incident_updates"][0]
    closed = read(story(), "api/v2/incidents.json")["incidents"][1]["incident_updates"][0]

    assert newest["affected_components"] == [
        {
            "code": derived_id("cards"),
            "name": "Payments - Card payments",
            "old_status": "major_outage",
            "new_status": "major_outage",
        },
        {
            "code": derived_id("search"),
            "name": "Search",
            "old_status": "operational",
            "new_status": "degraded_performance",
        },
    ]
    assert closed["affected_components"] is None


def test_bodies_are_markdown_with_the_line_ends_of_the_api() -> None:
    page = shown(incidents=[incident("one", update(Status.INVESTIGATING, body="One\n\n- two\r\n- three"))])

    told = read(page, "api/v2/incidents.json")["incidents"][0]["incident_updates"][0]

    assert told["body"] == "One\r\n\r\n- two\r\n- three"


def test_the_summary_lists_open_incidents_by_their_last_update() -> None:
    page = shown(
        incidents=[
            incident("new", update(Status.INVESTIGATING, NOW - timedelta(minutes=5))),
            incident(
                "old",
                update(Status.MONITORING, NOW - timedelta(minutes=1)),
                update(Status.INVESTIGATING, NOW - timedelta(hours=9)),
            ),
            incident("over", update(Status.RESOLVED, NOW)),
            incident("explained", update(Status.POSTMORTEM, NOW)),
        ]
    )

    summary = [i["id"] for i in read(page, "api/v2/summary.json")["incidents"]]
    unresolved = [i["id"] for i in read(page, "api/v2/incidents/unresolved.json")["incidents"]]

    assert summary == [derived_id("old"), derived_id("new")]
    assert unresolved == [derived_id("new"), derived_id("old")]


def test_lists_of_any_state_hold_the_most_recent_fifty() -> None:
    def at(number: int) -> datetime:
        return NOW - timedelta(days=number)

    page = shown(
        incidents=[incident(f"i{n}", update(Status.RESOLVED, at(n))) for n in range(60)],
        maintenances=[
            incident(f"m{n}", update(Status.COMPLETED, at(n)), window=(at(n), at(n) + timedelta(hours=1)))
            for n in range(60)
        ],
    )

    incidents = [i["id"] for i in read(page, "api/v2/incidents.json")["incidents"]]
    planned = [m["id"] for m in read(page, "api/v2/scheduled-maintenances.json")["scheduled_maintenances"]]

    assert incidents == [derived_id(f"i{n}") for n in range(RECENT_LIMIT)]
    assert planned == [derived_id(f"m{n}") for n in range(RECENT_LIMIT)]
    assert f"api/v2/incidents/{derived_id('i59')}.json" in api_documents(page)


def test_planned_work_is_upcoming_then_active_then_over() -> None:
    window = (NOW, NOW + timedelta(hours=1))
    page = shown(
        maintenances=[
            incident("soon", window=window, announced_at=NOW),
            incident("now", update(Status.IN_PROGRESS, NOW - timedelta(hours=1)), window=window),
            incident("checking", update(Status.VERIFYING, NOW - timedelta(hours=2)), window=window),
            incident("done", update(Status.COMPLETED, NOW - timedelta(hours=3)), window=window),
            incident("dropped", update(Status.CANCELLED, NOW - timedelta(hours=4)), window=window),
        ]
    )

    def ids(path: str) -> list[str]:
        return [m["id"] for m in read(page, path)["scheduled_maintenances"]]

    soon, now, checking, done, dropped = (derived_id(s) for s in ("soon", "now", "checking", "done", "dropped"))
    assert ids("api/v2/scheduled-maintenances/upcoming.json") == [soon]
    assert ids("api/v2/scheduled-maintenances/active.json") == [now, checking]
    assert ids("api/v2/summary.json") == [soon, now, checking]
    assert ids("api/v2/scheduled-maintenances.json") == [soon, now, checking, done, dropped]


def test_cancelled_work_is_completed_to_clients() -> None:
    window = (NOW, NOW + timedelta(hours=1))
    page = shown(maintenances=[incident("dropped", update(Status.CANCELLED), window=window)])

    document = read(page, f"api/v2/incidents/{derived_id('dropped')}.json")["incident"]

    assert document["status"] == "completed"
    assert document["incident_updates"][0]["status"] == "completed"
    assert document["resolved_at"] == "2026-11-21T14:40:00.000Z"
    assert list(document)[-2:] == ["scheduled_for", "scheduled_until"]
    assert "reminder_intervals" not in document


def test_the_document_of_an_incident_does_not_change_by_news_elsewhere() -> None:
    over = incident("over", update(Status.RESOLVED, NOW - timedelta(days=9)), states={"cards": UP})
    failing = incident("failing", update(Status.INVESTIGATING), states={"cards": MAJOR})
    path = f"api/v2/incidents/{derived_id('over')}.json"

    calm = api_documents(shown(component("cards"), incidents=[over]))
    broken = api_documents(shown(component("cards"), states={"cards": MAJOR}, incidents=[over, failing]))

    assert calm[path] == broken[path]
    assert json.loads(calm[path])["page"]["updated_at"] == "2026-11-12T14:40:00.000Z"


def test_lists_show_the_components_of_an_incident_as_they_are_now() -> None:
    over = incident("over", update(Status.RESOLVED, NOW - timedelta(days=9)), states={"cards": UP})
    page = shown(component("cards"), states={"cards": MAJOR}, incidents=[over])

    listed = read(page, "api/v2/incidents.json")["incidents"][0]["components"]

    assert [row["status"] for row in listed] == ["major_outage"]


@pytest.mark.parametrize(
    ("states", "indicator", "description"),
    [
        ({}, "minor", "Partially Degraded Service"),
        ({"cards": PLANNED}, "minor", "Partially Degraded Service"),
        ({"cards": SLOW, "search": SLOW}, "minor", "Degraded System Service"),
        ({"cards": PARTIAL}, "minor", "Minor Service Outage"),
        ({"cards": MAJOR}, "major", "Partial System Outage"),
    ],
)
def test_an_open_incident_that_cannot_be_read_raises_the_status_to_minor(
    states: dict[str, Any], indicator: str, description: str
) -> None:
    unsure = incident("broken", is_unreadable=True)

    page = shown(component("cards"), component("search"), states=states, incidents=[unsure])

    assert read(page, "api/v2/status.json")["status"] == {"indicator": indicator, "description": description}


def test_a_readable_incident_without_components_leaves_the_status_alone() -> None:
    page = shown(component("cards"), incidents=[incident("nameless")])

    assert read(page, "api/v2/summary.json")["status"]["indicator"] == "none"


def test_our_own_document_says_what_the_band_of_the_page_says() -> None:
    late = update(Status.INVESTIGATING, due_at=NOW - timedelta(minutes=5), is_late=True)
    page = shown(
        component("cards"),
        incidents=[incident("failing", late, states={"cards": MAJOR}, what_you_can_do="Pay by *transfer*.")],
        maintenances=[incident("disks", window=(NOW + timedelta(days=1), NOW + timedelta(days=1, hours=2)))],
        level=Level.MAJOR,
    )

    document = read(page, "api/v1/status.json")

    assert document == {
        "title": "Acme",
        "url": "https://status.acme.example",
        "time_zone": "UTC",
        "level": "maj",
        "headline": "Major outage",
        "updated_at": "2026-11-21T14:40:00.000Z",
        "incidents": [
            {
                "slug": "failing",
                "id": derived_id("failing"),
                "title": "Card payments are failing",
                "status": "investigating",
                "impact": "major",
                "level": "maj",
                "url": "https://status.acme.example/incidents/failing/",
                "promise": {"due_at": "2026-11-21T14:35:00.000Z", "is_late": True},
                "what_you_can_do": "Pay by transfer.",
                "still_working": None,
                "starts_at": None,
                "ends_at": None,
                "updated_at": "2026-11-21T14:40:00.000Z",
            }
        ],
        "active_maintenances": [],
        "upcoming_maintenances": [
            {
                "slug": "disks",
                "id": derived_id("disks"),
                "title": "Card payments are failing",
                "status": "scheduled",
                "impact": "maintenance",
                "level": "deg",
                "url": "https://status.acme.example/maintenance/disks/",
                "promise": None,
                "what_you_can_do": None,
                "still_working": None,
                "starts_at": "2026-11-22T14:40:00.000Z",
                "ends_at": "2026-11-22T16:40:00.000Z",
                "updated_at": "2026-11-21T14:40:00.000Z",
            }
        ],
    }


def test_an_incident_lists_its_components_by_position() -> None:
    page = shown(
        group("Payments", component("refunds"), component("cards")),
        component("search"),
        incidents=[
            incident(
                "failing",
                update(Status.INVESTIGATING, changes=[Change(component_id="search", old=UP, new=SLOW)]),
                states={"cards": SLOW, "search": SLOW, "refunds": SLOW},
            )
        ],
    )

    listed = read(page, "api/v2/incidents.json")["incidents"][0]["components"]

    assert [(row["position"], row["name"]) for row in listed] == [(1, "Refunds"), (2, "Cards"), (2, "Search")]
