"""A work tree brought forward to a newer commit, only where nothing that a person did is in the way."""

from __future__ import annotations

import os
from contextlib import suppress
from datetime import datetime
from pathlib import Path

from dulwich.index import ConflictedIndexEntry, index_entry_from_stat
from dulwich.object_store import BaseObjectStore
from dulwich.objects import ObjectID

from statuspage.errors import GitRefused
from statuspage.git.trees import Difference, Entry, blob_at, content_of, differences, tree_of
from statuspage.git.work_tree import IndexEntries, WorkTree
from statuspage.whole_file import write_whole

_CONVERTS = (b"filter=", b"eol=crlf", b"working-tree-encoding", b"ident")
"""In `.gitattributes`: the files on disk are then not as they are in git, and only git itself knows how."""


def bring_forward(work: WorkTree, old: ObjectID, new: ObjectID, *, author: str, at: datetime) -> str:
    """Bring branch, index and files from one commit to the other; return why not, empty when it was done.

    All or nothing is looked at first: a file that somebody edited or staged keeps everything where it is. Ended in
    between, it is done by the next call.
    """
    store = work.repo.object_store
    differing = sorted(differences(store, tree_of(store, old), tree_of(store, new)), key=lambda each: each.path)
    attributes = blob_at(store, tree_of(store, new), b".gitattributes") or b""
    if any(word in attributes for word in _CONVERTS):
        return "its .gitattributes change files on their way to disk"
    with work.index() as entries:
        if obstacle := _obstacle(work, entries, differing):
            return obstacle
        for each in differing:
            _put(work, entries, each)
    if not work.move(old, new, author=author, at=at):
        raise GitRefused(f"{work.root} got a new commit in the meantime; it is looked at again")
    return ""


def _obstacle(work: WorkTree, entries: IndexEntries, differing: list[Difference]) -> str:
    for each in differing:
        shown = each.path.decode("utf-8", "replace")
        if any(side and not side.is_regular for side in (each.old, each.new)):
            return f"{shown} is a symlink or a submodule"
        sides = [_content(work.repo.object_store, side) for side in (each.old, each.new)]
        if _on_disk(work.root, each.path) not in sides or not _is_staged_as(entries, each):
            return f"{shown} has changes that are not committed"
    return ""


def _is_staged_as(entries: IndexEntries, each: Difference) -> bool:
    """Return True where the index has the file as one of the two commits has it."""
    found = entries.get(each.path)
    if isinstance(found, ConflictedIndexEntry):
        return False
    staged = found.sha if found else None
    return staged in [side and side.object_id for side in (each.old, each.new)]


def _put(work: WorkTree, entries: IndexEntries, each: Difference) -> None:
    place = work.root / os.fsdecode(each.path)
    if each.new is None:
        place.unlink(missing_ok=True)
        entries.pop(each.path, None)
        with suppress(OSError):  # not empty
            os.removedirs(place.parent)
        return
    content = content_of(work.repo.object_store, each.new)
    if _on_disk(work.root, each.path) != content:
        write_whole(place, content)
    if each.new.mode & 0o111:
        place.chmod(0o755)
    entries[each.path] = index_entry_from_stat(place.lstat(), each.new.object_id, mode=each.new.mode)


def _content(store: BaseObjectStore, side: Entry | None) -> bytes | None:
    return content_of(store, side) if side else None


def _on_disk(root: Path, path: bytes) -> bytes | None:
    """Return the content of a regular file; None for nothing, and what no file holds for anything else."""
    place = root / os.fsdecode(path)
    if place.parent.resolve() != place.parent:
        return b"\0behind a symlink\0"
    try:
        return place.read_bytes() if not place.is_symlink() else b"\0a symlink\0"
    except FileNotFoundError:
        return None
    except OSError:
        return b"\0no file\0"
