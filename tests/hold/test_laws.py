"""What holds of every hold message, whatever people wrote."""

from __future__ import annotations

import json
import re
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from hypothesis import given, settings
from hypothesis import strategies as st

from statuspage.model import Impact, Incident, Page, Status, Translation, UpdateWords
from statuspage.render.hold import hold_wordings
from statuspage.render.hold.arabic import ARABIC
from statuspage.render.hold.english import ENGLISH
from statuspage.render.hold.facts import next_update_at
from statuspage.render.hold.german import GERMAN
from statuspage.render.hold.lasting import message_seconds
from statuspage.render.hold.lines import folded
from statuspage.shown import Shown
from statuspage.timeline.page import page_at
from tests.hold.builders import MAJOR, MINUTE, PARTIAL, SLOW, at, incident, page, planned, shown, update

CATALOGUES = {"en": ENGLISH, "de": GERMAN, "ar": ARABIC}
NOT_SPOKEN = re.compile(r"[0-9/\\<>{}\[\]()*_`#@|=+%&\"“”„]|https?|www\.")
PIECES = (
    "Card payments fail.",
    "We are sorry.",
    "We apologise for any inconvenience.",
    "Wir bitten um Entschuldigung.",
    "Error 503 in us-east-1!",
    "See [the page](https://x.example/a?b=c).",
    "Call +49 30 1234567.",
    "About 12 % of 1,240 payments (one in eight) failed.",
    "We will fix it in 30 minutes.",
    "It works again since 14:50 UTC.",
    "The API is back…",
    "### A heading\n\n",
    "```\nrm -rf /\n```\n\n",
    "- one thing\n- another thing",
    "لا تعمل المدفوعات منذ ٣٠ دقيقة.",
    "هل يمكنكم الدفع نقدا؟",
    "👍 “Quoted” — and dashed.",
    "We are looking for the cause.",
    "Zahlen Sie heute bitte per Überweisung.",
    "a very long sentence " * 12 + ".",
)
TEXTS = st.lists(st.sampled_from(PIECES), max_size=4).map(" ".join) | st.text(max_size=60)
CLOCKS = st.sampled_from(("13:05", "13:06", "13:20", "14:00", "22:59", "23:30"))
STATES = st.dictionaries(
    st.sampled_from(("cards", "dashboard", "refunds", "signin", "search", "mail")),
    st.sampled_from((MAJOR, PARTIAL, SLOW)),
)
UNTROUBLED = ("signin", "search", "mail")
OPEN = st.sampled_from((Status.INVESTIGATING, Status.IDENTIFIED, Status.MONITORING, None))


@st.composite
def incidents(draw: st.DrawFn, slug: str) -> Incident:
    clocks = sorted(draw(st.lists(CLOCKS, min_size=1, max_size=3)))
    lines = draw(st.fixed_dictionaries({}, optional=dict.fromkeys(("what_you_can_do", "still_working", "hold"), TEXTS)))
    words = [update("13:00", body=draw(TEXTS), id=f"{slug}first")]
    for place, clock in enumerate(clocks):
        promise = draw(st.sampled_from((None, at("14:00"), at("14:35"), at("23:59"), at("00:00", 21), at("08:07", 23))))
        status = draw(OPEN if draw(st.integers(0, 4)) else st.just(Status.RESOLVED))
        own = {"next_update_at": promise, "promises_nothing": promise is None} if promise is None else {}
        words.append(update(clock, status, draw(TEXTS), id=f"{slug}{place}", **own | lines))
    said = [UpdateWords(body=draw(TEXTS), **draw(st.sampled_from(({}, lines)))) for _ in words]
    told = tuple((word.id, its) for word, its in zip(words, said, strict=True))
    foreign = [Translation(language=language, title=draw(TEXTS), updates=told) for language in ("en", "de", "ar")]
    return incident(
        *words,
        translations=tuple(draw(st.sampled_from(([], foreign)))),
        slug=slug,
        states=draw(STATES),
        title=draw(TEXTS) or "Untitled",
        impact=draw(st.sampled_from((None, *[i for i in Impact if i is not Impact.MAINTENANCE]))),
        is_unreadable=draw(st.integers(0, 9)) == 0,
    )


class Instant(NamedTuple):
    """A page and a time: what is true then is derived where it is used, because it would be long to print."""

    page: Page
    now: datetime

    def shown(self) -> Shown:
        return page_at(self.page, self.now)


@st.composite
def instants(draw: st.DrawFn) -> Instant:
    some = [draw(incidents(slug)) for slug in "abcde"[: draw(st.integers(0, 5))]]
    if draw(st.booleans()):
        own = [update("08:00", Status.SCHEDULED, draw(TEXTS))]
        own += draw(
            st.sampled_from(([], [update("13:30", Status.VERIFYING)], [update("13:30", None, ends_at=at("14:40"))]))
        )
        some.append(planned(*own, starts="13:00", ends="14:05"))
    names = {name: draw(TEXTS | st.just(f"the {name}")) or name for name in ("cards", "dashboard", "refunds")}
    names |= dict(zip(UNTROUBLED, UNTROUBLED, strict=True))
    given_page = page(
        *some,
        language=draw(st.sampled_from(("en", "de", "ar"))),
        zone=draw(st.sampled_from(("Europe/Berlin", "America/New_York", "Asia/Tokyo", "UTC", "Etc/GMT+5"))),
        names=draw(st.just(None) | st.just(names)),
        spoken_url=draw(st.sampled_from((None, "status dot acme dot example", "https://status.acme.example/a"))),
        say=draw(st.sampled_from(((), (("API", "programming interface"), ("us-east-1", "our eastern region"))))),
    )
    clock = draw(st.sampled_from(("13:00", "13:07", "14:00", "14:36", "22:58", "23:31")))
    return Instant(page=given_page, now=at(clock))


def sentences(wording: str) -> list[str]:
    return [folded(part) for part in re.split(r"(?<=[.?])(?<!\b[ap]\.m\.) ", wording)] if wording else []


@settings(max_examples=40)
@given(instants(), st.sampled_from(("en", "de", "ar")))
def test_every_wording_is_short_speakable_and_says_nothing_that_another_says(instant: Instant, language: str) -> None:
    wordings = hold_wordings(instant.shown(), language)

    heard = [sentence for wording in wordings for sentence in sentences(wording)]
    assert [wording for wording in wordings if len(wording.split()) > 60] == []
    assert [each for each in wordings if message_seconds(sentences(each), CATALOGUES[language].pace) > 25] == []
    assert [wording for wording in wordings if NOT_SPOKEN.search(wording)] == []
    assert sorted(heard) == sorted(set(heard))
    assert len({bool(wording) for wording in wordings}) == 1


@settings(max_examples=40)
@given(instants(), st.sampled_from(("en", "de", "ar")))
def test_no_wording_has_a_banned_phrase_and_one_at_most_apologises_once(instant: Instant, language: str) -> None:
    words = CATALOGUES[language]

    full, *others = hold_wordings(instant.shown(), language)

    assert [wording for wording in (full, *others) if words.banned.search(wording)] == []
    assert [wording for wording in others if words.apology.search(wording)] == []
    assert sum(bool(words.apology.search(sentence)) for sentence in sentences(full)) <= 1


@settings(max_examples=40)
@given(instants(), st.sampled_from(("en", "de", "ar")))
def test_the_promise_is_in_all_three_wordings_until_it_is_due_then_in_none(instant: Instant, language: str) -> None:
    then = instant.shown()
    openings = [sentence.partition("{")[0] for sentence in CATALOGUES[language].promise]

    promised = [opening in wording for opening, wording in zip(openings, hold_wordings(then, language), strict=True)]

    assert promised == [next_update_at(then) is not None and bool(then.open_incidents)] * 3 or then.active_maintenances


@settings(max_examples=40)
@given(instants(), st.sampled_from(("en", "de", "ar")))
def test_callers_hear_something_exactly_while_there_is_something_to_hear(instant: Instant, language: str) -> None:
    then = instant.shown()
    lately = [i for i in then.incidents if i.resolved_at and i.resolved_at <= then.now < i.resolved_at + 45 * MINUTE]

    assert any(hold_wordings(then, language)) == bool(then.open_incidents or then.active_maintenances or lately)


@settings(max_examples=40)
@given(instants(), st.sampled_from(("en", "de", "ar")))
def test_the_words_stay_the_same_until_the_page_changes(instant: Instant, language: str) -> None:
    then = instant.shown()

    just_before = page_at(instant.page, then.next_change_at - MINUTE / 60)

    assert hold_wordings(just_before, language) == hold_wordings(then, language)


def test_what_github_wrote_in_256_incidents_can_be_put_on_the_telephone(shared: Path) -> None:
    files = sorted((shared / "real-incidents" / "github-statuspage").glob("*.json"))
    documents = [json.loads(file.read_text()) for file in files]
    written = [document.get("incident", document) for document in documents]

    faulty = []
    for text in written:
        words = [update("13:05", body=each["body"] or "", id=each["id"]) for each in text["incident_updates"][:2]]
        for wording in hold_wordings(shown(incident(*words, title=text["name"]), now=at("13:06")), "en"):
            is_good = 0 < len(wording.split()) <= 60 and not NOT_SPOKEN.search(wording)
            faulty += [] if is_good else [(text["id"], wording)]

    assert faulty == []
    assert len(written) == 256
