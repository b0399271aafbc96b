"""The sound of the hold message as public files: three wordings a language, five forms each, always the same names."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from statuspage.render.hold import Heard, Sound, SoundFile, Sounds
from statuspage.sound.forms import ALAW, IN_ULAW_WAV, PCM, ULAW, WIDE, Forms, seconds_of

FOLDER, TWINS = "hold", "hold/a"
_HASH_DIGITS = 20
_NAME_OF_FORM = {PCM: "wav", WIDE: "wav_16k", IN_ULAW_WAV: "wav_ulaw", ULAW: "ulaw", ALAW: "alaw"}


class Place(NamedTuple):
    """Which wording of which language."""

    language: str
    number: int
    """From 1."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Played:
    """What callers hear at one place."""

    forms: Forms
    heard: Heard
    level_db: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Messages:
    """All that is heard, and where it lies."""

    files: dict[str, bytes]
    """By path: each under its own name, and once more under one that no other content will ever have."""
    sounds: Sounds


def messages_of(played: Mapping[Place, Played]) -> Messages:
    """Return the files of what is played at each place, in the order given, and what documents say of them."""
    files: dict[str, bytes] = {}
    sounds: dict[str, list[Sound]] = {}
    for place, each in played.items():
        named = tuple(_files(place, each.forms))
        for file, content in named:
            files |= {file.path: content, file.twin: content}
        sound = Sound(
            heard=each.heard,
            seconds=seconds_of(each.forms),
            level_db=each.level_db,
            files=tuple(file for file, _ in named),
        )
        sounds.setdefault(place.language, []).append(sound)
    return Messages(files=files, sounds=sounds)


def _files(place: Place, forms: Forms) -> Iterator[tuple[SoundFile, bytes]]:
    for ending, content in forms.items():
        digest = hashlib.sha256(content).hexdigest()
        yield (
            SoundFile(
                form=_NAME_OF_FORM[ending],
                path=f"{FOLDER}/{place.language}/message-{place.number}{ending}",
                twin=f"{TWINS}/{digest[:_HASH_DIGITS]}{ending}",
                sha256=digest,
            ),
            content,
        )
