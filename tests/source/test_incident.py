"""One file: front matter, updates, sections, and what each fault leaves out."""

from __future__ import annotations

from decimal import Decimal

import pytest

from statuspage.model import (
    ComponentChange,
    ComponentState,
    Impact,
    Section,
    Status,
    Window,
    api_id,
    derived_id,
)

from .builders import HEADING, incident_text, read, read_one, utc

PLANNED = "kind: maintenance\nstarts: 2026-11-22 22:00\nends: 2026-11-23 02:00\ncomponents: [dashboard]\n"
ANNOUNCED = "## 2026-11-20 10:00 UTC — Scheduled\n\nWe move.\n"


def change(component_id: str, state: str) -> ComponentChange:
    return ComponentChange(component_id=component_id, state=ComponentState(state))


def test_every_field_line_is_read_and_leaves_the_body() -> None:
    body = (
        f"{HEADING}\n\nImpact: critical\nCOMPONENTS: card-payments: Partial outage, Dashboard: slow\n\n"
        "One in three fails.\n\n\n| a | b |\n\n"
        "what you can do: Pay by transfer.\nStill working: The till\nShare: 12,5 %\n"
        "Hold: Cards fail.\nnotify: no\nId: own-1\n**Next update:** none\n"
    )

    incident, faults = read_one(incident_text(body))

    update = incident.updates[0]
    assert faults == []
    assert update.body == "One in three fails.\n\n\n| a | b |"
    assert update.impact is Impact.CRITICAL
    assert update.components == (
        change("card-payments", "partial_outage"),
        change("dashboard", "degraded_performance"),
    )
    assert (update.what_you_can_do, update.still_working, update.hold) == (
        "Pay by transfer.",
        "The till",
        "Cards fail.",
    )
    assert (update.share, update.notifies, update.promises_nothing) == (Decimal("12.5"), False, True)
    assert update.id == api_id("own-1", "update")


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        ("Impact: critcal", '9: Impact: "critcal" is not an impact; did you mean "critical"?'),
        ("Share: 30", '9: Share: "30" is not a share; write 0% to 100%, such as 30%'),
        ("Share: 130%", '9: Share: "130%" is not a share; write 0% to 100%, such as 30%'),
        ("Notify: perhaps", '9: Notify: "perhaps" is neither yes nor no; write yes or no'),
        (
            "Ends: 16:00",
            "9: Ends: only planned work has an end that is known before; leave the line out",
        ),
        ("Id: a b", '9: Id: "a b" is not an id; write it with a-z, 0-9, - and _ only'),
        (
            "Components: all broken",
            '9: Components: there is no component "all broken"; add it to statuspage.toml, or mend its id',
        ),
        (
            "Components: dashbord: slow",
            '9: Components: there is no component "dashbord"; did you mean "dashboard"?',
        ),
        (
            "Components: dashboard: slwo",
            '9: Components: dashboard: "slwo" is not a state; write one of operational, under_maintenance, '
            "degraded_performance, partial_outage, major_outage",
        ),
        ("Hold:", "9: Hold: is empty; write a value or leave the line out"),
        ("Next updat: 14:35\nHold: x", '9: "Next updat" is not a field; did you mean "Next update"?'),
    ],
)
def test_a_field_that_cannot_be_read_is_left_out_and_said_where(line: str, fault: str) -> None:
    incident, faults = read_one(incident_text(f"\n\n{HEADING}\n\n{line}\n\nWe know.\n"))

    assert faults == [fault]
    assert incident.updates[0].body == "We know."
    assert not incident.is_unreadable


def test_a_field_inside_prose_stays_text_and_is_warned_of() -> None:
    incident, faults = read_one(incident_text(f"{HEADING}\n\nWe know.\nNext update: 14:35\n"))

    assert incident.updates[0].body == "We know.\nNext update: 14:35"
    assert incident.updates[0].next_update_at is None
    assert faults == [
        "8: warning: Next update: stands inside other text and is shown as text; "
        "set it apart, with an empty line, as first or last"
    ]


def test_a_field_of_its_own_that_is_only_misspelt_stays_readable_and_is_an_error() -> None:
    incident, faults = read_one(incident_text(f"{HEADING}\n\nWe know.\n\nNext udpate: 14:35\n"))

    assert incident.updates[0].body == "We know.\n\nNext udpate: 14:35"
    assert faults == ['9: "Next udpate" is not a field; did you mean "Next update"?']


def test_resolving_may_restore_all_but_one() -> None:
    body = f"{HEADING}\n\nx\n\n## 2026-11-21 15:00 UTC — Fixed\n\nComponents: all operational, dashboard: degraded\n"

    incident, faults = read_one(incident_text(body))

    assert faults == []
    assert incident.updates[1].restores_all
    assert incident.updates[1].components == (change("dashboard", "degraded_performance"),)


def test_a_component_whose_last_state_cannot_be_read_is_not_restored_by_resolving() -> None:
    body = f"{HEADING}\n\nx\n\n## 2026-11-21 15:00 UTC — Resolved\n\nComponents: dashboard: degrdd\n\nDone.\n"

    incident, _ = read_one(incident_text(body, more="components: {dashboard: major_outage}\n"))

    assert incident.updates[1].components == (change("dashboard", "major_outage"),)


@pytest.mark.parametrize(
    ("more", "changes"),
    [
        ("components: [card-payments, DASHBOARD]\n", "degraded_performance"),
        ("components: Card payments, dashboard\n", "degraded_performance"),
        ("components:\n  - card-payments\n  - dashboard\nimpact: minor\n", "degraded_performance"),
        ("components: [card-payments, dashboard]\nimpact: Major\n", "partial_outage"),
        ("components: [card-payments, dashboard]\nimpact: critical\n", "major_outage"),
        ("components: [card-payments, dashboard]\nimpact: none\n", "operational"),
        ("components:\n- Card payments: Major outage\n- dashboard: down\n", "major_outage"),
        ("components: {card-payments: 'ok', dashboard: Working}\n", "operational"),
    ],
)
def test_components_are_a_mapping_or_a_list_with_the_state_that_the_impact_implies(more: str, changes: str) -> None:
    incident, faults = read_one(incident_text(more=more))

    assert faults == []
    assert incident.components == (change("card-payments", changes), change("dashboard", changes))


def test_everything_in_the_front_matter_is_read() -> None:
    more = (
        "id: abcdefghijk9\nstarted: 2026-11-21 13:50 UTC\nnotify: no\npinned: yes\ndraft: true\n"
        "make_good: A month's fee back.\nkind: incident\n"
    )

    incident, faults = read_one(incident_text(title="123", more=more))

    assert faults == []
    assert (incident.title, incident.id, incident.started_at) == ("123", "abcdefghijk9", utc("2026-11-21 13:50"))
    assert (incident.notifies, incident.is_pinned, incident.is_draft) == (False, True, True)
    assert incident.make_good == "A month's fee back."


@pytest.mark.parametrize(
    ("more", "fault"),
    [
        ("component: x\n", '3: component: unknown key; did you mean "components"?'),
        (
            "xyz: x\n",
            "3: xyz: unknown key; known are title, kind, impact, components, starts, ends, started, id, draft, "
            "notify, pinned, make_good",
        ),
        ("title: again\n", "3: title: stands twice; leave one of the two out"),
        (
            "impact: maintenance\n",
            '3: impact: "maintenance" is not an impact; write one of none, minor, major, critical',
        ),
        ("pinned: 1\n", '3: pinned: "1" is neither yes nor no; write yes or no'),
        ("id: [1]\n", "3: id: must be one line of text; put it in quotes"),
        ("started: 12:30\n", '3: started: "12:30" is not a date and a time of day; write it as 2026-11-21 14:05 UTC'),
        (
            "components: {dashboard: {state: slow}}\n",
            "3: components: dashboard must have one state, such as dashboard: partial_outage",
        ),
        (
            "kind: incident\nends: 2026-11-22 22:00\n",
            "4: ends: belongs to planned work; leave it out, or write kind: maintenance",
        ),
    ],
)
def test_a_key_that_cannot_be_read_is_left_out_and_said_where(more: str, fault: str) -> None:
    incident, faults = read_one(incident_text(more=more))

    assert faults == [fault]
    assert (incident.title, incident.updates[0].body, incident.is_unreadable) == ("Cards fail", "We know.", False)


def test_an_unknown_component_is_an_error_in_an_open_incident_and_a_warning_in_a_closed_one() -> None:
    more, what = "components: [gone]\n", 'there is no component "gone"; add it to statuspage.toml, or mend its id'
    resolved = f"{HEADING}\n\nx\n\n## 2026-11-21 15:00 UTC — Resolved\n\nx\n"

    _, while_open = read_one(incident_text(more=more))
    _, when_closed = read_one(incident_text(resolved, more=more))

    assert while_open == [f"3: components: {what}"]
    assert when_closed == [f"3: warning: components: {what}"]


@pytest.mark.parametrize(
    "text",
    [
        incident_text(ANNOUNCED, more=PLANNED.replace("dashboard", "gone")),
        incident_text(
            "## 2026-11-21 14:05 UTC — Monitoring\n\nx\n\n## 2026-11-21 14:05 UTC — Resolved\n\nx\n",
            more="components: [gone]\n",
        ),
    ],
)
def test_an_unknown_component_is_a_warning_in_planned_work_and_where_the_last_word_of_a_minute_is_the_end(
    text: str,
) -> None:
    _, faults = read_one(text)

    assert [": warning: components: " in f":{fault}" for fault in faults] == [True]


def test_an_unknown_component_in_the_timed_posts_of_a_closed_incident_is_a_warning() -> None:
    resolved = incident_text(f"{HEADING}\n\nx\n\n## 2026-11-21 15:00 UTC — Resolved\n\nx\n")
    posts = "## 2026-11-21 14:30 UTC — Update\n\nComponents: gone: down\n\nStill at it.\n"

    reading = read({"cards.md": resolved, "cards.timed.md": posts})

    assert [fault.severity for fault in reading.faults] == ["warning"]


def test_an_update_before_the_start_is_an_error_and_the_start_is_left_out() -> None:
    incident, faults = read_one(incident_text(more="started: 2026-11-21 14:30 UTC\n"))

    assert incident.started_at is None
    assert faults == [
        "6: heading: this update is before the start of the incident, 2026-11-21 14:30 UTC (line 3); "
        "mend one of the two"
    ]


def test_what_stands_under_other_headings_belongs_to_the_incident() -> None:
    body = f"Summary.\n\n{HEADING}\n\nWe know.\n\n## Make good\n\nMoney.\n\n## Timeline\n\n- 14:05\n\n### Deeper\n"

    incident, faults = read_one(incident_text(body))

    assert faults == []
    assert (incident.summary, incident.make_good) == ("Summary.", "Money.")
    assert incident.sections == (Section(heading="Timeline", body="- 14:05\n\n### Deeper"),)


def test_of_two_updates_in_one_minute_the_lower_is_later_unless_the_file_is_newest_first() -> None:
    one, two = "## 2026-11-21 14:05 UTC — Identified\n\nFirst.\n", "## 2026-11-21 14:05 UTC — Monitoring\n\nSecond.\n"
    last = "## 2026-11-21 15:00 UTC — Resolved\n\nLast.\n"

    upward, _ = read_one(incident_text(one + two + last))
    downward, _ = read_one(incident_text(last + two + one))

    assert [update.body for update in upward.updates] == ["First.", "Second.", "Last."]
    assert downward == upward
    assert len({update.id for update in upward.updates}) == 3


def test_planned_work_has_a_window_and_its_listed_components_are_under_maintenance() -> None:
    body = ANNOUNCED + "\n## 2026-11-23 00:30 UTC — In progress\n\nEnds: 03:00\n"

    incident, faults = read_one(incident_text(body, more=PLANNED))

    assert faults == []
    assert incident.window == Window(starts_at=utc("2026-11-22 21:00"), ends_at=utc("2026-11-23 01:00"))
    assert incident.components == (change("dashboard", "under_maintenance"),)
    assert incident.updates[1].ends_at == utc("2026-11-23 03:00")


def test_the_new_end_of_planned_work_is_the_first_such_time_after_its_start() -> None:
    body = f"{ANNOUNCED}\nEnds: 06:40\n"

    incident, faults = read_one(incident_text(body, more=PLANNED))

    assert faults == []
    assert incident.updates[0].ends_at == utc("2026-11-23 06:40")


def test_a_new_end_that_is_not_after_the_start_is_an_error_and_left_out() -> None:
    body = f"{ANNOUNCED}\nEnds: 2026-11-22 21:00\n"

    incident, faults = read_one(incident_text(body, more=PLANNED))

    assert incident.updates[0].ends_at is None
    assert faults == [
        '13: Ends: "2026-11-22 21:00" is not later than 2026-11-22 21:00 UTC; '
        "write a later time, or a length such as 30m"
    ]


def test_planned_work_without_a_kind_is_planned_work_and_an_error() -> None:
    incident, faults = read_one(incident_text(ANNOUNCED, more=PLANNED.replace("kind: maintenance\n", "")))

    assert incident.is_maintenance
    assert faults == ["3: starts: belongs to planned work; write kind: maintenance too"]


def test_planned_work_without_an_update_is_only_warned_of() -> None:
    incident, faults = read_one(incident_text("", more=PLANNED))

    assert incident.is_maintenance
    assert not incident.is_unreadable
    assert faults == [" warning: nothing says when this was announced; begin with ## 2026-11-21 14:05 UTC — Scheduled"]


@pytest.mark.parametrize(
    ("word", "more", "status", "fault"),
    [
        ("Done", "", Status.RESOLVED, "warning: heading: an incident is not completed but resolved; read as that"),
        (
            "Scheduled",
            "",
            None,
            "heading: scheduled is no status of an incident; write one of investigating, identified, monitoring, "
            "resolved, postmortem, or Update",
        ),
        (
            "Fixed",
            PLANNED,
            Status.COMPLETED,
            "warning: heading: planned work is not resolved but completed; read as that",
        ),
    ],
)
def test_a_status_of_the_other_kind_is_read_as_its_like(
    word: str, more: str, status: Status | None, fault: str
) -> None:
    incident, faults = read_one(incident_text(f"## 2026-11-21 14:05 UTC — {word}\n\nx\n", more=more))

    assert incident.updates[0].status is status
    assert [text.split(": ", 1)[1] for text in faults] == [fault]


def test_timed_posts_are_updates_of_their_incident() -> None:
    reading = read(
        {
            "cards.md": incident_text(),
            "cards.timed.md": "## 2026-11-21 15:05 UTC — Update\n\nStill at it.\n\nNext update: 60m\n",
        }
    )

    post = reading.page.incidents[0].updates[1]
    assert reading.faults == ()
    assert (post.status, post.body, post.is_timed) == (None, "Still at it.", True)
    assert post.next_update_at == utc("2026-11-21 16:05")


def test_timed_posts_of_nothing_are_an_error() -> None:
    reading = read({"gone.timed.md": "## 2026-11-21 15:05 UTC — Update\n"})

    assert reading.page.incidents == ()
    assert [str(fault) for fault in reading.faults] == [
        "incidents/gone.timed.md: holds the timed posts of an incident that is not there; put its file beside this one"
    ]


def test_a_translation_is_no_incident_of_its_own() -> None:
    reading = read(
        {"cards.md": incident_text(), "cards.de.md": incident_text(title="Karten"), "x.pt-br.md": incident_text()}
    )

    assert [incident.slug for incident in reading.page.incidents] == ["cards", "x-pt-br"]


def test_an_own_id_that_two_files_have_stays_with_the_first() -> None:
    more = "id: abcdefghijk9\n"
    reading = read({"b.md": incident_text(more=more), "a.md": incident_text(more=more)})

    assert [incident.id for incident in reading.page.incidents] == ["abcdefghijk9", derived_id("b")]
    assert [str(fault) for fault in reading.faults] == [
        'incidents/b.md: id: "abcdefghijk9" already stands in incidents/a.md; leave one of the two out'
    ]


def test_an_id_of_its_own_keeps_the_ids_of_an_incident_and_its_updates_through_a_rename() -> None:
    text = incident_text(more="id: abcdefghijk9\n")
    files = {"cards.md": text, "cards.timed.md": "## 2026-11-21 15:05 UTC — Update\n\nStill at it.\n"}

    before = read(files).page.incidents[0]
    after = read({name.replace("cards", "payments"): content for name, content in files.items()}).page.incidents[0]

    assert (before.slug, after.slug) == ("cards", "payments")
    assert after.id == before.id
    assert after.updates == before.updates


def test_an_own_id_that_two_updates_have_stays_with_the_first() -> None:
    body = f"{HEADING}\n\nId: abcdefghijk9\n\n## 2026-11-21 15:00 UTC — Update\n\nId: abcdefghijk9\n"

    incident, faults = read_one(incident_text(body))

    assert incident.updates[0].id == "abcdefghijk9"
    assert incident.updates[1].id != "abcdefghijk9"
    assert faults == [' Id: "abcdefghijk9" already stands in this file; leave one of the two out']


def test_an_update_of_more_than_50_kb_is_cut() -> None:
    incident, faults = read_one(incident_text(f"{HEADING}\n\n{'ä' * 30_000}\n"))

    assert incident.updates[0].body == "ä" * 25_600
    assert faults == ["5: has 58 kB of text and is cut after 50; move the rest to a page of its own"]


@pytest.mark.parametrize("marks", ["#", "###"])
def test_an_update_with_another_number_of_marks_is_text_and_warned_of(marks: str) -> None:
    body = f"{HEADING}\n\nWe know.\n\n{marks} 2026-11-21 15:00 UTC — Resolved\n\n### 2026-11-21 14:00 UTC — deploy\n"

    incident, faults = read_one(incident_text(body))

    assert len(incident.updates) == 1
    assert faults == [
        f'9: warning: "{marks} 2026-11-21 15:00 UTC — Resolved" is shown as text; an update begins with ##'
    ]


def test_code_that_nothing_ends_swallows_no_update_and_is_warned_of() -> None:
    later = "## 2026-11-21 14:10 UTC — Identified\n\n```\nfoo\n```\n"

    incident, faults = read_one(incident_text(f"{HEADING}\n\nSee:\n\n```\nerror 1\n\n{later}"))

    assert [update.status for update in incident.updates] == [Status.INVESTIGATING, Status.IDENTIFIED]
    assert faults == ['9: warning: "```" begins code that has no end; write it again below the code']


@pytest.mark.parametrize(("length", "count"), [(100, 0), (101, 1)])
def test_a_title_that_nobody_reads_to_its_end_is_warned_of(length: int, count: int) -> None:
    incident, faults = read_one(incident_text(title="x" * length))

    assert incident.title == "x" * length
    assert faults == [f"2: warning: title: has {length} characters; nobody reads past the first 100"] * count


@pytest.mark.parametrize("field", ["Next update: 14:00", "Next update: by 14:00."])
def test_a_time_of_day_that_had_just_passed_is_warned_of(field: str) -> None:
    incident, faults = read_one(incident_text(f"## 2026-11-21 14:05 UTC — Investigating\n\nWe know.\n\n{field}\n"))

    assert incident.updates[0].next_update_at == utc("2026-11-22 14:00")
    assert faults == [
        f'9: warning: Next update: "{field.removeprefix("Next update: ")}" had passed, so that it means '
        "2026-11-22 14:00 UTC; write the day if that is meant"
    ]
