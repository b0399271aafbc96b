"""The sound of the hold message: which voice speaks each language, and whether recordings can be heard."""

from __future__ import annotations

import shlex
import shutil
import tomllib
from collections.abc import Iterator

from statuspage.config import Settings
from statuspage.doctor.finding import Finding, Verdict
from statuspage.doctor.subject import Subject
from statuspage.errors import Fault
from statuspage.layout import INCIDENTS, SETTINGS
from statuspage.sound import COMMAND_VARIABLE, Voice, missing_voice, recording_at, voices_for
from statuspage.source.folder import is_recording, scan

ABOUT = "sound"


def look_at_sound(subject: Subject, settings: Settings) -> Iterator[Finding]:
    """Yield the voice of each language, and each recording that cannot be heard."""
    yield from _own_program(subject.environ.get(COMMAND_VARIABLE, ""))
    yield from _wanted_voice(settings)
    for language in settings.hold.languages:
        yield _voice(language, settings, is_asked_for=_asks_for_sound(subject))
    paths = sorted(path for path in scan(subject.source, INCIDENTS).stamps if is_recording(path))
    found = [recording_at(subject.source, path) for path in paths]
    faults = [each for each in found if isinstance(each, Fault)]
    for fault in faults:
        what = f"{fault.path}: {fault.what}"
        yield Finding(about=ABOUT, verdict=Verdict.WRONG, what=what)
    if paths and not faults:
        yield Finding(about=ABOUT, verdict=Verdict.WELL, what=f"recordings that can be heard: {len(paths)}")


def _own_program(command: str) -> Iterator[Finding]:
    """Yield why the operator's own program, which goes before every voice, cannot be run."""
    try:
        words = shlex.split(command)
        wrong = f"there is no program {words[0]}" if words and shutil.which(words[0]) is None else ""
    except ValueError as error:
        wrong = f"is no command: {str(error).lower()}"
    if wrong:
        what = f"{COMMAND_VARIABLE}: {wrong}"
        remedy = f"set it right, or take it out: unset {COMMAND_VARIABLE}"
        yield Finding(about=ABOUT, verdict=Verdict.WRONG, what=what, remedy=remedy)


def _wanted_voice(settings: Settings) -> Iterator[Finding]:
    """Yield that the voice which the settings name speaks no language here."""
    wanted = settings.hold.voice
    speaking = [str(voice) for language in settings.hold.languages for voice in _voices(language, settings)]
    if wanted and not any(voice == wanted or voice.startswith(f"{wanted} ") for voice in speaking):
        what = f'the voice "{wanted}" of [hold] speaks no language here'
        yield Finding(about=ABOUT, verdict=Verdict.WRONG, what=what, remedy="install it, or take it out")


def _voices(language: str, settings: Settings) -> tuple[Voice, ...]:
    return voices_for(language, region=settings.site.language, wanted=settings.hold.voice or "")


def _voice(language: str, settings: Settings, *, is_asked_for: bool) -> Finding:
    missing = missing_voice(language)
    voices = _voices(language, settings)
    if not missing:
        return Finding(about=ABOUT, verdict=Verdict.WELL, what=f"{voices[0]} speaks {language}")
    verdict = Verdict.WRONG if is_asked_for and not voices else Verdict.NOTE
    what, _, remedy = missing.partition("; ")
    return Finding(about=ABOUT, verdict=verdict, what=what, remedy=remedy)


def _asks_for_sound(subject: Subject) -> bool:
    """Return True where the settings speak of the hold message: without a word of it, a short one will do."""
    try:
        return "hold" in tomllib.loads((subject.source / SETTINGS).read_text("utf-8-sig"))
    except (OSError, ValueError):
        return True
