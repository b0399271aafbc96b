"""The hold message of a page as files in a folder of a telephone system: fetched, checked, and silent when too old."""

from __future__ import annotations

import hashlib
import json
import struct
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, NamedTuple

import urllib3

from statuspage.whole_file import write_whole

STATE = ".hold.json"
"""What was fetched last, beside the files."""
LARGEST_FILE_BYTES = 8 * 1024 * 1024
TIMEOUT_SECONDS = 10
_SILENT_SAMPLES = 2400
"""300 ms at 8 kHz."""
_OWN_FOLDER = "hold/"
_XML = b'<?xml version="1.0" encoding="UTF-8"?>\n'
_SILENCES = (
    (".ulaw", b"\xff" * _SILENT_SAMPLES),
    (".alaw", b"\xd5" * _SILENT_SAMPLES),
    (".ssml", _XML + b'<speak version="1.0" xmlns="http://www.w3.org/2001/10/synthesis"/>\n'),
    (".vxml", _XML + b'<vxml version="2.1" xmlns="http://www.w3.org/2001/vxml"><form><block/></form></vxml>\n'),
    (".xml", _XML + b"<Response/>\n"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What one look at the page came to."""

    sentence: str
    is_well: bool = True


class _Answer(NamedTuple):
    """What a page answered."""

    status: int
    etag: str
    content: bytes


class Unanswered(Exception):
    """The page cannot be asked, or what it answers is not what it promised."""


@dataclass(frozen=True, slots=True, kw_only=True)
class HoldCopy:
    """One folder that follows one page."""

    url: str
    folder: Path
    languages: tuple[str, ...] = ()
    """Empty: all of the page."""

    def bring(self, now: datetime) -> Outcome:
        """Bring the folder to what the page says; without an answer, leave it until it is too old to be true."""
        known = self._known()
        try:
            summary, etag = self._summary(known.get("etag", ""))
            if summary is None:
                return self._unchanged(known, now)
            changed = self._fetch(summary)
        except (Unanswered, urllib3.exceptions.HTTPError, OSError, ValueError) as error:
            return self._alone(known, now, str(error))
        files = sorted(self._wanted(summary))
        kept = {"etag": etag, "valid_until": summary.get("valid_until"), "files": files}
        self._write(STATE, json.dumps(kept).encode())
        return Outcome(sentence=f"Fetched {changed} of {len(files)} files." if changed else "Nothing is new.")

    def _unchanged(self, known: dict[str, Any], now: datetime) -> Outcome:
        # The page answers that this is still what it says: it may be believed, however old it is.
        is_silent = known.get("is_silent")
        if is_silent:
            self._write(STATE, json.dumps(known | {"etag": ""}).encode())
            return self.bring(now)
        return Outcome(sentence="Nothing is new.")

    def _alone(self, known: dict[str, Any], now: datetime, why: str) -> Outcome:
        """Return what is played while the page does not answer."""
        until = known.get("valid_until")
        if not known:
            return Outcome(sentence=f"{self.url}: {why}; there is nothing to play yet.", is_well=False)
        if until and now <= datetime.fromisoformat(until):
            return Outcome(sentence=f"{self.url}: {why}; the last message stays until {until}.", is_well=False)
        for path in known["files"]:
            self._write(path.removeprefix(_OWN_FOLDER), silence_of(path))
        self._write(STATE, json.dumps(known | {"is_silent": True}).encode())
        return Outcome(sentence=f"{self.url}: {why}; the last message is too old, callers hear silence.", is_well=False)

    def _known(self) -> dict[str, Any]:
        try:
            known = json.loads((self.folder / STATE).read_bytes())
        except (OSError, ValueError):
            return {}
        return known if isinstance(known, dict) else {}

    def _summary(self, etag: str) -> tuple[dict[str, Any] | None, str]:
        """Return `hold.json` and its tag; None where it is what it was."""
        answer = self._get("hold/hold.json", {"If-None-Match": etag} if etag else {})
        if answer.status == 304:
            return None, etag
        summary = json.loads(answer.content)
        if not isinstance(summary, dict) or not isinstance(summary.get("sha256"), dict):
            raise Unanswered("hold.json is not one of a page that this program knows")
        return summary, answer.etag

    def _wanted(self, summary: dict[str, Any]) -> dict[str, str]:
        """Return the hash of each file that is wanted, by its path below the site."""
        tops = tuple(f"{_OWN_FOLDER}{language}{end}" for language in self.languages for end in "/.")
        return {
            path: digest
            for path, digest in summary["sha256"].items()
            if path.startswith(tops or _OWN_FOLDER) and ".." not in path
        }

    def _fetch(self, summary: dict[str, Any]) -> int:
        """Fetch what differs; nothing is written unless all of it has come as it should be."""
        new = {}
        for path, digest in self._wanted(summary).items():
            here = self.folder / path.removeprefix(_OWN_FOLDER)
            if here.is_file() and hashlib.sha256(here.read_bytes()).hexdigest() == digest:
                continue
            content = self._get(path, {}).content
            if hashlib.sha256(content).hexdigest() != digest:
                raise Unanswered(f"{path} is not what hold.json says; it is fetched again the next time")
            new[path] = content
        for path, content in new.items():
            self._write(path.removeprefix(_OWN_FOLDER), content)
        return len(new)

    def _get(self, path: str, headers: dict[str, str]) -> _Answer:
        with urllib3.PoolManager(retries=False, timeout=TIMEOUT_SECONDS) as pool:
            address = f"{self.url.rstrip('/')}/{path}"
            answer = pool.request("GET", address, headers=headers, preload_content=False, redirect=True, retries=3)
            content = answer.read(LARGEST_FILE_BYTES + 1)
            if len(content) > LARGEST_FILE_BYTES:
                raise Unanswered(f"{path} is larger than {LARGEST_FILE_BYTES // 1024**2} MB")
            if answer.status not in (200, 304):
                raise Unanswered(f"{path}: the answer is {answer.status}")
            return _Answer(answer.status, answer.headers.get("ETag", ""), content)

    def _write(self, name: str, content: bytes) -> None:
        target = self.folder / name
        target.parent.mkdir(parents=True, exist_ok=True)
        write_whole(target, content)


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
