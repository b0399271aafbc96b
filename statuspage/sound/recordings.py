"""Messages that people have recorded beside an incident: they go before any voice.

Beside `incidents/card-payments.md`, `card-payments.hold.en.wav` is heard in place of all three English wordings, and
`card-payments.hold.en.2.wav` in place of the second.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from statuspage.errors import Fault, Severity, Unreadable
from statuspage.shown import Shown, ShownIncident
from statuspage.sound.forms import LONGEST_SECONDS
from statuspage.sound.messages import Place
from statuspage.sound.wav import FULL_SCALE, SOFTEST, read_wav
from statuspage.source.folder import Stamp, read_recording, stamp_of
from statuspage.source.names import stem_path

MOST_LISTENED_TO = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Recording:
    """A WAV file in which somebody can be heard."""

    path: str
    """Relative to the site folder."""
    content: bytes

    def __str__(self) -> str:
        """Return its path."""
        return self.path


def find_recording(site_dir: Path, incident_path: str, place: Place) -> Recording | Fault | None:
    """Return what is to be heard in place of the wording: a fault for what cannot be, None where there is nothing."""
    *of_wordings, of_all = _names(incident_path, place.language)
    return recording_at(site_dir, of_wordings[place.number - 1]) or recording_at(site_dir, of_all)


def recording_at(site_dir: Path, path: str) -> Recording | Fault | None:
    """Return what can be heard in a file: a fault where nothing can, None where there is no such file."""
    try:
        content = read_recording(site_dir, path)
        if content is None:
            return None
        _listen(content)
    except Unreadable as error:
        return Fault(path=path, what=f"{error}; a voice speaks in its place", severity=Severity.WARNING)
    return Recording(path=path, content=content)


def recording_stamps(
    site_dir: Path, incident_paths: Iterable[str], languages: Sequence[str]
) -> tuple[tuple[str, Stamp], ...]:
    """Return what tells the recordings beside these incidents from others, without a look inside."""
    paths = (path for incident in incident_paths for language in languages for path in _names(incident, language))
    stamps = ((path, stamp_of(site_dir / path)) for path in paths)
    return tuple((path, stamp) for path, stamp in stamps if stamp)


def _names(incident_path: str, language: str) -> Iterator[str]:
    stem = f"{stem_path(incident_path)}.hold.{language}"
    yield from (f"{stem}.{number}.wav" for number in (1, 2, 3))
    yield f"{stem}.wav"


def spoken_of_alone(shown: Shown) -> ShownIncident | None:
    """Return the one thing that the message is about; None for several: a recording tells of one alone."""
    about = shown.open_incidents or shown.active_maintenances
    return about[0] if len(about) == 1 else None


@lru_cache(maxsize=MOST_LISTENED_TO)
def _listen(content: bytes) -> None:
    """Raise Unreadable where nothing can be heard, or for longer than callers listen."""
    sound = read_wav(content)
    if len(sound.samples) > LONGEST_SECONDS * sound.rate * sound.channels:
        raise Unreadable(f"lasts longer than {LONGEST_SECONDS} seconds; shorten it")
    loudest = max(map(abs, sound.samples), default=0)
    if not loudest > (SOFTEST if sound.samples.typecode == "h" else SOFTEST / FULL_SCALE):
        raise Unreadable("is silent; record it anew")
