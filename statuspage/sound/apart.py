"""Sound made in a process of its own: whatever goes wrong in it, the page is published."""

from __future__ import annotations

import pickle
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from statuspage.sound.scripts import Script
from statuspage.sound.speech import limit_for

MESSAGE_LIMIT_SECONDS = 5
"""To make sound of what was spoken takes a twentieth of this."""
_ENGINES_TRIED = 3


class Maker:
    """Makes sound one batch at a time, beside the one who publishes."""

    def __init__(self, site_dir: Path) -> None:
        self._site_dir = site_dir.resolve()
        self._process: subprocess.Popen[bytes] | None = None

    def make(self, scripts: Sequence[Script]) -> str:
        """Have the sound of these made and kept, and return why some of it is not; empty when all is."""
        # -P: a numpy.py in the folder from which the program was started is none of ours.
        command = [sys.executable, "-P", "-m", "statuspage.sound.making", str(self._site_dir)]
        limit_seconds = _limit_for(scripts)
        with subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
        ) as self._process:
            try:
                told, _ = self._process.communicate(pickle.dumps(tuple(scripts)), timeout=limit_seconds)
            except subprocess.TimeoutExpired:
                return f"it was not made within {limit_seconds:g} seconds"
            finally:
                self.stop()
        lines = told.decode(errors="replace").strip().splitlines()
        return (lines or ["it could not be made"])[-1] if self._process.returncode else ""

    def stop(self) -> None:
        """End what is being made."""
        if self._process and self._process.poll() is None:
            self._process.terminate()


def _limit_for(scripts: Sequence[Script]) -> float:
    sentences = [sentence for script in scripts for sentence in script.sentences]
    return _ENGINES_TRIED * limit_for(sentences) + MESSAGE_LIMIT_SECONDS * len(scripts)
