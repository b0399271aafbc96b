"""What git says has changed between two commits: for pipelines, whose files all have new stamps after a checkout."""

from __future__ import annotations

from pathlib import Path

from dulwich.diff_tree import tree_changes
from dulwich.errors import NotGitRepository
from dulwich.objects import Commit, ObjectID
from dulwich.repo import Repo

_NO_ANSWER = (NotGitRepository, KeyError, OSError, ValueError, AssertionError)
"""Of a folder outside a repository, one without a commit, a shallow clone without the old one, a damaged one."""


def head_of(site_dir: Path) -> str | None:
    """Return the commit that is checked out; None where there is none."""
    try:
        with Repo.discover(str(site_dir.resolve())) as repository:
            return repository.head().decode()
    except _NO_ANSWER:
        return None


def changed_since(site_dir: Path, commit: str) -> frozenset[str] | None:
    """Return the files of the site that differ between `commit` and the one checked out; None where git cannot say.

    What is not committed is not among them.
    """
    try:
        with Repo.discover(str(site_dir.resolve())) as repository:
            prefix = site_dir.resolve().relative_to(Path(repository.path).resolve()).as_posix().encode()
            before, after = (_tree(repository, each) for each in (ObjectID(commit.encode()), repository.head()))
            changes = tree_changes(repository.object_store, before, after)
            sides = (side.path for change in changes for side in (change.old, change.new) if side and side.path)
            return frozenset(name for path in sides if (name := _below(path, prefix)))
    except _NO_ANSWER:
        return None


def _tree(repository: Repo, commit_id: ObjectID) -> ObjectID:
    commit = repository[commit_id]
    assert isinstance(commit, Commit)
    tree: ObjectID = commit.tree
    return tree


def _below(path: bytes, prefix: bytes) -> str:
    """Return the path below the site folder; empty for one outside of it."""
    if prefix == b".":
        return path.decode("utf-8", "replace")
    return path.removeprefix(prefix + b"/").decode("utf-8", "replace") if path.startswith(prefix + b"/") else ""
