"""What a page says now, asked for again and again, so that no caller ever waits for an answer."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from datetime import datetime

from statuspage.pbx.page import Summary, Unanswered, ask_summary

ASK_EVERY_SECONDS = 5.0

logger = logging.getLogger(__name__)


class Following:
    """Follows one page in a thread of its own."""

    def __init__(self, url: str, *, clock: Callable[[], datetime]) -> None:
        self.url = url.rstrip("/")
        self._clock = clock
        self._known: Summary | None = None
        self._is_answered = False
        self._trouble = ""
        self._is_stopping = threading.Event()
        self._thread = threading.Thread(target=self._run, name="following", daemon=True)

    def start(self) -> None:
        """Ask once, and go on asking."""
        self._ask()
        self._thread.start()

    def stop(self) -> None:
        """Ask no more."""
        self._is_stopping.set()

    def now(self) -> Summary | None:
        """Return what the page says; None where nothing is known that may be believed.

        While the page does not answer, what it said last holds as long as it said that it would.
        """
        known = self._known
        if known is None or self._is_answered or known.valid_until is None:
            return known
        return known if self._clock() <= datetime.fromisoformat(known.valid_until) else None

    def _run(self) -> None:
        while not self._is_stopping.wait(ASK_EVERY_SECONDS):
            self._ask()

    def _ask(self) -> None:
        try:
            self._known = ask_summary(self.url, self._known.etag if self._known else "") or self._known
        except Unanswered as error:
            self._note(str(error))
            self._is_answered = False
        else:
            self._note("")
            self._is_answered = True

    def _note(self, trouble: str) -> None:
        """Say once why the page does not answer, and once that it does again."""
        if trouble != self._trouble:
            if trouble:
                logger.warning("page does not answer", extra={"reason": trouble})
            else:
                logger.info("page answers again")
        self._trouble = trouble
