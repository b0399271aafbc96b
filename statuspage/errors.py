"""What a person can act on: one fault in a file, and the errors that end a command."""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum


class Severity(StrEnum):
    """How bad a fault is: an error makes the command exit 1, a warning never does."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """One thing that is wrong with one file: where, what, and what would be right."""

    path: str
    """Relative to the site folder, with forward slashes."""
    line: int | None = None
    """From 1; None when the whole file is meant."""
    where: str = ""
    """The key, heading or field that is meant; empty when the line says it."""
    what: str
    """What is wrong and what would be right, as one line without a final newline."""
    severity: Severity = Severity.ERROR

    def __str__(self) -> str:
        """Return `path:line: where: what`, each part only if it is known."""
        place = self.path if self.line is None else f"{self.path}:{self.line}"
        note = "warning" if self.severity is Severity.WARNING else ""
        return ": ".join(part for part in (place, note, self.where.removesuffix(":"), self.what) if part)


def in_order(faults: Iterable[Fault]) -> tuple[Fault, ...]:
    """Return the faults by path, then by line, each once."""
    return tuple(sorted(set(faults), key=lambda fault: (fault.path, fault.line or 0, fault.where, fault.what)))


def has_errors(faults: Iterable[Fault]) -> bool:
    """Return True when something that a person wrote is wrong, warnings apart."""
    return any(fault.severity is Severity.ERROR for fault in faults)


class StatusPageError(Exception):
    """Something that a person can act on; the message says where, what, and what would be right."""


class FaultyFiles(StatusPageError):
    """Files that cannot be used as they are; carries every fault found, in file and line order."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = in_order(faults)
        super().__init__("\n".join(str(fault) for fault in self.faults))


class GitRefused(StatusPageError):
    """What git, or the repository that it asked, does not do now; nothing is lost, and the message says what to do."""


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """Return `; did you mean "x"?` for the known word nearest to `word`, or an empty string."""
    by_folded = {name.casefold(): name for name in known}
    near = difflib.get_close_matches(word.casefold(), by_folded, n=1, cutoff=0.6)
    return f'; did you mean "{by_folded[near[0]]}"?' if near else ""


class Unreadable(StatusPageError):
    """A piece of text that is not what it should be; becomes a fault where its place in the file is known."""


class NotDelivered(StatusPageError):
    """A message that did not arrive; says whether there is any use in trying again."""

    def __init__(self, reason: str, *, is_permanent: bool = False, retry_after: timedelta | None = None) -> None:
        super().__init__(reason)
        self.is_permanent = is_permanent
        self.retry_after = retry_after
        """How long the receiver wants to be left alone."""
