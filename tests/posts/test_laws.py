"""Holding updates over everything that people may have said, in any zone: no two are equal, and each reads back."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from hypothesis import example, given
from hypothesis import strategies as st

from statuspage.model import Status
from statuspage.posts.words import holding_post, holding_words
from statuspage.render.markup import to_html, to_text
from statuspage.timeline.due import post_id
from tests.posts.builders import (
    INCIDENT_STATUSES,
    LANGUAGES,
    NO_OWN_WORDS,
    PLANNED_STATUSES,
    STATUSES,
    due,
    posted,
    read_back,
    site,
)

ZONES = ("UTC", "Europe/Berlin", "America/New_York", "Asia/Kolkata", "Australia/Lord_Howe", "Pacific/Apia")
CHANGES_OF_CLOCKS = (
    datetime(2026, 3, 29, 1, tzinfo=UTC),
    datetime(2026, 10, 25, 1, tzinfo=UTC),
    datetime(2026, 11, 1, 6, tzinfo=UTC),
    datetime(2026, 4, 4, 15, tzinfo=UTC),
)
PIECES = (
    *"#*_`<>[]()|&\\!~:-+.\"'“”„\n \t{}",
    "## 2026-11-20 14:05 — Resolved",
    "Next update: 15:00",
    "Id: aaaaaaaaaaaa",
    "\n\n",
    "```",
    "| a | b |\n|---|---|\n",
    "<b>",
    "&lt;",
    "![x](y)",
    "https://a.example/b_c",
    "{since}",
    "{next}",
    "{said}",
    "👩\u200d🚒",
    "الدفع",
    "\u202e",
    "\u2028",
    "Cards fail. ",
    "1. ",
    "sorry",
)
said_texts = st.lists(st.sampled_from(PIECES) | st.text(max_size=8), max_size=12).map("".join)
instants = st.builds(
    lambda day, seconds: day + timedelta(seconds=seconds),
    st.sampled_from(CHANGES_OF_CLOCKS),
    st.integers(-4 * 60, 4 * 60).map(lambda minutes: minutes * 60) | st.integers(-15_000, 15_000),
)
waits = st.integers(1, 1500).map(lambda minutes: timedelta(minutes=minutes))


@given(
    said=said_texts,
    since=instants,
    wait=waits,
    ahead=waits,
    status=st.sampled_from(STATUSES),
    language=st.sampled_from(LANGUAGES),
    zone=st.sampled_from(ZONES),
    number=st.integers(0, 9),
)
def test_a_post_reads_back_as_exactly_what_it_is(
    *,
    said: str,
    since: datetime,
    wait: timedelta,
    ahead: timedelta,
    status: Status,
    language: str,
    zone: str,
    number: int,
) -> None:
    here = site(language, zone)
    post = due(
        status=status,
        body=said,
        since=since,
        due_at=since + wait,
        next_update_at=since + wait + ahead,
        number=number,
    )

    reading = read_back(holding_post(post, here, NO_OWN_WORDS), status=status, site=here)

    updates = [update for update in reading.page.incidents[0].updates if update.is_timed]
    assert reading.faults == ()
    assert [(update.at, update.status, update.next_update_at, update.id) for update in updates] == [
        (post.at, None, post.next_update_at, post_id(post.incident.source.id, post.due_at))
    ]
    assert updates[0].body == holding_words(post, here, NO_OWN_WORDS)
    assert not updates[0].components
    assert not updates[0].restores_all


@given(said=said_texts, status=st.sampled_from(STATUSES), language=st.sampled_from(LANGUAGES))
@example(said="klzzwxh:0001 \\\\_", status=Status.INVESTIGATING, language="en")
def test_the_words_are_one_plain_paragraph(said: str, status: Status, language: str) -> None:
    words = holding_words(due(status=status, body=said), site(language), NO_OWN_WORDS)

    html = to_html(words)
    assert (html.startswith("<p>"), html.endswith("</p>"), html.count("<")) == (True, True, 2)
    assert "\n" not in to_text(words)
    assert len(to_text(words)) < 600


@given(
    said=st.sampled_from(("Cards fail.", "")),
    language=st.sampled_from(LANGUAGES),
    zone=st.sampled_from(ZONES),
    since=instants,
    is_planned=st.booleans(),
    turns=st.lists(st.tuples(st.integers(0, 2), waits | st.just(timedelta(days=1))), min_size=2, max_size=40),
)
def test_no_two_posts_of_one_incident_are_equal(
    *, said: str, language: str, zone: str, since: datetime, is_planned: bool, turns: list[tuple[int, timedelta]]
) -> None:
    statuses = PLANNED_STATUSES if is_planned else INCIDENT_STATUSES
    post = due(status=statuses[turns[0][0]], body=said, since=since)
    bodies: list[str] = []

    for number, (place, ahead) in enumerate(turns):
        post = replace(post, status=statuses[place], number=number, next_update_at=post.at + ahead)
        bodies.append(holding_words(post, site(language, zone), NO_OWN_WORDS))
        told = posted(post, bodies[-1])
        post = replace(post, incident=told, at=post.next_update_at, due_at=post.next_update_at)

    assert len(set(bodies)) == len(bodies)
