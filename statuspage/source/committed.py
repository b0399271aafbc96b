"""Earlier versions of a file from git, read with dulwich. Imported only when one is wanted: that takes its time."""

from __future__ import annotations

import contextlib
import os
import stat
import zlib
from collections.abc import Iterator
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

from statuspage.source.copies import MOST_VERSIONS
from statuspage.source.folder import LARGEST_SOURCE_BYTES

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


def committed_versions(site_dir: Path, path: str) -> Iterator[bytes]:
    """Yield the versions of a file of the site that git has, newest first; none where there is no repository."""
    try:
        repository = Repo.discover(str(site_dir.resolve()))
    except (NotGitRepository, *_UNREADABLE_OBJECT):
        return
    with repository, contextlib.suppress(*_UNREADABLE_OBJECT):
        prefix = site_dir.resolve().relative_to(Path(repository.path).resolve())
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
