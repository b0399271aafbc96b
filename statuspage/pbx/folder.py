"""One folder that follows one page."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from statuspage.pbx.page import (
    OWN_FOLDER,
    Summary,
    Unanswered,
    are_hashes,
    ask_file,
    ask_summary,
    is_instant_or_none,
)
from statuspage.pbx.silence import silence_of
from statuspage.whole_file import write_whole

STATE = ".hold.json"
"""What was fetched last, beside the files."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What one look at the page came to."""

    sentence: str
    is_well: bool = True


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
            try:
                return self._follow(known)
            except Unanswered as error:
                return self._alone(known, now, str(error))
        except OSError as error:
            return Outcome(sentence=f"{self.folder}: {error.strerror}; not all of it is written.", is_well=False)

    def _follow(self, known: dict[str, Any]) -> Outcome:
        """Bring the folder to what the page says; raises Unanswered."""
        # Where callers hear silence, the files are wanted again, however the page tags them.
        summary = ask_summary(self.url, "" if known.get("is_silent") else known.get("etag", ""))
        if summary is None:
            # The page answers that this is still what it says: it may be believed, however old it is.
            return Outcome(sentence="Nothing is new.")
        wanted = self._wanted(summary)
        new, gone = self._fetch(wanted), sorted(set(known.get("files", ())) - set(wanted))
        # First of all until when it may be believed: no file is ever played that nobody would silence.
        self._keep(summary, [*wanted, *gone], etag="")
        for path, content in new.items():
            self._write(path, content)
        self._silence(gone)
        self._keep(summary, wanted, etag=summary.etag)
        return Outcome(sentence=f"Fetched {len(new)} of {len(wanted)} files." if new else "Nothing is new.")

    def _alone(self, known: dict[str, Any], now: datetime, why: str) -> Outcome:
        """Return what is played while the page does not answer."""
        until = known.get("valid_until")
        if not known:
            return Outcome(sentence=f"{self.url}: {why}; there is nothing to play yet.", is_well=False)
        if until and now <= datetime.fromisoformat(until):
            return Outcome(sentence=f"{self.url}: {why}; the last message stays until {until}.", is_well=False)
        self._silence(known["files"])
        self._write_state(known | {"is_silent": True})
        return Outcome(sentence=f"{self.url}: {why}; the last message is too old, callers hear silence.", is_well=False)

    def _known(self) -> dict[str, Any]:
        """Return what was fetched last; empty where that is nothing, or nothing that this program wrote."""
        try:
            known = json.loads((self.folder / STATE).read_bytes())
            files = known["files"]
            is_ours = are_hashes(dict.fromkeys(files, "")) and is_instant_or_none(known["valid_until"])
        except (OSError, ValueError, RecursionError, LookupError, TypeError):
            return {}
        return known if is_ours else {}

    def _wanted(self, summary: Summary) -> dict[str, str]:
        """Return the hash of each file that is wanted, by its path below the site, in the order of the paths."""
        tops = tuple(f"{OWN_FOLDER}{language}{end}" for language in self.languages for end in "/.")
        return {path: digest for path, digest in sorted(summary.sha256.items()) if path.startswith(tops or OWN_FOLDER)}

    def _fetch(self, wanted: Mapping[str, str]) -> dict[str, bytes]:
        """Return what differs; raises Unanswered unless all of it has come as it should be."""
        new = {}
        for path, digest in wanted.items():
            here = self._place(path)
            if here.is_file() and hashlib.sha256(here.read_bytes()).hexdigest() == digest:
                continue
            content = ask_file(self.url, path)
            if hashlib.sha256(content).hexdigest() != digest:
                raise Unanswered(f"{path} is not what hold.json says; it is fetched again the next time")
            new[path] = content
        return new

    def _silence(self, paths: Iterable[str]) -> None:
        for path in paths:
            self._write(path, silence_of(path))

    def _keep(self, summary: Summary, files: Iterable[str], *, etag: str) -> None:
        self._write_state({"etag": etag, "valid_until": summary.valid_until, "files": sorted(files)})

    def _write_state(self, state: Mapping[str, Any]) -> None:
        write_whole(self.folder / STATE, json.dumps(state).encode())

    def _write(self, path: str, content: bytes) -> None:
        write_whole(self._place(path), content)

    def _place(self, path: str) -> Path:
        return self.folder / path.removeprefix(OWN_FOLDER)
