"""Holding updates in words: times, quotation, choice, and the site's own words."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from statuspage.config import OwnWords
from statuspage.config.holding import sentences_of
from statuspage.model import Status
from statuspage.posts.words import holding_post, holding_words
from statuspage.render.markup import to_html, to_text
from statuspage.timeline.due import post_id
from tests.hold.builders import at
from tests.posts.builders import NO_OWN_WORDS, PLANNED_STATUSES, SAID, due, posted, site

HOSTILE = {
    "## 2026-11-20 14:30 — Resolved\n\nAll is well.": "All is well.",
    "Next update: 16:00": None,
    "Impact: none": "Impact: none",
    "| a | b |\n| --- | --- |\n| x | y |": "a, b",
    "```\nNext: rm -rf\n```": "Next: rm -rf",
    "- It `fails` **often**.\n- Then it works.": "It fails often.",
    "<script>alert(1)</script> It fails.": "<script>alert(1)</script> It fails.",
    "See [the notes](https://a.example/x) first.": "See the notes first.",
    r"It is \*not\* done & a_b_c stays.": "It is *not* done & a_b_c stays.",
    "&lt;b&gt; is &amp;amp; here.": "<b> is &amp; here.",
    "![Plan](/static/plan.svg) shows it.": "Plan shows it.",
    "Parcels 👩‍🚒📦 are late.": "Parcels 👩‍🚒📦 are late.",
    "الدفع لا يعمل.": "\u2068الدفع لا يعمل.\u2069",
    "It \u202efails\u202c again.": "It fails again.",
    'They said "it works".': "They said 'it works'.",
    "---": None,
    "Here is what we know:\n\n- Cards fail.": "Cards fail.",
    "We are sorry. Cards fail.": "Cards fail.",
    "This update is late. Cards fail.": "Cards fail.",
    "We will write by 14:35. Cards fail.": "Cards fail.",
    "503": None,
}


def english(body: str) -> str:
    return holding_words(due(body=body), site(), NO_OWN_WORDS)


def test_a_post_says_since_when_nothing_is_new_what_was_said_and_when_we_speak_next() -> None:
    assert english(SAID) == (
        "Since 14:05 we have learned nothing new. "
        "Our update at that time said: “About one card payment in three fails.” "
        "People are looking for the cause, and we will write again by 15:05 CET."
    )


def test_a_german_site_speaks_german() -> None:
    assert holding_words(due(body="Kartenzahlungen gehen nicht."), site("de-AT"), NO_OWN_WORDS) == (
        "Seit 14:05 Uhr haben wir nichts Neues erfahren. "
        "Zu diesem Zeitpunkt schrieben wir: „Kartenzahlungen gehen nicht.“ "
        "Wir suchen weiter nach der Ursache und melden uns bis 15:05 Uhr (MEZ) wieder."
    )


def test_a_site_in_any_other_language_speaks_english() -> None:
    assert holding_words(due(), site("fr"), NO_OWN_WORDS) == english(SAID)


def test_an_arabic_site_speaks_english_and_quotes_what_was_said() -> None:
    assert holding_words(due(body="الدفع بالبطاقات لا يعمل الآن."), site("ar"), NO_OWN_WORDS) == (
        "Since 14:05 we have learned nothing new. "
        "Our update at that time said: “\u2068الدفع بالبطاقات لا يعمل الآن.\u2069” "
        "People are looking for the cause, and we will write again by 15:05 CET."
    )


def test_a_time_of_another_day_comes_with_its_day_and_of_another_year_with_that() -> None:
    post = due(due_at=at("22:30", day=21), next_update_at=at("23:30", day=21))
    later = due(due_at=at("13:05") + timedelta(days=60))

    assert "Since 14:05 on 20 November we" in holding_words(post, site(), NO_OWN_WORDS)
    assert "by 00:30 CET on 22 November." in holding_words(post, site(), NO_OWN_WORDS)
    assert "bis 00:30 Uhr (MEZ) am 22. November wieder." in holding_words(post, site("de"), NO_OWN_WORDS)
    assert "Since 14:05 on 20 November 2026 we" in holding_words(later, site(), NO_OWN_WORDS)


def test_where_the_clocks_change_in_between_both_times_name_their_zone() -> None:
    since = at("00:45", day=1) - timedelta(days=7)  # 02:45 in summer time; clocks go back a quarter of an hour later
    words = holding_words(due(since=since), site(), NO_OWN_WORDS)

    assert "Since 02:45 CEST we" in words
    assert "by 02:45 CET." in words


@pytest.mark.parametrize("body", ["", "---", "We are sorry.", "Next update: 15:00"])
def test_an_update_without_words_to_repeat_is_not_quoted(body: str) -> None:
    assert english(body) == (
        "Since 14:05 we have learned nothing new. "
        "People are looking for the cause, and we will write again by 15:05 CET."
    )


def test_where_no_person_has_written_the_post_counts_from_the_last_step() -> None:
    post = due(status=Status.IN_PROGRESS)
    stepped = replace(post.incident, updates=(replace(post.incident.updates[0], is_automatic=True, at=at("12:00")),))

    words = holding_words(replace(post, incident=stepped, said=None), site(), NO_OWN_WORDS)
    bare = holding_words(replace(post, incident=replace(stepped, updates=()), said=None), site(), NO_OWN_WORDS)

    assert "since 13:00." in words
    assert "since 14:05." in bare
    assert "“" not in words


@pytest.mark.parametrize(("body", "quoted"), HOSTILE.items())
def test_whatever_was_said_is_quoted_as_words_alone(body: str, quoted: str | None) -> None:
    words = english(body)

    assert to_text(words).partition("“")[2].rpartition("”")[0] == (quoted or "")
    assert to_html(words).count("<") == 2  # one paragraph
    assert "\n" not in words


def test_a_long_sentence_is_cut_at_a_word() -> None:
    quoted = english(f"Since this morning {'payments by card ' * 20}fail.").partition("“")[2].partition("”")[0]

    assert quoted == f"Since this morning {'payments by card ' * 7}…".replace(" …", "…")
    assert len(quoted) <= 140


def test_what_has_no_words_to_cut_at_is_cut_between_signs_that_belong_together() -> None:
    family = "👨\u200d👩\u200d👧"
    quoted = english("支" + family * 60).partition("“")[2].partition("”")[0]

    assert quoted == "支" + family * 27 + "…"


def test_the_wordings_take_turns() -> None:
    words = [holding_words(due(number=number), site(), NO_OWN_WORDS) for number in range(9)]

    assert len(set(words[:8])) == 8
    assert words[8] == words[0]


def test_words_that_stand_in_the_incident_already_are_passed_over() -> None:
    post = due()
    first = holding_words(post, site(), NO_OWN_WORDS)

    again = holding_words(replace(post, incident=posted(post, first)), site(), NO_OWN_WORDS)

    assert again == holding_words(due(number=1), site(), NO_OWN_WORDS)


def test_where_every_wording_is_used_up_the_times_are_given_in_full() -> None:
    own = OwnWords(texts=((Status.INVESTIGATING, ("No news since {since}, more at {next}.",)),))
    post = due()

    again = holding_words(replace(post, incident=posted(post, holding_words(post, site(), own))), site(), own)

    assert again == "No news since 14:05 CET on 20 November 2026, more at 15:05 CET on 20 November 2026."


@pytest.mark.parametrize("status", PLANNED_STATUSES[1:])
def test_planned_work_past_its_end_takes_longer(status: Status) -> None:
    post = due(status=status)
    late = replace(post, incident=replace(post.incident, ends_at=post.at))

    assert "longer than we planned" in holding_words(late, site(), NO_OWN_WORDS)
    assert "longer" not in holding_words(post, site(), NO_OWN_WORDS)


def test_the_words_of_the_site_take_the_place_of_ours() -> None:
    texts = tuple(f"{word}: **nothing** new since {{since}}. We wrote “{{said}}” Next: {{next}}." for word in "ABCDEF")
    own = OwnWords(texts=((Status.INVESTIGATING, texts),))

    words = [holding_words(due(number=n, body=body), site(), own) for n, body in ((1, "Cards *fail*."), (2, ""))]

    assert words == [
        "B: **nothing** new since 14:05. We wrote “Cards fail.” Next: 15:05 CET.",
        "C: **nothing** new since 14:05. Next: 15:05 CET.",
    ]
    assert holding_words(due(status=Status.IDENTIFIED), site(), own).startswith("The repair goes on")


def test_own_words_are_never_taken_for_a_field_or_a_heading() -> None:
    field = OwnWords(texts=((Status.INVESTIGATING, ("Next update: {next}, since {since} nothing.",)),))
    heading = OwnWords(texts=((Status.INVESTIGATING, ("## 2026-11-20 14:35 — Resolved {since} {next}",)),))

    assert holding_words(due(), site(), field) == "Next update&#58; 15:05 CET, since 14:05 nothing."
    assert holding_words(due(), site(), heading) == "### 2026-11-20 14:35 — Resolved 14:05 15:05 CET"


def test_the_post_as_it_stands_in_the_timed_file() -> None:
    post = due()

    assert holding_post(post, site(), NO_OWN_WORDS) == (
        "## 2026-11-20 14:35 +01:00 — Update\n"
        "\n"
        f"{english(SAID)}\n"
        "\n"
        "Next update: 2026-11-20 15:05 +01:00\n"
        f"Id: {post_id(post.incident.source.id, post.due_at)}\n"
    )


def test_the_id_answers_one_promise_in_any_zone() -> None:
    due_at = at("13:35")

    assert post_id("cards", due_at) == post_id("cards", due_at.astimezone(site().zone))
    assert len({post_id("cards", due_at), post_id("cards", at("13:36")), post_id("mail", due_at)}) == 3


def test_a_sentence_ends_where_its_quotation_does() -> None:
    text = "No news since {since}. We wrote: „{said}“ Weiter um {next} geht es. (So it is.) It is 9 a.m. now. End"

    assert sentences_of(text) == (
        "No news since {since}.",
        "We wrote: „{said}“",
        "Weiter um {next} geht es.",
        "(So it is.)",
        "It is 9 a.m. now.",
        "End",
    )
