"""What lies in the trees of git: files by path, what differs between two trees, a tree with other files in it."""

from __future__ import annotations

import stat
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from dulwich.errors import ChecksumMismatch, FileFormatException, ObjectFormatException
from dulwich.object_store import BaseObjectStore, commit_tree_changes
from dulwich.objects import Blob, Commit, ObjectID, ShaFile, Tree

from statuspage.errors import GitRefused

_UNREADABLE = (
    KeyError,
    ValueError,
    OSError,
    AssertionError,
    zlib.error,
    ChecksumMismatch,
    FileFormatException,
    ObjectFormatException,
)
"""What dulwich answers with where an object is missing or damaged."""
MOST_FILES = 1_000_000
DEEPEST = 32
REGULAR = 0o100644


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """What a tree says of one path that is no folder."""

    mode: int
    object_id: ObjectID

    @property
    def is_regular(self) -> bool:
        """Return True for a file, False for a symlink or a submodule."""
        return stat.S_ISREG(self.mode)

    @property
    def is_link(self) -> bool:
        """Return True for a symlink."""
        return stat.S_ISLNK(self.mode)


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """One path at which two trees differ."""

    path: bytes
    """With the names between slashes as git has them, whatever they are."""
    old: Entry | None
    new: Entry | None


def commit_of(store: BaseObjectStore, commit_id: ObjectID) -> Commit:
    """Return the commit; raise GitRefused where it is not there or is none."""
    commit = _object(store, commit_id)
    if not isinstance(commit, Commit):
        raise GitRefused(f"{short(commit_id)} is no commit")
    return commit


def tree_of(store: BaseObjectStore, commit_id: ObjectID | None) -> ObjectID | None:
    """Return the tree of a commit; None for no commit."""
    if commit_id is None:
        return None
    tree: ObjectID = commit_of(store, commit_id).tree
    return tree


def differences(store: BaseObjectStore, old: ObjectID | None, new: ObjectID | None) -> Iterator[Difference]:
    """Yield every path at which two trees differ; None stands for an empty tree.

    Folders that are the same are not looked into. Raises GitRefused for trees that nobody makes by hand: too deep, or
    with more than a million differences.
    """
    waiting = [(b"", old, new, 0)]
    count = 0
    while waiting:
        above, old_tree, new_tree, depth = waiting.pop()
        if depth > DEEPEST:
            raise GitRefused(f"folders lie deeper than {DEEPEST} in one another; flatten them")
        old_entries, new_entries = _entries(store, old_tree), _entries(store, new_tree)
        for name in old_entries.keys() | new_entries.keys():
            before, after = old_entries.get(name), new_entries.get(name)
            if before == after:
                continue
            count += 1
            if count > MOST_FILES:
                raise GitRefused(f"there are more than {MOST_FILES} files; a site that large cannot be brought in")
            folders = _folder(before), _folder(after)
            if any(folders):
                waiting.append((above + name + b"/", *folders, depth + 1))
            files = _file(before), _file(after)
            if any(files):
                yield Difference(path=above + name, old=files[0], new=files[1])


def files_in(store: BaseObjectStore, tree: ObjectID | None) -> dict[bytes, Entry]:
    """Return everything in a tree that is no folder, by path."""
    return {each.path: each.new for each in differences(store, None, tree) if each.new}


def entry_at(store: BaseObjectStore, tree: ObjectID | None, path: bytes) -> Entry | None:
    """Return what is at a path; None for a folder or for nothing."""
    *folders, name = path.split(b"/")
    for folder in folders:
        found = _entries(store, tree).get(folder)
        tree = _folder(found)
        if tree is None:
            return None
    return _file(_entries(store, tree).get(name))


def blob_at(store: BaseObjectStore, tree: ObjectID | None, path: bytes) -> bytes | None:
    """Return the content of the regular file at a path; None where there is none."""
    entry = entry_at(store, tree, path)
    return content_of(store, entry) if entry and entry.is_regular else None


def content_of(store: BaseObjectStore, entry: Entry) -> bytes:
    """Return the content of a file; raise GitRefused where the repository does not have it."""
    blob = _object(store, entry.object_id)
    return blob.data if isinstance(blob, Blob) else b""


def tree_with(store: BaseObjectStore, tree: ObjectID, contents: Mapping[bytes, bytes]) -> ObjectID:
    """Return the same tree with these files in it, stored."""
    changes: list[tuple[bytes, int | None, ObjectID | None]] = []
    for path, content in contents.items():
        blob = Blob.from_string(content)
        store.add_object(blob)
        changes.append((path, REGULAR, blob.id))
    return commit_tree_changes(store, tree, changes)


def short(object_id: ObjectID) -> str:
    """Return the id as people write it."""
    return object_id[:10].decode("ascii", "replace")


def _entries(store: BaseObjectStore, tree_id: ObjectID | None) -> dict[bytes, tuple[int, ObjectID]]:
    if tree_id is None:
        return {}
    tree = _object(store, tree_id)
    if not isinstance(tree, Tree):
        raise GitRefused(f"{short(tree_id)} is no tree")
    return {entry.path: (entry.mode, entry.sha) for entry in tree.iteritems()}


def _object(store: BaseObjectStore, object_id: ObjectID) -> ShaFile:
    try:
        found = store[object_id]
        if isinstance(found, Tree):
            found.items()  # it is taken apart only now
    except _UNREADABLE as error:
        raise GitRefused(f"object {short(object_id)} is missing or damaged; fetch the repository anew") from error
    return found


def _folder(found: tuple[int, ObjectID] | None) -> ObjectID | None:
    return found[1] if found and stat.S_ISDIR(found[0]) else None


def _file(found: tuple[int, ObjectID] | None) -> Entry | None:
    return Entry(mode=found[0], object_id=found[1]) if found and not stat.S_ISDIR(found[0]) else None
