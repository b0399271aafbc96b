"""One compiler a site: the lock that says who it is, and where it serves."""

from __future__ import annotations

import fcntl
import os
from pathlib import Path

from statuspage.layout import VAR


class SiteLock:
    """The lock of a site folder, free again the moment its holder ends, however it ends."""

    def __init__(self, site_dir: Path, *, address: str = "") -> None:
        """Prepare it; `address` is what others find in it while it is held: where a browser finds the page."""
        self._path = site_dir / VAR / "lock"
        self._address = address
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
        os.ftruncate(descriptor, 0)
        os.write(descriptor, self._address.encode())
        self._descriptor = descriptor
        return True

    def holder(self) -> str | None:
        """Return the address that another process left in the lock that it holds; None when nobody else holds it."""
        try:
            descriptor = os.open(self._path, os.O_RDONLY | os.O_CLOEXEC)
        except FileNotFoundError:
            return None
        with os.fdopen(descriptor, encoding="utf-8") as file:
            try:
                fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
            except BlockingIOError:
                return file.read()
        return None
