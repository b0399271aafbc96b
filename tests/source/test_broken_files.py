"""What a file does that cannot be read: nothing to the others, and never a better page than the truth."""

from __future__ import annotations

import pytest

from statuspage.model import ComponentChange, ComponentState, Impact, Status, Update, Window, derived_id
from statuspage.source.folder import SourceFile
from statuspage.source.page import read_page

from .builders import HEADING, incident_text, read, read_one, settings_of, utc, versions

GOOD = incident_text(title="Cards fail", more="impact: major\ncomponents: {dashboard: major_outage}\n")
SENTENCE = "We know that something is wrong and are looking into it; details follow here."


def acknowledged(slug: str, at: str) -> Update:
    return Update(
        id=derived_id(derived_id(slug), "update", "acknowledgement"),
        at=utc(at),
        status=Status.INVESTIGATING,
        body=SENTENCE,
    )


def test_a_broken_file_that_was_good_keeps_its_last_good_version() -> None:
    incident, faults = read_one("title: Cards fail\n", earlier=["---\nalso broken", GOOD, incident_text(title="Older")])

    good, _ = read_one(GOOD)
    assert incident == good
    assert faults == [
        '1: has no front matter; begin it with "---", "title: …" and "---"; '
        "until then the page shows its last good version"
    ]


def test_a_broken_file_that_was_a_draft_before_is_new() -> None:
    incident, _ = read_one("title: Cards fail\n", earlier=[incident_text(more="draft: true\n")])

    assert incident.is_unreadable


def test_a_broken_draft_is_not_public_and_still_an_error() -> None:
    reading = read({"cards.md": "---\ntitle: Cards\ndraft: true\n"})

    assert reading.page.incidents == ()
    assert [str(fault) for fault in reading.faults] == [
        'incidents/cards.md:1: front matter has no end; write "---" on a line of its own below it; '
        "until then it is a draft and stays out of the page"
    ]


@pytest.mark.parametrize(
    ("text", "title", "at", "fault"),
    [
        ("", "Card payments", "2026-11-20 23:00", '1: has no front matter; begin it with "---", "title: …" and "---"'),
        (
            f"Cards fail.\n\n{HEADING}\n\nx\n",
            "Card payments",
            "2026-11-21 14:05",
            '1: has no front matter; begin it with "---", "title: …" and "---"',
        ),
        (
            f"---\ntitle: 'Cards fail'\n\n{HEADING}\n\nx\n",
            "Cards fail",
            "2026-11-21 14:05",
            '1: front matter has no end; write "---" on a line of its own below it',
        ),
        (
            f"---\ntitle: Cards: all fail\n---\n\n{HEADING}\n\nx\n",
            "Cards: all fail",
            "2026-11-21 14:05",
            "2: front matter is not YAML: mapping values are not allowed in this context; "
            "a text with a colon or a quote needs quotes around it",
        ),
        (
            f"---\nimpact: major\n---\n{HEADING}\n",
            "Card payments",
            "2026-11-21 14:05",
            " title: is missing; write title: …",
        ),
        (f"---\ntitle:\n---\n{HEADING}\n", "Card payments", "2026-11-21 14:05", "2: title: is missing; write title: …"),
        (
            f"---\n- title\n---\n{HEADING}\n",
            "Card payments",
            "2026-11-21 14:05",
            '2: front matter must be lines of "key: value"',
        ),
        (
            incident_text("No update yet.\n"),
            "Cards fail",
            "2026-11-20 23:00",
            " has no update; write ## 2026-11-21 14:05 UTC — Investigating and, below it, what customers notice",
        ),
        (
            incident_text("## 2026-11-21 14:05 UTC — Investigatign\n\nx\n"),
            "Cards fail",
            "2026-11-21 14:05",
            '5: heading: "Investigatign" is not a status; did you mean "Investigating"?',
        ),
        (
            incident_text("## Investigating\n\nx\n"),
            "Cards fail",
            "2026-11-20 23:00",
            '5: heading: "Investigating" has no time; write it as ## 2026-11-21 14:05 UTC — Investigating',
        ),
        (
            incident_text("## 2026-03-29 02:30 — Investigating\n\nx\n"),
            "Cards fail",
            "2026-11-20 23:00",
            "5: heading: 2026-03-29 02:30 does not exist in Europe/Berlin, whose clocks change then; "
            "write 2026-03-29 00:30 UTC or 2026-03-29 01:30 UTC",
        ),
    ],
)
def test_a_new_broken_file_acknowledges_at_an_instant_of_its_own(text: str, title: str, at: str, fault: str) -> None:
    name = "2026-11-21-card-payments"

    incident, faults = read_one(text, name=f"{name}.md")

    assert incident.is_unreadable
    assert not incident.is_maintenance
    assert incident.title == title
    assert incident.updates[-1] == acknowledged(name, at)
    assert faults[0] == f'{fault}; until then the page shows "{title}" as Investigating'


def test_a_file_without_any_time_is_dated_by_nothing_that_changes() -> None:
    incident, _ = read_one("")

    assert incident.updates == (acknowledged("cards", "9999-01-01 00:00"),)


def test_a_new_broken_file_shows_whatever_can_be_read_and_stays_open() -> None:
    body = f"{HEADING}\n\nCards fail.\n\n## 2026-11-21 15:00 UTC — Resolved\n\nFine.\n\n## Monitoring\n\nx\n"
    text = incident_text(body, more="impact: critical\ncomponents: [dashboard, gone]\n")

    incident, _ = read_one(text)

    assert [(update.status, update.body) for update in incident.updates] == [
        (Status.INVESTIGATING, "Cards fail."),
        (Status.RESOLVED, "Fine."),
        (Status.INVESTIGATING, SENTENCE),
    ]
    assert incident.impact is Impact.CRITICAL
    assert incident.components == (ComponentChange(component_id="dashboard", state=ComponentState.MAJOR_OUTAGE),)


def test_components_and_impact_are_made_out_where_yaml_cannot_be_read() -> None:
    components = "components:\n  card-payments: down # all\n  - dashboard\n"
    text = f"---\ntitle: Cards: fail\nimpact: major\n{components}---\n{HEADING}\n"

    incident, _ = read_one(text)

    assert incident.impact is Impact.MAJOR
    assert incident.components == (
        ComponentChange(component_id="card-payments", state=ComponentState.MAJOR_OUTAGE),
        ComponentChange(component_id="dashboard", state=ComponentState.PARTIAL_OUTAGE),
    )
    assert incident.summary == ""


def test_a_bad_impact_and_a_bad_state_stay_as_they_were_public() -> None:
    faulty = incident_text(title="Cards fail!", more="impact: mjor\ncomponents: {dashboard: dwn}\n")

    incident, faults = read_one(faulty, earlier=[faulty, GOOD])

    assert (incident.title, incident.impact) == ("Cards fail!", Impact.MAJOR)
    assert incident.components == (ComponentChange(component_id="dashboard", state=ComponentState.MAJOR_OUTAGE),)
    assert len(faults) == 2


@pytest.mark.parametrize(
    "more",
    [
        "impct: major\ncomponets: {dashboard: major_outage}\n",
        "impact: major\ncomponents: {dashbord: major_outage}\n",
        "impct: major\ncomponents: [dashbord]\n",
    ],
)
def test_what_was_public_under_a_key_or_name_that_is_now_misspelt_stays(more: str) -> None:
    incident, faults = read_one(incident_text(title="Cards fail", more=more), earlier=[GOOD])

    assert incident == read_one(GOOD)[0]
    assert faults


def test_a_misspelt_component_of_a_new_file_is_left_out() -> None:
    incident, _ = read_one(incident_text(more="components: {dashbord: major_outage}\n"))

    assert incident.components == ()


@pytest.mark.parametrize(
    ("impact", "state"),
    [
        ("", "degraded_performance"),
        ("impact: none\n", "degraded_performance"),
        ("impact: major\n", "partial_outage"),
        ("impact: critical\n", "major_outage"),
    ],
)
def test_a_bad_state_in_a_new_file_is_the_one_that_the_impact_implies_but_never_operational(
    impact: str, state: str
) -> None:
    incident, _ = read_one(incident_text(more=f"{impact}components: {{dashboard: dwn}}\n"))

    assert incident.components == (ComponentChange(component_id="dashboard", state=ComponentState(state)),)


def test_a_bad_impact_in_an_update_stays_as_it_was_public() -> None:
    body = f"{HEADING}\n\nImpact: %s\nComponents: dashboard: %s\n"

    incident, _ = read_one(
        incident_text(body % ("critcal", "dwn")), earlier=[incident_text(body % ("critical", "down"))]
    )

    assert incident.updates[0].impact is Impact.CRITICAL
    assert incident.updates[0].components == (
        ComponentChange(component_id="dashboard", state=ComponentState.MAJOR_OUTAGE),
    )


def test_broken_timed_posts_leave_their_incident_as_it_is() -> None:
    post = "## 2026-11-21 15:05 UTC — Update\n\nStill at it.\n"
    files = {"cards.md": incident_text(), "cards.timed.md": f"{post}\n## 2026-11-21 16:05 UTC\n\nx\n"}
    earlier = post.replace("Still", "Earlier").encode()

    new = read(files)
    known = read(files, last_good=lambda path: [earlier] if path == "incidents/cards.timed.md" else [])

    assert [update.body for update in new.page.incidents[0].updates] == ["We know.", "Still at it."]
    assert [update.body for update in known.page.incidents[0].updates] == ["We know.", "Earlier at it."]
    what = (
        'incidents/cards.timed.md:5: heading: "2026-11-21 16:05 UTC" has no status; '
        "write it as ## 2026-11-21 14:05 UTC — Investigating; until then "
    )
    assert [str(fault) for fault in new.faults] == [f"{what}the posts that can be read are shown"]
    assert [str(fault) for fault in known.faults] == [f"{what}the page shows its last good version"]


def test_text_that_is_not_utf8_is_broken_at_a_byte_and_still_acknowledges() -> None:
    reading = read({"cards.md": incident_text(title="Zahlung für Karten").encode("cp1252")})

    incident = reading.page.incidents[0]
    assert incident.is_unreadable
    assert incident.title == "Zahlung f\N{REPLACEMENT CHARACTER}r Karten"
    assert [str(fault) for fault in reading.faults] == [
        "incidents/cards.md: is not UTF-8 text: byte 20 is 0xfc; save it as UTF-8; "
        'until then the page shows "Zahlung f\N{REPLACEMENT CHARACTER}r Karten" as Investigating'
    ]


def test_earlier_versions_are_asked_for_only_where_they_are_needed() -> None:
    asked: list[str] = []

    def last_good(path: str) -> tuple[bytes, ...]:
        asked.append(path)
        return ()

    read({"a.md": incident_text(), "b.md": "broken"}, last_good=last_good)

    assert asked == ["incidents/b.md"]


def test_a_broken_file_changes_nothing_about_the_others() -> None:
    alone = read({"a.md": incident_text(), "c.md": GOOD})

    beside = read({"a.md": incident_text(), "b.md": "---", "c.md": GOOD}, last_good=versions())

    assert [i for i in beside.page.incidents if i.slug != "b"] == list(alone.page.incidents)


# A closed incident whose file breaks.

CLOSED_BODY = f"{HEADING}\n\nWe know.\n\n## 2026-11-21 14:10 UTC — Resolved\n\nFine.\n"
CLOSED = incident_text(CLOSED_BODY, more="components: {dashboard: major_outage}\n")


@pytest.mark.parametrize(
    "broken",
    [
        CLOSED + "\n## 2026-11-21 14:15 — Investigatng\n\nIt is back.\n",
        CLOSED + "\n## 2026-11-21 14:15 UTC — Investigatng\n\nIt is back.\n",
        CLOSED + "\n## Investigating\n\nIt is back.\n",
        CLOSED.replace("title", "title: a") + "\n## 2026-11-21 14:15 UTC — Investigating\n\nIt is back.\n",
        incident_text("## 2026-12-21 14:05 UTC - Investigatng\n\nWe see it.\n", title="Another one"),
        "Something about cards.\n",
        CLOSED.split("## 2026-11-21 14:10")[0].replace("title: ", "title: a: "),
        CLOSED.split("## 2026-11-21 14:10")[0].replace("Investigating", "Investigatng"),
    ],
)
def test_a_closed_incident_is_in_doubt_while_its_broken_file_may_say_that_it_is_back(broken: str) -> None:
    incident, faults = read_one(broken, earlier=[CLOSED])

    good, _ = read_one(CLOSED)
    assert incident.is_unreadable
    assert incident.updates[:-1] == good.updates
    assert (incident.updates[-1].status, incident.updates[-1].body) == (Status.INVESTIGATING, SENTENCE)
    assert incident.updates[-1].at >= good.updates[-1].at
    assert faults[0].endswith("; until then the page shows its last good version, and says that more follows")


@pytest.mark.parametrize(
    "broken",
    [
        "",
        CLOSED[: CLOSED.index("lved")],
        CLOSED.replace("---\n", "", 1),
        CLOSED.replace("Investigating", "Investigatng"),
        CLOSED.replace("title:", "titel:"),
        CLOSED + "\n## Postmortem\n\nWhat happened.\n",
        CLOSED + "\n## 2026-11-23 10:00 UTC — Postmortm\n\nWhat happened.\n",
        CLOSED.replace(HEADING, "## 2026-11-21 14:65 UTC — Investigating"),
        CLOSED.replace(HEADING, f"{HEADING}\n\nWe know.\n\n## 2026-11-21 14:08 UTC — Identifed"),
        CLOSED + "\n## 2026-11-23 10:00 CET — Explanation\n\nWhat happened.\n",
    ],
)
def test_a_closed_incident_stays_closed_while_its_broken_file_says_nothing_else(broken: str) -> None:
    incident, faults = read_one(broken, earlier=[CLOSED])

    good, _ = read_one(CLOSED)
    assert incident == good
    assert faults[0].endswith("; until then the page shows its last good version")


def test_an_incident_that_a_timed_post_closed_is_in_doubt_when_its_own_file_says_more() -> None:
    own, posts = incident_text(), "## 2026-11-21 14:10 UTC — Resolved\n\nFine.\n"
    broken = own + "\n## 2026-11-21 14:17 UTC — Investigatng\n\nIt is back.\n"

    by_own = read({"cards.md": broken, "cards.timed.md": posts}, last_good=versions(cards=[own])).page.incidents[0]
    slip = posts + "\n## 2026-11-21 14:17 UTC — Investigatng\n\nIt is back.\n"
    by_post = read(
        {"cards.md": own, "cards.timed.md": slip},
        last_good=lambda path: [posts.encode()] if path.endswith(".timed.md") else [],
    ).page.incidents[0]

    assert by_own.is_unreadable
    assert by_post.is_unreadable


def test_planned_work_that_ended_early_goes_on_at_once_where_a_later_word_cannot_be_read() -> None:
    text = incident_text(
        "## 2026-11-14 10:00 UTC — Scheduled\n\nWe move.\n\n## 2026-11-21 14:10 UTC — Completed\n\nDone.\n",
        more="kind: maintenance\nstarts: 2026-11-21 14:00 UTC\nends: 2026-11-21 15:00 UTC\n",
    )

    incident, _ = read_one(text + "\n## 2026-11-21 14:16 UTC — In progres\n\nNot done.\n", earlier=[text])

    assert [(u.status, f"{u.at:%H:%M}") for u in incident.updates[-1:]] == [(Status.VERIFYING, "14:16")]


def test_a_closed_incident_is_in_doubt_while_only_the_beginning_of_its_file_is_known() -> None:
    source = SourceFile(path="incidents/cards.md", data=CLOSED.encode(), fault="has more than 256 kB; shorten it")

    reading = read_page(settings_of(), [source], last_good=versions(cards=[CLOSED]))

    assert reading.page.incidents[0].is_unreadable


def test_a_closed_incident_whose_file_cannot_be_opened_stays_closed() -> None:
    source = SourceFile(path="incidents/cards.md", data=None, fault="cannot be read")

    reading = read_page(settings_of(), [source], last_good=versions(cards=[CLOSED]))

    assert reading.page.incidents == (read_one(CLOSED)[0],)


# Planned work whose file breaks.

WINDOW = "kind: maintenance\nstarts: 2026-11-28 22:00 UTC\nends: 2026-11-28 23:00 UTC\n"
SCHEDULED = "## 2026-11-20 10:00 UTC — Scheduled\n\nWe work.\n"
PLANNED = incident_text(SCHEDULED, title="Work", more=f"{WINDOW}components: [dashboard]\n")


def window(starts: str, ends: str) -> Window:
    return Window(starts_at=utc(f"2026-11-28 {starts}"), ends_at=utc(f"2026-11-28 {ends}"))


@pytest.mark.parametrize(
    ("old", "new", "assumed", "kept", "fault"),
    [
        (
            "ends: 2026-11-28 23:00 UTC",
            "ends: 2026-11-28 25:00",
            window("22:00", "23:00"),
            window("22:00", "23:45"),
            "5: ends: there is no time of day 25:00; write 00:00 to 23:59; "
            "until then the last end that was read holds, else one an hour after the start",
        ),
        (
            "ends: 2026-11-28 23:00 UTC",
            "ends: 2026-11-28 21:00 UTC",
            window("22:00", "23:00"),
            window("22:00", "23:45"),
            '5: ends: "2026-11-28 21:00 UTC" is not later than 2026-11-28 22:00 UTC; '
            "write a later time, or a length such as 30m; "
            "until then the last end that was read holds, else one an hour after the start",
        ),
        (
            "starts: 2026-11-28 22:00 UTC",
            "starts: soon",
            window("22:00", "23:00"),
            window("21:15", "23:00"),
            '4: starts: "soon" is not a date and a time of day; write it as 2026-11-21 14:05 UTC; '
            "until then the last start that was read holds, else one an hour before the end",
        ),
    ],
)
def test_planned_work_with_half_a_window_is_planned_work_at_the_half_that_can_be_read(
    old: str, new: str, assumed: Window, kept: Window, fault: str
) -> None:
    known = PLANNED.replace(old, old.replace("22:00", "21:15").replace("23:00", "23:45"))

    fresh, faults = read_one(PLANNED.replace(old, new))
    public, _ = read_one(PLANNED.replace(old, new), earlier=[known])

    assert (fresh.window, fresh.is_unreadable) == (assumed, False)
    assert public.window == kept
    assert faults == [fault]


def test_planned_work_that_was_moved_to_another_day_keeps_its_length() -> None:
    moved = PLANNED.replace("starts: 2026-11-28", "starts: 2026-12-05").replace("ends: 2026-11-28 23", "ends: x")

    incident, _ = read_one(moved, earlier=[PLANNED])

    assert incident.window == Window(starts_at=utc("2026-12-05 22:00"), ends_at=utc("2026-12-05 23:00"))


def test_new_planned_work_of_which_no_time_can_be_read_puts_nothing_out_of_order() -> None:
    text = PLANNED.replace("starts: 2026-11-28 22:00 UTC", "starts: soon").replace("2026-11-28 23:00 UTC", "2h")

    incident, faults = read_one(text)

    assert (incident.is_unreadable, incident.components) == (True, ())
    assert incident.updates[-1].body == ("We are planning work; when it is and what it means for you follows here.")
    assert faults == [
        '4: starts: "soon" is not a date and a time of day; write it as 2026-11-21 14:05 UTC; '
        'until then the page shows "Work" as Investigating'
    ]


@pytest.mark.parametrize(
    "text",
    [
        PLANNED.replace("title: Work", "title: Work: all"),
        PLANNED.replace("title: Work", ""),
        PLANNED.replace("## 2026-11-20 10:00 UTC — Scheduled", "## Scheduled"),
    ],
)
def test_new_planned_work_that_is_broken_is_planned_work_while_its_window_can_be_read(text: str) -> None:
    incident, faults = read_one(text, name="work.md")

    assert (incident.window, incident.is_unreadable) == (window("22:00", "23:00"), False)
    assert not any(update.status is Status.VERIFYING for update in incident.updates)
    assert faults[0].endswith(f'; until then the page shows "{incident.title}" as planned work')


@pytest.mark.parametrize(
    ("heading", "at"),
    [
        ("## 2026-11-28 22:50 UTC — Verifing", "2026-11-28 23:00"),
        ("## 2026-11-28 23:30 UTC — In porgress", "2026-11-28 23:30"),
        ("## In progress", "2026-11-28 23:00"),
        ("## 2026-11-25 10:00 UTC — Updaet", None),
        ("## Completed", None),
    ],
)
def test_planned_work_goes_on_past_its_end_while_a_word_from_then_cannot_be_read(heading: str, at: str | None) -> None:
    incident, _ = read_one(f"{PLANNED}\n{heading}\n\nx\n", earlier=[PLANNED])

    last = incident.updates[-1]
    assert (last.status, last.at) == (
        (Status.VERIFYING, utc(at)) if at else (Status.SCHEDULED, utc("2026-11-20 10:00"))
    )
    assert not incident.is_unreadable


# Values that follow from others.


@pytest.mark.parametrize("typo", ["impact: critcal", "impct: critical"])
def test_listed_components_keep_the_state_of_an_impact_that_cannot_be_read_any_more(typo: str) -> None:
    good = incident_text(more="impact: critical\ncomponents: [dashboard]\n")

    incident, _ = read_one(good.replace("impact: critical", typo), earlier=[good])

    assert incident == read_one(good)[0]


@pytest.mark.parametrize("between", [(), ("components: {checkout: major_outage}\n",)])
def test_an_unknown_component_never_ends_the_outage_of_a_known_one(between: tuple[str, ...]) -> None:
    good = incident_text(more="components: {card-payments: major_outage, dashboard: down}\n")
    later = incident_text(more="components: {checkout: major_outage, dashboard: slow}\n")

    incident, faults = read_one(later, earlier=[*(incident_text(more=more) for more in between), good])

    assert incident.components == (
        ComponentChange(component_id="dashboard", state=ComponentState.DEGRADED_PERFORMANCE),
        ComponentChange(component_id="card-payments", state=ComponentState.MAJOR_OUTAGE),
    )
    assert len(faults) == 1


def test_an_unknown_component_in_an_update_never_ends_the_outage_of_a_known_one() -> None:
    body = f"{HEADING}\n\nComponents: %s: down\n"

    incident, _ = read_one(incident_text(body % "checkout"), earlier=[incident_text(body % "dashboard")])

    assert incident.updates[0].components == (
        ComponentChange(component_id="dashboard", state=ComponentState.MAJOR_OUTAGE),
    )
