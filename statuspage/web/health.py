"""What operators and watchdogs are told about the compiler behind the page."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from statuspage.instants import utc_text


@dataclass(frozen=True, slots=True, kw_only=True)
class Health:
    """How the compiler is doing."""

    is_alive: bool
    """False when it has been silent for too long."""
    compiled_at: datetime | None
    """The last time that it succeeded; None: not since this program started."""
    next_change_at: datetime | None
    late_beats: int
    """For how many beats of 15 seconds the compiler has been silent; at four it is not alive any more."""
    faults: tuple[str, ...]
    """What is wrong with the files, a line each; what made the last compilation fail comes first."""

    def as_json(self) -> dict[str, object]:
        """Return it as `/healthz` shows it."""
        return {
            "ok": self.is_alive,
            "compiled_at": self.compiled_at and utc_text(self.compiled_at),
            "next_change_at": self.next_change_at and utc_text(self.next_change_at),
            "late_beats": self.late_beats,
            "faults": list(self.faults),
        }


HealthCheck = Callable[[], Health]
