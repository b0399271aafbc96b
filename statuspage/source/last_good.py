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
from statuspage.source.folder import LARGEST_SOURCE_BYTES, SourceFile

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
    """The earlier versions of the files of one site folder; call it with a path."""

    def __init__(self, site_dir: Path) -> None:
        self._site_dir = site_dir
        self._kept_dir = site_dir / "var" / "last-good"

    def __call__(self, path: str) -> Iterator[bytes]:
        """Yield the versions of the file, newest first.

        Git tells them. The copy in `var/` comes first when git does not have it: it was published, but not committed.
        """
        kept = self._kept(path)
        committed = list(self._committed(path)) if kept is not None else self._committed(path)
        if kept is not None and isinstance(committed, list) and kept not in committed:
            yield kept
        yield from committed

    def remember(self, files: Iterable[SourceFile], *, faults: Iterable[Fault]) -> None:
        """Keep a copy of each file that has no error among the faults; where that cannot be written, go on without."""
        faulty = {fault.path for fault in faults if fault.severity is Severity.ERROR}
        for file in files:
            is_text = file.data is not None and file.fault is None
            if is_text and file.path not in faulty and self._kept(file.path) != file.data:
                with contextlib.suppress(OSError):
                    self._keep(file.path, file.data or b"")

    def _kept(self, path: str) -> bytes | None:
        try:
            with (self._kept_dir / path).open("rb") as file:
                return file.read(LARGEST_SOURCE_BYTES)
        except (OSError, ValueError):
            return None

    def _keep(self, path: str, content: bytes) -> None:
        target = self._kept_dir / path
        target.parent.mkdir(parents=True, exist_ok=True)
        beside = target.with_name(f".{target.name}.{os.getpid()}.new")
        try:
            beside.write_bytes(content)
            beside.replace(target)
        finally:
            beside.unlink(missing_ok=True)

    def _committed(self, path: str) -> Iterator[bytes]:
        try:
            repository = Repo.discover(str(self._site_dir.resolve()))
        except (NotGitRepository, *_UNREADABLE_OBJECT):
            return
        with repository, contextlib.suppress(*_UNREADABLE_OBJECT):
            prefix = self._site_dir.resolve().relative_to(Path(repository.path).resolve())
            inside = PurePosixPath(prefix.as_posix()) / path
            yield from _versions(repository, inside.parts)


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
