"""One compiler a site: the lock that says who it is."""

from __future__ import annotations

import fcntl
import os
from pathlib import Path

from statuspage.layout import VAR


class SiteLock:
    """The lock of a site folder, free again the moment its holder ends, however it ends."""

    def __init__(self, site_dir: Path) -> None:
        self._path = site_dir / VAR / "lock"
        self._descriptor: int | None = None

    @property
    def is_held(self) -> bool:
        """Return True when this process holds the lock."""
        return self._descriptor is not None

    def try_take(self) -> bool:
        """Take the lock if it is free; return True when this process holds it now."""
        if self.is_held:
            return True
        self._path.parent.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(self._path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(descriptor)
            return False
        self._descriptor = descriptor
        return True
