"""What all measurements share: a command run and what it cost, rounds in turn, and a row of the table."""

from __future__ import annotations

import os
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median


class Failed(Exception):
    """A command that was to be measured did not do its work."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cost:
    """What one run of a command took, its own children included."""

    cpu_seconds: float
    wall_seconds: float
    peak_bytes: int
    """Resident memory of the largest single process."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One line of the table of targets."""

    target: str
    what: str
    wanted: str
    measured: str
    spread: str
    is_met: bool

    def __str__(self) -> str:
        verdict = "met" if self.is_met else "**missed**"
        return f"| {self.target} | {self.what} | {self.wanted} | {self.measured} | {self.spread} | {verdict} |"


def run(command: Sequence[str | Path]) -> Cost:
    """Run a command to its end and return what it cost.

    The kernel counts the memory of the process that starts another one to the other as well: stay small here.
    """
    with tempfile.TemporaryFile() as said:
        began_at = time.perf_counter()
        process = subprocess.Popen([*map(str, command)], stdout=subprocess.DEVNULL, stderr=said)
        _, status, usage = os.wait4(process.pid, 0)
        wall_seconds = time.perf_counter() - began_at
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            said.seek(0)
            words = said.read().decode(errors="replace").strip()
            raise Failed(f"{' '.join(map(str, command))}: ended with {process.returncode}: {words}")
    return Cost(
        cpu_seconds=usage.ru_utime + usage.ru_stime,
        wall_seconds=wall_seconds,
        peak_bytes=usage.ru_maxrss * 1024,
    )


def in_turn(ours: Callable[[], Cost], other: Callable[[], Cost], *, rounds: int) -> list[tuple[Cost, Cost]]:
    """Run both sides so many times in turn, so that a busy moment of the machine meets both."""
    return [(ours(), other()) for _ in range(rounds)]


def cpu_ratios(pairs: Iterable[tuple[Cost, Cost]]) -> list[float]:
    """Return ours divided by the other, of each round."""
    return [ours.cpu_seconds / other.cpu_seconds for ours, other in pairs]


def ratio_row(target: str, ratios: Sequence[float], *, what: str, limit: float, detail: str = "") -> Row:
    """Return the row of a target that is a ratio, judged by its median."""
    spread = f"{min(ratios):.2f}–{max(ratios):.2f}" + (f"; {detail}" if detail else "")
    return Row(
        target=target,
        what=what,
        wanted=f"≤ {limit:g} x",
        measured=f"{median(ratios):.2f} x",
        spread=spread,
        is_met=median(ratios) <= limit,
    )


def percentile(values: Sequence[float], share: float) -> float:
    """Return the value that so large a share of the values does not exceed."""
    return sorted(values)[min(len(values) - 1, int(len(values) * share))]


def counted_short(count: int) -> str:
    """Return a number of incidents as the targets write it: 10k."""
    return f"{count // 1000}k" if count % 1000 == 0 else str(count)
