"""The files that phone systems fetch."""

from __future__ import annotations

import json

from lxml import etree

from statuspage.model import Status
from statuspage.render.hold import hold_messages_by_language, hold_wordings, render_hold
from statuspage.render.hold.ssml import SSML_NAMESPACE
from statuspage.render.json_text import json_instant_or_null
from statuspage.shown import Shown
from tests.hold.builders import at, failing_cards, incident, planned, shown, update

NAMES = [
    "hold/hold.json",
    *(
        f"hold/{language}{ending}"
        for language in ("en", "de")
        for ending in (".txt", ".ssml", ".vxml", *(f"/twiml-{n}{way}.xml" for way in ("", "-say") for n in (1, 2, 3)))
    ),
]


def documents_of(page: Shown) -> dict[str, bytes]:
    return render_hold(page, hold_messages_by_language(page), {})


def test_the_same_files_exist_in_every_state() -> None:
    quiet, busy = documents_of(shown(now=at("13:10"))), documents_of(shown(failing_cards(), now=at("13:10")))

    assert list(quiet) == list(busy) == NAMES


def test_the_text_is_three_paragraphs_and_empty_when_nothing_is_open() -> None:
    page = shown(failing_cards(), now=at("13:10"))

    assert documents_of(page)["hold/en.txt"].decode() == "\n\n".join(hold_wordings(page, "en")) + "\n"
    assert documents_of(shown(now=at("13:10")))["hold/en.txt"] == b""


def test_the_ssml_holds_the_same_words_in_the_portable_elements_only() -> None:
    page = shown(failing_cards(), now=at("13:10"))

    speak = etree.fromstring(documents_of(page)["hold/de.ssml"])

    paragraphs = speak.findall(f"{{{SSML_NAMESPACE}}}p")
    said = tuple(" ".join(sentence.text or "" for sentence in paragraph) for paragraph in paragraphs)
    assert said == hold_wordings(page, "de")
    assert {etree.QName(element).localname for element in speak.iter()} == {"speak", "p", "s", "break"}
    assert {str(key): str(value) for key, value in speak.attrib.items()} == {
        "version": "1.0",
        "{http://www.w3.org/XML/1998/namespace}lang": "de",
    }


def test_the_ssml_is_valid_and_silent_when_nothing_is_open() -> None:
    assert documents_of(shown(now=at("13:10")))["hold/en.ssml"].decode() == (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<speak version="1.0" xmlns="{SSML_NAMESPACE}" xml:lang="en"/>\n'
    )


def test_a_language_without_a_catalogue_is_marked_as_the_english_that_it_is() -> None:
    files = documents_of(shown(failing_cards(), now=at("13:10"), languages=("fr", "en-GB")))

    assert b'xml:lang="en"' in files["hold/fr.ssml"]
    assert b'xml:lang="en-GB"' in files["hold/en-GB.ssml"]


def test_the_summary_says_what_programs_need_to_know() -> None:
    page = shown(failing_cards(), now=at("13:10"), languages=("en",))

    summary = json.loads(documents_of(page)["hold/hold.json"])

    texts = summary["languages"]["en"].pop("texts")
    assert set(summary.pop("sha256")) == {name for name in NAMES if name.startswith("hold/en")}
    assert texts == list(hold_wordings(page, "en"))
    assert summary == {
        "state": "incident",
        "valid_until": json_instant_or_null(page.next_change_at, page.site.zone),
        "next_update": "2026-11-20T14:35:00.000+01:00",
        "incidents": [
            {
                "id": page.incidents[0].source.id,
                "slug": "a",
                "kind": "incident",
                "url": "https://status.acme.example/incidents/a/",
            }
        ],
        "languages": {
            "en": {
                "lang": "en",
                "words": [53, 43, 42],
                "seconds": [24, 19, 20],
                "urls": {
                    "txt": "https://status.acme.example/hold/en.txt",
                    "ssml": "https://status.acme.example/hold/en.ssml",
                    "vxml": "https://status.acme.example/hold/en.vxml",
                    "twiml": "https://status.acme.example/hold/en/twiml-1.xml",
                },
                "sound": [],
            }
        },
    }


def test_the_summary_names_its_state_in_one_word() -> None:
    work = planned(starts="13:00", ends="15:00")
    fixed = incident(update("13:05"), update("13:08", Status.RESOLVED))

    states = [
        json.loads(documents_of(shown(*given, now=at("13:10")))["hold/hold.json"])["state"]
        for given in ((), (work,), (fixed,), (failing_cards(slug="z"), work, fixed))
    ]

    assert states == ["silent", "maintenance", "resolved", "incident"]
