"""Sentences spoken by an engine in a process of its own, and never spoken twice."""

from __future__ import annotations

import hashlib
import json
import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from statuspage.errors import StatusPageError
from statuspage.sound.engines import Voice
from statuspage.sound.shelf import Shelf
from statuspage.sound.wav import SOFTEST, Wav, read_wav

START_LIMIT_SECONDS = 15
SENTENCE_LIMIT_SECONDS = 1
"""Many times what it takes."""
_SELDOM_LONGER_SECONDS = 1
_TOLD_CHARACTERS = 300


class NotSpoken(StatusPageError):
    """An engine did not speak; the message says which and why."""


def limit_for(sentences: Sequence[str]) -> float:
    """Return how many seconds an engine gets for these sentences."""
    return START_LIMIT_SECONDS + SENTENCE_LIMIT_SECONDS * len(sentences)


def spoken(sentences: Sequence[str], voice: Voice, shelf: Shelf, *, limit_seconds: float | None = None) -> list[Wav]:
    """Return each sentence as sound; what is not on the shelf is spoken now, and put there.

    Raises NotSpoken when the engine crashes, hangs or says nothing.
    """
    keys = [_key(sentence, voice) for sentence in sentences]
    known = {key: content for key in keys if (content := shelf.get(key))}
    lacking = {key: text for key, text in zip(keys, sentences, strict=True) if key not in known}
    if lacking:
        limit = limit_for(sentences) if limit_seconds is None else limit_seconds
        fresh = _run(tuple(lacking.values()), voice, limit_seconds=limit)
        for key, content in zip(lacking, fresh, strict=True):
            known[key] = content
            shelf.put(key, content)
    return [read_wav(known[key]) for key in keys]


def _key(sentence: str, voice: Voice) -> str:
    parts = [sentence, voice.engine.name, voice.name, voice.version]
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()


def _run(sentences: Sequence[str], voice: Voice, *, limit_seconds: float) -> list[bytes]:
    """Return a WAV file for each sentence, from a new process."""
    request = {
        "engine": voice.engine.name,
        "voice": voice.name,
        "speed": voice.speed,
        "limit_seconds": int(limit_seconds) + _SELDOM_LONGER_SECONDS,
        "sentences": sentences,
    }
    with tempfile.TemporaryDirectory(prefix="statuspage-speech-", ignore_cleanup_errors=True) as folder:
        _speak_in(Path(folder), json.dumps(request).encode(), voice, limit_seconds=limit_seconds)
        return [_checked(Path(folder, f"{place}.wav"), text, voice) for place, text in enumerate(sentences)]


def _speak_in(folder: Path, request: bytes, voice: Voice, *, limit_seconds: float) -> None:
    # -P: a numpy.py in the folder from which the program was started is none of ours.
    command = [sys.executable, "-P", "-m", "statuspage.sound.child", str(folder)]
    child = subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, start_new_session=True
    )
    try:
        _, told = child.communicate(request, timeout=limit_seconds)
    except subprocess.TimeoutExpired:
        raise NotSpoken(f"{voice}: has not spoken within {limit_seconds:g} seconds") from None
    finally:
        _end(child)
    if child.returncode:
        raise NotSpoken(f"{voice}: {_reason(child.returncode, told)}")


def _end(child: subprocess.Popen[bytes]) -> None:
    """End the process and all that it has started, if it has not ended."""
    if child.poll() is None:
        os.killpg(child.pid, signal.SIGKILL)
        child.communicate()


def _reason(code: int, told: bytes) -> str:
    if code < 0:
        return f"was ended by {signal.Signals(-code).name}"
    lines = told.decode(errors="replace").strip().splitlines()
    return lines[-1][:_TOLD_CHARACTERS] if lines else f"ended with code {code}"


def _checked(path: Path, sentence: str, voice: Voice) -> bytes:
    """Return the file if there is any sound in it."""
    content = path.read_bytes()
    if max(map(abs, read_wav(content).samples), default=0) <= SOFTEST:
        raise NotSpoken(f'{voice}: says nothing for "{sentence}"')
    return content
