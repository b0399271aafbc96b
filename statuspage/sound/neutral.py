"""The short message that ships with the program: heard until the sound of a new one is there."""

from __future__ import annotations

from functools import cache
from importlib import resources

from statuspage.render.hold import Heard
from statuspage.sound.forms import NARROW_RATE, WIDE_RATE, Forms, forms_of, silence
from statuspage.sound.g711 import from_ulaw
from statuspage.sound.messages import Played
from statuspage.sound.scripts import Script

SENTENCES = {
    "en": "We know about a problem and are working on it.",
    "de": "Wir kennen das Problem und arbeiten daran.",
    "ar": "نعلم بوجود مشكلة ونعمل على حلها.",
}
"""Each lies spoken in `assets/`, in µ-law at both rates; `make neutral` speaks them anew."""


def stand_in(script: Script) -> Played:
    """Return what is true and short, for a script whose sound is not there: silence where nothing is open."""
    if script.sentences and script.is_about_a_problem:
        return Played(forms=neutral(script.place.language), heard=Heard.SHORT_MESSAGE)
    return Played(forms=silence(), heard=Heard.SILENCE)


@cache
def neutral(language: str) -> Forms:
    """Return the neutral message; in English for a language that it is not spoken in."""
    spoken = language if language in SENTENCES else "en"
    return forms_of({rate: from_ulaw(_asset(spoken, rate)) for rate in (NARROW_RATE, WIDE_RATE)})


def asset_name(language: str, rate: int) -> str:
    """Return the name of its file."""
    return f"neutral-{language}-{rate // 1000}k.ulaw"


def _asset(language: str, rate: int) -> bytes:
    return resources.files(__package__).joinpath("assets", asset_name(language, rate)).read_bytes()
