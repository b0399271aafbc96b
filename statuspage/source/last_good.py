"""Earlier versions of a file: what stands in place of one that cannot be read, from git, else from `var/`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from statuspage.errors import Fault, Severity
from statuspage.layout import VAR
from statuspage.source.copies import Copies
from statuspage.source.folder import SourceFile
from statuspage.source.notes import Breaking


class LastGood:
    """The earlier versions of the files of one site folder."""

    def __init__(self, site_dir: Path) -> None:
        self._site_dir = site_dir
        self._copies = Copies(site_dir / VAR / "last-good.sqlite")

    def close(self) -> None:
        """Close the copies; they are opened again when they are wanted."""
        self._copies.close()

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
        from statuspage.source.committed import committed_versions

        yield from committed_versions(self._site_dir, path)


def _path_and_parents(path: str) -> Iterator[str]:
    while path:
        yield path
        path = path.rpartition("/")[0]
