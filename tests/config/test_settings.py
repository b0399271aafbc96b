"""`statuspage.toml`: what it says, and everything that is wrong with it at once."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from statuspage.config import parse_settings
from statuspage.model import (
    Component,
    ComponentState,
    Group,
    HoldStyle,
    PromiseClock,
    Site,
    Support,
    api_id,
    derived_id,
)

SHORTEST = '[site]\ntitle = "Acme Status"\nurl = "https://status.acme.example"\n'
WHOLE = """\
[site]
title = "Acme Status"
url = "https://status.acme.example/"
language = "de-AT"
timezone = "Europe/Vienna"
id = "abcdefghijkl"
support = { phone = "+49 30 1234567", email = "help@acme.example", url = "https://acme.example/help" }

[[component]]
id = "website"
name = "Website"

[[group]]
name = "Payments"
[[group.component]]
id = "card-payments"
name = "Card payments"
spoken = "card payments"
description = "Checkout and refunds"
since = 2024-03-01
[[group.component]]
id = "0123456789ab"
name = "Dashboard"
state = "degraded performance"
since = "2024-03-02"
retired = true

[[component]]
id = "phone"
name = "Phone"

[promise]
critical = "15m"
monitoring = "1h30m"
holding_limit = 5

[hold]
languages = ["de", "en"]
spoken_url = "status dot acme dot example"
say = { API = "A P I", SSO = "single sign on" }
"""


def faults_of(text: str) -> list[str]:
    settings, faults = parse_settings(text)
    assert settings is None
    return [str(fault).removeprefix("statuspage.toml:") for fault in faults]


def test_the_shortest_file_that_works_has_every_default() -> None:
    settings, faults = parse_settings(SHORTEST)

    assert faults == ()
    assert settings is not None
    assert settings.site == Site(
        id=derived_id("site", "https://status.acme.example"),
        title="Acme Status",
        url="https://status.acme.example",
        language="en",
        zone=ZoneInfo("UTC"),
        support=Support(),
    )
    assert (settings.rows, settings.clock, settings.hold) == ((), PromiseClock(), HoldStyle(languages=("en",)))


def test_everything_that_a_file_may_say_is_read() -> None:
    settings, faults = parse_settings("\ufeff" + WHOLE.replace("\n", "\r\n"))

    assert faults == ()
    assert settings is not None
    assert settings.site == Site(
        id="abcdefghijkl",
        title="Acme Status",
        url="https://status.acme.example",
        language="de-AT",
        zone=ZoneInfo("Europe/Vienna"),
        support=Support(phone="+49 30 1234567", email="help@acme.example", url="https://acme.example/help"),
    )
    assert settings.rows == (
        Component(id="website", api_id=api_id("website", "component"), name="Website", spoken="Website"),
        Group(
            api_id=derived_id("group", "Payments"),
            name="Payments",
            components=(
                Component(
                    id="card-payments",
                    api_id=api_id("card-payments", "component"),
                    name="Card payments",
                    spoken="card payments",
                    description="Checkout and refunds",
                    since=date(2024, 3, 1),
                ),
                Component(
                    id="0123456789ab",
                    api_id="0123456789ab",
                    name="Dashboard",
                    spoken="Dashboard",
                    since=date(2024, 3, 2),
                    state=ComponentState.DEGRADED_PERFORMANCE,
                    is_retired=True,
                ),
            ),
        ),
        Component(id="phone", api_id=api_id("phone", "component"), name="Phone", spoken="Phone"),
    )
    assert settings.clock == PromiseClock(
        critical=timedelta(minutes=15), monitoring=timedelta(minutes=90), holding_limit=5
    )
    assert settings.hold == HoldStyle(
        languages=("de", "en"),
        spoken_url="status dot acme dot example",
        say=(("API", "A P I"), ("SSO", "single sign on")),
    )


def test_all_faults_are_reported_at_once_each_with_its_line_and_what_would_be_right() -> None:
    text = """\
[site]
titel = "Acme Status"
url = "ftp://status.acme.example"
timezone = "Europe/Berln"
language = "English, please"

[[component]]
id = "web"
name = "Web"
state = "major_outge"

[[group]]
name = "Payments"
note = \"\"\"
[promise]
critical = "20"
\"\"\"
[[group.component]]
id = "web"
name = "Card payments"
since = "last year"
retired = "yes"
[[group.component]]
id = "Dash board"
nmae = "x"

[promise]
critical = "20"
holding_limit = true

[hold]
languages = ["en", "fr"]
"""

    assert faults_of(text) == [
        '1: [site] title: is missing; write title = "…"',
        '2: [site] titel: unknown key; did you mean "title"?',
        '3: [site] url: "ftp://status.acme.example" is not the address of a site; '
        "write it as https://status.acme.example, without ? or #",
        '4: [site] timezone: "Europe/Berln" is not a time zone; did you mean "Europe/Berlin"?',
        '5: [site] language: "English, please" is not a language tag; write it as en or en-GB',
        '10: [[component]] state: "major_outge" is not a state; did you mean "major_outage"?',
        "14: [[group]] note: unknown key; known are name, id, description, component",
        '19: [[group.component]] id: "web" already stands on line 8; give one of the two another id',
        "21: [[group.component]] since: must be a day, such as since = 2026-03-01",
        "22: [[group.component]] retired: must be true or false, without quotes",
        '23: [[group.component]] name: is missing; write name = "…"',
        '24: [[group.component]] id: "Dash board" is not an id; write it with a-z, 0-9, - and _ only, '
        "such as card-payments",
        '25: [[group.component]] nmae: unknown key; did you mean "name"?',
        '28: [promise] critical: "20" is not a length of time; write it as 20m, 2h or 1h30m',
        "29: [promise] holding_limit: must be a whole number from 0 to 1000, such as holding_limit = 3",
        '32: [hold] languages: "fr" is not spoken yet; the hold message speaks en, de, ar',
    ]


def test_a_component_may_be_spoken_in_another_way_in_each_language() -> None:
    head = '[site]\ntitle = "Acme"\nurl = "https://status.acme.example"\n[[component]]\nid = "a"\nname = "Desks"\n'

    settings, faults = parse_settings(head + 'spoken = { en = "the desks", de = "Schalter" }')
    _, wrong = parse_settings(head + 'spoken = { fr = "guichets" }')

    assert settings is not None
    assert faults == ()
    desks = settings.rows[0]
    assert isinstance(desks, Component)
    assert [desks.spoken_as(language) for language in ("en", "de", "fr")] == ["the desks", "Schalter", "Desks"]
    assert [str(fault) for fault in wrong] == [
        "statuspage.toml:7: [[component]] spoken fr: unknown key; known are en, de, ar"
    ]


def test_a_voice_that_nobody_has_is_a_fault_with_the_one_that_was_meant() -> None:
    settings, _ = parse_settings(f"{SHORTEST}\n[hold]\nvoice = 'pico en-US'\n")

    assert settings is not None
    assert settings.hold.voice == "pico en-US"
    assert faults_of(f"{SHORTEST}\n[hold]\nvoice = 'picco'\n") == [
        '6: [hold] voice: there is no voice "picco"; did you mean "pico"?'
    ]


@pytest.mark.parametrize("section", ["intake", "store"])
def test_a_section_of_a_later_version_is_accepted_and_warned_of(section: str) -> None:
    settings, faults = parse_settings(f"{SHORTEST}\n[{section}]\nany = 1\n")

    assert settings is not None
    assert [str(fault) for fault in faults] == [
        f"statuspage.toml:5: warning: {section}: this version does nothing with [{section}] yet"
    ]


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("[site\n", "1: cannot be read as TOML: expected ']' at the end of a table declaration"),
        ('a = "b', "1: cannot be read as TOML: unterminated string"),
        ("a = 1\nb = 2\na = 3\n", "3: cannot be read as TOML: cannot overwrite a value"),
        (f"a = {'[' * 10_000}", " is nested too deeply to be read; keep to tables and short lists"),
    ],
)
def test_what_is_not_toml_is_one_fault_at_its_line(text: str, fault: str) -> None:
    assert faults_of(text) == [fault]


@pytest.mark.parametrize(
    "url",
    ["https://a.example/?q=1", "https://a.example/#x", "javascript:alert(1)", "//a.example", "https://u@a.example"],
)
def test_an_address_of_the_site_must_be_plain(url: str) -> None:
    assert len(faults_of(SHORTEST.replace("https://status.acme.example", url))) == 1


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("[component]\nid = 'x'\n", "4: component: must be written as [[component]], once for each"),
        (
            "xyzzy = 1\n",
            "4: [site] xyzzy: unknown key; known are title, url, language, languages, timezone, id, support",
        ),
        ("support = 'x'\n", "4: [site] support: must be a table, such as support = { … }"),
        (
            "support = { url = 'javascript:x' }\n",
            '4: [site] support url: "javascript:x" is not a web address; write it as https://acme.example/help',
        ),
        (
            "timezone = 'localtime'\n",
            '4: [site] timezone: "localtime" is not a time zone; write a name such as Europe/Berlin',
        ),
        ('id = "a\\u0000"\n', "4: [site] id: holds a character that no page can show, U+0000; take it out"),
    ],
)
def test_a_value_of_the_wrong_form_says_which_form_is_right(text: str, fault: str) -> None:
    assert faults_of(SHORTEST + text) == [fault]


def test_the_configuration_of_this_repository_is_right(repository: Path) -> None:
    settings, faults = parse_settings((repository / "statuspage.toml").read_text())

    assert settings is not None
    assert faults == ()


@pytest.mark.parametrize("word", ["down", "Major outage", "major_outage"])
def test_a_standing_state_is_written_as_in_any_other_file(word: str) -> None:
    settings, faults = parse_settings(f'{SHORTEST}[[component]]\nid = "a"\nname = "A"\nstate = "{word}"\n')

    assert faults == ()
    assert settings is not None
    assert isinstance(settings.rows[0], Component)
    assert settings.rows[0].state is ComponentState.MAJOR_OUTAGE
