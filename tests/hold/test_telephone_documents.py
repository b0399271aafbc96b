"""What telephone systems fetch: valid by a schema, the same names in every state, and going round without a program."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import pytest
from lxml import etree

from statuspage.render.hold import hold_messages_by_language, hold_wordings, render_hold
from statuspage.shown import Shown
from tests.hold.builders import at, failing_cards, shown

SCHEMAS = Path(__file__).parent / "schemas"
SITE = "https://status.acme.example"
QUIET, BUSY = shown(now=at("13:10")), shown(failing_cards(), now=at("13:10"))


def documents_of(page: Shown) -> dict[str, bytes]:
    return render_hold(page, hold_messages_by_language(page))


def schema(name: str) -> etree.RelaxNG:
    return etree.RelaxNG(etree.parse(SCHEMAS / f"{name}.rng"))


@pytest.mark.parametrize("page", [QUIET, BUSY], ids=["quiet", "busy"])
@pytest.mark.parametrize(("name", "ending"), [("ssml", ".ssml"), ("voicexml", ".vxml"), ("twiml", ".xml")])
def test_every_document_is_valid(page: Shown, name: str, ending: str) -> None:
    judge = schema(name)
    files = {path: content for path, content in documents_of(page).items() if path.endswith(ending)}

    assert len(files) == (6 if name == "twiml" else 2)
    for path, content in files.items():
        judge.validate(etree.fromstring(content))
        assert [str(error) for error in judge.error_log] == [], path


@pytest.mark.parametrize(
    ("name", "wrong"),
    [
        ("ssml", '<speak version="1.0" xml:lang="en" xmlns="http://www.w3.org/2001/10/synthesis"><brake/></speak>'),
        ("voicexml", '<vxml version="2.0" xml:lang="en" xmlns="http://www.w3.org/2001/vxml"><form><block/></form></vxml>'),
        ("twiml", "<Response><Dial>123</Dial></Response>"),
    ],
)  # fmt: skip
def test_a_schema_refuses_what_is_not_of_it(name: str, wrong: str) -> None:
    assert not schema(name).validate(etree.fromstring(wrong))


def test_the_three_wordings_go_round_by_get() -> None:
    files = documents_of(BUSY)

    said, path = [], "hold/en/twiml-1.xml"
    for _ in range(4):
        response = etree.fromstring(files[path])
        said.append(response.findtext("Say"))
        redirect = response.find("Redirect")
        assert redirect is not None
        assert redirect.get("method") == "GET"
        path = (redirect.text or "").removeprefix(f"{SITE}/")

    assert said == [*hold_wordings(BUSY, "en"), hold_wordings(BUSY, "en")[0]]


def test_without_anything_to_say_a_document_asks_for_itself_again() -> None:
    for number in (1, 2, 3):
        response = etree.fromstring(documents_of(QUIET)[f"hold/en/twiml-{number}.xml"])
        assert [element.tag for element in response] == ["Pause", "Redirect"]
        assert response.findtext("Redirect") == f"{SITE}/hold/en/twiml-{number}.xml"


def test_voicexml_says_all_three_wordings() -> None:
    document = etree.fromstring(documents_of(BUSY)["hold/de.vxml"])

    paragraphs = document.iter("{http://www.w3.org/2001/vxml}p")
    said = tuple(" ".join(sentence.text or "" for sentence in paragraph) for paragraph in paragraphs)
    assert said == hold_wordings(BUSY, "de")


def test_the_summary_has_the_hash_of_every_other_file() -> None:
    files = documents_of(BUSY)

    hashes = json.loads(files.pop("hold/hold.json"))["sha256"]

    assert hashes == {path: hashlib.sha256(content).hexdigest() for path, content in files.items()}
