"""The spoken documents before judges that others wrote: the W3C's definitions, and the rules of two engines."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

from statuspage.model import Status
from statuspage.render.hold import Sounds, hold_messages_by_language, render_hold
from statuspage.render.hold.ssml import SSML_NAMESPACE
from statuspage.render.hold.voicexml import VOICEXML_NAMESPACE
from statuspage.shown import Shown
from tests.hold.builders import MAJOR, SLOW, at, failing_cards, incident, planned, shown, sounds, update

JUDGE = etree.DTD(Path(__file__).parent / "schemas" / "w3c" / "vxml.dtd")
NODE = Path(__file__).parents[1] / "browser" / "node"
LIMIT_SECONDS = 60

SEARCH = incident(update("13:00"), slug="search", title="Search is slow", states={"search": SLOW})
SIGN_IN = incident(update("13:02", next_at="13:40"), slug="in", title="You can't sign in", states={"signin": MAJOR})
OWN_WORDS = update("13:05", hold="Cards don't work, and it's our mistake.", next_at="13:35")
STATES = {
    "nothing is open": shown(now=at("13:10")),
    "one problem": shown(failing_cards(), now=at("13:10")),
    "one that waits for its update": shown(failing_cards(), now=at("15:10")),
    "several problems": shown(failing_cards(), SEARCH, SIGN_IN, now=at("13:10")),
    "planned work": shown(planned(starts="13:00", ends="15:00"), now=at("13:10")),
    "a problem beside planned work": shown(planned(starts="13:00", ends="15:00"), SIGN_IN, now=at("13:10")),
    "put right": shown(incident(update("13:05"), update("13:08", Status.RESOLVED)), now=at("13:10")),
    "words of a person for callers": shown(incident(OWN_WORDS), now=at("13:10")),
}
LANGUAGES = ("en", "de")


def document(state: str, language: str, ending: str, played: Sounds | None = None) -> bytes:
    page: Shown = STATES[state]
    return render_hold(page, hold_messages_by_language(page), played or {})[f"hold/{language}{ending}"]


def as_prompt(ssml: bytes) -> bytes:
    """Return VoiceXML that prompts with what an SSML document speaks: the W3C modelled its prompt on speak."""
    speak = etree.fromstring(ssml.replace(f' xmlns="{SSML_NAMESPACE}"'.encode(), b""))
    assert speak.tag == "speak"
    speak.tag = "prompt"
    prompt = etree.tostring(speak).decode()
    return f'<vxml version="2.1" xmlns="{VOICEXML_NAMESPACE}"><form><block>{prompt}</block></form></vxml>'.encode()


def faults(voicexml: bytes) -> list[str]:
    JUDGE.validate(etree.fromstring(voicexml))
    return [line.rpartition(": ")[2] for line in str(JUDGE.error_log).splitlines()]


@pytest.mark.parametrize("played", [{}, sounds()], ids=["said", "played"])
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("state", STATES)
def test_the_w3c_finds_voicexml_valid(state: str, language: str, played: Sounds) -> None:
    assert faults(document(state, language, ".vxml", played)) == []


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("state", STATES)
def test_the_w3c_finds_what_the_ssml_speaks_valid(state: str, language: str) -> None:
    assert faults(as_prompt(document(state, language, ".ssml"))) == []


def test_the_w3c_refuses_an_element_that_it_does_not_know() -> None:
    voicexml = document("one problem", "en", ".vxml").replace(b"<break ", b"<brake ")
    ssml = document("one problem", "en", ".ssml").replace(b"<break ", b"<brake ")

    assert "No declaration for element brake" in faults(voicexml)
    assert "No declaration for element brake" in faults(as_prompt(ssml))


def test_the_w3c_refuses_a_sentence_outside_a_prompt() -> None:
    wrong = f'<vxml version="2.1" xmlns="{VOICEXML_NAMESPACE}"><form><block><s>Wait.</s></block></form></vxml>'.encode()

    assert len(faults(wrong)) == 1


def engine_faults(*files: Path) -> list[dict[str, Any]]:
    """Return what ssml-check-core finds for Amazon and Google; skip where it is not installed."""
    node = shutil.which("node")
    if node is None:
        pytest.skip("node is not installed (on Debian: apt-get install nodejs npm)")
    if not (NODE / "node_modules" / "ssml-check-core").is_dir():
        pytest.skip("ssml-check-core is not installed; `make test` does it where npm is")
    done = subprocess.run(
        [node, "check_ssml.cjs", *files], cwd=NODE, capture_output=True, text=True, timeout=LIMIT_SECONDS, check=False
    )
    assert done.returncode == 0, done.stderr
    found: list[dict[str, Any]] = json.loads(done.stdout)
    return found


def test_neither_amazon_nor_google_finds_an_error_in_any_state(tmp_path: Path) -> None:
    files = []
    for number, state in enumerate(STATES):
        for language in LANGUAGES:
            files.append(tmp_path / f"{number}.{language}.ssml")
            files[-1].write_bytes(document(state, language, ".ssml"))

    assert engine_faults(*files) == []


def test_amazon_and_google_refuse_an_element_that_they_do_not_know(tmp_path: Path) -> None:
    file = tmp_path / "broken.ssml"
    file.write_bytes(document("one problem", "en", ".ssml").replace(b"<break ", b"<brake "))

    found = {(each["platform"], each["error"]["type"], each["error"].get("tag")) for each in engine_faults(file)}

    assert found == {("amazon", "tag", "brake"), ("google", "tag", "brake")}
