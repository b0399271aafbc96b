"""Sound that follows the words: made beside the server, in another process, and published when it is there."""

from __future__ import annotations

import logging
import pickle
import subprocess
import sys
import threading
from collections.abc import Callable, Sequence
from pathlib import Path

from statuspage.sound.scripts import Script
from statuspage.sound.speech import limit_for
from statuspage.sound.studio import Studio

logger = logging.getLogger(__name__)


class Follower:
    """Makes the sound that is wanted last, one batch at a time, in a thread that waits for another process."""

    def __init__(self, site_dir: Path, *, on_made: Callable[[], None]) -> None:
        """Prepare it; `on_made` is called when sound that was wanted is there."""
        self._site_dir = site_dir
        self._studio = Studio(site_dir)
        self._on_made = on_made
        self._wanted: tuple[Script, ...] = ()
        self._is_wanted = threading.Event()
        self._is_stopping = False
        self._maker: subprocess.Popen[bytes] | None = None
        self._thread = threading.Thread(target=self._run, name="sound", daemon=True)
        self.trouble = ""
        """Why sound that is wanted is not made; empty when all is well."""

    def want(self, scripts: Sequence[Script]) -> None:
        """Have these made; what was wanted before and is not among them is not wanted any more."""
        self._wanted = tuple(scripts)
        if scripts:
            self._is_wanted.set()
            if self._thread.ident is None:
                self._thread.start()
        else:
            self.trouble = ""

    def stop(self) -> None:
        """End what is being made."""
        self._is_stopping = True
        self._is_wanted.set()
        self._end_maker()

    def _run(self) -> None:
        while not self._is_stopping:
            self._is_wanted.wait()
            self._is_wanted.clear()
            scripts = self._wanted
            if scripts and not self._is_stopping:
                self._make(scripts)

    def _make(self, scripts: tuple[Script, ...]) -> None:
        trouble = self._made_apart(scripts)
        if trouble and not self._is_stopping:
            logger.error("not spoken", extra={"reason": trouble})
        self.trouble = f"callers hear a short message in place of the whole one: {trouble}" if trouble else ""
        if any(self._studio.ready(script) for script in scripts):
            self._on_made()

    def _made_apart(self, scripts: tuple[Script, ...]) -> str:
        """Make the sound in another process, which keeps the server free of what it needs; return what went wrong."""
        command = [sys.executable, "-P", "-m", "statuspage.sound.making", str(self._site_dir.resolve())]
        pipe = subprocess.PIPE
        limit_seconds = sum(2 * limit_for(script.sentences) for script in scripts)
        with subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=subprocess.STDOUT) as self._maker:
            try:
                told, _ = self._maker.communicate(pickle.dumps(scripts), timeout=limit_seconds)
            except subprocess.TimeoutExpired:
                return f"has not come to an end within {limit_seconds:g} seconds"
            finally:
                self._end_maker()
        lines = told.decode(errors="replace").strip().splitlines()
        return lines[-1] if self._maker.returncode and lines else ""

    def _end_maker(self) -> None:
        if self._maker and self._maker.poll() is None:
            self._maker.terminate()
