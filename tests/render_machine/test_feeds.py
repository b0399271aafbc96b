"""The feeds, judged by feedparser and compared with captured ones."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import feedparser
import pytest
import time_machine
from lxml import etree

from statuspage.model import Status, derived_id
from statuspage.render.feeds.feed_xml import ENTRY_LIMIT, Feed, FeedEntry, feed_files, whole_feed
from statuspage.shown import Shown
from tests.rendered import feeds

from .builders import NOW, UP, component, incident, shown, site, story, update

NASTY = [
    'Quotes " and <b>tags</b> & ]]> ends',
    "Parcels 📦 are late 👩‍👩‍👧",
    "بطاقات الدفع لا تعمل",
    "Pasted\x00control\x08characters\x1f\x7f",
    "x" * 2000,
    "\x00",
]


def parsed(page: Shown, path: str) -> Any:
    feed = feedparser.parse(feeds(page)[path])
    assert feed.bozo == 0, feed.get("bozo_exception")
    return feed


def element(document: bytes) -> Any:
    return etree.fromstring(document)


def test_every_feed_has_its_address() -> None:
    assert sorted(feeds(story())) == sorted(
        [
            "history.atom",
            "history.rss",
            *(
                f"components/{c}/history.{form}"
                for c in ("cards", "dashboard", "search", "fax")
                for form in ("atom", "rss")
            ),
            "updates.atom",
            "updates.rss",
            "feed.json",
        ]
    )


@pytest.mark.parametrize("title", NASTY)
def test_any_title_gives_valid_feeds(title: str) -> None:
    body = f"{title}\n\n> {title}\n\n```\n]]> <script>alert(1)</script>\n```"
    page = shown(
        component("cards", name=title),
        incidents=[incident("one", update(Status.INVESTIGATING, body=body), title=title, states={"cards": UP})],
        on=site(title=title),
    )

    for path, document in feeds(page).items():
        if path.endswith(".json"):
            assert json.loads(document)["items"][0]["title"] == f"{title}: Investigating"
        else:
            feed = feedparser.parse(document)
            assert (path, feed.bozo, len(feed.entries)) == (path, 0, 1)
            assert b"<script" not in document


def test_titles_come_out_as_they_went_in() -> None:
    title = NASTY[0]
    page = shown(incidents=[incident("one", title=title)])

    for path in ("history.atom", "history.rss"):
        found = element(feeds(page)[path]).xpath(
            "string((//*[local-name()='entry' or local-name()='item'])[1]/*[local-name()='title'])"
        )
        assert found == title


@pytest.mark.parametrize("path", ["history.atom", "history.rss", "updates.atom", "updates.rss"])
def test_an_empty_history_is_a_valid_feed(path: str) -> None:
    feed = parsed(shown(), path)

    assert feed.entries == []
    assert feed.feed.updated_parsed[:3] == (1970, 1, 1)


def test_the_clock_never_reaches_a_feed() -> None:
    with time_machine.travel(datetime(2031, 1, 1, tzinfo=UTC)):
        early = feeds(story())
    with time_machine.travel(datetime(2032, 2, 2, tzinfo=UTC)):
        late = feeds(story())

    assert early == late
    assert not any(re.search(rb"203[12]|generator|feedgen", document) for document in early.values())


def test_the_head_of_the_atom_history_is_as_captured(shared: Path) -> None:
    captured = element((shared / "statuspage-v2-samples" / "github-history.atom").read_bytes())

    made = element(feeds(story(zone="Etc/UTC"))["history.atom"])

    assert children(made) >= children(captured)
    assert children(made.find("{*}entry")) == children(captured.find("{*}entry"))
    assert made.get("{http://www.w3.org/XML/1998/namespace}lang") == "en-US"
    assert [dict(link.attrib) for link in made.findall("{*}link")] == [
        {"href": "https://status.acme.example/history.atom", "rel": "self", "type": "application/atom+xml"},
        {"href": "https://status.acme.example", "rel": "alternate", "type": "text/html"},
    ]
    assert made.findtext("{*}id") == "tag:status.acme.example,2005:/history"
    assert made.findtext("{*}title") == "Acme Status - Incident History"
    assert made.findtext("{*}updated") == "2026-11-21T14:31:00+00:00"


def children(of: Any) -> set[tuple[str, frozenset[tuple[str, str]]]]:
    """Return the child elements by name, with those of their attributes that are the same on every page."""
    return {
        (etree.QName(child).localname, frozenset((k, v) for k, v in child.attrib.items() if k in ("rel", "type")))
        for child in of
    }


@pytest.mark.parametrize("name", ["claude-history-trimmed.rss", "govuk-history-maintenance-item.rss"])
def test_the_rss_history_has_every_element_of_the_captured_ones(name: str, shared: Path) -> None:
    captured = element((shared / "statuspage-v2-samples" / name).read_bytes())

    made = element(feeds(story())["history.rss"])

    assert {child.tag for child in captured.find("channel")} <= {child.tag for child in made.find("channel")}
    assert {child.tag for child in captured.find("channel/item")} <= {child.tag for child in made.find("channel/item")}
    assert made.nsmap["dc"] == captured.nsmap["dc"]
    assert made.findtext("channel/description") == captured.findtext("channel/description")


def test_an_atom_entry_is_an_incident_with_all_its_updates() -> None:
    made = element(feeds(story(zone="Europe/Berlin"))["history.atom"]).findall("{*}entry")[1]

    assert {etree.QName(child).localname: child.text or child.get("href") for child in made} == {
        "id": f"tag:status.acme.example,2005:Incident/{int(derived_id('card-payments'), 36)}",
        "published": "2026-11-21T15:31:00+01:00",
        "updated": "2026-11-21T15:31:00+01:00",
        "link": "https://status.acme.example/incidents/card-payments/",
        "title": "Card payments are failing",
        "content": (
            "<p><small>Nov <var data-var='date'>21</var>, <var data-var='time'>15:31</var> CET</small><br>"
            "<strong>Identified</strong> - A change <b>broke</b> the link.<br /><br />"
            'We are <a href="https://status.acme.example/static/plan.html" '
            'rel="noopener noreferrer nofollow">rolling it back</a>.</p>'
            "<p><small>Nov <var data-var='date'>21</var>, <var data-var='time'>15:05</var> CET</small><br>"
            "<strong>Investigating</strong> - One in three fails.\nWe are sorry.</p>"
        ),
    }


def test_an_rss_item_of_planned_work_says_when_it_ends() -> None:
    item = element(feeds(story(zone="Europe/London"))["history.rss"]).find("channel/item")

    assert {child.tag: child.text for child in item} == {
        "title": "New disks",
        "link": "https://status.acme.example/maintenance/new-disks/",
        "guid": "https://status.acme.example/maintenance/new-disks/",
        "pubDate": "Tue, 24 Nov 2026 14:40:00 +0000",
        "maintenanceEndDate": "Tue, 24 Nov 2026 18:40:00 +0000",
        "description": (
            "<p><strong>THIS IS A SCHEDULED EVENT Nov <var data-var='date'>24</var>, "
            "<var data-var='time'>14:40</var> - <var data-var='time'>18:40</var> GMT</strong></p>"
            "<p><small>Nov <var data-var='date'>20</var>, <var data-var='time'>14:40</var> GMT</small><br>"
            "<strong>Scheduled</strong> - We swap disks.</p>"
        ),
    }


def test_planned_work_over_midnight_names_both_days() -> None:
    window = (datetime(2026, 12, 1, 22, 0, tzinfo=UTC), datetime(2026, 12, 2, 2, 30, tzinfo=UTC))
    page = shown(maintenances=[incident("disks", window=window)])

    content = parsed(page, "history.rss").entries[0].description

    assert "Dec 1, 22:00 - Dec 2, 02:30 UTC" in " ".join(re.sub(r"<[^>]+>", "", content).split())


def test_a_day_of_one_digit_is_padded_as_captured() -> None:
    page = shown(incidents=[incident("one", update(Status.RESOLVED, datetime(2026, 10, 7, 9, 5, tzinfo=UTC)))])

    assert b"Oct &lt;var data-var='date'&gt; 7&lt;/var&gt;" in feeds(page)["history.rss"]


def test_an_update_without_a_new_status_is_labelled_update() -> None:
    page = shown(incidents=[incident("one", update(Status.INVESTIGATING, changes_status=False))])

    assert labels(page, "history.atom") == ["Update"]


def test_cancelled_work_reads_as_over_to_those_who_parse_the_label() -> None:
    window = (NOW, NOW + timedelta(hours=1))
    page = shown(maintenances=[incident("disks", update(Status.CANCELLED, body="Not today."), window=window)])

    content = parsed(page, "history.rss").entries[0].description

    assert labels(page, "history.rss")[1:] == ["Completed"]
    assert content.endswith(" - Cancelled. Not today.</p>")


def labels(page: Shown, path: str) -> list[str]:
    entry = parsed(page, path).entries[0]
    content = entry.content[0].value if "content" in entry else entry.description
    return re.findall(r"<strong>([^<]+)", content)


def test_what_cannot_stand_in_a_paragraph_becomes_plain_text() -> None:
    page = shown(incidents=[incident("one", update(Status.MONITORING, body="Done:\n\n- a & b\n- <c>"))])

    content = element(feeds(page)["history.rss"]).findtext("channel/item/description")

    assert content.endswith("<strong>Monitoring</strong> - Done:<br /><br />- a &amp; b<br />- &lt;c&gt;</p>")


def test_the_history_is_in_order_of_the_latest_update_with_planned_work_at_its_start() -> None:
    def at(hours: int) -> datetime:
        return NOW + timedelta(hours=hours)

    page = shown(
        incidents=[
            incident("revived", update(Status.POSTMORTEM, at(-1)), update(Status.INVESTIGATING, at(-90))),
            incident("newer", update(Status.INVESTIGATING, at(-2))),
        ],
        maintenances=[
            incident("to-come", update(Status.SCHEDULED, at(-80)), window=(at(5), at(6))),
            incident("unannounced", window=(at(7), at(8))),
            incident("under-way", update(Status.IN_PROGRESS, at(-3)), window=(at(-3), at(8))),
        ],
    )

    urls = [entry.link.rsplit("/", 2)[1] for entry in parsed(page, "history.atom").entries]

    assert urls == ["unannounced", "to-come", "revived", "newer", "under-way"]


def many(count: int) -> Iterable[Any]:
    for number in range(count):
        yield incident(
            f"i{number}",
            update(Status.RESOLVED, NOW - timedelta(days=number)),
            update(Status.INVESTIGATING, NOW - timedelta(days=number, hours=1)),
            states={"cards": UP} if number % 2 else {"search": UP},
        )


def test_feeds_hold_the_newest_entries_only() -> None:
    page = shown(component("cards"), component("search"), incidents=many(60))

    history = [entry.link for entry in parsed(page, "history.atom").entries]
    cards = [entry.link for entry in parsed(page, "components/cards/history.rss").entries]
    updates = [entry.link for entry in parsed(page, "updates.rss").entries]

    at = "https://status.acme.example/incidents"
    assert history == [f"{at}/i{number}/" for number in range(ENTRY_LIMIT)]
    assert cards == [f"{at}/i{number}/" for number in range(1, 2 * ENTRY_LIMIT, 2)]
    assert len(updates) == ENTRY_LIMIT
    assert updates[0].startswith(f"{at}/i0/#")
    assert updates[1].startswith(f"{at}/i0/#")


def test_the_feed_of_a_component_has_its_own_name_and_address() -> None:
    feed = parsed(story(), "components/cards/history.atom")

    assert feed.feed.id == "tag:status.acme.example,2005:/components/cards/history"
    assert feed.feed.title == "Acme Status - Card payments - Incident History"
    assert [entry.title for entry in feed.entries] == ["Card payments are failing"]


def test_a_site_called_status_is_not_called_status_twice() -> None:
    assert parsed(shown(on=site(title="Acme Status")), "history.rss").feed.title == "Acme Status - Incident History"


def test_news_elsewhere_does_not_change_the_feed_of_a_component() -> None:
    calm = shown(component("cards"), component("search"), incidents=many(4))
    news = shown(
        component("cards"),
        component("search"),
        incidents=[*many(4), incident("new", update(Status.INVESTIGATING, NOW + timedelta(1)), states={"search": UP})],
    )

    assert feeds(calm)["components/cards/history.atom"] == feeds(news)["components/cards/history.atom"]
    assert feeds(calm)["history.atom"] != feeds(news)["history.atom"]


def test_an_entry_of_the_updates_is_one_update_with_its_promise() -> None:
    entry = element(feeds(story(zone="Europe/Berlin"))["updates.atom"]).find("{*}entry")
    told = story().incidents[0].updates[0]

    assert {etree.QName(child).localname: child.text or child.get("href") for child in entry} == {
        "id": f"tag:status.acme.example,2005:Incident/{int(derived_id('card-payments'), 36)}/Update/{told.id}",
        "title": "Card payments are failing: Identified",
        "published": "2026-11-21T15:31:00+01:00",
        "updated": "2026-11-21T15:31:00+01:00",
        "link": f"https://status.acme.example/incidents/card-payments/#u-{told.id}",
        "content": (
            "<p>A change <strong>broke</strong> the link.</p>\n"
            '<p>We are <a href="https://status.acme.example/static/plan.html" '
            'rel="noopener noreferrer nofollow">rolling it back</a>.</p>\n'
            "<p>Next update by 16:00 CET.</p>"
        ),
    }


def test_a_promise_for_another_day_names_the_day() -> None:
    promising = update(Status.MONITORING, due_at=NOW + timedelta(hours=20))

    content = parsed(shown(incidents=[incident("one", promising)]), "updates.rss").entries[0].description

    assert content.endswith("<p>Next update by 10:40 UTC on 22 November 2026.</p>")


def test_the_json_feed_holds_what_the_atom_feed_holds() -> None:
    document = json.loads(feeds(story())["feed.json"])
    atom = parsed(story(), "updates.atom")

    items = document.pop("items")

    assert document == {
        "version": "https://jsonfeed.org/version/1.1",
        "title": "Acme - Updates",
        "home_page_url": "https://status.acme.example/",
        "feed_url": "https://status.acme.example/feed.json",
        "description": "Every update as it is published.",
        "language": "en",
        "authors": [{"name": "Acme", "url": "https://status.acme.example/"}],
    }
    assert [(item["id"], item["url"], item["title"]) for item in items] == [
        (entry.id, entry.link, entry.title) for entry in atom.entries
    ]
    assert items[0]["date_published"] == "2026-11-21T15:31:00.000+01:00"


def test_an_id_outlives_new_updates_and_a_later_compile() -> None:
    first = update(Status.INVESTIGATING, NOW)
    before = shown(incidents=[incident("one", first)])
    after = shown(
        incidents=[incident("one", update(Status.RESOLVED, NOW + timedelta(hours=1)), first, title="A better title")],
        at=NOW + timedelta(days=2),
    )

    assert parsed(before, "updates.atom").entries[0].id == parsed(after, "updates.atom").entries[1].id
    assert parsed(before, "history.atom").entries[0].id == parsed(after, "history.atom").entries[0].id


def test_two_updates_of_one_instant_keep_their_order() -> None:
    later, earlier = update(Status.RESOLVED, NOW), update(Status.IDENTIFIED, NOW)

    titles = [e.title for e in parsed(shown(incidents=[incident("one", later, earlier)]), "updates.atom").entries]

    assert titles == ["Card payments are failing: Resolved", "Card payments are failing: Identified"]


@pytest.mark.parametrize("form", ["atom", "rss"])
def test_a_feed_put_together_from_its_entries_is_what_feedgen_writes_at_once(form: str) -> None:
    entries = tuple(
        FeedEntry(
            id=f"tag:example.com,2005:{number}",
            title=f"Entry {number} <entry> & </item>\n  <item>",
            url=f"https://status.example.com/{number}",
            html=f"<p>{number}</p>\n  <entry>\n</entry>\n    <item>]]></item>\n ü 📦",
            published_at=NOW - timedelta(hours=number),
            updated_at=NOW + timedelta(hours=number),
            ends_at=NOW if number % 2 else None,
            guid_is_url=bool(number % 3),
        )
        for number in range(4)
    )
    for count in range(len(entries) + 1):
        feed = Feed(
            id="x",
            path="history",
            title="T & <b>",
            description="D",
            language="de",
            site=site(),
            entries=entries[:count],
        )

        assert feed_files(feed)[f"history.{form}"] == whole_feed(feed, form)
