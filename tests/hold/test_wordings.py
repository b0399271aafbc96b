"""What callers hear, whole: read these aloud before changing a word."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

import pytest

from statuspage.model import ComponentState, Impact, Incident, Status, Translation, UpdateWords, derived_id
from statuspage.render.hold import hold_wordings
from tests.hold.builders import (
    MAJOR,
    SLOW,
    at,
    failing_cards,
    incident,
    planned,
    shown,
    update,
)

LINE = "If you are calling about something else, please stay on the line."
LINE_SHORT = "You can hang up now, or stay on the line for anything else."
LINE_LAST = "To ask about anything else, just stay on the line."
PROMISE = "Our next update comes at two thirty-five p.m. Central European time."


def five_problems() -> list[Incident]:
    states = {"refunds": MAJOR, "signin": SLOW, "search": SLOW, "mail": SLOW}
    others = [
        incident(update(f"13:{9 - place:02}", next_at="14:09"), slug=name, states={name: state})
        for place, (name, state) in enumerate(states.items())
    ]
    return [failing_cards(), *others]


def kaputte_karten() -> Incident:
    first = update(
        "13:05",
        body="Etwa eine von drei Kartenzahlungen schlägt fehl. Das ist unser Fehler, und es tut uns leid.",
        next_at="13:35",
        what_you_can_do="Zahlen Sie per Überweisung.",
    )
    return incident(first, impact=Impact.MAJOR, title="Kartenzahlungen schlagen fehl")


def test_a_major_incident_with_a_workaround_and_a_promise() -> None:
    page = shown(failing_cards(), now=at("13:10"), spoken_url="status dot acme dot example")

    assert hold_wordings(page, "en") == (
        (
            "We know about the problem with card payments. About one card payment in three fails. "
            "It is our mistake and we are sorry. You can still pay by bank transfer. "
            f"Our next update comes at two thirty-five p.m. Central European time. {LINE}"
        ),
        (
            "We are still looking for the cause of the problem with card payments. All our other services are fine. "
            f"Expect the next update at two thirty-five p.m. Central European time. {LINE_SHORT}"
        ),
        (
            "Until the problem with card payments is fixed: You can still pay by bank transfer. "
            "Everything else is working normally. "
            f"We will tell you more at two thirty-five p.m. Central European time. {LINE_LAST}"
        ),
    )


def test_a_major_incident_in_german() -> None:
    page = shown(kaputte_karten(), now=at("13:10"), language="de")

    assert hold_wordings(page, "de") == (
        (
            "Wir kennen das Problem mit Kartenzahlungen. Etwa eine von drei Kartenzahlungen schlägt fehl. "
            "Das ist unser Fehler, und es tut uns leid. Zahlen Sie per Überweisung. "
            "Die nächste Meldung kommt um vierzehn Uhr fünfunddreißig mitteleuropäischer Zeit. "
            "Wenn Sie wegen etwas anderem anrufen, bleiben Sie bitte in der Leitung."
        ),
        (
            "Wir suchen noch die Ursache für das Problem mit Kartenzahlungen. Alle anderen Dienste laufen normal. "
            "Rechnen Sie mit der nächsten Meldung um vierzehn Uhr fünfunddreißig mitteleuropäischer Zeit. "
            "Sie können jetzt auflegen oder für andere Fragen in der Leitung bleiben."
        ),
        (
            "Bis das Problem mit Kartenzahlungen behoben ist: Zahlen Sie per Überweisung. Sonst funktioniert alles. "
            "Mehr sagen wir Ihnen um vierzehn Uhr fünfunddreißig mitteleuropäischer Zeit. "
            "Bei jedem anderen Anliegen bleiben Sie einfach in der Leitung."
        ),
    )


def test_another_language_than_the_sites_is_told_the_facts_and_none_of_the_prose() -> None:
    page = shown(kaputte_karten(), now=at("13:10"), language="de")

    full, _, last = hold_wordings(page, "en")

    assert full == (
        "We know about the problem with Kartenzahlungen. We are sorry. "
        "Some customers cannot use Kartenzahlungen right now. "
        f"Our next update comes at two thirty-five p.m. Central European time. {LINE}"
    )
    assert last == (
        "You do not need to report the problem with Kartenzahlungen. Everything else is working normally. "
        f"We will tell you more at two thirty-five p.m. Central European time. {LINE_LAST}"
    )


def test_callers_hear_a_translation_in_its_language() -> None:
    told = UpdateWords(
        body="Etwa eine von drei Kartenzahlungen schlägt fehl.", what_you_can_do="Zahlen Sie per Überweisung."
    )
    page = shown(failing_cards(translations=(in_german({"13:05": told}),)), now=at("13:10"))

    full, _, last = hold_wordings(page, "de")

    assert full.startswith(
        "Wir kennen das Problem mit card payments. Das tut uns leid. Etwa eine von drei Kartenzahlungen schlägt fehl. "
        "Zahlen Sie per Überweisung. "
    )
    assert last.startswith("Bis das Problem mit card payments behoben ist: Zahlen Sie per Überweisung. ")


def test_the_translated_words_for_callers_go_before_the_derived_ones() -> None:
    said = UpdateWords(body="Etwas.", hold="Wir kümmern uns um die Karten.")
    first = update("13:05", body="Something.", hold="We see to the cards.", next_at="13:35")
    page = shown(incident(first, translations=(in_german({"13:05": said}),)), now=at("13:10"))

    assert hold_wordings(page, "de")[0].startswith("Wir kümmern uns um die Karten. Die nächste Meldung ")


def test_a_translation_of_an_earlier_update_is_not_heard_in_place_of_the_newest() -> None:
    first, newest = update("13:05", body="It fails."), update("13:08", Status.IDENTIFIED, "The cause is found at last.")
    told = UpdateWords(body="Es schlägt bei allen fehl.", hold="Wir kümmern uns.")
    page = shown(incident(first, newest, translations=(in_german({"13:05": told}),)), now=at("13:10"))

    assert not any("schlägt" in wording or "kümmern" in wording for wording in hold_wordings(page, "de"))


def test_a_language_without_a_catalogue_is_spoken_in_english() -> None:
    page = shown(failing_cards(), now=at("13:10"))

    assert hold_wordings(page, "fr-CA") == hold_wordings(page, "en-GB") == hold_wordings(page, "en")


def test_after_a_new_update_the_short_wording_starts_with_when_it_came() -> None:
    first, second = update("13:05", next_at="13:35"), update("13:15", Status.IDENTIFIED, next_at="14:00")
    page = shown(incident(first, second), now=at("13:20"))

    openings = [hold_wordings(page, language)[1].partition(".")[0] for language in ("en", "de")]

    assert openings == [
        "New since two fifteen: we have found what is wrong with card payments",
        "Neu seit vierzehn Uhr fünfzehn: Wir haben den Fehler bei card payments gefunden",
    ]


def test_a_post_of_the_scheduler_is_no_news() -> None:
    first, timed = update("13:05", next_at="13:35"), update("13:35", None, next_at="14:05", is_timed=True)
    page = shown(incident(first, timed), now=at("13:40"))

    assert hold_wordings(page, "en")[1].startswith(
        "We are still looking for the cause of the problem with card payments."
    )


def test_a_promise_that_falls_due_is_no_longer_read() -> None:
    def words(now: datetime) -> str:
        return hold_wordings(shown(failing_cards(), now=now), "en")[1]

    assert words(at("13:34")) == (
        "We are still looking for the cause of the problem with card payments. All our other services are fine. "
        f"Expect the next update at two thirty-five p.m. Central European time. {LINE_SHORT}"
    )
    assert words(at("13:35")) == (
        "We are still looking for the cause of the problem with card payments. All our other services are fine. "
        f"You can follow it at status dot acme dot example. {LINE_SHORT}"
    )


def test_what_a_person_wrote_for_callers_is_said_with_the_promise_and_not_repeated() -> None:
    hold = "Card payments are down, and it is our mistake. Cash works in every shop."
    page = shown(incident(update("13:05", next_at="13:35", hold=hold)), now=at("13:10"))

    assert hold_wordings(page, "en") == (
        (
            "Card payments are down, and it is our mistake. Cash works in every shop. "
            "Our next update comes at two thirty-five p.m. Central European time."
        ),
        (
            "We are still looking for the cause of the problem with card payments. All our other services are fine. "
            f"Expect the next update at two thirty-five p.m. Central European time. {LINE_SHORT}"
        ),
        (
            "You do not need to report the problem with card payments. Everything else is working normally. "
            f"We will tell you more at two thirty-five p.m. Central European time. {LINE_LAST}"
        ),
    )


def held(hold: str, *others: Incident, when: str = "13:05", now: str = "13:10") -> str:
    """Return the full wording while an incident has these words for callers."""
    told = incident(update(when, next_at="13:35", hold=hold))
    return hold_wordings(shown(told, *others, now=at(now)), "en")[0]


def test_a_long_sentence_that_a_person_wrote_for_callers_is_said() -> None:
    hold = (
        "We are sorry that paying by card does not work in our shops and on our website this afternoon, and two "
        "colleagues of mine are with the bank to find out why that is."
    )

    assert held(hold) == f"{hold} {PROMISE}"


@pytest.mark.parametrize(
    "hold",
    [
        "API errors in us-east-1. Call us.",
        "Card payments are down. See https://acme.example/x.",
        "Card payments are down. " + "They stay down for a while, and we are sorry. " * 6,
        "We are sorry. Card payments are down. We apologise.",
    ],
)
def test_of_words_for_callers_that_cannot_all_be_said_none_is(hold: str) -> None:
    assert held(hold) == held("")
    assert held("").startswith("We know about the problem with card payments.")


def test_words_for_callers_about_today_are_said_today_of_an_older_incident_too() -> None:
    old = update("13:05", day=19, promises_nothing=True)
    new = update("13:05", None, next_at="13:35", hold="Card payments have been down since this morning.")

    page = shown(incident(old, new), now=at("13:10"))

    assert hold_wordings(page, "en")[0] == f"Card payments have been down since this morning. {PROMISE}"


def test_of_several_problems_words_for_callers_are_said_whole_or_not_at_all() -> None:
    slow = incident(update("13:06"), slug="b", states={"dashboard": SLOW})

    assert "Only cash works in our shops." in held("Only cash works in our shops.", slow)
    assert held("Only cash works in our shops. Do not call us.", slow) == held("", slow)


def test_a_pinned_trifle_is_spoken_of_after_the_major_outage() -> None:
    trifle = incident(update("13:06"), slug="b", states={"dashboard": SLOW}, is_pinned=True)
    page = shown(failing_cards(states={"cards": MAJOR}), trifle, now=at("13:10"))

    full = hold_wordings(page, "en")[0]

    assert full.index("card payments") < full.index("the dashboard")


def test_two_incidents_get_a_sentence_each() -> None:
    slow = incident(update("13:06", next_at="14:06"), slug="b", states={"dashboard": SLOW})
    page = shown(failing_cards(), slow, now=at("13:10"))

    assert hold_wordings(page, "en") == (
        (
            "We know about two problems. Some customers cannot use card payments right now. "
            "You may find the dashboard slow or unreliable. "
            f"Our next update comes at two thirty-five p.m. Central European time. {LINE}"
        ),
        (
            "We are still looking for the cause of the problem with card payments and the dashboard. "
            f"Expect the next update at two thirty-five p.m. Central European time. {LINE_SHORT}"
        ),
        (
            "Until the problem with card payments is fixed: You can still pay by bank transfer. "
            "You do not need to report the problem with the dashboard. "
            f"We will tell you more at two thirty-five p.m. Central European time. {LINE_LAST}"
        ),
    )


def test_of_five_incidents_as_many_of_the_worst_get_a_sentence_as_there_is_time_for() -> None:
    page = shown(*five_problems(), now=at("13:10"))

    assert hold_wordings(page, "en") == (
        (
            "We know about five problems. You cannot use refunds right now. "
            "Some customers cannot use card payments right now. Three smaller problems are on our status page. "
            f"Our next update comes at two thirty-five p.m. Central European time. {LINE}"
        ),
        (
            "We are still looking for the cause of the problem with refunds and card payments. "
            "Our status page also lists three smaller problems. "
            f"Expect the next update at two thirty-five p.m. Central European time. {LINE_SHORT}"
        ),
        (
            "Until the problem with card payments is fixed: You can still pay by bank transfer. "
            "You do not need to report the problem with refunds. "
            f"We will tell you more at two thirty-five p.m. Central European time. {LINE_LAST}"
        ),
    )


def test_planned_work_is_spoken_of_while_it_is_under_way_only() -> None:
    work = planned(update("08:00", Status.SCHEDULED, "We change the terminals."), starts="13:00", ends="15:00")

    before, during, after = (hold_wordings(shown(work, now=at(now)), "en") for now in ("12:59", "13:10", "15:00"))

    assert before == after == ("", "", "")
    assert during == (
        (
            "We are doing planned work on card payments. You may be unable to use card payments until it is done. "
            f"We plan to finish by four p.m. Central European time. {LINE}"
        ),
        (
            "The planned work on card payments is still going on. "
            "It should be done by four p.m. Central European time. "
            f"You can follow it at status dot acme dot example. {LINE_SHORT}"
        ),
        (
            "If you have trouble with card payments, that is our planned work. "
            "Please try again after four p.m. Central European time. "
            f"All our news is at status dot acme dot example. {LINE_LAST}"
        ),
    )


def test_planned_work_beside_an_incident_is_mentioned_and_nothing_else_is_said_to_work() -> None:
    work = planned(starts="13:00", ends="15:00", states={"mail": ComponentState.UNDER_MAINTENANCE})
    page = shown(work, incident(update("13:05", next_at="14:05")), now=at("13:10"))

    assert hold_wordings(page, "en")[2] == (
        "You do not need to report the problem with card payments. There is also planned work on order mails. "
        f"We will tell you more at three oh five p.m. Central European time. {LINE_LAST}"
    )


def test_a_fixed_problem_is_spoken_of_for_three_quarters_of_an_hour() -> None:
    fixed = incident(update("13:05"), update("15:00", Status.RESOLVED, "Payments work again since 14:50."))

    soon, later, too_late = (shown(fixed, now=at(now)) for now in ("15:00", "15:44", "15:45"))

    assert hold_wordings(soon, "en") == hold_wordings(later, "en")
    assert hold_wordings(too_late, "en") == ("", "", "")
    assert hold_wordings(soon, "en") == (
        (
            "The problem with card payments has been fixed since four o'clock Central European time. "
            "If you still see it, please stay on the line."
        ),
        (
            "We fixed the problem with card payments at four o'clock Central European time. "
            "Stay on the line if it still affects you. You can follow it at status dot acme dot example."
        ),
        (
            "If you had trouble with card payments, all has been well since four o'clock Central European time. "
            "Please try once more, and if it fails, just stay on the line."
        ),
    )


def test_a_file_that_cannot_be_read_is_acknowledged_without_details() -> None:
    unreadable = incident(update("13:05", next_at="14:05"), states={}, title="x: [", is_unreadable=True)
    page = shown(unreadable, now=at("13:10"))

    assert hold_wordings(page, "en") == (
        (
            "We know about a problem and are working on it. We do not have the details for you yet. "
            f"Our next update comes at three oh five p.m. Central European time. {LINE}"
        ),
        (
            "We are still working on a problem that we know about. "
            f"Expect the next update at three oh five p.m. Central European time. {LINE_SHORT}"
        ),
        (
            "There is a problem, and you do not need to report it. We are on it, and details will follow. "
            f"We will tell you more at three oh five p.m. Central European time. {LINE_LAST}"
        ),
    )
    assert hold_wordings(page, "de")[0].startswith("Wir kennen ein Problem und arbeiten daran.")


def test_an_incident_without_components_is_known_by_its_title() -> None:
    page = shown(incident(update("13:05"), states={}), now=at("13:10"))

    assert [wording.partition("fails.")[0] + "fails." for wording in hold_wordings(page, "en")] == [
        "We know about this problem: Paying by card fails.",
        "We are still looking for the cause of the problem with our service. It is about this: Paying by card fails.",
        "You do not need to report the problem with our service. We mean this one: Paying by card fails.",
    ]


def test_a_sentence_that_nobody_can_say_takes_what_refers_to_it_along() -> None:
    body = "The API returns HTTP 503. It has no room left. Six in ten payments go through."
    page = shown(incident(update("13:05", body=body)), now=at("13:10"))

    assert hold_wordings(page, "en")[0].startswith(
        "We know about the problem with card payments. Six in ten payments go through."
    )


def test_advice_without_its_beginning_is_not_given() -> None:
    advice = "Book after 11:00 if you can. The price stays the same all week."
    page = shown(incident(update("13:05", what_you_can_do=advice)), now=at("13:10"))

    assert hold_wordings(page, "en")[2].startswith("You do not need to report the problem with card payments.")


def test_long_advice_gives_way_to_naming_every_problem() -> None:
    advice = "Come as usual and show your booking email at the side gate, or ask our crew for help."
    words = [update(clock, next_at="14:05", what_you_can_do=advice) for clock in ("13:05", "13:06")]
    others = [incident(words[1], slug="b", states={"search": SLOW}), incident(slug="c", states={"mail": SLOW})]
    page = shown(incident(words[0]), *others, now=at("13:10"))

    assert hold_wordings(page, "en")[2] == (
        "You do not need to report the problem with card payments, search and order mails. "
        f"We will tell you more at three oh five p.m. Central European time. {LINE_LAST}"
    )


def test_a_measured_share_is_rounded_to_what_one_can_picture() -> None:
    page = shown(incident(update("13:05", share=Decimal(31))), now=at("13:10"))

    assert "This affects about one in three customers." in hold_wordings(page, "en")[0]


def test_nothing_open_is_nothing_said() -> None:
    assert hold_wordings(shown(now=at("13:10")), "en") == ("", "", "")


def test_of_advice_that_nobody_can_follow_only_that_there_is_no_need_to_report_is_said_once() -> None:
    long = (
        "Come as usual, show your booking on paper at the side gate behind the high harbour building, and wait there."
    )
    first = update("13:05", what_you_can_do=long, next_at="13:35")
    page = shown(incident(first), incident(update("13:06"), slug="b", states={"search": SLOW}), now=at("13:10"))

    assert hold_wordings(page, "en")[2].startswith(
        "You do not need to report the problem with card payments and search. We will tell you more "
    )


def test_what_the_news_says_itself_is_not_said_again() -> None:
    first = update("13:05", body="We are investigating delays of notifications.")

    assert hold_wordings(shown(incident(first), now=at("13:10")), "en")[0] == (
        "We know about the problem with card payments. We are investigating delays of notifications. "
        f"Everything else works as usual. You can also read the news at status dot acme dot example. {LINE}"
    )


@pytest.mark.parametrize(
    ("title", "known"),
    [
        ("Incident with Slack Integration", "We know about this problem: Slack Integration."),
        ("Investigating reports of degraded performance", "We know about the problem with our service."),
    ],
)
def test_of_a_title_is_said_what_is_wrong_and_no_more(title: str, known: str) -> None:
    page = shown(incident(title=title, states={}), now=at("13:10"))

    assert hold_wordings(page, "en")[0].startswith(known)


def in_german(words: dict[str, UpdateWords]) -> Translation:
    """Return a translation of the updates of an incident, by their times of day, in which they were found out."""
    by_clock = {clock: derived_id(clock, str(Status.INVESTIGATING)) for clock in words}
    return Translation(language="de", updates=tuple((by_clock[clock], said) for clock, said in words.items()))
