"""A commit to files on disk: only what makes a site, only what differs, and never through anything that lies there."""

from __future__ import annotations

import json
import os
import secrets
import shutil
import stat
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from dulwich.object_store import BaseObjectStore
from dulwich.objects import ObjectID

from statuspage.errors import Fault
from statuspage.git.trees import Difference, Entry, content_of, differences, files_in, tree_of
from statuspage.layout import INCIDENTS, SETTINGS, STATIC
from statuspage.source.folder import LARGEST_SOURCE_BYTES, LARGEST_STATIC_BYTES
from statuspage.whole_file import TEMPORARY_SUFFIX, write_whole

NOWHERE = "/dev/null/a-symlink-is-never-followed"
"""Where every symlink leads: nothing can ever lie there."""
FEW = 64
"""So many files are brought to disk one by one; more of them all at once at the end."""
_TOPS = (SETTINGS.encode(), INCIDENTS.encode(), STATIC.encode())


@dataclass(frozen=True, slots=True, kw_only=True)
class Brought:
    """What lies in the inner site now."""

    names: frozenset[str] | None
    """Files that may differ from before, from the inner site; None where any may."""
    faults: tuple[Fault, ...]
    """Of what a commit holds and no site can."""


@dataclass(frozen=True, slots=True, kw_only=True)
class InnerSite:
    """A folder that one commit is brought into, and the file that says which."""

    folder: Path
    state: Path

    def commit(self) -> ObjectID | None:
        """Return the commit that lies here; None while that is not certain."""
        return self._read_state()[0]

    def bring(self, store: BaseObjectStore, commit: ObjectID) -> Brought:
        """Make the folder what the commit says.

        Ended in between, the next call compares everything. Raises GitRefused where the repository lacks something.
        """
        held, faults = self._read_state()
        if held == commit:
            return Brought(names=frozenset(), faults=tuple(faults.values()))
        new_tree = tree_of(store, commit)
        if held is None or held not in store:
            changes, names = self._all_changes(files_in(store, new_tree)), None
            faults = {}
        else:
            differing = [each for each in differences(store, tree_of(store, held), new_tree) if _is_of_site(each.path)]
            changes, names = differing, _names(differing)
        self.state.unlink(missing_ok=True)
        self._apply(store, changes, faults)
        self._write_state(commit, faults)
        return Brought(names=names, faults=tuple(faults.values()))

    def _all_changes(self, wanted: dict[bytes, Entry]) -> list[Difference]:
        """Return what is to be done where nothing is known of the folder: all of it, and no strangers."""
        files = {path: entry for path, entry in wanted.items() if _is_of_site(path)}
        gone = [path for path in _paths_below(self.folder) if path not in files]
        removals = [Difference(path=path, old=None, new=None) for path in gone]
        return [*removals, *(Difference(path=path, old=None, new=entry) for path, entry in files.items())]

    def _apply(self, store: BaseObjectStore, changes: list[Difference], faults: dict[str, Fault]) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        for each in changes:
            faults.pop(shown(each.path), None)
            if each.new is None and _unfit(each.path) is None:
                self._remove(each.path)
        are_many = len(changes) > FEW
        for each in changes:
            if each.new and (complaint := self._put(store, each.path, each.new, syncs=not are_many)):
                name = shown(each.path)
                faults[name] = Fault(path=name, what=f"{complaint}; it is left out")
        # Whatever was written is on disk before the state says so.
        if are_many:
            os.sync()

    def _put(self, store: BaseObjectStore, path: bytes, entry: Entry, *, syncs: bool) -> str | None:
        """Write one file; return why it cannot be."""
        if complaint := _unfit(path):
            return complaint
        if not (entry.is_regular or entry.is_link):
            return "is a submodule, which is not fetched; put the files themselves here"
        try:
            place = self._cleared(path)
            if entry.is_link:
                place.unlink(missing_ok=True)
                place.symlink_to(NOWHERE)
            else:
                limit = LARGEST_STATIC_BYTES if path.startswith(_TOPS[2] + b"/") else LARGEST_SOURCE_BYTES
                # Of a file that no site takes, as much as it takes to see that.
                _put_file(place, content_of(store, entry)[: limit + 1], syncs=syncs)
        except (OSError, ValueError) as error:
            reason = error.strerror if isinstance(error, OSError) else str(error)
            return f"cannot be written: {reason}; give it another name"
        return None

    def _cleared(self, path: bytes) -> Path:
        """Return where a file goes, with real folders above it and no folder in its place."""
        place = self.folder
        *folders, name = os.fsdecode(path).split("/")
        for folder in folders:
            place = place / folder
            if not _is_folder(place):
                place.unlink(missing_ok=True)
                place.mkdir()
        place = place / name
        if _is_folder(place):
            shutil.rmtree(place)
        elif place.is_symlink():
            place.unlink()
        return place

    def _remove(self, path: bytes) -> None:
        place = self.folder
        *folders, name = os.fsdecode(path).split("/")
        for folder in folders:
            place = place / folder
            if not _is_folder(place):
                return
        with suppress(FileNotFoundError, IsADirectoryError):
            (place / name).unlink()
        while place != self.folder:
            try:
                place.rmdir()
            except OSError:
                return
            place = place.parent

    def _read_state(self) -> tuple[ObjectID | None, dict[str, Fault]]:
        try:
            state = json.loads(self.state.read_bytes())
            faults = {path: Fault(path=path, what=what) for path, what in state["left_out"]}
            return ObjectID(str(state["commit"]).encode()), faults
        except (OSError, ValueError, KeyError, TypeError):
            return None, {}

    def _write_state(self, commit: ObjectID, faults: dict[str, Fault]) -> None:
        left_out = [[fault.path, fault.what] for fault in faults.values()]
        write_whole(self.state, json.dumps({"commit": commit.decode(), "left_out": left_out}).encode())


def shown(path: bytes) -> str:
    """Return a path as it can stand in a message."""
    text = path.decode("utf-8", "replace")
    return "".join(character if character.isprintable() else "?" for character in text)


def _is_of_site(path: bytes) -> bool:
    return path.split(b"/", 1)[0] in _TOPS


def _unfit(path: bytes) -> str | None:
    """Return why no file may have that path; None where one may."""
    for name in path.split(b"/"):
        if name in (b"", b".", b"..") or b"\0" in name or name.lower() == b".git":
            return "has a name that leads elsewhere; rename it"
    return None


def _names(differing: Iterable[Difference]) -> frozenset[str] | None:
    """Return the paths as names of files; None where one of them is no ordinary name or no ordinary file."""
    names = set()
    for each in differing:
        name = os.fsdecode(each.path)
        if not name.isprintable() or any(side and not side.is_regular for side in (each.old, each.new)):
            return None
        names.add(name)
    return frozenset(names)


def _paths_below(folder: Path) -> list[bytes]:
    """Return everything of a site that lies in the folder and is no folder itself; nothing is followed."""
    found: list[bytes] = []
    waiting = [top for top in _TOPS if os.path.lexists(folder / os.fsdecode(top))]
    while waiting:
        path = waiting.pop()
        place = folder / os.fsdecode(path)
        if _is_folder(place):
            waiting += [path + b"/" + os.fsencode(entry) for entry in os.listdir(place)]  # noqa: PTH208 - names only
        else:
            found.append(path)
    return found


def _put_file(place: Path, content: bytes, *, syncs: bool) -> None:
    if _holds(place, content):
        return
    if syncs:
        write_whole(place, content)
        return
    beside = place.with_name(f".{secrets.token_hex(8)}{TEMPORARY_SUFFIX}")
    try:
        with beside.open("xb") as stream:
            stream.write(content)
        beside.replace(place)
    finally:
        beside.unlink(missing_ok=True)


def _holds(place: Path, content: bytes) -> bool:
    try:
        status = place.lstat()
        return stat.S_ISREG(status.st_mode) and status.st_size == len(content) and place.read_bytes() == content
    except FileNotFoundError:
        return False


def _is_folder(place: Path) -> bool:
    try:
        return stat.S_ISDIR(place.lstat().st_mode)
    except FileNotFoundError:
        return False
