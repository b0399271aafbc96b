"""The files of a site folder as bytes: never through a symlink, never more than a limit, never waiting for a writer."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from statuspage.errors import Fault, Severity, Unreadable
from statuspage.layout import INCIDENTS, SETTINGS, STATIC

LARGEST_SOURCE_BYTES = 256 * 1024
LARGEST_STATIC_BYTES = 10 * 1024 * 1024
_KEPT_OF_TOO_LARGE_BYTES = 64 * 1024
"""So much of a file that is too large is still looked at for its title and its headings."""
_LEFTOVER_ENDINGS = ("~", ".swp", ".swo", ".tmp", ".bak", ".orig", ".rej")


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
    faults: list[Fault] = []
    incidents = [_as_source(found) for found in _walk(site_dir, INCIDENTS, faults)]
    static: dict[str, bytes] = {}
    for found in _walk(site_dir, STATIC, faults):
        try:
            static[found.path] = _content(found, limit=LARGEST_STATIC_BYTES)
        except FileNotFoundError:
            continue
        except (Unreadable, OSError) as error:
            faults.append(Fault(path=found.path, what=f"{_reason(error)}; it is not copied to the site"))
    return Folder(
        settings=_read_settings_file(site_dir),
        files=tuple(source for source in incidents if source and _is_incident(source, faults)),
        static=static,
        faults=tuple(faults),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Found:
    path: str
    place: Path
    error: OSError | Unreadable | None = None


def _walk(site_dir: Path, name: str, faults: list[Fault]) -> Iterator[_Found]:
    """Yield everything below a folder that is no folder itself, and folders that cannot be walked, by path."""
    top = site_dir / name
    if not os.path.lexists(top):
        return
    waiting = [_Found(path=name, place=top)]
    while waiting:
        found = waiting.pop()
        try:
            if not stat.S_ISDIR(found.place.lstat().st_mode):
                yield found
                continue
            with os.scandir(found.place) as entries:
                names = sorted((entry.name for entry in entries if not _is_leftover(entry.name)), reverse=True)
        except FileNotFoundError:
            continue
        except OSError as error:
            faults.append(Fault(path=found.path, what=_reason(error)))
            yield _Found(path=found.path, place=found.place, error=error)
            continue
        waiting += [_Found(path=f"{found.path}/{_shown_name(one)}", place=found.place / one) for one in names]


def _is_leftover(name: str) -> bool:
    return name.startswith((".", "#")) or name.endswith(_LEFTOVER_ENDINGS)


def _shown_name(name: str) -> str:
    """Return the name as it can stand in a message: bytes that are no text and line feeds become `?`."""
    text = os.fsencode(name).decode("utf-8", "replace")
    return "".join(character if character.isprintable() else "?" for character in text)


def _as_source(found: _Found) -> SourceFile | None:
    """Return the file; None when it has vanished in the meantime."""
    try:
        content = _content(found, limit=LARGEST_SOURCE_BYTES)
    except FileNotFoundError:
        return None
    except _TooLarge as error:
        return SourceFile(path=found.path, data=error.beginning, fault=str(error))
    except (Unreadable, OSError) as error:
        return SourceFile(path=found.path, data=None, fault=_reason(error))
    return SourceFile(path=found.path, data=content)


def _is_incident(source: SourceFile, faults: list[Fault]) -> bool:
    """Return True for what an incident may be in; say so of a file whose name keeps it from being one."""
    name = source.path.rsplit("/", 1)[-1]
    if name.casefold() == "readme.md":
        return False
    if name.casefold().endswith(".md") or source.data is None:
        return True
    what = "is not read, because its name does not end in .md; rename it if it is an incident"
    faults.append(Fault(path=source.path, what=what, severity=Severity.WARNING))
    return False


def _read_settings_file(site_dir: Path) -> SourceFile:
    found = _Found(path=SETTINGS, place=site_dir / SETTINGS)
    missing = SourceFile(path=SETTINGS, data=None, fault='is missing; "statuspage init" writes one')
    return _as_source(found) or missing


class _TooLarge(Unreadable):
    def __init__(self, limit: int, beginning: bytes) -> None:
        super().__init__(f"has more than {limit // 1024} kB; shorten it")
        self.beginning = beginning


def _content(found: _Found, *, limit: int) -> bytes:
    """Return the bytes of a regular file; raise Unreadable or OSError for anything else."""
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
        if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
            raise Unreadable("is not a regular file; put a text file here")
        content = file.read(limit + 1)
    if len(content) > limit:
        raise _TooLarge(limit, content[:_KEPT_OF_TOO_LARGE_BYTES])
    return content


def _reason(error: Exception) -> str:
    if isinstance(error, OSError):
        return f"cannot be read: {error.strerror}; mend its permissions or its disk"
    return str(error)
