"""What a file of the hold message holds where nothing is to be said."""

from __future__ import annotations

import struct

_SILENT_SAMPLES = 2400
"""300 ms at 8 kHz."""
_XML = b'<?xml version="1.0" encoding="UTF-8"?>\n'
_SILENCES = (
    (".ulaw", b"\xff" * _SILENT_SAMPLES),
    (".alaw", b"\xd5" * _SILENT_SAMPLES),
    (".ssml", _XML + b'<speak version="1.0" xmlns="http://www.w3.org/2001/10/synthesis"/>\n'),
    (".vxml", _XML + b'<vxml version="2.1" xmlns="http://www.w3.org/2001/vxml"><form><block/></form></vxml>\n'),
    (".xml", _XML + b"<Response/>\n"),
)


def silence_of(path: str) -> bytes:
    """Return what a file of that name holds where nothing is to be said: no words, or 300 ms of silence."""
    if path.endswith("-connect.wav"):
        return _silent_wav(b"\xff" * _SILENT_SAMPLES, rate=8000, form=7)
    if path.endswith(".wav"):
        rate = 16000 if path.endswith("-16k.wav") else 8000
        return _silent_wav(b"\x00\x00" * (_SILENT_SAMPLES * rate // 8000), rate=rate, form=1)
    return next((silence for ending, silence in _SILENCES if path.endswith(ending)), b"")


def _silent_wav(body: bytes, *, rate: int, form: int) -> bytes:
    size = 1 if form == 7 else 2
    head = struct.pack("<IHHIIHH", 16, form, 1, rate, rate * size, size, size * 8)
    return (
        b"RIFF" + struct.pack("<I", 36 + len(body)) + b"WAVEfmt " + head + b"data" + struct.pack("<I", len(body)) + body
    )
