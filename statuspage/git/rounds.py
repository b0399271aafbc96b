"""Network work in a thread of its own: one round after the other, sooner when woken, and ended in time."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from datetime import timedelta

from statuspage.config import GitSettings

FAILED_ROUND_SECONDS = 60.0
LONGEST_PAUSE = timedelta(minutes=15)

logger = logging.getLogger(__name__)


class Rounds:
    """Calls a function again and again; it returns how many seconds may pass until the next time."""

    def __init__(self, step: Callable[[], float], *, name: str) -> None:
        self._step = step
        self._woken = threading.Event()
        self._stopping = threading.Event()
        # A remote that never answers must not keep the program from ending.
        self._thread = threading.Thread(target=self._run, name=name, daemon=True)

    def start(self) -> None:
        """Begin with the first round at once."""
        self._thread.start()

    def wake(self) -> None:
        """Have the next round begin now, or right after the one that is under way."""
        self._woken.set()

    def stop(self, *, limit_seconds: float = 2.0) -> None:
        """End after the round that is under way, and wait so long for it."""
        self._stopping.set()
        self._woken.set()
        if self._thread.is_alive():
            self._thread.join(limit_seconds)

    def _run(self) -> None:
        while not self._stopping.is_set():
            self._woken.clear()
            try:
                pause_seconds = self._step()
            except Exception:
                logger.exception("git round failed")
                pause_seconds = FAILED_ROUND_SECONDS
            self._woken.wait(pause_seconds)


def pause_seconds(settings: GitSettings, failures: int) -> float:
    """Return how long the next round may wait, longer after each that failed."""
    longest = max(LONGEST_PAUSE, settings.fetch_every)
    doublings = max(0, min(failures, 8) - 1)
    return min(settings.fetch_every * (1 << doublings), longest).total_seconds()
