from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta
from typing import Any

from statuspage.model import UNDATED, ComponentState, Status
from statuspage.shown import Shown
from tests.render_pages.builders import (
    BUSY_DAY,
    CARDS,
    LOCKED,
    MOVE,
    NOW,
    SEARCH,
    at,
    busy_day,
    component,
    incident,
    put,
    shown,
    update,
)
from tests.render_pages.reading import document, visible_text
from tests.rendered import pages

FOOT = "\nNeed a person?"


def index_text(site: Shown) -> str:
    return visible_text(document(pages(site)["index.html"])).partition(FOOT)[0]


def test_without_a_stylesheet_the_page_reads_in_the_order_of_need() -> None:
    text = index_text(busy_day())

    assert (
        text
        == """\
Skip to the content
Northwind Status
History
Get updates
Report a problem
Major outage: Card payments
You cannot pay by card right now
A certificate of ours ran out. A new one is on its way to our servers.
Identified 14:40 CET
Next update
By 15:10 CET
What you can do
Pay by bank transfer. We keep your basket until midnight tomorrow.
Still working
Everything else.
Read all 3 updates Hear when there is news
Also open
Slow or unreliable: Search
Search takes up to ten seconds
Updates, newest first
Card payments and Dashboard
Identified 14:40 CET
That takes about 40 minutes, so some payments will work before others do.
Update 14:12 CET
Late: this came 2 min after the time we gave, 14:10 CET.
The card companies are healthy, so the fault is ours.
Dashboard: Slow or unreliable
Next update promised by 14:40 CET, and kept.
Investigating 13:50 CET
Card payments are failing since 13:42. It is us, not your bank. We are sorry.
We started on it at once.
Card payments: Major outage
Next update promised by 14:10 CET.
Search
Next update
Late: we said 11:00 CET.
Investigating 10:00 CET
Search is slow since this morning. Searching by number is not.
Search: Slow or unreliable
More on Search
Planned work
Mail moves to a bigger machine
Sunday 22 November 2026, 02:00 to 04:00 CET
Mail may come a few minutes late. None is lost.
Add planned work to your calendar
Every service
Payments
Card payments Major outage 99.98 % 18 min of outage
Dashboard Slow or unreliable 99.97 % 28.5 min of outage
Search Slow or unreliable 100 % Slow at times
Mail Working 100 %
90 days ago Today
One mark is one day, and taller means worse. Percentages count every minute of outage and are rounded down. How we count
Working
Planned work
Slow or unreliable
Partial outage
Major outage
Put right recently
Nobody could sign in to the dashboard
12 November 2026. Lasted 1 h 35 min. This week of the dashboard is free for everyone.
All history"""
    )


def test_no_sentence_stands_twice_on_the_page() -> None:
    for site in (busy_day(), shown(), shown(LOCKED), shown(*BUSY_DAY, now=NOW + timedelta(hours=12))):
        text = visible_text(document(pages(site)["index.html"]))

        sentences = [each for line in text.split("\n") for each in re.findall(r"[^.?!]+[.?!](?=\s|$)", line)]
        long_ones = [each.strip() for each in sentences if len(each.split()) > 3]
        assert sorted(long_ones) == sorted(set(long_ones))


def test_when_all_is_well_the_page_says_so_and_nothing_louder() -> None:
    text = index_text(shown())

    assert (
        "No problems open\nEverything is working\nIf something is not working for you, we would like to know.\n"
        "Tell us what is wrong Hear when there is news\nEvery service\n" in text
    )
    assert "Nothing had to be put right in the last 14 days." in text


def test_an_open_incident_without_services_is_never_everything_working() -> None:
    vague = incident("vague", "Some mails are late", update("21 13:00", body="We see it too."))

    text = index_text(shown(vague))

    assert "Slow or unreliable\nSome mails are late\nWe see it too." in text
    assert "Everything is working" not in text


def test_a_standing_limitation_is_never_everything_working() -> None:
    limited = component("search", "Search", state=ComponentState.DEGRADED_PERFORMANCE)

    text = index_text(shown(rows=(limited,)))

    assert "Slow or unreliable: Search\nSome services are limited right now" in text


def test_a_promise_that_has_passed_is_said_to_be_late() -> None:
    text = index_text(shown(CARDS, now=at("21 14:30")))

    assert "Next update\nThis update is late. We said 15:10 CET." in text


def test_a_promise_for_another_day_names_the_day() -> None:
    slow = incident("slow", "Slow", update("21 13:00", body="x", next_update_at=at("22 08:00")))

    text = index_text(shown(slow))

    assert "Next update\nBy 22 November 2026, 09:00 CET" in text


def test_planned_work_under_way_is_the_headline_when_nothing_is_broken() -> None:
    text = index_text(shown(MOVE, now=at("22 02:00")))

    assert "Planned work: Mail\nMail moves to a bigger machine" in text
    assert "Planned for\nSunday 22 November 2026, 02:00 to 04:00 CET" in text
    assert text.count("Mail moves to a bigger machine") == 1
    assert "In progress 02:00 CET (by itself, as planned)" in text


def test_an_update_that_opens_with_a_list_is_told_whole_below() -> None:
    listed = incident("listed", "Trouble", update("21 13:00", body="- one\n- two"), summary="Here is what we know.")

    text = index_text(shown(listed))

    assert "Trouble\nHere is what we know." in text
    assert "Investigating 14:00 CET\none\ntwo" in text


def test_the_last_five_problems_of_fourteen_days_are_put_right_recently() -> None:
    closed = [
        incident(f"n{day}", f"Problem of day {day}", update(f"{day:02} 23:30", Status.RESOLVED, "Over."))
        for day in (5, 6, 7, 8, 9, 10, 11)
    ]

    recent = index_text(shown(*closed)).partition("Put right recently\n")[2]
    older = index_text(shown(closed[0], closed[1])).partition("Put right recently\n")[2]

    assert re.findall(r"Problem of day \d+", recent) == [f"Problem of day {day}" for day in (11, 10, 9, 8, 7)]
    assert re.findall(r"Problem of day \d+", older) == ["Problem of day 6"]


def test_a_retired_service_is_not_listed_and_keeps_its_page() -> None:
    files = pages(busy_day())

    assert "Fax" not in visible_text(document(files["index.html"]))
    assert "No longer offered\nFax" in visible_text(document(files["components/fax/index.html"]))


def test_each_open_incident_has_all_its_updates_on_the_page() -> None:
    page = pages(busy_day())["index.html"].decode()

    for update_id in (each.id for told in (CARDS, SEARCH) for each in told.updates):
        assert f'<li id="u-{update_id}"' in page


def test_a_pinned_trifle_never_stands_in_front_of_a_major_outage() -> None:
    notice = replace(SEARCH, is_pinned=True)

    text = index_text(shown(notice, CARDS))

    assert "Major outage: Card payments\nYou cannot pay by card right now\nA certificate of ours ran out." in text
    assert "Also open\nSlow or unreliable: Search\nSearch takes up to ten seconds" in text
    told = text.partition("Updates, newest first\n")[2]
    assert told.startswith("Search\n")


def test_the_lead_says_which_update_it_is_and_links_to_it() -> None:
    page = pages(busy_day())["index.html"].decode()

    newest = CARDS.updates[-1].id
    assert f'<a href="{CARDS.path}#u-{newest}">Identified</a> <time datetime="2026-11-21T14:40:00+01:00">' in page


def test_an_update_that_the_band_tells_whole_is_not_listed_again() -> None:
    first = update("21 12:50", body="Mails are late.", next_update_at=at("21 13:30"))
    second = update("21 13:20", Status.IDENTIFIED, "We know why mails are late.", next_update_at=at("21 14:20"))
    late_mails = incident("late-mails", "Some mails are late", first, second)

    text = index_text(shown(late_mails))

    assert (
        "Some mails are late\nWe know why mails are late.\nIdentified 14:20 CET\nNext update\nBy 15:20 CET\n"
        "Read all 2 updates Hear when there is news\nUpdates, newest first\n"
        "Some mails are late\nInvestigating 13:50 CET\nMails are late.\n"
        "Next update promised by 14:30 CET, and kept.\n" in text
    )
    assert text.count("Identified") == 1


def test_an_only_update_that_the_band_tells_whole_leaves_no_empty_list() -> None:
    vague = incident("vague", "Some mails are late", update("21 13:50", body="We see it too."))

    text = index_text(shown(vague))

    assert "We see it too.\nInvestigating 14:50 CET\nNext update\n" in text
    assert "Read the update Hear when there is news\nEvery service\n" in text
    assert "Updates, newest first" not in text


def test_an_update_that_came_late_says_so_though_the_band_tells_its_words() -> None:
    first = update("21 12:50", body="Mails are late.", next_update_at=at("21 13:10"))
    second = update("21 13:20", None, "Still late.", next_update_at=at("21 14:20"))

    text = index_text(shown(incident("late-mails", "Some mails are late", first, second)))

    assert "Update 14:20 CET\nLate: this came 10 min after the time we gave, 14:10 CET.\nInvestigating" in text


def acknowledged(when: str, **changes: Any) -> Shown:
    word = update(when, body="Details follow here.", promises_nothing=True)
    return shown(replace(incident("broken", "Something is wrong", word, is_unreadable=True), **changes))


def test_what_cannot_be_read_is_acknowledged_by_the_day_and_no_time_that_nobody_wrote() -> None:
    states = (put("mail", ComponentState.MAJOR_OUTAGE),)

    files = pages(acknowledged("20 23:00", components=states))

    assert "Details follow here.\nInvestigating 21 November 2026\n" in visible_text(document(files["index.html"]))
    own_page = visible_text(document(files["incidents/broken/index.html"]))
    assert "Started\n21 November 2026\n" in own_page
    assert "Investigating 21 November 2026\nDetails follow here." in own_page
    assert "Mail\nMajor outage from 21 November 2026" in own_page
    assert "So since 21 November 2026" in visible_text(document(files["components/mail/index.html"]))
    assert [path for path, page in files.items() if re.search(r"\d\d:\d\d CET", visible_text(document(page)))] == []


def test_what_a_person_dated_keeps_its_time_beside_an_acknowledgement() -> None:
    written = update("21 13:00", body="Mails are late.", promises_nothing=True)
    word = update("21 13:00", body="Details follow here.", promises_nothing=True)
    both = incident("broken", "Mails", written, word, is_unreadable=True)

    text = visible_text(document(pages(shown(both))["incidents/broken/index.html"]))

    assert "Investigating 21 November 2026\nDetails follow here.\n" in text.replace("Update", "Investigating")
    assert "Investigating 14:00 CET\nMails are late.\n" in text


def test_what_cannot_be_read_and_has_no_day_is_of_today() -> None:
    word = replace(update("21 13:00", body="Details follow here."), at=UNDATED)
    broken = incident("broken", "Something is wrong", word, is_unreadable=True)

    files = pages(shown(broken))

    assert "Investigating 21 November 2026\n" in visible_text(document(files["index.html"]))
    for path in ("index.html", "incidents/broken/index.html", "404.html"):
        assert "9999" not in visible_text(document(files[path]))
