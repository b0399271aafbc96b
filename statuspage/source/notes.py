"""The faults of one file, collected while it is read."""

from __future__ import annotations

from dataclasses import dataclass, field

from statuspage.errors import Fault, Severity


@dataclass(frozen=True, slots=True, kw_only=True)
class Breaking(Fault):
    """A fault for which the file as a whole cannot be published as it is."""


@dataclass(slots=True, kw_only=True)
class Notes:
    """What was found wrong with one file so far."""

    path: str
    faults: list[Fault] = field(default_factory=list)
    breaking: list[Breaking] = field(default_factory=list)
    """Why its front matter, title or update headings cannot be read; empty while the file is not broken."""
    strangers: list[Fault] = field(default_factory=list)
    """Components that the configuration does not know: how bad that is depends on how the incident ends."""

    def error(self, what: str, *, line: int | None = None, where: str = "") -> None:
        """Note a value that is left out; the rest of the file is published."""
        self.faults.append(Fault(path=self.path, line=line, where=where, what=what))

    def warning(self, what: str, *, line: int | None = None, where: str = "") -> None:
        """Note something that stays as it is, but is hardly meant so."""
        self.faults.append(Fault(path=self.path, line=line, where=where, what=what, severity=Severity.WARNING))

    def broken(self, what: str, *, line: int | None = None, where: str = "") -> None:
        """Note why the file as a whole cannot be published as it is."""
        self.breaking.append(Breaking(path=self.path, line=line, where=where, what=what))

    def stranger(self, what: str, *, line: int | None, where: str) -> None:
        """Note a component that the configuration does not know."""
        self.strangers.append(Fault(path=self.path, line=line, where=where, what=what))
