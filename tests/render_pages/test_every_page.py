from __future__ import annotations

import base64
import gzip
import hashlib
import re
from dataclasses import replace
from datetime import timedelta
from urllib.parse import urlsplit

import pytest

from statuspage.model import Section, Status
from statuspage.render.site import render
from statuspage.render.templates import SCRIPT, STYLESHEET
from statuspage.shown import Shown
from tests.render_pages.builders import BUSY_DAY, NOW, busy_day, incident, shown, update
from tests.render_pages.reading import dangling_links, document, elements, visible_text
from tests.rendered import pages

STATIC = {"static/plan.png": b"\x89PNG"}
ODD_TITLE = "A \"<&]]>' title {{ 7*7 }} {% x %}"
ODD = incident("odd", ODD_TITLE, update("21 10:00", body=ODD_TITLE), sections=(Section(heading="<b>", body="x"),))
ARABIC = incident("arabic", "لا يمكنك الدفع بالبطاقة الآن 📦", update("21 10:00", body="نعتذر."))
LONG = incident("long", "W" * 2_000, update("21 10:00", body="x" * 10_000))
STRANGE = (ODD, ARABIC, LONG)

SITES = {
    "busy day": busy_day(),
    "busy day below a path": busy_day(url="https://northwind.example/status"),
    "all well": shown(),
    "no services": shown(rows=()),
    "no services and a problem": shown(ODD, rows=()),
    "strange texts": shown(*STRANGE),
    "during planned work": shown(*BUSY_DAY, now=NOW + timedelta(hours=12)),
    "in Arabic": busy_day(language="ar"),
}


def html_pages(site: Shown) -> dict[str, bytes]:
    return {path: page for path, page in pages(site).items() if path.endswith(".html")}


@pytest.mark.parametrize("name", SITES)
def test_every_page_is_valid_html(name: str) -> None:
    for path, page in html_pages(SITES[name]).items():
        tree = document(page)

        assert page.startswith(b"<!DOCTYPE html>\n"), path
        ids = [attributes["id"] for _, attributes in elements(tree) if "id" in attributes]
        assert len(ids) == len(set(ids)), path
        assert [tag for tag, _ in elements(tree)].count("h1") == 1, path


@pytest.mark.parametrize("name", SITES)
def test_no_link_leads_nowhere(name: str) -> None:
    site = SITES[name]

    files = render(site, STATIC)

    assert dangling_links(files, root=urlsplit(site.site.url).path) == []


@pytest.mark.parametrize("name", SITES)
def test_a_page_is_one_request_and_runs_nothing_but_its_own_script(name: str) -> None:
    for path, page in html_pages(SITES[name]).items():
        tree = document(page)
        assert [script.text for script in tree.iter("script")] == [SCRIPT], path
        for tag, attributes in elements(tree):
            assert tag != "script" or not attributes, path
            assert tag not in ("iframe", "object", "embed", "form", "base"), path
            assert "style" not in attributes, path
            assert not any(each.startswith("on") for each in attributes), path
            assert not attributes.get("src", "/").startswith(("http", "//")), path
            if tag == "link" and attributes["rel"] not in ("canonical", "alternate"):
                assert attributes["href"].startswith("data:image/svg+xml,"), path


def test_the_browser_may_use_the_one_stylesheet_and_the_one_script_and_nothing_else() -> None:
    page = pages(busy_day())["index.html"].decode()

    (style,) = re.findall(r"<style>(.*?)</style>", page, flags=re.DOTALL)
    (script,) = re.findall(r"<script>(.*?)</script>", page, flags=re.DOTALL)
    policy = next(a["content"] for _, a in elements(document(page.encode())) if "http-equiv" in a)
    assert policy == (
        f"default-src 'none'; style-src 'sha256-{hash_of(style)}'; script-src 'sha256-{hash_of(script)}'; "
        "connect-src 'self'; img-src 'self' data:; media-src 'self'; form-action 'self'; base-uri 'none'"
    )


def hash_of(inlined: str) -> str:
    return base64.b64encode(hashlib.sha256(inlined.encode()).digest()).decode()


def test_script_and_stylesheet_are_small() -> None:
    assert len(gzip.compress(SCRIPT.encode(), 9)) <= 1_200
    assert len(gzip.compress(STYLESHEET.encode(), 9)) <= 3_500


@pytest.mark.parametrize(("url", "address"), [("https://a.example", ""), ("https://a.example/status", "/status")])
def test_a_page_names_the_heartbeat_of_its_site(url: str, address: str) -> None:
    for path, page in pages(busy_day(url=url)).items():
        lines = [a for _, a in elements(document(page)) if a.get("id") == "news"]

        assert [(line["role"], line["data-beat"], line["data-home"]) for line in lines] == [
            ("status", f"{address}/heartbeat.json", f"{address}/")
        ], path


def test_only_a_page_that_claims_that_all_is_well_says_what_would_be_said_in_doubt() -> None:
    well, busy = pages(shown()), pages(busy_day())

    assert doubts(well["index.html"]) == [
        "Status unknown – Northwind Status",
        "We can’t tell how things are right now",
    ]
    assert doubts(busy["index.html"]) == []
    assert [path for path, page in busy.items() if path.startswith("incidents/") and doubts(page)] == []


def doubts(page: bytes) -> list[str]:
    return [a["data-unknown"] for _, a in elements(document(page)) if "data-unknown" in a]


def test_the_head_says_what_is_wrong() -> None:
    page = pages(busy_day())["index.html"]

    head = [attributes for tag, attributes in elements(document(page)) if tag in ("meta", "link", "html")]
    assert b"<title>You cannot pay by card right now \xe2\x80\x93 Northwind Status</title>" in page
    assert {"lang": "en", "dir": "ltr"} in head
    assert {"rel": "canonical", "href": "https://status.northwind.example/"} in head
    assert {"property": "og:title", "content": "You cannot pay by card right now"} in head
    description = "A certificate of ours ran out. A new one is on its way to our servers. Next update: By 15:10 CET"
    assert {"name": "description", "content": description} in head
    assert {
        "rel": "alternate",
        "type": "application/atom+xml",
        "title": "Every update",
        "href": "/updates.atom",
    } in head


def test_a_site_below_a_path_links_below_it() -> None:
    page = document(pages(busy_day(url="https://northwind.example/status"))["index.html"])

    links = [attributes["href"] for tag, attributes in elements(page) if tag == "a"]
    assert all(link.startswith(("/status/", "#", "tel:", "mailto:", "https://")) for link in links)


def test_odd_titles_and_texts_are_shown_to_the_letter() -> None:
    files = pages(shown(*STRANGE))

    odd = visible_text(document(files["incidents/odd/index.html"]))
    assert ODD_TITLE in odd
    assert "<b>" in odd
    assert "لا يمكنك الدفع بالبطاقة الآن 📦" in visible_text(document(files["incidents/arabic/index.html"]))
    assert "W" * 2_000 in visible_text(document(files["incidents/long/index.html"]))


def test_an_arabic_page_reads_from_the_right() -> None:
    page = document(pages(busy_day(language="ar-EG"))["index.html"])

    assert next(elements(page)) == ("html", {"lang": "ar-EG", "dir": "rtl"})


def test_the_same_moment_gives_the_same_bytes() -> None:
    assert render(busy_day(), STATIC) == render(busy_day(), STATIC)


def test_nothing_but_the_heartbeat_depends_on_the_minute() -> None:
    first, second = (render(busy_day(now=NOW + timedelta(seconds=wait)), {}) for wait in (0, 60))

    assert {path for path in first if first[path] != second[path]} == {"heartbeat.json"}


def test_files_of_the_site_are_copied_as_they_are() -> None:
    files = render(busy_day(), STATIC)

    assert files["static/plan.png"] == STATIC["static/plan.png"]
    assert list(files)[-1] == "heartbeat.json"


def test_the_foot_says_since_when_and_how_to_reach_a_person() -> None:
    text = visible_text(document(pages(busy_day())["404.html"]))
    others = visible_text(document(pages(busy_day())["hold/index.html"]))

    assert "Things have been as shown here since 14:40 CET." in others
    assert text == (
        "Skip to the content\nNorthwind Status\nHistory\nGet updates\nReport a problem\n"
        "There is no page at this address\n"
        "See how things are now Look in the history\n"
        "Need a person?\nCall +49 30 1234567\nWrite to help@northwind.example\nSee our help pages\n"
        "Get updates\nEvery update (Atom)\nEvery update (RSS)\n"
        "Every incident (Atom)\nEvery incident (RSS)\nJSON feed\nCalendar of planned work\nStatus API\n"
        "What callers hear\nHow we count"
    )


def test_what_callers_hear_is_on_a_page_for_staff() -> None:
    text = visible_text(document(pages(shown())["hold/index.html"]))

    assert "What callers hear\nFor call-centre staff" in text
    assert text.count("Nothing is open, so there is no message.") == 2


def test_the_wordings_for_callers_stand_under_their_language() -> None:
    page = document(pages(busy_day())["hold/index.html"])

    lists = [element for element in page.iter("ol") if element.get("lang")]
    assert [element.get("lang") for element in lists] == ["en", "de"]
    assert all(len(element) == 3 for element in lists)


def test_arabic_words_for_callers_run_from_the_right_and_their_length_does_not() -> None:
    day = busy_day()
    page = document(pages(replace(day, hold=replace(day.hold, languages=("ar",))))["hold/index.html"])

    (words,) = (element for element in page.iter("ol") if element.get("lang"))
    lengths = list(words.iter("p"))
    assert (words.get("lang"), words.get("dir")) == ("ar", "rtl")
    assert [(length.get("lang"), length.get("dir")) for length in lengths] == [("en", "ltr")] * 3


def test_an_incident_closed_without_anything_else_has_a_page() -> None:
    closed = incident("closed", "A false alarm", update("20 10:00", Status.RESOLVED, "It was nothing."))

    text = visible_text(document(pages(shown(closed))["incidents/closed/index.html"]))

    assert "Put right\nA false alarm" in text
