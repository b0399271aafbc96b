"""The process in which an engine speaks: whatever happens to the engine happens here, and to nobody else.

`python -m statuspage.sound.child FOLDER` reads a request as JSON and writes `0.wav`, `1.wav` … into the folder, one
for each sentence.
"""

from __future__ import annotations

import json
import os
import shlex
import signal
import subprocess
import sys
from array import array
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from statuspage.sound.engines import COMMAND, COMMAND_VARIABLE, ESPEAK, HIBARI, PICO
from statuspage.sound.wav import pcm_wav

_SEED = 1
"""Of the breath in a neural voice: the same sentence always sounds the same."""
_PICO_VOLUME = 0.5
"""At full volume it clips."""
_PICO_RATE = 16_000
_ESPEAK_WORDS_PER_MINUTE = 175
_NICENESS = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """What is to be spoken, how, and in how long."""

    engine: str
    voice: str
    speed: float
    limit_seconds: int
    sentences: tuple[str, ...]


def main(folder: Path) -> None:
    """Speak what is asked for on the standard input."""
    asked = json.load(sys.stdin)
    request = Request(**{**asked, "sentences": tuple(asked["sentences"])})
    # Whoever started this may be gone when an engine hangs: the alarm ends it all the same, in the midst of C.
    signal.alarm(request.limit_seconds)
    os.nice(_NICENESS)
    _SPEAKERS[request.engine](request, folder)


def _speak_with_hibari(request: Request, folder: Path) -> None:
    import numpy as np
    from hibari import SAMPLE_RATE, Hibari

    voice = Hibari(voice=request.voice)
    for place, sentence in enumerate(request.sentences):
        spoken = np.clip(voice(sentence, speed=request.speed, seed=_SEED), -1, 1)
        samples = array("h", np.rint(spoken * 32_767).astype(np.int16).tobytes())
        _put(folder, place, pcm_wav(samples, SAMPLE_RATE))


def _speak_with_pico(request: Request, folder: Path) -> None:
    from py_nanotts import NanoTTS

    for place, sentence in enumerate(request.sentences):
        # What it has spoken before changes how it speaks: each sentence gets an engine that has not spoken yet.
        if pid := os.fork():
            _, status = os.waitpid(pid, 0)
            if status:
                sys.exit(f"pico cannot speak: {sentence}")
        else:
            spoken = NanoTTS().speak(
                _without_markup(sentence), voice=request.voice, speed=request.speed, volume=_PICO_VOLUME
            )
            _put(folder, place, pcm_wav(array("h", spoken), _PICO_RATE))
            os._exit(0)


def _speak_with_espeak(request: Request, folder: Path) -> None:
    words_per_minute = str(round(_ESPEAK_WORDS_PER_MINUTE * request.speed))
    for place, sentence in enumerate(request.sentences):
        command = [ESPEAK.name, "-v", request.voice, "-s", words_per_minute, "--stdout", "--stdin"]
        spoken = subprocess.run(command, input=sentence.encode(), stdout=subprocess.PIPE, check=True)
        _put(folder, place, spoken.stdout)


def _speak_with_command(request: Request, folder: Path) -> None:
    words = shlex.split(os.environ[COMMAND_VARIABLE])
    for place, sentence in enumerate(request.sentences):
        spoken = folder / f"{place}.spoken.wav"
        command = [word.replace("{lang}", request.voice).replace("{out}", str(spoken)) for word in words]
        subprocess.run(command, input=sentence.encode(), check=True)
        _put(folder, place, spoken.read_bytes())


def _without_markup(sentence: str) -> str:
    """Return the sentence without what Pico takes for tags."""
    return sentence.translate({ord(sign): " " for sign in "<>&"})


def _put(folder: Path, place: int, content: bytes) -> None:
    part = folder / f"{place}.part"
    part.write_bytes(content)
    part.rename(folder / f"{place}.wav")


_SPEAKERS: dict[str, Callable[[Request, Path], None]] = {
    HIBARI.name: _speak_with_hibari,
    PICO.name: _speak_with_pico,
    ESPEAK.name: _speak_with_espeak,
    COMMAND.name: _speak_with_command,
}


if __name__ == "__main__":
    main(Path(sys.argv[1]))
