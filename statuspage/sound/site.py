"""The sound of one site's hold message, for whoever publishes the site: a pipeline waits for it, a server does not."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

from statuspage.errors import Fault, Severity
from statuspage.layout import SETTINGS
from statuspage.render.hold import Heard, hold_messages_by_language
from statuspage.shown import Shown
from statuspage.sound.apart import Maker
from statuspage.sound.engines import chain_version, voices_for
from statuspage.sound.follower import Follower
from statuspage.sound.forms import silence
from statuspage.sound.messages import Messages, Place, Played, messages_of
from statuspage.sound.neutral import stand_in
from statuspage.sound.scripts import Script, scripts_of
from statuspage.sound.studio import Studio


@dataclass(frozen=True, slots=True, kw_only=True)
class SoundFiles:
    """What is to be published now."""

    messages: Messages
    """The same names in every state."""
    is_complete: bool
    """False where something else is heard for a message whose sound is still being made, or cannot be."""
    faults: tuple[Fault, ...] = ()


class SiteSound:
    """Knows the sound of every message of one site."""

    def __init__(self, site_dir: Path, *, follower: Follower | None = None) -> None:
        """Prepare it; with a follower nothing is waited for: it is told what is to be made."""
        self._studio = Studio(site_dir)
        self._maker = Maker(site_dir)
        self._follower = follower

    def files(self, shown: Shown, *, folder: Path, paths: Mapping[str, str]) -> SoundFiles:
        """Return the sound of what callers are to hear.

        `folder` is where the files of incidents lie, `paths` has that of each that is open or under way, by its slug.
        """
        scripts, faults = scripts_of(shown, hold_messages_by_language(shown), site_dir=folder, paths=paths)
        played, lacking = self._played(scripts)
        if self._follower:
            self._follower.want(lacking)
        elif lacking:
            trouble = self._maker.make(lacking)
            faults = (*faults, sound_fault(trouble, "a short message")) if trouble else faults
            played, lacking = self._played(scripts)
        return SoundFiles(messages=messages_of(played), is_complete=not lacking, faults=faults)

    def _played(self, scripts: Sequence[Script]) -> tuple[dict[Place, Played], tuple[Script, ...]]:
        """Return what is heard for each script, and the scripts whose sound is not there."""
        played: dict[Place, Played] = {}
        lacking: list[Script] = []
        for _, group in groupby(scripts, key=lambda script: script.place.language):
            wordings = list(group)
            takes = [self._studio.ready(script) for script in wordings]
            lacking += (script for script, take in zip(wordings, takes, strict=True) if not take)
            # A language changes as a whole: callers hear its wordings in turn.
            whole = [take.played for take in takes if take]
            heard = whole if len(whole) == len(wordings) else [stand_in(script) for script in wordings]
            played |= dict(zip((script.place for script in wordings), heard, strict=True))
        # Where nothing is installed that makes sound, there is nothing to wait for.
        return played, tuple(lacking) if chain_version() else ()


def smaller_messages(shown: Shown) -> tuple[tuple[str, Messages], ...]:
    """Return what takes less room than the sound of the words, the most telling first, each after its name."""
    scripts, _ = scripts_of(shown, hold_messages_by_language(shown), site_dir=Path(), paths={})
    short = {script.place: stand_in(script) for script in scripts}
    silent = {script.place: Played(forms=silence(), heard=Heard.SILENCE) for script in scripts}
    return ("a short message", messages_of(short)), ("silence", messages_of(silent))


def sound_fault(reason: str, heard: str) -> Fault:
    """Return that the words could not be published as sound, why, and what callers hear."""
    what = f"{reason}; callers hear {heard} in its place"
    return Fault(path=SETTINGS, where="hold", what=what, severity=Severity.WARNING)


def voices_of(languages: Sequence[str], *, region: str, wanted: str) -> str:
    """Return a text that differs whenever other voices would speak, or speak otherwise."""
    return "; ".join(
        f"{voice} {voice.version}"
        for language in languages
        for voice in voices_for(language, region=region, wanted=wanted)
    )
