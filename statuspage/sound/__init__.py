"""The hold message as sound: spoken by a voice on this machine, and made fit for a telephone line."""

from __future__ import annotations

from importlib.util import find_spec

ENDINGS = (".wav", ".ulaw", ".alaw", "-16k.wav", "-connect.wav")
"""How the names of the forms end that a wording has."""
LIBRARIES = ("numpy", "py_nanotts", "soxr")


def what_is_missing() -> str | None:
    """Return what to install for sound; None where it is there. Words, SSML and TwiML need none of it."""
    missing = [name for name in LIBRARIES if find_spec(name) is None]
    if not missing:
        return None
    return f"there is no voice on this machine ({', '.join(missing)}): pip install statuspage[hold]"
