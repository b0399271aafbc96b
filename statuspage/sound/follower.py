"""Sound that follows the words: made beside the server, and published when it is there."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Sequence
from pathlib import Path

from statuspage.sound.apart import Maker
from statuspage.sound.scripts import Script
from statuspage.sound.studio import Studio

logger = logging.getLogger(__name__)


class Follower:
    """Has the sound made that is wanted last, in a thread of its own."""

    def __init__(self, site_dir: Path, *, on_made: Callable[[], None]) -> None:
        """Prepare it; `on_made` is called when sound that was wanted may be there."""
        self._maker = Maker(site_dir)
        self._studio = Studio(site_dir)
        self._on_made = on_made
        self._wanted: tuple[Script, ...] = ()
        self._is_wanted = threading.Event()
        self._is_stopping = False
        self._thread = threading.Thread(target=self._run, name="sound", daemon=True)
        self.trouble = ""
        """Why sound that is wanted is not made; empty when all is well."""

    def want(self, scripts: Sequence[Script]) -> None:
        """Have these made; what was wanted before and is not among them is not wanted any more."""
        self._wanted = tuple(scripts)
        if not scripts:
            self.trouble = ""
            return
        if self._thread.ident is None:
            self._thread.start()
        self._is_wanted.set()

    def stop(self) -> None:
        """End what is being made."""
        self._is_stopping = True
        self._is_wanted.set()
        self._maker.stop()

    def _run(self) -> None:
        while not self._is_stopping:
            self._is_wanted.wait()
            self._is_wanted.clear()
            if self._wanted and not self._is_stopping:
                self._make(self._wanted)

    def _make(self, scripts: tuple[Script, ...]) -> None:
        trouble = self._maker.make(scripts)
        if trouble and not self._is_stopping:
            logger.error("not spoken", extra={"reason": trouble})
        self.trouble = f"callers hear a short message in place of the whole one: {trouble}" if trouble else ""
        # What cannot be made is wanted again when the site is published next: only for what is there is that now.
        if any(self._studio.ready(script) for script in scripts):
            self._on_made()
