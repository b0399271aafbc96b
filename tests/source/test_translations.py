"""Translations beside the file of an incident: only their words count, and a fault in one changes nothing else."""

from __future__ import annotations

import pytest

from statuspage.config import parse_settings
from statuspage.errors import Severity
from statuspage.model import Incident, UpdateWords
from statuspage.source.folder import SourceFile
from statuspage.source.page import Reading, read_page

SETTINGS = """\
[site]
title = "Acme Status"
url = "https://status.acme.example"
{more}
[[component]]
id = "cards"
name = "Card payments"
"""
ORIGINAL = """\
---
title: You can't pay by card
components:
  cards: major_outage
---

It began at noon.

## 2026-11-21 14:05 UTC — Investigating

We see it too.

What you can do: Pay by bank transfer.

## 2026-11-21 14:31 UTC — Identified

We know why.

## 2026-11-21 14:31 UTC — Update

One in two works.

## Make-good

Postage is on us.
"""
GERMAN = """\
---
title: Kartenzahlung geht nicht
components:
  cards: operational
---

Es begann am Mittag.

## 2026-11-21 14:05 UTC — Investigating

Wir sehen es auch.

What you can do: Zahlen Sie per Überweisung.
Next update: 20m
Hold: Kartenzahlung geht gerade nicht.

## 2026-11-21 14:31 UTC — Identified

Wir kennen die Ursache.

## 2026-11-21 14:31 UTC — Update

Jede zweite geht.

## Make-good

Das Porto geht auf uns.
"""


PLANNED = """\
---
title: A new database
kind: maintenance
starts: 2026-11-22 22:00
ends: 2026-11-22 23:00
components: [cards]
---

## 2026-11-20 10:00 UTC — Scheduled

We move.

## 2026-11-22 22:40 UTC — Update

It takes longer.

Ends: 23:30
"""


def read(more: str = "", **files: str) -> Reading:
    settings, _ = parse_settings(SETTINGS.format(more=more))
    assert settings
    given = [
        SourceFile(path=f"incidents/{name.replace('__', '.').replace('_', '-')}.md", data=text.encode())
        for name, text in files.items()
    ]
    return read_page(settings, given, last_good=lambda _: ())


def only(reading: Reading) -> Incident:
    (incident,) = reading.page.incidents
    return incident


def test_each_update_has_its_words_under_its_own_id() -> None:
    reading = read(cards=ORIGINAL, cards__de=GERMAN)

    incident = only(reading)
    (german,) = incident.translations
    first, second, third = (update.id for update in incident.updates)
    assert reading.faults == ()
    assert (german.language, german.title, german.summary) == (
        "de",
        "Kartenzahlung geht nicht",
        "Es begann am Mittag.",
    )
    assert german.make_good == "Das Porto geht auf uns."
    assert dict(german.updates) == {
        first: UpdateWords(
            body="Wir sehen es auch.",
            what_you_can_do="Zahlen Sie per Überweisung.",
            hold="Kartenzahlung geht gerade nicht.",
        ),
        second: UpdateWords(body="Wir kennen die Ursache."),
        third: UpdateWords(body="Jede zweite geht."),
    }


def test_nothing_but_words_comes_from_a_translation() -> None:
    alone, translated = only(read(cards=ORIGINAL)), only(read(cards=ORIGINAL, cards__de=GERMAN))

    assert translated.components == alone.components
    assert translated.updates == alone.updates
    assert translated.title == alone.title


def test_the_site_speaks_the_languages_of_its_translations_and_those_that_it_names() -> None:
    assert read(cards=ORIGINAL).page.languages == ("en",)
    assert read(cards=ORIGINAL, cards__de="no incident at all").page.languages == ("en", "de")
    assert read('languages = ["ar"]', cards=ORIGINAL, cards__de=GERMAN).page.languages == ("en", "de", "ar")
    assert read('language = "de-AT"', cards=ORIGINAL, cards__en=ORIGINAL).page.languages == ("de", "en")


def test_a_heading_that_translates_no_update_is_a_warning_with_the_times_that_there_are() -> None:
    wrong = GERMAN.replace("14:05", "14:06")

    reading = read(cards=ORIGINAL, cards__de=wrong)

    (fault,) = reading.faults
    assert fault.severity is Severity.WARNING
    assert str(fault) == (
        "incidents/cards.de.md:9: warning: heading: translates no update: there is none at 2026-11-21 14:06 UTC; "
        "there are 2026-11-21 14:05 UTC, 2026-11-21 14:31 UTC"
    )
    assert len(only(reading).translations[0].updates) == 2


@pytest.mark.parametrize(
    "broken", ["---\ntitle: [\n---\n", "no front matter", "---\ntitle: A\n---\n## 14:00 — Nonsense\n"]
)
def test_a_broken_translation_is_left_out_and_the_incident_stays(broken: str) -> None:
    reading = read(cards=ORIGINAL, cards__de=broken)

    assert only(reading) == only(read(cards=ORIGINAL))
    assert {fault.path for fault in reading.faults} == {"incidents/cards.de.md"}
    assert any(fault.severity is Severity.ERROR for fault in reading.faults)


def test_what_a_broken_translation_leaves_on_the_page_is_said() -> None:
    reading = read(cards=ORIGINAL, cards__de="## 2026-11-21 14:05 UTC — Investigating\n")

    assert [str(fault) for fault in reading.faults] == [
        'incidents/cards.de.md:1: has no front matter; begin it with "---", "title: …" and "---"; '
        "until then the page shows the words that it translates"
    ]


@pytest.mark.parametrize("kind", ["", "kind: maintenance\n", "kind: maintenance\nstarts: 2026-11-22 22:00\n"])
def test_planned_work_is_translated_without_saying_again_when_it_is(kind: str) -> None:
    _, body = PLANNED.split("]\n---\n")

    reading = read(work=PLANNED, work__de=f"---\ntitle: Neue Datenbank\n{kind}---\n{body}")

    (german,) = only(reading).translations
    assert reading.faults == ()
    assert (german.title, len(german.updates)) == ("Neue Datenbank", 2)


def test_a_copy_of_planned_work_is_its_translation() -> None:
    reading = read(work=PLANNED, work__de=PLANNED)

    assert reading.faults == ()
    assert len(only(reading).translations[0].updates) == 2


def test_a_title_is_a_translation_already() -> None:
    reading = read(cards=ORIGINAL, cards__de="---\ntitle: Kartenzahlung geht nicht\n---\n")

    assert reading.faults == ()
    assert [(each.title, each.updates) for each in only(reading).translations] == [("Kartenzahlung geht nicht", ())]


def test_what_a_copy_says_wrong_of_components_is_told_of_the_original_alone() -> None:
    wrong = ORIGINAL.replace("cards: major", "carts: major")

    reading = read(cards=wrong, cards__de=wrong)

    assert {fault.path for fault in reading.faults} == {"incidents/cards.md"}


def test_an_unknown_key_is_an_error_and_the_words_are_shown() -> None:
    reading = read(cards=ORIGINAL, cards__de=GERMAN.replace("components:\n  cards: operational\n", "titel: x\n"))

    (fault,) = reading.faults
    assert str(fault) == 'incidents/cards.de.md:3: titel: unknown key; did you mean "title"?'
    assert fault.severity is Severity.ERROR
    assert len(only(reading).translations[0].updates) == 3


def test_a_broken_translation_leaves_the_others_as_they_are() -> None:
    whole = only(read(cards=ORIGINAL, cards__ar=GERMAN))

    beside = only(read(cards=ORIGINAL, cards__ar=GERMAN, cards__de="---\ntitle: [\n---\n"))

    assert beside == whole
    assert [each.language for each in whole.translations] == ["ar"]


def test_a_translation_without_an_original_is_shown_by_itself_and_that_is_said() -> None:
    reading = read(cards__de=GERMAN)

    assert only(reading).slug == "cards-de"
    assert [str(fault) for fault in reading.faults] == [
        "incidents/cards.de.md: warning: looks like a translation, but there is no incidents/cards.md; "
        'it is shown as an incident of its own; its address ends in "cards-de", rename it to that'
    ]


@pytest.mark.parametrize("name", ["cards.de.ar", "cards.timed.de"])
def test_what_translates_no_incident_is_left_out_and_that_is_said(name: str) -> None:
    posts = "## 2026-11-21 14:45 UTC — Update\n\nWe are still at it.\n"

    reading = read(**{"cards": ORIGINAL, "cards__de": GERMAN, "cards__timed": posts, name: GERMAN})

    assert [(i.slug, [each.language for each in i.translations]) for i in reading.page.incidents] == [("cards", ["de"])]
    base = name.rpartition(".")[0]
    assert [str(fault) for fault in reading.faults] == [
        f"incidents/{name}.md: warning: is not shown: it translates incidents/{base}.md, "
        "which is no incident of its own; translate that incident"
    ]


def test_pages_in_other_words_than_the_files_still_show_the_files() -> None:
    reading = read('language = "fr"', cards=ORIGINAL, cards__en=ORIGINAL)

    (fault,) = reading.faults
    assert only(reading).translations == ()
    assert fault.what == 'is not shown: pages with words in "en" are those that show the files in "fr"'


def test_what_is_not_text_is_left_out() -> None:
    settings, _ = parse_settings(SETTINGS.format(more=""))
    assert settings
    files = [
        SourceFile(path="incidents/cards.md", data=ORIGINAL.encode()),
        SourceFile(path="incidents/cards.de.md", data=b"\xff\xfe\x00\x00"),
    ]

    reading = read_page(settings, files, last_good=lambda _: ())

    assert only(reading).translations == ()
    assert "until then the page shows the words that it translates" in str(reading.faults[0])


@pytest.mark.parametrize(
    ("language", "why"),
    [
        ("fr", 'the pages do not speak "fr"; they speak en, de, ar'),
        ("en", "it is in the language of the site itself"),
    ],
)
def test_a_translation_that_no_page_can_show_is_a_warning(language: str, why: str) -> None:
    reading = read(**{"cards": ORIGINAL, f"cards__{language}": GERMAN})

    (fault,) = reading.faults
    assert (fault.severity, why in fault.what) == (Severity.WARNING, True)
    assert only(reading).translations == ()


def test_of_two_translations_into_one_language_the_first_counts() -> None:
    reading = read(cards=ORIGINAL, cards__de=GERMAN, cards__de_AT=GERMAN)

    assert [each.language for each in only(reading).translations] == ["de"]
    assert "there is another translation into the same language" in str(reading.faults[0])


def test_names_of_services_may_be_written_for_each_language() -> None:
    settings, faults = parse_settings(
        SETTINGS.format(more="").replace('"Card payments"', '{ en = "Card payments", de = "Kartenzahlung" }')
    )

    assert faults == ()
    assert settings
    (cards,) = settings.rows
    assert (cards.name, cards.names) == ("Card payments", (("de", "Kartenzahlung"),))


def test_a_name_without_the_language_of_the_site_says_so() -> None:
    settings, faults = parse_settings(SETTINGS.format(more="").replace('"Card payments"', '{ de = "Kartenzahlung" }'))

    assert settings is None
    assert 'en: is missing, the language of the site itself; write en = "…"' in str(faults[0])


def test_a_language_that_pages_do_not_speak_is_said() -> None:
    settings, faults = parse_settings(SETTINGS.format(more='languages = ["fr"]'))
    own_settings, warnings = parse_settings(SETTINGS.format(more='language = "fr"'))

    assert settings is None
    assert 'the pages do not speak "fr"; they speak en, de, ar' in str(faults[0])
    assert own_settings
    assert "their own words are English" in str(warnings[0])
