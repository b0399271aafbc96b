"""Files below one folder: each whole at every moment, on disk when the call returns, and never through a link."""

from __future__ import annotations

import ctypes
import os
import secrets
import stat
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from pathlib import Path

from statuspage.errors import StatusPageError
from statuspage.whole_file import TEMPORARY_SUFFIX

ONE_BY_ONE = 4
"""Up to so many files are each brought to disk by themselves; more, all at once."""


class LeadsOut(StatusPageError):
    """A link lies in the way that may lead out of the folder."""


class Folder:
    """The folder that files are written below."""

    def __init__(self, root: Path) -> None:
        self._root = str(root)
        self._made: set[str] = set()
        """Folders that are known to be there and to be no links."""

    def write(self, files: Mapping[str, bytes]) -> None:
        """Put these files in place in their order; the last is in place only when all are on disk.

        Raises LeadsOut, or OSError where the disk refuses; what was there before stays.
        """
        beside: dict[str, str] = {}
        try:
            for path, content in files.items():
                beside[path] = self._write_beside(path, content, syncs=len(files) <= ONE_BY_ONE)
            if len(files) > ONE_BY_ONE:
                sync_all(self._root)
            for path in files:
                self._put_in_place(beside[path], path)
                del beside[path]
        finally:
            for leftover in beside.values():
                with suppress(FileNotFoundError):
                    os.unlink(leftover)  # noqa: PTH108 - strings throughout: this is done for each of many files
        if len(files) > ONE_BY_ONE:
            sync_all(self._root)
        else:
            for folder in {path.rpartition("/")[0] for path in files}:
                _sync(f"{self._root}/{folder}")

    def remove(self, path: str) -> bool:
        """Remove a file, and the folders above it that are empty then; return False when it was not there."""
        target = Path(self._root, path)
        if not self._is_real(path) or not target.is_file():
            return False
        target.unlink()
        for folder in target.parents:
            if folder == Path(self._root) or any(folder.iterdir()):
                break
            folder.rmdir()
            self._made.discard(folder.relative_to(self._root).as_posix())
        return True

    def size_of(self, path: str) -> int | None:
        """Return the size of a regular file; None for anything else."""
        try:
            status = os.lstat(f"{self._root}/{path}")
        except OSError:
            return None
        return status.st_size if stat.S_ISREG(status.st_mode) else None

    def content_of(self, path: str) -> bytes | None:
        """Return the bytes of a file; None when there is none."""
        try:
            return Path(self._root, path).read_bytes()
        except (FileNotFoundError, NotADirectoryError):
            return None

    def stamps(self, folders: Iterable[str]) -> dict[str, str | None]:
        """Return what changes when an entry of a folder is added, replaced or removed; None for no folder."""
        return {folder: self._stamp(folder) for folder in folders}

    def _stamp(self, folder: str) -> str | None:
        try:
            status = os.lstat(f"{self._root}/{folder}")
        except OSError:
            return None
        return f"{status.st_mtime_ns}.{status.st_ino}" if stat.S_ISDIR(status.st_mode) else None

    def _write_beside(self, path: str, content: bytes, *, syncs: bool) -> str:
        folder = path.rpartition("/")[0]
        self._make(folder)
        # Named for itself alone: two programs may write the same file at once, and names may be as long as names go.
        beside = f"{self._root}/{folder}/.{secrets.token_hex(8)}{TEMPORARY_SUFFIX}"
        descriptor = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o666)
        try:
            with os.fdopen(descriptor, "wb", buffering=0) as stream:
                view = memoryview(content)
                while view:
                    view = view[stream.write(view) :]
                if syncs:
                    os.fsync(descriptor)
        except BaseException:
            os.unlink(beside)  # noqa: PTH108 - as above
            raise
        return beside

    def _put_in_place(self, beside: str, path: str) -> None:
        target = f"{self._root}/{path}"
        with suppress(FileNotFoundError):
            status = os.lstat(target)
            os.chmod(beside, stat.S_IMODE(status.st_mode) & 0o777)  # noqa: PTH101 - as above
        os.replace(beside, target)  # noqa: PTH105 - as above

    def _make(self, folder: str) -> None:
        """Make a folder and those above it; whatever stands there already must be no link."""
        if folder in self._made:
            return
        place = f"{self._root}/{folder}" if folder else self._root
        if folder:
            self._make(folder.rpartition("/")[0])
        try:
            os.mkdir(place)  # noqa: PTH102 - as above
        except FileNotFoundError:
            Path(place).mkdir(parents=True, exist_ok=True)
        except FileExistsError:
            if folder and stat.S_ISLNK(os.lstat(place).st_mode):
                raise LeadsOut(f"{folder}: leads out of {self._root}; nothing is written there") from None
        if folder.count("/") < 1 or len(self._made) < 10_000:
            self._made.add(folder)

    def _is_real(self, path: str) -> bool:
        """Return False when a folder on the way is a link."""
        parts = path.split("/")[:-1]
        places = ("/".join(parts[: n + 1]) for n in range(len(parts)))
        return not any(os.path.islink(f"{self._root}/{place}") for place in places)  # noqa: PTH114 - as above


def _find_syncfs() -> Callable[[int], int] | None:
    try:
        found: Callable[[int], int] = ctypes.CDLL(None, use_errno=True).syncfs
    except (OSError, AttributeError):
        return None
    return found


_SYNCFS = _find_syncfs()


def sync_all(place: str) -> None:
    """Bring everything written to the file system of `place` to disk."""
    if _SYNCFS is None:
        os.sync()
        return
    descriptor = os.open(place, os.O_RDONLY)
    try:
        if _SYNCFS(descriptor):
            raise OSError(ctypes.get_errno(), "cannot be brought to disk", place)
    finally:
        os.close(descriptor)


def _sync(place: str) -> None:
    descriptor = os.open(place, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
