"""What telephone systems fetch: elements that all of them take, the same names in every state, and a round of GETs."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import pytest
from lxml import etree

from statuspage.render.hold import (
    Heard,
    Sounds,
    hold_messages_by_language,
    hold_wordings,
    render_hold,
)
from statuspage.shown import Shown
from tests.hold.builders import TWIN, at, failing_cards, shown, sounds, ulaw_twin

SCHEMAS = Path(__file__).parent / "schemas"
SITE = "https://status.acme.example"
QUIET, BUSY = shown(now=at("13:10")), shown(failing_cards(), now=at("13:10"))


def documents_of(page: Shown, played: Sounds | None = None) -> dict[str, bytes]:
    return render_hold(page, hold_messages_by_language(page), played or {})


def schema(name: str) -> etree.RelaxNG:
    return etree.RelaxNG(etree.parse(SCHEMAS / f"{name}.rng"))


@pytest.mark.parametrize("played", [{}, sounds()], ids=["said", "played"])
@pytest.mark.parametrize("page", [QUIET, BUSY], ids=["quiet", "busy"])
@pytest.mark.parametrize(("name", "ending"), [("ssml", ".ssml"), ("twiml", ".xml")])
def test_every_document_is_valid(page: Shown, played: Sounds, name: str, ending: str) -> None:
    judge = schema(name)
    files = {path: content for path, content in documents_of(page, played).items() if path.endswith(ending)}

    assert len(files) == (12 if name == "twiml" else 2)
    for path, content in files.items():
        judge.validate(etree.fromstring(content))
        assert [str(error) for error in judge.error_log] == [], path


@pytest.mark.parametrize(
    ("name", "wrong"),
    [
        ("ssml", '<speak version="1.0" xml:lang="en" xmlns="http://www.w3.org/2001/10/synthesis"><brake/></speak>'),
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


def test_where_the_sound_is_there_it_is_played_and_no_cache_can_play_another() -> None:
    files = documents_of(BUSY, sounds())

    for number in (1, 2, 3):
        played, said = (etree.fromstring(files[f"hold/en/twiml-{number}{way}.xml"]) for way in ("", "-say"))
        assert [element.tag for element in played] == ["Play", "Pause", "Redirect"]
        assert played.findtext("Play") == f"{SITE}/{TWIN.format('en', number)}"
        assert said.findtext("Say") == hold_wordings(BUSY, "en")[number - 1]
        assert said.findtext("Redirect") == f"{SITE}/hold/en/twiml-{number % 3 + 1}-say.xml"


@pytest.mark.parametrize("heard", [Heard.SHORT_MESSAGE, Heard.SILENCE])
def test_what_is_not_the_whole_message_is_not_played_where_words_can_be_said(heard: Heard) -> None:
    with_less, without = documents_of(BUSY, sounds(heard)), documents_of(BUSY)

    assert {path for path in without if with_less[path] != without[path]} == {"hold/hold.json"}


def test_voicexml_plays_the_sound_and_says_the_words_where_it_does_not_come() -> None:
    document = etree.fromstring(documents_of(BUSY, sounds())["hold/en.vxml"])

    played = list(document.iter("{http://www.w3.org/2001/vxml}audio"))
    assert [audio.get("src") for audio in played] == [f"{SITE}/{TWIN.format('en', number)}" for number in (1, 2, 3)]
    assert tuple(" ".join(map(str, audio.itertext())) for audio in played) == hold_wordings(BUSY, "en")


def test_the_summary_tells_what_is_heard_how_loud_how_long_and_where() -> None:
    summary = json.loads(documents_of(BUSY, sounds())["hold/hold.json"])

    assert summary["languages"]["de"]["seconds"] == [17, 17, 17]
    assert summary["languages"]["de"]["sound"][2] == {
        "heard": "voice",
        "seconds": 17.48,
        "level_db": -22.1,
        "urls": {"wav": f"{SITE}/hold/a/de3.wav", "ulaw": f"{SITE}/{ulaw_twin('de', 3)}"},
    }
    assert summary["sha256"]["hold/de/message-3.wav"] == "hash of de 3"


def test_without_anything_to_say_a_document_asks_for_itself_again() -> None:
    for number in (1, 2, 3):
        response = etree.fromstring(documents_of(QUIET)[f"hold/en/twiml-{number}.xml"])
        assert [element.tag for element in response] == ["Pause", "Redirect"]
        assert response.findtext("Redirect") == f"{SITE}/hold/en/twiml-{number}.xml"


def test_voicexml_says_all_three_wordings() -> None:
    document = etree.fromstring(documents_of(BUSY)["hold/de.vxml"])

    assert document.get("version") == "2.1"
    paragraphs = document.iter("{http://www.w3.org/2001/vxml}p")
    said = tuple(" ".join(sentence.text or "" for sentence in paragraph) for paragraph in paragraphs)
    assert said == hold_wordings(BUSY, "de")


def test_the_summary_has_the_hash_of_every_other_file() -> None:
    files = documents_of(BUSY)

    hashes = json.loads(files.pop("hold/hold.json"))["sha256"]

    assert hashes == {path: hashlib.sha256(content).hexdigest() for path, content in files.items()}
