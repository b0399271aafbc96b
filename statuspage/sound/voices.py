"""Sentences as samples: spoken by a voice in a child process, each once, and kept in a folder."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from contextlib import suppress
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path

from statuspage.errors import StatusPageError
from statuspage.whole_file import write_whole

RATE = 16_000
"""Samples a second that the voice gives."""
SPEED = "0.85"
"""Slower than the voice's own: easier to follow on a telephone line (HOLD.md §3)."""
LIMIT_SECONDS = 20
SENTENCES_KEPT = 500
_ENGINE = "py-nanotts"
_VOICES = {"en": "en-GB", "en-US": "en-US", "de": "de-DE"}


class NotSpoken(StatusPageError):
    """The voice gave no sound for a text."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Voice:
    """The voice of one language, with the sentences that it has spoken already."""

    name: str
    folder: Path

    def samples(self, sentence: str) -> bytes:
        """Return a sentence as 16-bit samples at `RATE`; raises NotSpoken when the voice fails or takes too long."""
        kept = self.folder / f"{self._key(sentence)}.pcm"
        with suppress(OSError):
            samples = kept.read_bytes()
            os.utime(kept)
            return samples
        samples = self._spoken(sentence)
        self.folder.mkdir(parents=True, exist_ok=True)
        write_whole(kept, samples)
        self._forget_oldest()
        return samples

    def _key(self, sentence: str) -> str:
        parts = (_ENGINE, metadata.version(_ENGINE), self.name, SPEED, sentence)
        return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()[:32]

    def _spoken(self, sentence: str) -> bytes:
        command = [sys.executable, "-m", "statuspage.sound.child", self.name, SPEED]
        try:
            done = subprocess.run(  # noqa: S603 - the command is our own
                command, input=sentence.encode(), capture_output=True, timeout=LIMIT_SECONDS, check=False
            )
        except subprocess.TimeoutExpired as error:
            raise NotSpoken(f'the voice took longer than {LIMIT_SECONDS} s for "{sentence}"') from error
        if done.returncode != 0 or not done.stdout:
            raise NotSpoken(f'the voice failed at "{sentence}" ({done.returncode})')
        return done.stdout

    def _forget_oldest(self) -> None:
        kept = sorted(self.folder.glob("*.pcm"), key=lambda file: file.stat().st_mtime_ns, reverse=True)
        for file in kept[SENTENCES_KEPT:]:
            file.unlink(missing_ok=True)


def voice_of(language: str, folder: Path) -> Voice:
    """Return the voice for a language tag such as `de` or `en-US`; English where there is none of it."""
    name = _VOICES.get(language) or _VOICES.get(language.split("-")[0].lower()) or _VOICES["en"]
    return Voice(name=name, folder=folder)
