"""Sound played on this machine, by the first program that is there for it."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from pathlib import Path

from statuspage.errors import Unreadable

PLAYERS = (
    ("aplay", "-q"),
    ("pw-play",),
    ("paplay",),
    ("afplay",),
    ("play", "-q"),
    ("ffplay", "-nodisp", "-autoexit", "-loglevel", "error"),
)
"""Programs with what they are told before the file, those of the system's own sound first."""


def play(wav: bytes) -> None:
    """Play a WAV file to its end; raises Unreadable where nothing here can."""
    found = next((command for command in PLAYERS if shutil.which(command[0])), None)
    if found is None:
        names = ", ".join(command[0] for command in PLAYERS)
        raise Unreadable(f"there is no program here that plays sound, such as {names}; use --render FILE")
    with tempfile.TemporaryDirectory(prefix="statuspage-play-") as folder:
        file = Path(folder, "message.wav")
        file.write_bytes(wav)
        ended = subprocess.run([*found, str(file)], check=False)
    if ended.returncode:
        raise Unreadable(f"{found[0]} could not play it and ended with {ended.returncode}; use --render FILE")
