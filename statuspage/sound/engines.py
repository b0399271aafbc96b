"""The speech engines that may be installed, the best for telephones first, and which voice speaks a language."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from importlib import resources
from importlib.metadata import PackageNotFoundError, version

PROGRAM_LIMIT_SECONDS = 5
COMMAND_VARIABLE = "STATUSPAGE_VOICE_COMMAND"
"""In the environment and not in a setting: who may write the site's files need not be trusted to run programs."""
INSTALL = "pip install statuspage[hold]"


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Engine:
    """What turns sentences into speech, without a network."""

    name: str
    package: str = ""
    """Of Python; else the engine is a program of the same name as it."""
    voices: Mapping[str, str] = field(default_factory=dict)
    """By language, with or without a region."""
    speed: float
    """So slow that it is understood on a telephone, and no slower."""
    speeds: Mapping[str, float] = field(default_factory=dict)
    """By voice, where one of them needs another."""
    treble_db: float = 0.0
    """How much brighter it must be made for that."""
    is_clear: bool = True
    """False: of its words too many are misheard on a telephone."""


# What each is worth on a telephone line was measured; docs/hold.md has the figures.
HIBARI = Engine(name="hibari", package="hibari-tts", voices={"en": "heart", "en-US": "heart"}, speed=0.9)
PICO = Engine(
    name="pico",
    package="py-nanotts",
    voices={"en": "en-GB", "en-GB": "en-GB", "en-US": "en-US", "de": "de-DE"},
    speed=0.85,
    speeds={"de-DE": 0.88},
    treble_db=6.0,
)
ESPEAK = Engine(
    name="espeak-ng",
    voices={"en": "en", "en-GB": "en-gb", "en-US": "en-us", "de": "de", "ar": "ar"},
    speed=0.8,
    speeds={"ar": 1.0},
    treble_db=9.0,
    is_clear=False,
)
ENGINES = (HIBARI, PICO, ESPEAK)
COMMAND = Engine(name="command", speed=1.0)
"""A program of the operator's, which speaks whatever language it is asked for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Voice:
    """One voice of an engine that is installed."""

    engine: Engine
    name: str
    version: str
    """Of the engine and of what makes sound of its speech: another one may sound different."""

    @property
    def speed(self) -> float:
        """Return how fast it speaks."""
        return self.engine.speeds.get(self.name, self.engine.speed)

    def __str__(self) -> str:
        """Return `pico en-GB`."""
        return f"{self.engine.name} {self.name}"


def voices_for(language: str, *, region: str = "", wanted: str = "") -> tuple[Voice, ...]:
    """Return the voices that speak a language here, the best first; none where nothing is installed.

    `region` is a language with its country, such as the site's own `en-GB`: a voice from there goes before others.
    `wanted` is an engine, `pico`, or one of its voices, `pico en-US`: it goes before all that are installed with it.
    """
    if region.partition("-")[0] != language:
        region = language
    found = [voice for engine in ENGINES if (voice := _voice(engine, language, region))]
    found.sort(key=lambda voice: (not voice.engine.is_clear, not _is_from(voice, region)))
    named = [voice for engine in ENGINES if (voice := _voice_named(wanted, engine, language, found))]
    return tuple(dict.fromkeys((*_own_voice(language), *named, *found)))


def missing_voice(language: str) -> str:
    """Return what to install so that the language is spoken well; empty when it is."""
    voices = voices_for(language)
    if any(voice.engine.is_clear for voice in voices):
        return ""
    if voices:
        return f'{voices[0]} is hard to understand on a telephone; run "{INSTALL}" for a better voice'
    return f'there is no voice for the language {language}; run "{INSTALL}"'


def _voice(engine: Engine, language: str, region: str) -> Voice | None:
    name = engine.voices.get(region) or engine.voices.get(language)
    installed = _installed_version(engine)
    return Voice(engine=engine, name=name, version=installed) if name and installed else None


def _voice_named(wanted: str, engine: Engine, language: str, found: Sequence[Voice]) -> Voice | None:
    """Return the voice of the engine that is wanted, where it speaks the language here."""
    known = next((voice for voice in found if voice.engine is engine), None)
    name, _, voice_name = wanted.partition(" ")
    if known is None or name != engine.name:
        return None
    speaks = any(voice_name == each for tag, each in engine.voices.items() if tag.partition("-")[0] == language)
    return replace(known, name=voice_name) if speaks else known


def _own_voice(language: str) -> tuple[Voice, ...]:
    """Return the voice of the operator's own command, where there is one."""
    command = os.environ.get(COMMAND_VARIABLE, "")
    if not command or not chain_version():
        return ()
    digest = hashlib.sha256(command.encode()).hexdigest()
    return (Voice(engine=COMMAND, name=language, version=f"{digest}, {chain_version()}"),)


def _is_from(voice: Voice, region: str) -> bool:
    return region in voice.engine.voices


@cache
def _installed_version(engine: Engine) -> str:
    """Return the version of the engine, and of what makes sound of its speech; empty when one is missing."""
    try:
        own = version(engine.package) if engine.package else _program_version(engine.name)
    except (PackageNotFoundError, OSError, subprocess.SubprocessError):
        return ""
    return f"{own}, {chain_version()}" if chain_version() else ""


def _program_version(name: str) -> str:
    asked = [shutil.which(name) or name, "--version"]
    told = subprocess.run(asked, capture_output=True, text=True, timeout=PROGRAM_LIMIT_SECONDS, check=True)
    return told.stdout.split("Data at")[0].strip()


@cache
def chain_version() -> str:
    """Return the version of what makes sound of speech: numpy, and this package; empty when numpy is missing."""
    digest = hashlib.sha256()
    for file in sorted(resources.files(__package__).iterdir(), key=lambda entry: entry.name):
        if file.name.endswith(".py"):
            digest.update(hashlib.sha256(file.read_bytes()).digest())
    try:
        return f"numpy {version('numpy')}, {digest.hexdigest()}"
    except PackageNotFoundError:
        return ""
