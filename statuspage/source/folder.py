"""The files of a site folder as bytes: never through a symlink, never more than a limit, never waiting for a writer."""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from statuspage.errors import Fault, Severity, Unreadable, in_order
from statuspage.layout import INCIDENTS, SETTINGS, STATIC

LARGEST_SOURCE_BYTES = 256 * 1024
LARGEST_STATIC_BYTES = 10 * 1024 * 1024
LARGEST_RECORDING_BYTES = 25 * 1024 * 1024
_KEPT_OF_TOO_LARGE_BYTES = 64 * 1024
"""So much of a file that is too large is still looked at for its title and its headings."""
_RECORDING = re.compile(r".+\.hold\.[a-z]{2,3}(\.[1-3])?\.wav")
"""A hold message that somebody has recorded for an incident."""
_LEFTOVER_ENDINGS = ("~", ".swp", ".swo", ".tmp", ".bak", ".orig", ".rej")


Stamp = tuple[int, int, int]
"""What changes when a file is edited or replaced: its time in nanoseconds, its size, its inode."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceFile:
    """One file as it was found."""

    path: str
    """Relative to the site folder, with forward slashes."""
    data: bytes | None
    """None: not read. Of a file that is too large its beginning."""
    fault: str | None = None
    """Why it cannot be used as it is, and what would be right."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Folder:
    """Everything that a site folder holds for the page."""

    settings: SourceFile
    """`statuspage.toml`."""
    files: tuple[SourceFile, ...]
    """Incidents and timed posts, in the order of their paths. What cannot be read has its fault with it."""
    static: dict[str, bytes]
    """By path below the public folder, `static/logo.svg`."""
    faults: tuple[Fault, ...]
    """Of files that no incident is made of."""


def read_folder(site_dir: Path) -> Folder:
    """Return the files of the site; what cannot be read is a fault, of the file itself or of the folder."""
    incidents, static = scan(site_dir, INCIDENTS), scan(site_dir, STATIC)
    faults = [*incidents.faults, *static.faults]
    found = (read_source(each).source for each in incidents.every(site_dir))
    files = [source for source in found if source and is_incident(source, faults)]
    copied = {each.path: read_static(each, faults) for each in static.every(site_dir)}
    return Folder(
        settings=read_settings_file(site_dir),
        files=tuple(sorted(files, key=lambda source: source.path)),
        static={path: content for path, content in sorted(copied.items()) if content is not None},
        faults=in_order(faults),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """Something below a site folder."""

    path: str
    """Relative to the site folder, as it can stand in a message."""
    place: Path
    error: OSError | Unreadable | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Scan:
    """What lies below one folder of a site, without a look inside."""

    stamps: dict[str, Stamp]
    """Of regular files under an ordinary name, by path."""
    odd: tuple[Found, ...]
    """Links, folders that cannot be walked, names that cannot stand in a message: a stamp says too little of them."""
    faults: tuple[Fault, ...]

    def every(self, site_dir: Path) -> Iterator[Found]:
        """Yield everything found."""
        yield from (Found(path=path, place=site_dir / path) for path in self.stamps)
        yield from self.odd


def scan(site_dir: Path, name: str) -> Scan:
    """Return everything below a folder of the site that is no folder itself, and folders that cannot be walked."""
    stamps: dict[str, Stamp] = {}
    odd: list[Found] = []
    faults: list[Fault] = []
    top = site_dir / name
    waiting = [Found(path=name, place=top)] if os.path.lexists(top) else []
    if waiting and not stat.S_ISDIR(top.lstat().st_mode):
        odd.append(waiting.pop())
    while waiting:
        folder = waiting.pop()
        try:
            with os.scandir(folder.place) as entries:
                _look(folder, entries, stamps, odd, waiting)
        except FileNotFoundError:
            continue
        except OSError as error:
            faults.append(Fault(path=folder.path, what=_reason(error)))
            odd.append(Found(path=folder.path, place=folder.place, error=error))
    return Scan(stamps=stamps, odd=tuple(odd), faults=tuple(faults))


def _look(
    folder: Found,
    entries: Iterable[os.DirEntry[str]],
    stamps: dict[str, Stamp],
    odd: list[Found],
    waiting: list[Found],
) -> None:
    """Sort the entries of a folder: a hundred thousand of them are gone through at each start."""
    for entry in entries:
        name = entry.name
        if (name[-3:] != ".md" or name[0] in ".#") and is_leftover(name):
            continue
        path = f"{folder.path}/{name if name.isprintable() else _shown_name(name)}"
        if entry.is_dir(follow_symlinks=False):
            waiting.append(Found(path=path, place=folder.place / name))
        elif entry.is_file(follow_symlinks=False) and path.endswith(name):
            status = entry.stat(follow_symlinks=False)
            stamps[path] = (status.st_mtime_ns, status.st_size, status.st_ino)
        else:
            odd.append(Found(path=path, place=folder.place / name))


def is_leftover(name: str) -> bool:
    """Return True for what editors and other programs leave beside a file."""
    return name.startswith((".", "#")) or name.endswith(_LEFTOVER_ENDINGS)


def _shown_name(name: str) -> str:
    """Return the name as it can stand in a message: bytes that are no text and line feeds become `?`."""
    text = os.fsencode(name).decode("utf-8", "replace")
    return "".join(character if character.isprintable() else "?" for character in text)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadSource:
    """A file as it was read, and what it was stamped with then."""

    source: SourceFile | None
    """None when it has vanished in the meantime."""
    stamp: Stamp | None = None
    """None for what is no regular file that can be read."""


def read_source(found: Found) -> ReadSource:
    """Return the file with its stamp of just before it was read."""
    try:
        content, stamp = _content(found, limit=LARGEST_SOURCE_BYTES)
    except FileNotFoundError:
        return ReadSource(source=None)
    except _TooLarge as error:
        return ReadSource(source=SourceFile(path=found.path, data=error.beginning, fault=str(error)))
    except (Unreadable, OSError) as error:
        return ReadSource(source=SourceFile(path=found.path, data=None, fault=_reason(error)))
    return ReadSource(source=SourceFile(path=found.path, data=content), stamp=stamp)


def read_static(found: Found, faults: list[Fault]) -> bytes | None:
    """Return the bytes of a file that is copied to the site; None when it cannot be, which is a fault, or vanished."""
    try:
        return _content(found, limit=LARGEST_STATIC_BYTES)[0]
    except FileNotFoundError:
        return None
    except (Unreadable, OSError) as error:
        faults.append(Fault(path=found.path, what=f"{_reason(error)}; it is not copied to the site"))
        return None


def read_recording(site_dir: Path, path: str) -> bytes | None:
    """Return the bytes of a recorded message; None where there is none. Raises Unreadable for one that cannot be."""
    try:
        return _content(Found(path=path, place=site_dir / path), limit=LARGEST_RECORDING_BYTES)[0]
    except FileNotFoundError:
        return None
    except OSError as error:
        raise Unreadable(_reason(error)) from error


def read_settings_file(site_dir: Path) -> SourceFile:
    """Return `statuspage.toml`; where there is none, with the fault that says so."""
    missing = SourceFile(path=SETTINGS, data=None, fault='is missing; "statuspage init" writes one')
    return read_source(Found(path=SETTINGS, place=site_dir / SETTINGS)).source or missing


def is_incident(source: SourceFile, faults: list[Fault]) -> bool:
    """Return True for what an incident may be in; say so of a file whose name keeps it from being one."""
    if is_recording(source.path):
        return False
    if has_incident_name(source.path) or (source.data is None and not _is_readme(source.path)):
        return True
    if not _is_readme(source.path):
        what = "is not read, because its name does not end in .md; rename it if it is an incident"
        faults.append(Fault(path=source.path, what=what, severity=Severity.WARNING))
    return False


def is_recording(path: str) -> bool:
    """Return True for the name of a hold message that somebody has recorded."""
    return _RECORDING.fullmatch(path) is not None


def is_plain_file(place: Path) -> bool:
    """Return True for a regular file under a name that can stand in a message."""
    try:
        return place.name.isprintable() and stat.S_ISREG(place.lstat().st_mode)
    except OSError:
        return False


def stamp_of(place: Path) -> Stamp | None:
    """Return what a file is stamped with; None when it is not there."""
    try:
        status = place.lstat()
    except OSError:
        return None
    return status.st_mtime_ns, status.st_size, status.st_ino


def has_incident_name(path: str) -> bool:
    """Return True for `incidents/….md`, README.md apart."""
    return path[-3:].lower() == ".md" and not _is_readme(path)


def _is_readme(path: str) -> bool:
    return path.rpartition("/")[2].lower() == "readme.md"


class _TooLarge(Unreadable):
    def __init__(self, limit: int, beginning: bytes) -> None:
        super().__init__(f"has more than {limit // 1024} kB; shorten it")
        self.beginning = beginning


def _content(found: Found, *, limit: int) -> tuple[bytes, Stamp]:
    """Return the bytes and the stamp of a regular file; raise Unreadable or OSError for anything else."""
    if found.error:
        raise found.error
    mode = found.place.lstat().st_mode
    if stat.S_ISLNK(mode):
        raise Unreadable("is a symlink, which is never followed; put the file itself here")
    if not stat.S_ISREG(mode):
        raise Unreadable("is not a regular file; put a text file here")
    # Between lstat and open another file may have taken its place: never follow it, never wait for it.
    descriptor = os.open(found.place, os.O_RDONLY | os.O_NONBLOCK | os.O_NOFOLLOW | os.O_CLOEXEC)
    with os.fdopen(descriptor, "rb") as file:
        status = os.fstat(file.fileno())
        if not stat.S_ISREG(status.st_mode):
            raise Unreadable("is not a regular file; put a text file here")
        content = file.read(limit + 1)
    if len(content) > limit:
        raise _TooLarge(limit, content[:_KEPT_OF_TOO_LARGE_BYTES])
    return content, (status.st_mtime_ns, status.st_size, status.st_ino)


def _reason(error: Exception) -> str:
    if isinstance(error, OSError):
        return f"cannot be read: {error.strerror}; mend its permissions or its disk"
    return str(error)
