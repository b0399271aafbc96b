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
from statuspage.source.copies import MOST_VERSIONS, Copies
from statuspage.source.folder import LARGEST_SOURCE_BYTES, SourceFile
from statuspage.source.notes import Breaking

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
        self._copies = Copies(site_dir / VAR / "last-good.sqlite")

    def versions(self, path: str) -> Iterator[bytes]:
        """Yield the versions of the file, newest first.

        Git tells them. Copies in `var/` come first where git does not have them: published, but not committed.
        """
        kept = self._copies.of(path)
        if not kept:
            yield from self._committed(path)
            return
        committed = list(self._committed(path))
        yield from (version for version in kept if version not in committed)
        yield from committed

    def remember(self, files: Iterable[SourceFile], *, faults: Iterable[Fault]) -> None:
        """Keep a copy of each file that can be read; `faults` are those of these files.

        Of a file with an error the copies since the last one without are kept: each may hold the last good value of
        something. Where a copy cannot be written, go on without.
        """
        errors = [fault for fault in faults if fault.severity is Severity.ERROR]
        faulty = {fault.path for fault in errors}
        broken = {fault.path for fault in errors if isinstance(fault, Breaking)}
        readable = (f for f in files if f.data is not None and f.fault is None and f.path not in broken)
        self._copies.keep((file.path, file.data or b"", file.path in faulty) for file in readable)

    def forget(self, paths: Iterable[str]) -> None:
        """Forget files that are gone: another of the same name is another file."""
        self._copies.drop(paths)

    def forget_all_but(self, present: Iterable[str]) -> None:
        """Forget every file that is not there; what lies below a path that is present stays."""
        known = set(present)
        gone = (path for path in self._copies.paths() if known.isdisjoint(_path_and_parents(path)))
        self._copies.drop(list(gone))

    def _committed(self, path: str) -> Iterator[bytes]:
        try:
            repository = Repo.discover(str(self._site_dir.resolve()))
        except (NotGitRepository, *_UNREADABLE_OBJECT):
            return
        with repository, contextlib.suppress(*_UNREADABLE_OBJECT):
            prefix = self._site_dir.resolve().relative_to(Path(repository.path).resolve())
            inside = PurePosixPath(prefix.as_posix()) / path
            yield from _versions(repository, inside.parts)


def _path_and_parents(path: str) -> Iterator[str]:
    while path:
        yield path
        path = path.rpartition("/")[0]


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
