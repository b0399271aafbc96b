"""Speaks one text in a process of its own: `python -m statuspage.sound.child VOICE SPEED`, the text on standard input.

It writes 16-bit samples at 16 kHz. A voice that crashes or hangs takes nobody with it, and one that is new gives the
same bytes for the same text (HOLD.md §4).
"""

from __future__ import annotations

import sys


def main(voice: str, speed: str) -> None:
    """Speak standard input to standard output."""
    from py_nanotts import NanoTTS

    text = sys.stdin.buffer.read().decode()
    sys.stdout.buffer.write(NanoTTS().speak(text, voice=voice, speed=float(speed)))


if __name__ == "__main__":
    main(*sys.argv[1:])
