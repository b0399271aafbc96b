"""Where the sound of a script is made, once: by a person's recording, or by the best voice that is installed."""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from statuspage.layout import VAR
from statuspage.render.hold import Heard
from statuspage.sound.engines import INSTALL, Voice, chain_version, missing_voice, voices_for
from statuspage.sound.forms import Forms, silence
from statuspage.sound.messages import Played
from statuspage.sound.recordings import Recording
from statuspage.sound.scripts import Script
from statuspage.sound.shelf import Shelf
from statuspage.sound.speech import NotSpoken, spoken
from statuspage.sound.wav import Wav, read_wav

SENTENCES_LIMIT_BYTES = 64_000_000
MESSAGES_LIMIT_BYTES = 64_000_000
"""A message of twenty seconds has one and a half million in all its forms."""
_LEVEL = "level"
_NO_SOUND = b"no sound"
"""Kept for a source that has failed with a script: the next best one is heard, and it is not asked again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Take:
    """A script as it is heard."""

    forms: Forms
    source: Voice | Recording | None
    """Who is heard; None: nobody, it is silence."""
    level_db: float | None = None
    """Of the speech, below full scale; None for silence."""

    @property
    def played(self) -> Played:
        """Return it as what callers hear."""
        heard = Heard.RECORDING if isinstance(self.source, Recording) else Heard.VOICE
        return Played(forms=self.forms, heard=heard if self.source else Heard.SILENCE, level_db=self.level_db)


class Studio:
    """Makes the sound of scripts, and keeps what it has made below `var/`."""

    def __init__(self, site_dir: Path) -> None:
        self._folder = site_dir / VAR / "sound"
        self._sentences = Shelf(self._folder / "sentences", limit_bytes=SENTENCES_LIMIT_BYTES)
        self._messages = Shelf(self._folder / "messages", limit_bytes=MESSAGES_LIMIT_BYTES)
        self._failures: dict[Voice, str] = {}

    def ready(self, script: Script) -> Take | None:
        """Return the sound by the best source from which there is any; None where it has still to be made."""
        if not script.sentences:
            return Take(forms=silence(), source=None)
        for source in _sources(script):
            kept = self._messages.get(_key(script, source))
            if kept != _NO_SOUND:
                return _unpacked(kept, source) if kept else None
        return None

    def make(self, script: Script) -> Take:
        """Return the sound, made now if it was not.

        Raises NotSpoken where no voice speaks the language here, or none of them does.
        """
        return self.ready(script) or self._made(script)

    def make_all(self, scripts: Sequence[Script]) -> tuple[str, ...]:
        """Make the sound of each, and return why some have none."""
        self._speak_ahead(scripts)
        reasons = []
        for script in scripts:
            try:
                self.make(script)
            except NotSpoken as error:
                reasons.append(str(error))
            else:
                reasons += [] if self.ready(script) else [f"{self._folder}: cannot be written"]
        return tuple(dict.fromkeys(reasons))

    def _speak_ahead(self, scripts: Sequence[Script]) -> None:
        """Speak at once what all of them need: it takes longer to start an engine than to speak."""
        wanted: dict[Voice, list[str]] = {}
        for script in scripts:
            source = next(_sources(script), None)
            if isinstance(source, Voice) and not self.ready(script):
                wanted.setdefault(source, []).extend(script.sentences)
        for voice, sentences in wanted.items():
            with suppress(NotSpoken):
                self._speak(sentences, voice)

    def _made(self, script: Script) -> Take:
        """Return the sound by the first source from which there is any."""
        if not chain_version():
            raise NotSpoken(f'nothing is installed here that makes sound; run "{INSTALL}"')
        from statuspage.sound.telephony import level_of, message_forms

        reasons = []
        for source in _sources(script):
            try:
                sentences = self._heard(script, source)
            except NotSpoken as error:
                reasons.append(str(error))
                self._messages.put(_key(script, source), _NO_SOUND)
                continue
            treble_db = source.engine.treble_db if isinstance(source, Voice) else 0.0
            forms = message_forms(sentences, treble_db=treble_db)
            take = Take(forms=forms, source=source, level_db=level_of(forms))
            self._messages.put(_key(script, source), _packed(take))
            return take
        raise NotSpoken("; ".join(reasons) or missing_voice(script.place.language))

    def _heard(self, script: Script, source: Voice | Recording) -> list[Wav]:
        if isinstance(source, Recording):
            return [read_wav(source.content)]
        return self._speak(script.sentences, source)

    def _speak(self, sentences: Sequence[str], voice: Voice) -> list[Wav]:
        # An engine that has hung once is not waited for again.
        if failure := self._failures.get(voice):
            raise NotSpoken(failure)
        try:
            return spoken(sentences, voice, self._sentences)
        except NotSpoken as error:
            self._failures[voice] = str(error)
            raise


def _sources(script: Script) -> Iterator[Voice | Recording]:
    """Yield who may be heard, the best first."""
    if script.recording:
        yield script.recording
    else:
        yield from voices_for(script.place.language, region=script.region, wanted=script.voice)


def _key(script: Script, source: Voice | Recording) -> str:
    """Return the name under which the sound is kept: it holds all that the sound depends on."""
    if isinstance(source, Recording):
        parts = ["recording", hashlib.sha256(source.content).hexdigest(), chain_version()]
    else:
        parts = [source.engine.name, source.name, source.version, *script.sentences]
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()


def _packed(take: Take) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for ending, content in take.forms.items():
            archive.writestr(ending, content)
        archive.writestr(_LEVEL, str(take.level_db))
    return packed.getvalue()


def _unpacked(content: bytes, source: Voice | Recording) -> Take:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        forms = {ending: archive.read(ending) for ending in archive.namelist() if ending != _LEVEL}
        return Take(forms=forms, source=source, level_db=float(archive.read(_LEVEL)))
