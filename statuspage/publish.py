"""Files to disk: only what changed, each whole, leaves before what links to them, removals last."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from statuspage.errors import StatusPageError
from statuspage.layout import STATIC, VAR
from statuspage.whole_file import write_whole

_ROOTS_LAST = ("index.html", "heartbeat.json")


class NotPublished(StatusPageError):
    """The files could not be written; what was public before stays."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Published:
    """What one publication did, as paths below the output folder, in the order in which it was done."""

    written: tuple[str, ...]
    removed: tuple[str, ...]
    kept: int
    """How many files were already as they should be."""


def publish(files: Mapping[str, bytes], out: Path, *, manifest: Path) -> Published:
    """Make `out` hold exactly `files`, apart from files that no earlier publication wrote; return what was done.

    Each file appears whole (temporary file, fsync, rename). Pages are written before the lists and feeds that link
    to them, the index after those, the heartbeat last; then what is no longer there is removed, and last the manifest
    is written (path, SHA-256, size), outside the public tree. Killed at any line, the next call completes the work; a
    hidden `.part` file may be left, which no server of ours sends.
    Raises NotPublished when the disk refuses.
    """
    before = _read_manifest(manifest)
    try:
        if files.keys() - before:
            # Noted before they exist, so that a run after a crash still knows which files are its own to remove.
            write_whole(manifest, _manifest_of({**dict.fromkeys(before, b""), **files}))
        written = [path for path in sorted(files, key=_rank) if _write_if_changed(out, path, files[path])]
        removed = [path for path in sorted(before - files.keys()) if _remove(out, path)]
        if written or removed:
            write_whole(manifest, _manifest_of(files))
    except OSError as error:
        raise NotPublished(f"{error.filename or out}: cannot be written: {error.strerror}") from error
    return Published(written=tuple(written), removed=tuple(removed), kept=len(files) - len(written))


def manifest_path(site_dir: Path, out: Path) -> Path:
    """Return where the manifest of publications from this site to `out` is kept, below the site's `var/`."""
    name = hashlib.sha256(str(out.resolve()).encode()).hexdigest()[:12]
    return site_dir / VAR / "manifests" / f"{name}.json"


def _rank(path: str) -> tuple[int, str]:
    """Return the place of a file in the order of writing: what is linked to comes before what links."""
    if path in _ROOTS_LAST:
        return 3 + _ROOTS_LAST.index(path), path
    if path.startswith(f"{STATIC}/"):
        return 0, path
    is_leaf = path.startswith(("incidents/", "maintenance/", "components/"))
    return (1 if is_leaf else 2), path


def _write_if_changed(out: Path, path: str, content: bytes) -> bool:
    target = out / path
    if not target.resolve().is_relative_to(out.resolve()):
        raise NotPublished(f"{path}: leads out of {out}; nothing is written there")
    if _is_same(target, content):
        return False
    write_whole(target, content)
    return True


def _is_same(target: Path, content: bytes) -> bool:
    try:
        return target.stat().st_size == len(content) and target.read_bytes() == content
    except (FileNotFoundError, NotADirectoryError):
        return False


def _remove(out: Path, path: str) -> bool:
    target = out / path
    if not target.resolve().is_relative_to(out.resolve()) or not target.is_file():
        return False
    target.unlink()
    for folder in target.parents:
        if folder == out or any(folder.iterdir()):
            break
        folder.rmdir()
    return True


def _read_manifest(manifest: Path) -> set[str]:
    """Return the paths of the last publication; none when the manifest is missing or damaged."""
    try:
        rows = json.loads(manifest.read_bytes())
        return {str(row["path"]) for row in rows}
    except (OSError, ValueError, TypeError, KeyError):
        return set()


def _manifest_of(files: Mapping[str, bytes]) -> bytes:
    rows: Iterable[dict[str, object]] = (
        {"path": path, "sha256": hashlib.sha256(files[path]).hexdigest(), "size": len(files[path])}
        for path in sorted(files)
    )
    return json.dumps(list(rows), indent=0).encode() + b"\n"
