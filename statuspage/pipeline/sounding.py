"""The step of a compilation that publishes what callers hear."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from functools import cached_property
from pathlib import Path

from statuspage.cache import Cache, faults_from, faults_json
from statuspage.compiler import InHand
from statuspage.config import Settings
from statuspage.errors import Fault
from statuspage.publish import NotPublished, Publication
from statuspage.render.hold import Sounds
from statuspage.shown import Shown
from statuspage.sound import Messages, SiteSound, recording_stamps, smaller_messages, sound_fault, voices_of

_KEY, _PATHS, _FAULTS = "sound made of", "sound files", "faults of sound"
_INCOMPLETE = "incomplete"


class Sounding:
    """Publishes sound; the cache knows what it was made of, so that no more is done than what changed asks for."""

    def __init__(
        self, sound: SiteSound, cache: Cache, folder: Path, *, settings: Settings, in_hand: Sequence[InHand]
    ) -> None:
        """Prepare it; `folder` is where the files of incidents lie."""
        self._sound = sound
        self._cache = cache
        self._folder = folder
        self._settings = settings
        self._paths = {each.shown.source.slug: each.name.path for each in in_hand}
        self.sounds: Sounds = {}
        """What was published, for the documents that tell of it."""
        self.is_news = False
        """Whether that is other sound than before."""

    @property
    def is_due(self) -> bool:
        """Return True where other voices would speak, a recording differs, or sound was still missing last time."""
        return self._cache.get(_KEY) != self._key

    def publish(self, shown: Shown, publication: Publication) -> list[str]:
        """Publish the sound of what callers are to hear, and return the files of what they heard before.

        Words do not wait for it: where the disk has no room for all of it, something shorter is heard.
        """
        made = self._sound.files(shown, folder=self._folder, paths=self._paths)
        published, faults = self._put(made.messages, shown, publication)
        before = json.loads(self._cache.get(_PATHS) or "[]")
        paths = sorted(published.files)
        self.sounds, self.is_news = published.sounds, paths != before
        self._cache.set(_PATHS, json.dumps(paths))
        self._cache.set(_FAULTS, faults_json([*made.faults, *faults]) or "")
        self._cache.set(_KEY, self._key if made.is_complete and not faults else _INCOMPLETE)
        return [path for path in (*before, *made.messages.files) if path not in published.files]

    def faults(self) -> Iterator[Fault]:
        """Yield what is wrong with recordings and voices."""
        return faults_from(self._cache.get(_FAULTS))

    def _put(self, messages: Messages, shown: Shown, publication: Publication) -> tuple[Messages, list[Fault]]:
        """Return what could be put of the sound, and why it is not all; raises NotPublished where nothing could."""
        publication.flush()
        try:
            _put_at_once(messages, publication)
        except NotPublished as error:
            publication.retract(messages.files)
            for heard, smaller in smaller_messages(shown):
                try:
                    _put_at_once(smaller, publication)
                except NotPublished:
                    continue
                return smaller, [sound_fault(str(error), heard)]
            raise
        return messages, []

    @cached_property
    def _key(self) -> str:
        style, region = self._settings.hold, self._settings.site.language
        stamps = recording_stamps(self._folder, self._paths.values(), style.languages)
        return f"{voices_of(style.languages, region=region, wanted=style.voice or '')} {stamps}"


def _put_at_once(messages: Messages, publication: Publication) -> None:
    publication.put(messages.files)
    publication.flush()
