from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from statuspage.model import Status, Window
from statuspage.render.language import language_of
from statuspage.render.pages.counting import RULES
from statuspage.render.pages.history_rows import lasted
from statuspage.shown import Shown
from tests.render_pages.builders import BUSY_DAY, CARDS, LOCKED, MOVE, at, busy_day, incident, shown, update
from tests.render_pages.reading import document, elements, visible_text
from tests.rendered import pages

FOOT = "\nNeed a person?"
HEAD = "Skip to the content\nNorthwind Status\nHistory\nGet updates\nReport a problem\n"


def page_text(site: Shown, path: str) -> str:
    text = visible_text(document(pages(site)[path]))
    return text.partition(FOOT)[0].removeprefix(HEAD)


def test_the_page_of_a_closed_incident_explains_before_it_tells() -> None:
    text = page_text(busy_day(), "incidents/2026-11-12-locked-out/index.html")

    assert (
        text
        == """\
Put right
Nobody could sign in to the dashboard
For 95 minutes nobody could open the dashboard.
From and to
Thursday 12 November 2026, 09:10 to 10:45 CET (1 h 35 min)
Affected
Dashboard
How many
Measured: 30 % of customers
Our promises
1 of 2 updates came by the time we gave, 1 came late.
What we are doing for you
This week of the dashboard is free for everyone.
What happened, and what we changed
Written 13 November 2026, 11:00 CET
What we changed
Two people are warned before a key runs out.
What we still do
We check every other key by 30 November.
How it went, newest first
Resolved 12 November 2026, 10:45 CET
Fixed. Nobody was locked out after 09:52.
Dashboard: Working
Monitoring 12 November 2026, 09:52 CET
Late: this came 12 min after the time we gave, 09:40 CET.
Signing in works again; we are watching it.
Next update promised by 11:52 CET, and kept.
Investigating 12 November 2026, 09:10 CET
Nobody can sign in. We are sorry.
Dashboard: Partial outage
Next update promised by 09:40 CET.
Services over time
Service
What it was
Dashboard
Partial outage from 12 November 2026, 09:10 CET
Working from 12 November 2026, 10:45 CET
Share
Email this to a friend
Link to this page
Follow in a feed reader"""
    )


def test_the_page_of_an_open_incident_leads_with_facts_and_the_newest_update() -> None:
    text = page_text(busy_day(), "incidents/2026-11-21-card-payments/index.html")

    assert text.startswith("""\
Major outage: identified
You cannot pay by card right now
Next update
By 15:10 CET
What you can do
Pay by bank transfer. We keep your basket until midnight tomorrow.
Still working
Everything else.
Started
13:42 CET
Affected
Card payments and Dashboard
Hear when there is news My problem is different
Updates, newest first
Identified 14:40 CET
A certificate of ours ran out.""")
    assert "Card payments\nMajor outage from 13:50 CET\nDashboard\nSlow or unreliable from 14:12 CET" in text


def test_every_update_is_an_anchor_of_its_page() -> None:
    for told in BUSY_DAY:
        page = document(pages(busy_day())[told.path.lstrip("/") + "index.html"])

        ids = {attributes.get("id") for _, attributes in elements(page)}
        assert {f"u-{each.id}" for each in told.updates} <= ids


def test_a_friend_gets_the_title_and_the_address() -> None:
    page = document(pages(busy_day())["incidents/2026-11-21-card-payments/index.html"])

    (mail,) = (a["href"] for _, a in elements(page) if a.get("href", "").startswith("mailto:?"))
    assert mail == (
        "mailto:?subject=You%20cannot%20pay%20by%20card%20right%20now"
        "&body=You%20cannot%20pay%20by%20card%20right%20now%0D%0A"
        "https%3A%2F%2Fstatus.northwind.example%2Fincidents%2F2026-11-21-card-payments%2F"
    )


def test_planned_work_says_from_and_to_and_where_the_calendar_is() -> None:
    text = page_text(busy_day(), "maintenance/2026-11-22-new-database/index.html")

    assert text.startswith("""\
Planned work: scheduled
Mail moves to a bigger machine
Planned for
Sunday 22 November 2026, 02:00 to 04:00 CET
""")
    assert "Add planned work to your calendar" in text


def test_planned_work_over_midnight_and_a_clock_change_names_both_days_and_zones() -> None:
    # Berlin leaves summer time at 03:00 on 25 October 2026.
    night = incident(
        "night",
        "A long night",
        update("15 09:00", Status.SCHEDULED, "x"),
        window=Window(starts_at=at("01 00:00") - timedelta(days=8), ends_at=at("01 04:00") - timedelta(days=7)),
    )

    text = page_text(shown(night, now=at("16 09:00")), "maintenance/night/index.html")

    assert "Saturday 24 October 2026, 02:00 CEST to Sunday 25 October 2026, 05:00 CET" in text


def test_steps_that_the_clock_took_are_marked() -> None:
    text = page_text(shown(MOVE, now=at("22 04:00")), "maintenance/2026-11-22-new-database/index.html")

    assert "Completed 04:00 CET (by itself, as planned)" in text
    assert "In progress 02:00 CET (by itself, as planned)" in text
    assert text.startswith("Planned work: completed\n")


def test_the_history_lists_months_and_prints_the_rules() -> None:
    text = page_text(busy_day(), "history/index.html")

    assert text.startswith("""\
History
Every problem and all planned work that we told you about. Nothing is removed.
November 2026
Mail moves to a bigger machine
Sunday 22 November 2026, 02:00 to 04:00 CET. Planned.
You cannot pay by card right now
Major outage, 21 November 2026. Still open.
Search takes up to ten seconds
Slow or unreliable, 21 November 2026. Still open.
Nobody could sign in to the dashboard
Partial outage, 12 November 2026. Lasted 1 h 35 min.
By month
2026
November (4)
Uptime
The last 90 days of each service, as published on these pages
Service
Uptime
Outage
Payments
Card payments
99.98 %
18 min
Dashboard
99.97 %
28.5 min
Search
100 %
0 min
Mail
100 %
0 min
How we count
""")
    assert "\n".join(RULES) in text
    assert text.endswith("Measured shares in the figures\nDashboard: 30 % of customers")


def test_a_month_begins_at_midnight_of_the_sites_zone() -> None:
    # 23:30 UTC of 31 October is 00:30 of 1 November in Berlin.
    halloween = update("01 00:00", Status.RESOLVED, "x")
    late = incident("late", "Late", replace(halloween, at=halloween.at - timedelta(minutes=30)))

    files = pages(shown(late))

    assert "history/2026-11/index.html" in files
    assert "history/2026-10/index.html" not in files
    assert "Late\n1 November 2026." in visible_text(document(files["history/2026-11/index.html"]))


def test_a_month_with_many_problems_has_several_pages() -> None:
    many = [
        incident(f"n{number:03}", f"Problem {number:03}", update("10 10:00", Status.RESOLVED, "x"))
        for number in range(205)
    ]

    files = pages(shown(*many))

    texts = [page_text(shown(*many), f"history/2026-11/{page}index.html") for page in ("", "2/", "3/")]
    assert [text.count("Problem ") for text in texts] == [100, 100, 5]
    assert texts[1].startswith("November 2026, page 2 of 3\n")
    assert texts[1].endswith("Later in the month\nEarlier in the month\nAll months")
    assert "history/2026-11/4/index.html" not in files


def test_the_page_of_a_service_has_its_days_its_figures_and_its_problems() -> None:
    text = page_text(busy_day(), "components/dashboard/index.html")

    assert (
        text
        == """\
Slow or unreliable
Dashboard
So since 14:12 CET
The last 90 days
90 days ago Today
99.97 %, 28.5 min of outage. How we count
Days with problems or planned work, latest first
Day
At worst
Outage
21 November 2026
Slow or unreliable
0 min
12 November 2026
Partial outage
28.5 min
Problems and planned work
You cannot pay by card right now
Major outage, 21 November 2026. Still open.
Nobody could sign in to the dashboard
Partial outage, 12 November 2026. Lasted 1 h 35 min.
Follow this service
Atom
RSS
Badge"""
    )


def test_an_empty_history_says_so() -> None:
    assert "Nothing has happened yet." in page_text(shown(), "history/index.html")


def test_a_closed_incident_keeps_its_page_when_others_are_open() -> None:
    page = pages(shown(CARDS, LOCKED))["incidents/2026-11-12-locked-out/index.html"]

    assert b'<header class="band ok">' in page


def test_planned_work_that_began_early_lasted_from_its_beginning() -> None:
    moved = replace(
        MOVE,
        updates=(
            *MOVE.updates,
            update("22 00:30", Status.IN_PROGRESS, "We begin early."),
            update("22 02:30", Status.COMPLETED, "Done."),
        ),
    )

    shown_move = shown(moved, now=at("22 04:00")).maintenances[0]

    assert lasted(shown_move.row, language_of("en")) == "Lasted 2 h."
