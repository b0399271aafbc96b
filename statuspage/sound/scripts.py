"""What is to be heard now, in every language and wording."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from statuspage.errors import Fault, in_order
from statuspage.render.hold import Message, Messages
from statuspage.shown import Shown
from statuspage.sound.messages import Place
from statuspage.sound.recordings import Recording, find_recording, spoken_of_alone


@dataclass(frozen=True, slots=True, kw_only=True)
class Script:
    """What is to be heard in place of one wording."""

    place: Place
    sentences: Message
    """None: silence."""
    region: str = ""
    """The language with its country, such as `en-GB`, where that is known."""
    voice: str = ""
    """The one that the site wants; empty: the best."""
    is_about_a_problem: bool = False
    """Something is open, so that it is true to say that we know about it."""
    recording: Recording | None = None
    """In which somebody says it; it goes before any voice."""


def scripts_of(
    shown: Shown, messages: Messages, *, site_dir: Path, paths: Mapping[str, str]
) -> tuple[tuple[Script, ...], tuple[Fault, ...]]:
    """Return a script for each wording of each language, and what is wrong with recordings.

    `paths` has the file of each incident that is open or under way, by its slug.
    """
    alone = spoken_of_alone(shown)
    beside = paths.get(alone.source.slug) if alone else None
    scripts, faults = [], []
    for place, sentences in _wordings(messages):
        recording = find_recording(site_dir, beside, place) if beside and sentences else None
        if isinstance(recording, Fault):
            faults.append(recording)
            recording = None
        script = Script(
            place=place,
            sentences=sentences,
            region=shown.site.language,
            voice=shown.hold.voice or "",
            is_about_a_problem=bool(shown.open_incidents),
            recording=recording,
        )
        scripts.append(script)
    return tuple(scripts), in_order(faults)


def _wordings(messages: Messages) -> Iterator[tuple[Place, Message]]:
    for language, wordings in messages.items():
        for number, sentences in enumerate(wordings, start=1):
            yield Place(language, number), sentences
