"""The pages in several languages: catalogues that are whole, and times, numbers and lists by each language's rules."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from importlib.resources import files
from io import BytesIO
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from statuspage.model import INTERFACE_LANGUAGES, Translation, UpdateWords
from statuspage.render.language import language_of
from statuspage.render.language.language import CATALOGUES
from statuspage.shown import Shown
from tests.render_pages.builders import BUSY_DAY, CARDS, at, busy_day, component, incident, shown, update
from tests.render_pages.reading import dangling_links, document, elements, visible_text
from tests.rendered import pages

TRANSLATED = tuple(language for language in INTERFACE_LANGUAGES if language != "en")
MARKS = {"text", "markup", "translatable", "counted"}
BERLIN = ZoneInfo("Europe/Berlin")
GERMAN_WORDS = tuple(
    (each.id, UpdateWords(body=f"Meldung {number}.", what_you_can_do="Zahlen Sie per Überweisung."))
    for number, each in enumerate(CARDS.updates[1:])
)
IN_GERMAN = replace(
    CARDS, translations=(Translation(language="de", title="Kartenzahlung geht nicht", updates=GERMAN_WORDS),)
)


def catalogue(language: str) -> Catalog:
    with files(CATALOGUES).joinpath(f"{language}.po").open("rb") as text:
        return read_po(text)


def written_in_the_program(repository: Path) -> Iterator[str]:
    """Yield every message that code or a template translates."""
    for file in (repository / "statuspage/render").rglob("*.py"):
        yield from _messages(ast.parse(file.read_text()))
    yield from _messages(ast.parse((repository / "statuspage/translatable.py").read_text()))
    for file in (repository / "statuspage/render/templates").glob("*.html"):
        yield from re.findall(r'\b(?:text|markup|counted)\("((?:[^"\\]|\\.)*)"', file.read_text())


def _messages(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and node.args and isinstance(node.args[0], ast.Constant):
            name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            if name in MARKS and isinstance(node.args[0].value, str):
                yield node.args[0].value


@pytest.mark.parametrize("language", TRANSLATED)
def test_every_message_of_the_program_is_translated(language: str, repository: Path) -> None:
    known = {message.id[0] if isinstance(message.id, tuple | list) else message.id for message in catalogue(language)}
    messages = [message for message in catalogue(language) if message.id]
    untranslated = [m.id for m in messages if not (all(m.string) if isinstance(m.string, tuple) else m.string)]

    assert set(written_in_the_program(repository)) - known == set(), "make words gathers them"
    assert untranslated == []
    assert [message.id for message in messages if message.fuzzy] == []


@pytest.mark.parametrize("language", TRANSLATED)
def test_a_translation_has_the_places_of_its_message(language: str) -> None:
    for message in catalogue(language):
        sources = message.id if isinstance(message.id, tuple | list) else (message.id,)
        strings = message.string if isinstance(message.string, tuple | list) else (str(message.string),)
        wanted = set(re.findall(r"\{\w*\}", " ".join(sources)))
        for string in strings:
            found = set(re.findall(r"\{\w*\}", string))
            # A plural form may say its number in a word.
            assert found <= wanted if message.pluralizable else found == wanted, message.id


@pytest.mark.parametrize("language", TRANSLATED)
def test_what_is_compiled_is_what_is_written(language: str) -> None:
    compiled = BytesIO()
    write_mo(compiled, catalogue(language))

    assert files(CATALOGUES).joinpath(f"{language}.mo").read_bytes() == compiled.getvalue(), "make install compiles it"


def in_languages(site: Shown, *languages: str) -> Shown:
    return replace(site, languages=("en", *languages))


def german_day() -> Shown:
    return in_languages(shown(IN_GERMAN, *BUSY_DAY[1:]), "de")


def text_of(site: Shown, path: str) -> str:
    return visible_text(document(pages(site)[path]))


def test_a_german_page_speaks_german_and_marks_what_is_not() -> None:
    page = pages(german_day())["de/index.html"]

    text = visible_text(document(page))
    assert '<html lang="de" dir="ltr">' in page.decode()
    assert (
        "Großer Ausfall: Card payments\nKartenzahlung geht nicht\nMeldung 1.\nUrsache gefunden 14:40 MEZ\n"
        "Nächste Meldung\nBis 15:10 MEZ\nWas Sie tun können\nZahlen Sie per Überweisung.\n" in text
    )
    assert '<dd dir="auto" lang="en"><p>Everything else.</p></dd>' in page.decode()
    assert 'lang="en">Search takes up to ten seconds</a>' in page.decode()
    assert "Sonntag, 22. November 2026, 02:00 bis 04:00 MEZ" in text
    assert "99,98 % 18 Min. Ausfall" in text


def test_no_word_of_the_program_stays_english_on_another_page() -> None:
    for path, page in pages(in_languages(busy_day(), *TRANSLATED)).items():
        language = path.split("/")[0]
        if language in TRANSLATED:
            lines = set(visible_text(document(page)).split("\n"))
            english = {m.id for m in catalogue(language) if isinstance(m.id, str) and m.id and m.id != m.string}
            assert lines & english == set(), path


def test_an_arabic_page_reads_from_the_right_with_the_same_digits() -> None:
    page = pages(in_languages(busy_day(), "ar"))["ar/index.html"]

    assert '<html lang="ar" dir="rtl">' in page.decode()
    assert "عطل كبير: Card payments" in visible_text(document(page))
    assert re.search("[٠-٩]", page.decode()) is None


def test_pages_in_every_language_name_one_another_and_lead_nowhere_else() -> None:
    files_by_path = dict(pages(in_languages(busy_day(), *TRANSLATED)))

    for path in ("history/index.html", "de/history/index.html", "ar/history/index.html"):
        links = [a for tag, a in elements(document(files_by_path[path])) if a.get("hreflang")]
        own = path.split("/")[0] if path.startswith(("de", "ar")) else "en"
        assert {a["hreflang"] for a in links} == {"en", "de", "ar"} - {own}
    german_links = [a["href"] for tag, a in elements(document(files_by_path["de/index.html"])) if tag == "a"]
    assert {"/de/history/", "/de/hold/", "/updates.atom", "/"} <= set(german_links)
    assert "404.html" in files_by_path
    assert "de/404.html" not in files_by_path
    pages_only = [link for link in dangling_links(files_by_path) if link.endswith("/")]
    assert pages_only == []


def test_a_page_in_another_language_has_an_address_of_its_own() -> None:
    page = pages(in_languages(busy_day(), "de"))["de/history/index.html"].decode()

    assert '<link rel="canonical" href="https://status.northwind.example/de/history/">' in page
    assert '<link rel="alternate" hreflang="en" href="https://status.northwind.example/history/">' in page
    assert '<link rel="alternate" type="application/atom+xml" title="Jede Meldung" href="/updates.atom">' in page


def test_what_nobody_translated_is_shown_as_it_was_written() -> None:
    text = text_of(german_day(), "de/incidents/2026-11-12-locked-out/index.html")

    assert "Behoben\nNobody could sign in to the dashboard\n" in text
    assert "Zu spät: Das kam 12 Min. nach der Zeit, die wir genannt hatten, 09:40 MEZ." in text


def test_steps_that_the_clock_took_are_told_in_every_language() -> None:
    day = in_languages(busy_day(now=at("22 02:00")), "de")

    text = text_of(day, "de/maintenance/2026-11-22-new-database/index.html")

    assert "Die geplanten Arbeiten haben begonnen." in text
    assert "(von selbst, wie geplant)" in text


def test_names_of_services_follow_the_language() -> None:
    rows = (
        component("mail", "Mail", names=(("de", "Post"),), description="Letters", descriptions=(("de", "Briefe"),)),
    )

    files_by_path = pages(in_languages(shown(rows=rows), "de"))

    assert "Post Läuft" in visible_text(document(files_by_path["de/index.html"]))
    assert "Mail Working" in visible_text(document(files_by_path["index.html"]))
    assert "Läuft\nPost\nBriefe" in visible_text(document(files_by_path["de/components/mail/index.html"]))


def test_braces_in_peoples_words_are_only_braces() -> None:
    odd = incident("odd", "{number} of {0} fail", update("21 13:00", body="{time} {"))

    text = text_of(in_languages(shown(odd), "de"), "de/incidents/odd/index.html")

    assert "{number} of {0} fail" in text
    assert "{time} {" in text


def test_a_site_in_a_language_that_pages_do_not_speak_says_which_words_are_whose() -> None:
    page = pages(shown(CARDS, language="fr"))["index.html"].decode()

    assert '<html lang="en" dir="ltr">' in page
    assert '<h1 id="headline" dir="auto" lang="fr">' in page


@pytest.mark.parametrize(
    ("tag", "day", "clock", "zone", "percent", "listed"),
    [
        ("en", "21 November 2026", "14:05", "CET", "99.84\u00a0%", "a, b and c"),
        ("en-US", "November 21, 2026", "2:05\u202fPM", "CET", "99.84\u00a0%", "a, b, and c"),
        ("de", "21. November 2026", "14:05", "MEZ", "99,84\u00a0%", "a, b und c"),
        ("ar", "21 نوفمبر 2026", "2:05\u202fم", "CET", "99.84\u00a0%", "a وb وc"),
    ],
)
def test_each_language_writes_by_its_own_rules(
    tag: str, day: str, clock: str, zone: str, percent: str, listed: str
) -> None:
    language, moment = language_of(tag), datetime(2026, 11, 21, 13, 5, tzinfo=UTC)

    assert language.day(date(2026, 11, 21)) == day
    assert language.clock(moment, BERLIN).replace(" ", "\u202f") == clock
    assert language.zone(moment, BERLIN) == zone
    assert language.percent(Decimal("99.84")) == percent
    assert language.listed("abc") == listed


def test_plurals_follow_the_number() -> None:
    arabic, german = language_of("ar"), language_of("de")

    assert [arabic.duration(timedelta(days=days)) for days in (1, 2, 3, 11, 100)] == [
        "يوم",
        "يومان",
        "3 أيام",
        "11 يومًا",
        "100 يوم",
    ]
    assert [german.duration(timedelta(days=days)) for days in (1, 2)] == ["1 Tag", "2 Tage"]
    assert german.listed("abcde") == "a, b, c und 2 weitere"


def test_a_zone_that_has_only_a_number_is_named_by_it() -> None:
    moment = datetime(2026, 11, 21, 13, 5, tzinfo=UTC)

    assert language_of("de").zone(moment, ZoneInfo("Asia/Kolkata")) == "IST"
    assert language_of("en").zone(moment, ZoneInfo("America/Sao_Paulo")) == "UTC-03:00"


def test_a_language_calls_itself_by_its_own_name() -> None:
    assert [language_of(tag).name for tag in ("en", "de-AT", "ar")] == ["English", "Deutsch", "العربية"]
