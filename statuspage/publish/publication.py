"""One publication: leaves at once, then lists and feeds, the index, the heartbeat, removals, and the manifest."""

from __future__ import annotations

import hashlib
import secrets
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from statuspage.digest import file_hash
from statuspage.errors import StatusPageError
from statuspage.layout import STATIC, VAR
from statuspage.publish.manifest import Manifest, is_damage
from statuspage.publish.writing import Folder, LeadsOut

INDEX, HEARTBEAT = "index.html", "heartbeat.json"
_LEAVES = ("incidents/", "maintenance/", "api/v2/incidents/", f"{STATIC}/")
_ONE_TO_A_FOLDER = ("incidents/", "maintenance/")
PUT_AT_ONCE = 256


class NotPublished(StatusPageError):
    """The files could not be written; what was public before stays."""


class ManifestDamaged(NotPublished):
    """The manifest cannot be used any more; without it everything is looked at anew."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Published:
    """What one publication did, as paths below the output folder, in the order in which it was done."""

    written: tuple[str, ...]
    removed: tuple[str, ...]
    count: int
    """How many files are published now."""


class Publication:
    """Brings files to the output folder, apart from files that no earlier publication wrote.

    Each file appears whole and is on disk before anything that links to it. Killed at any line, the next publication
    completes the work; a hidden `.part` file may be left, which no server of ours sends.
    Every method raises NotPublished when the disk refuses.
    """

    def __init__(self, out: Path, *, manifest: Path) -> None:
        self._out = out
        self._file = manifest
        with _told(out):
            self._manifest = Manifest(manifest)
        self._folder = Folder(out)
        self._waiting: dict[str, _Waiting] = {}
        self._written: list[str] = []
        self._is_whole = False
        self._release = ""

    def close(self) -> None:
        """Close the manifest."""
        self._manifest.close()

    def discard_manifest(self) -> None:
        """Begin the manifest anew: what was published stays, but is not known to be ours until it is put again."""
        with _told(self._out):
            self._manifest.close()
            self._manifest = Manifest(self._file, is_damaged=True)

    @contextmanager
    def apart(self) -> Iterator[None]:
        """Close the manifest while another process is begun, which writes too: an open one must not be shared."""
        with _told(self._out):
            self._begin_release()
        self._manifest.close()
        yield
        with _told(self._out):
            self._manifest = Manifest(self._file)
        if self._is_whole:
            self.begin_whole()

    def note_written(self, paths: Iterable[str]) -> None:
        """Note what another process has written for this publication."""
        self._written += paths
        with _told(self._out):
            self._manifest.restamp(self._folder.stamps(self._manifest.folder_stamps()))

    def begin(self) -> None:
        """Forget what an earlier publication left undone."""
        self._waiting, self._written, self._is_whole, self._release = {}, [], False, ""
        # Another process may have removed folders that were there before.
        self._folder = Folder(self._out)

    @property
    def release(self) -> str:
        """Return the name of the publication that wrote last, this one or an earlier one, whether or not it finished.

        Who keeps facts about what was published keeps this name with them: under another they are not to be trusted.
        """
        with _told(self._out):
            return self._manifest.release

    def is_as_left(self) -> bool:
        """Return True when nobody but us has added, replaced or removed anything since the last publication.

        Of the folders that hold one incident each, only whether they are there is looked at.
        """
        with _told(self._out):
            known = self._manifest.folder_stamps()
            return bool(known) and self._folder.stamps(known) == known

    def is_in_place(self) -> bool:
        """Return True when the last heartbeat lies where it was published: the quick look between two edits."""
        with _told(self._out):
            beat, known = self._folder.content_of(HEARTBEAT), self._manifest.known([HEARTBEAT])
            return beat is not None and known.get(HEARTBEAT, (None, 0))[0] == file_hash(beat)

    def distrust(self) -> None:
        """Look at the content of every file before taking it for what was published."""
        with _told(self._out):
            self._manifest.distrust()

    def begin_whole(self) -> None:
        """Take everything that is neither put nor kept from now on for gone."""
        self._is_whole = True
        with _told(self._out):
            self._manifest.begin_marking()

    def keep(self, paths: Iterable[str]) -> None:
        """Note files that are to stay as they are, in a whole publication."""
        if self._is_whole:
            with _told(self._out):
                self._manifest.mark(paths)

    def retract(self, paths: Iterable[str]) -> None:
        """Take back that files were put or kept."""
        paths = tuple(paths)
        for path in paths:
            self._waiting.pop(path, None)
        if self._is_whole:
            with _told(self._out):
                self._manifest.unmark(paths)

    def put(self, files: Mapping[str, bytes]) -> None:
        """Have those of the files written that are new or differ: in the order of being put, many at a time."""
        self.keep(files)
        with _told(self._out):
            known = self._manifest.known(files)
            for path, content in files.items():
                digest, before = file_hash(content), known.get(path)
                is_there = self._is_there(path, content, digest, before)
                if not is_there or before is None or before[0] != digest:
                    self._waiting[path] = _Waiting(content, digest, is_new=before is None, is_there=is_there)
                else:
                    # Put with other content before, it is to stay as it is after all.
                    self._waiting.pop(path, None)
        if len(self._waiting) >= PUT_AT_ONCE:
            self.flush()

    def take_written(self) -> tuple[str, ...]:
        """Write what was put so far; return all that was written since this was last called, for `note_written`."""
        self.flush()
        written, self._written = self._written, []
        return tuple(written)

    def flush(self) -> None:
        """Write what was put so far."""
        waiting, self._waiting = self._waiting, {}
        with _told(self._out):
            if waiting:
                self._begin_release()
            if new := [path for path, file in waiting.items() if file.is_new]:
                # Noted before they exist, so that a run after a crash still knows which files are its own to remove.
                self._manifest.announce(new)
            changed = {path: file.content for path, file in waiting.items() if not file.is_there}
            self._folder.write(changed)
            folders = self._folder.stamps(_shared_folders(waiting))
            self._manifest.record({p: (f.digest, len(f.content)) for p, f in waiting.items()}, folders=folders)
            self._written += changed

    def finish(
        self,
        lists: Mapping[str, bytes],
        *,
        gone: Iterable[str] = (),
        heartbeat: Callable[[str], bytes] | None = None,
    ) -> Published:
        """Write what links to the leaves, the index last, then the heartbeat; remove what is gone; return all of it.

        `heartbeat` makes its file from the digest of all others. In a whole publication `gone` is not needed.
        """
        self.put({path: lists[path] for path in sorted(lists, key=_rank)})
        with _told(self._out):
            leaving = self._manifest.unmarked() if self._is_whole else dict.fromkeys(gone)
            staying = {*lists, *self._waiting, HEARTBEAT}
            removing = list(self._manifest.known(path for path in leaving if path not in staying))
            if heartbeat:
                self.put({HEARTBEAT: heartbeat(self._digest_without(removing))})
            self.flush()
            if removing:
                self._begin_release()
            removed = sorted(path for path in removing if self._folder.remove(path))
            if removing:
                folders = self._folder.stamps(_shared_folders(removed))
                self._manifest.record({}, removed=removing, folders=folders)
            return Published(written=tuple(self._written), removed=tuple(removed), count=self._manifest.count)

    def _begin_release(self) -> None:
        """Note once, before anything differs, that another publication writes."""
        if not self._release:
            self._release = secrets.token_hex(8)
            self._manifest.begin_release(self._release)

    def _digest_without(self, removing: Iterable[str]) -> str:
        """Return the digest of all files as they will be, the heartbeat apart."""
        coming = {path: file.digest for path, file in self._waiting.items() if path != HEARTBEAT}
        return self._manifest.digest(apart_from=[HEARTBEAT, *removing], coming=coming)

    def _is_there(self, path: str, content: bytes, digest: bytes, known: tuple[bytes | None, int] | None) -> bool:
        if self._folder.size_of(path) != len(content):
            return False
        if known and known[0] is not None:
            return known[0] == digest
        return self._folder.content_of(path) == content


class _Waiting(NamedTuple):
    """A file that is to be written, or whose hash is to be noted."""

    content: bytes
    digest: bytes
    is_new: bool
    is_there: bool


def publish(files: Mapping[str, bytes], out: Path, *, manifest: Path) -> Published:
    """Make `out` hold exactly `files`, apart from files that no earlier publication wrote; return what was done.

    Raises NotPublished when the disk refuses.
    """
    publication = Publication(out, manifest=manifest)
    try:
        if not publication.is_as_left():
            publication.distrust()
        publication.begin_whole()
        leaves = {path: files[path] for path in sorted(files, key=_rank) if path.startswith(_LEAVES)}
        publication.put(leaves)
        lists = {path: content for path, content in files.items() if path not in leaves and path != HEARTBEAT}
        beat = files.get(HEARTBEAT)
        return publication.finish(lists, heartbeat=None if beat is None else lambda _digest: beat)
    finally:
        publication.close()


def manifest_path(site_dir: Path, out: Path) -> Path:
    """Return where the manifest of publications from this site to `out` is kept, below the site's `var/`."""
    name = hashlib.sha256(str(out.resolve()).encode()).hexdigest()[:12]
    return site_dir / VAR / "manifests" / f"{name}.sqlite"


def _rank(path: str) -> tuple[int, str]:
    """Return the place of a file in the order of writing: what is linked to comes before what links."""
    if path == INDEX:
        return 3, path
    if path.startswith(f"{STATIC}/"):
        return 0, path
    return (1 if path.startswith((*_LEAVES, "components/")) else 2), path


def _shared_folders(paths: Iterable[str]) -> set[str]:
    """Return the folders that these files are in, up to the root: a new folder is an entry of the one above it.

    Those that hold one incident each are left out.
    """
    folders: set[str] = set()
    for path in paths:
        folder = path.rpartition("/")[0]
        if folder.startswith(_ONE_TO_A_FOLDER):
            folder = folder.rpartition("/")[0]
        while folder not in folders:
            folders.add(folder)
            folder = folder.rpartition("/")[0]
    return folders


@contextmanager
def _told(out: Path) -> Iterator[None]:
    """Make whatever the disk refuses inside the block a NotPublished that says so."""
    try:
        yield
    except LeadsOut as error:
        raise NotPublished(str(error)) from error
    except OSError as error:
        raise NotPublished(
            f"{error.filename2 or error.filename or out}: cannot be written: {error.strerror}"
        ) from error
    except sqlite3.Error as error:
        if is_damage(error):
            raise ManifestDamaged(f"{out}: the manifest is damaged: {error}") from error
        raise NotPublished(f"{out}: the manifest cannot be written: {error}") from error
