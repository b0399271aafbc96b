"""Words, numbers, times and names as a voice says them."""

from __future__ import annotations

from datetime import datetime, time
from zoneinfo import ZoneInfo

import pytest

from statuspage.model import HoldStyle
from statuspage.render.hold import english, german, unspeakable
from statuspage.render.hold.english import ENGLISH
from statuspage.render.hold.german import GERMAN
from statuspage.render.hold.moments import Moment, Relation, moment_at
from statuspage.render.hold.speech import speakable_sentences, spoken_host, spoken_name
from tests.hold.builders import at, shown

PLAIN = HoldStyle(languages=("en",))
TAUGHT = HoldStyle(
    languages=("en",),
    say=(
        ("API", "programming interface"),
        ("API gateway", "front door"),
        ("SSO", "single sign on"),
        ("24/7", "always"),
    ),
)


@pytest.mark.parametrize(
    ("number", "in_english", "in_german"),
    [
        (0, "zero", "null"),
        (1, "one", "eins"),
        (12, "twelve", "zwölf"),
        (21, "twenty-one", "einundzwanzig"),
        (60, "sixty", "sechzig"),
        (101, "one hundred and one", "einhunderteins"),
        (999, "nine hundred and ninety-nine", "neunhundertneunundneunzig"),
        (1240, "one thousand two hundred and forty", "eintausendzweihundertvierzig"),
        (40_001, "forty thousand and one", "vierzigtausendeins"),
    ],
)
def test_a_number_in_words(number: int, in_english: str, in_german: str) -> None:
    assert (english.number_words(number), german.number_words(number)) == (in_english, in_german)


@pytest.mark.parametrize(
    ("clock", "in_english", "in_german"),
    [
        ("14:30", "two thirty p.m.", "vierzehn Uhr dreißig"),
        ("16:00", "four p.m.", "sechzehn Uhr"),
        ("00:05", "twelve oh five a.m.", "null Uhr fünf"),
        ("01:00", "one a.m.", "ein Uhr"),
        ("12:00", "noon", "zwölf Uhr"),
        ("00:00", "midnight", "null Uhr"),
    ],
)
def test_a_time_of_day_in_words(clock: str, in_english: str, in_german: str) -> None:
    own = time.fromisoformat(clock)

    assert (english.clock_words(own), german.clock_words(own)) == (in_english, in_german)


def test_a_time_on_another_day_names_the_day_and_a_time_today_does_not() -> None:
    page = shown(now=at("13:00"))

    today, monday = (
        [
            words.when(Relation.AT, moment_at(instant, page.now, site=page.site, zone_name=words.zone_name))
            for words in (ENGLISH, GERMAN)
        ]
        for instant in (at("13:30"), at("13:30", 23))
    )

    assert today == [
        "at two thirty p.m. Central European time",
        "um vierzehn Uhr dreißig mitteleuropäischer Zeit",
    ]
    assert monday == [
        "at two thirty p.m. Central European time on Monday, the twenty-third of November",
        "am Montag, dem dreiundzwanzigsten November, um vierzehn Uhr dreißig mitteleuropäischer Zeit",
    ]


def test_the_coming_midnight_needs_no_day() -> None:
    page = shown(now=at("13:00"))

    moment = moment_at(at("23:00"), page.now, site=page.site, zone_name=ENGLISH.zone_name)

    assert moment == Moment(clock=time(0), day=None, zone="Central European time")


@pytest.mark.parametrize(
    ("zone", "in_english", "in_german"),
    [
        ("Europe/Berlin", "Central European time", "mitteleuropäischer Sommerzeit"),
        ("America/Los_Angeles", "Pacific time", "Ortszeit Los Angeles"),
        ("Europe/London", "London time", "Ortszeit London"),
        ("Asia/Tokyo", "Japanese time", "Ortszeit Tokio"),
        ("UTC", "universal time", "koordinierter Weltzeit"),
        ("Etc/GMT+5", "on our clocks", "unserer Zeit"),
    ],
)
def test_a_zone_has_a_name_that_people_use(zone: str, in_english: str, in_german: str) -> None:
    own = ZoneInfo(zone)
    summer = datetime(2026, 7, 1, 12, tzinfo=own)

    assert (english.zone_name(summer, own), german.zone_name(summer, own)) == (in_english, in_german)


@pytest.mark.parametrize(
    ("written", "tokens"),
    [
        ("API errors (HTTP 503) since 14:30 UTC in us-east-1.", ("API", "HTTP", "14:30", "UTC", "us-east-1")),
        ("Mail help@acme.example or see https://acme.example/a.", ("help@acme.example", "https://acme.example/a")),
        ("Run `x=1` and/or wait for INC-4711.", ("`x=1`", "and/or", "INC-4711")),
        ("About 30 % of 1,240 customers pay twice; we're on it.", ()),
        ("Call +49 30 1234567.", ()),
        ("Version 2.3.1 costs 5 €.", ("2.3.1", "€")),
    ],
)
def test_what_no_voice_can_say_is_named(written: str, tokens: tuple[str, ...]) -> None:
    assert unspeakable(written, PLAIN) == tokens


def test_the_sites_own_words_are_said_longest_first_and_only_as_whole_words() -> None:
    said = speakable_sentences("The API gateway and the API need SSO. We answer 24/7. APIs differ.", TAUGHT, ENGLISH)

    assert said == (
        "The front door and the programming interface need single sign on.",
        "We answer always.",
        None,
    )


@pytest.mark.parametrize(
    ("written", "said"),
    [
        (
            "About 30 % of 1,240 payments (one in eight) fail!",
            "About thirty percent of one thousand two hundred and forty payments, one in eight, fail.",
        ),
        (
            "Call us — day or night — on +49 30 1234567.",
            "Call us, day or night, on plus four nine, three zero, one two three, four five six seven.",
        ),
        ("It takes 2.5 times as long.", "It takes two point five times as long."),
        ("**You** can still pay by [bank transfer](https://acme.example/x).", "You can still pay by bank transfer."),
        ("Error 503 comes back.", None),
        ("It is back at 2 p.m.", None),
        ("We will fix it in 30 minutes.", None),
        ("We will fix it shortly.", None),
        ("We apologise for any inconvenience.", None),
        ("We found two causes:", None),
    ],
)
def test_a_sentence_is_said_in_words_or_left_out(written: str, said: str | None) -> None:
    assert speakable_sentences(written, PLAIN, ENGLISH) == (said,)


@pytest.mark.parametrize(
    ("written", "said"),
    [
        (
            "Etwa 12,5 % der 1.240 Zahlungen scheitern.",
            "Etwa zwölf Komma fünf Prozent der eintausendzweihundertvierzig Zahlungen scheitern.",
        ),
        ("Am 21. November war alles gut.", None),
        ("Ab 14 Uhr geht es weiter.", None),
        ("1 Kunde ist betroffen.", None),
        ("Rufen Sie 0800 123456 an.", "Rufen Sie null acht null null, eins zwei drei, vier fünf sechs an."),
    ],
)
def test_a_german_sentence_is_said_in_words_or_left_out(written: str, said: str | None) -> None:
    assert speakable_sentences(written, PLAIN, GERMAN) == (said,)


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("card payments", "card payments"),
        ("API", "A P I"),
        ("S3 / backups", "S three backups"),
        ("EU-West_2", "E U-West two"),
        ("x²", "x two"),
    ],
)
def test_a_name_is_always_said_somehow(written: str, said: str) -> None:
    assert spoken_name(written, PLAIN, ENGLISH) == said


@pytest.mark.parametrize(
    ("host", "in_english", "in_german"),
    [
        ("status dot acme dot example", "status dot acme dot example", "status Punkt acme Punkt example"),
        ("https://status.acme.example/now", "status dot acme dot example", "status Punkt acme Punkt example"),
        ("my-page.example", "my dash page dot example", "my Bindestrich page Punkt example"),
        ("127.0.0.1", "", ""),
    ],
)
def test_an_address_is_its_host_in_words(host: str, in_english: str, in_german: str) -> None:
    assert (spoken_host(host, ENGLISH), spoken_host(host, GERMAN)) == (in_english, in_german)


@pytest.mark.parametrize("written", ["in 01 ", "+49 30 ", "A ", "(", "— ", "1", "%", "We are in"])
def test_a_text_of_a_megabyte_is_read_at_once(written: str) -> None:
    text = written * (1_000_000 // len(written))

    assert speakable_sentences(f"It is back. {text}", PLAIN, ENGLISH)[:1] == ("It is back.",)
    assert len(spoken_name(text, PLAIN, ENGLISH)) < 3000


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("ci.jenkins.io", "ci dot jenkins dot io"),
        ("*.ci.jenkins.io", "ci dot jenkins dot io"),
        ("Visit www.githubstatus.com for more information", ""),
        ("publick8s", ""),
        ("S3", "S three"),
        ("Office 365", "Office three hundred and sixty-five"),
    ],
)
def test_names_of_real_components(name: str, said: str) -> None:
    assert spoken_name(name, PLAIN, ENGLISH) == said


@pytest.mark.parametrize(
    ("written", "said"),
    [
        (
            "We are investigating reports of issues with service(s): Git Operations.",
            "We are investigating reports of issues with services: Git Operations.",
        ),
        ("Update: The issue seems to be related to a plugin.", "The issue seems to be related to a plugin."),
        ("Pages is experiencing degraded performance.", None),
        ("We are still investigating and will provide an update when we have one.", None),
        ("We'll keep you posted.", None),
        ("More informations to come.", None),
        ("See security advisory, changelog, and upgrade guide.", None),
        ("Refer to the removal plan for more details.", None),
        ("We expect service to fully recover in 30 min.", None),
        ("Customers may see slower completions.", "Customers may see slower completions."),
        ("The server of ci.jenkins.io is full.", "The server of ci dot jenkins dot io is full."),
        ("GitHub.com and mail.acme.example/x are slow.", None),
        ("It is fixed.We are glad.", None),
        ("You can use GitHub.com.", "You can use GitHub dot com."),
    ],
)
def test_sentences_of_real_incidents(written: str, said: str | None) -> None:
    assert speakable_sentences(written, PLAIN, ENGLISH) == (said,)


@pytest.mark.parametrize(
    "written",
    [
        "Wir halten Sie auf dem Laufenden.",
        "Weitere Informationen folgen.",
        "Siehe die Anleitung.",
        "Wir melden uns, sobald es Neues gibt.",
    ],
)
def test_promises_without_a_time_and_links_are_not_said_in_german(written: str) -> None:
    assert speakable_sentences(written, PLAIN, GERMAN) == (None,)
