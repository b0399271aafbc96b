"""Earlier versions of a file: what stands in place of one that cannot be read, from git, else from `var/`."""

from __future__ import annotations

import contextlib
import os
import stat
import zlib
from collections.abc import Iterable, Iterator
from pathlib import Path, PurePosixPath

from dulwich.errors import (
    ChecksumMismatch,
    FileFormatException,
    NotGitRepository,
    ObjectFormatException,
    WrongObjectException,
)
from dulwich.objects import Blob, Commit, ObjectID, Tree
from dulwich.repo import Repo

from statuspage.errors import Fault, Severity
from statuspage.layout import VAR
from statuspage.source.folder import LARGEST_SOURCE_BYTES, SourceFile
from statuspage.source.notes import Breaking
from statuspage.whole_file import write_whole

MOST_VERSIONS = 50
MOST_COMMITS = 2_000
"""A file that nobody changed for so long has no earlier version worth a wait."""

_UNREADABLE_OBJECT = (
    KeyError,
    OSError,
    ValueError,
    TypeError,
    IndexError,
    AssertionError,
    zlib.error,
    ChecksumMismatch,
    FileFormatException,
    ObjectFormatException,
    WrongObjectException,
)
"""What dulwich answers with in a shallow clone or a damaged repository, whose bytes it does not check first."""


class LastGood:
    """The earlier versions of the files of one site folder."""

    def __init__(self, site_dir: Path) -> None:
        self._site_dir = site_dir
        self._good_dir = site_dir / VAR / "last-good"
        self._later_dir = site_dir / VAR / "last-readable"

    def versions(self, path: str) -> Iterator[bytes]:
        """Yield the versions of the file, newest first.

        Git tells them. Copies in `var/` come first where git does not have them: published, but not committed.
        """
        kept = list(self._kept(path))
        if not kept:
            yield from self._committed(path)
            return
        committed = list(self._committed(path))
        yield from (version for version in kept if version not in committed)
        yield from committed

    def remember(self, files: Iterable[SourceFile], *, faults: Iterable[Fault]) -> None:
        """Keep a copy of each file that can be read, and forget those of files that are gone.

        Of a file with an error the copies since the last one without are kept: each may hold the last good value of
        something. Where a copy cannot be written, go on without.
        """
        errors = [fault for fault in faults if fault.severity is Severity.ERROR]
        faulty = {fault.path for fault in errors}
        broken = {fault.path for fault in errors if isinstance(fault, Breaking)}
        present = set()
        for file in files:
            present.add(file.path)
            if file.data is None or file.fault is not None or file.path in broken:
                continue
            with contextlib.suppress(OSError):
                if file.path in faulty:
                    self._keep_later(file.path, file.data)
                else:
                    self._keep_good(file.path, file.data)
        for folder in (self._good_dir, self._later_dir):
            _forget(folder, present)

    def _kept(self, path: str) -> Iterator[bytes]:
        """Yield the copies, newest first."""
        for copy in (*reversed(_copies(self._later_dir / path)), self._good_dir / path):
            with contextlib.suppress(OSError, ValueError), copy.open("rb") as file:
                yield file.read(LARGEST_SOURCE_BYTES)

    def _keep_good(self, path: str, content: bytes) -> None:
        copy = self._good_dir / path
        if not copy.is_file() or copy.read_bytes() != content:
            write_whole(copy, content)
        for later in _copies(self._later_dir / path):
            later.unlink(missing_ok=True)

    def _keep_later(self, path: str, content: bytes) -> None:
        if next(self._kept(path), None) == content:
            return
        for copy in _copies(self._later_dir / path):
            if copy.read_bytes() == content:
                copy.unlink(missing_ok=True)
        copies = _copies(self._later_dir / path)
        number = int(copies[-1].name) + 1 if copies else 1
        write_whole(self._later_dir / path / f"{number:06}", content)
        for oldest in copies[: max(0, len(copies) + 1 - MOST_VERSIONS)]:
            oldest.unlink(missing_ok=True)

    def _committed(self, path: str) -> Iterator[bytes]:
        try:
            repository = Repo.discover(str(self._site_dir.resolve()))
        except (NotGitRepository, *_UNREADABLE_OBJECT):
            return
        with repository, contextlib.suppress(*_UNREADABLE_OBJECT):
            prefix = self._site_dir.resolve().relative_to(Path(repository.path).resolve())
            inside = PurePosixPath(prefix.as_posix()) / path
            yield from _versions(repository, inside.parts)


def _copies(folder: Path) -> list[Path]:
    """Return the numbered copies in a folder, oldest first."""
    try:
        return sorted(copy for copy in folder.iterdir() if copy.name.isdecimal())
    except (OSError, ValueError):
        return []


def _forget(folder: Path, present: set[str]) -> None:
    """Remove what was kept of files that are gone: another of the same name is another file."""
    for place, _, names in os.walk(folder):
        above = Path(place).relative_to(folder)
        # Below a path that is present lie the numbered copies of a file, or files of a folder that could not be read.
        if present.intersection(path.as_posix() for path in (above, *above.parents)):
            continue
        for name in names:
            if (above / name).as_posix() not in present:
                with contextlib.suppress(OSError):
                    (folder / above / name).unlink()


def _versions(repository: Repo, parts: tuple[str, ...]) -> Iterator[bytes]:
    """Yield the distinct contents along the first parents, as far back as the path was there without a gap."""
    commit = repository[repository.head()]
    seen: set[ObjectID] = set()
    for _ in range(MOST_COMMITS):
        found = _blob_id(repository, commit, parts) if isinstance(commit, Commit) else None
        if found is None or len(seen) >= MOST_VERSIONS:
            return
        if found not in seen:
            seen.add(found)
            blob = repository[found]
            if isinstance(blob, Blob) and blob.raw_length() <= LARGEST_SOURCE_BYTES:
                yield blob.data
        if not isinstance(commit, Commit) or not commit.parents:
            return
        commit = repository[commit.parents[0]]


def _blob_id(repository: Repo, commit: Commit, parts: tuple[str, ...]) -> ObjectID | None:
    """Return the id of the regular file at that path in a commit; None when there is none."""
    entry_id, mode = commit.tree, stat.S_IFDIR
    for part in parts:
        tree = repository[entry_id]
        name = os.fsencode(part)
        if not isinstance(tree, Tree) or name not in tree:
            return None
        mode, entry_id = tree[name]
    return entry_id if stat.S_ISREG(mode) else None
