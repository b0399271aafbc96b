"""What was public after one publication."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from pathlib import Path

from statuspage.web.cold import COLD_FOLDERS, ColdDocuments, is_cold
from statuspage.web.documents import Document, Stamp, read_document, stamp_of
from statuspage.web.headers import FOLDER_PAGE, page_policy

NOT_FOUND_PAGE = "404.html"
SIDE_ENDINGS = (".gz", ".br")
"""Compressed files beside public ones, for servers that send such; never documents of their own."""


class Release:
    """The hot files of one publication in memory, the others where they lie on disk."""

    def __init__(self, *, hot: Mapping[str, Document], cold: ColdDocuments) -> None:
        self.hot = hot
        """By path below the public folder."""
        self.cold = cold
        self.at_address = {_address_as_sent(path): document for path, document in hot.items()}
        """By the path of a request as WSGI hands it over."""

    def document(self, path: str) -> Document | None:
        """Return the file at `path`; None when there is no such file."""
        return self.hot.get(path) or (self.cold.document(path) if _is_public(path) else None)

    def page(self, address: str) -> Document | None:
        """Return what stands at an address such as `/history/`; None where `moved_to` knows the right address."""
        if address.endswith(f"/{FOLDER_PAGE}"):
            return None
        path = address.removeprefix("/")
        return self.document(f"{path}{FOLDER_PAGE}" if path.endswith("/") or not path else path)

    def moved_to(self, address: str) -> str | None:
        """Return the address of the folder that `address` names without its final slash, or by its file."""
        folder = address.removesuffix(FOLDER_PAGE) if address.endswith(f"/{FOLDER_PAGE}") else f"{address}/"
        return folder if self.page(folder) else None


def read_release(root: Path, *, before: Release | None = None) -> Release:
    """Look at everything below `root`; read what is not the same on disk as in the release before."""
    policy = page_policy(_bytes_of(root / NOT_FOUND_PAGE))
    is_usable = before is not None and before.cold.policy == policy
    known = before.hot if before and is_usable else {}
    cold = before.cold if before and is_usable else ColdDocuments(root, policy=policy)
    return Release(hot=dict(_hot_documents(root, known, policy=policy)), cold=cold)


def changed_release(root: Path, before: Release, changed: Iterable[str]) -> Release:
    """Return the release after `before` in which only these paths, written or removed, differ."""
    hot = dict(before.hot)
    for path in changed:
        hot.pop(path, None)
        if _is_public(path) and not is_cold(path):
            # It was removed, or another process has just removed it.
            with suppress(FileNotFoundError, NotADirectoryError):
                hot[path] = read_document(root, path, policy=before.cold.policy)
    return Release(hot=hot, cold=before.cold)


def _hot_documents(root: Path, known: Mapping[str, Document], *, policy: str) -> Iterator[tuple[str, Document]]:
    for path, stamp in _hot_files(root):
        if (old := known.get(path)) and old.stamp == stamp:
            yield path, old
            continue
        # Another process may be publishing: what it has just removed is left out.
        with suppress(FileNotFoundError):
            yield path, read_document(root, path, policy=policy)


def _hot_files(root: Path, folder: str = "") -> Iterator[tuple[str, Stamp]]:
    """Yield each file that is not cold, with what changes when it is replaced."""
    try:
        entries = sorted(os.scandir(root / folder), key=lambda entry: entry.name)
    except FileNotFoundError:
        return
    for entry in entries:
        path = f"{folder}{entry.name}"
        if entry.is_symlink() or not _is_public(path):
            continue
        if entry.is_dir() and path not in COLD_FOLDERS:
            yield from _hot_files(root, f"{path}/")
        elif entry.is_file() and not is_cold(path):
            with suppress(FileNotFoundError):
                yield path, stamp_of(entry.stat())


def _is_public(path: str) -> bool:
    """Return True when no part of the path is empty, hidden or leads upwards, and it is no side file."""
    is_plain = "\\" not in path and "\0" not in path and all(p and not p.startswith(".") for p in path.split("/"))
    return is_plain and not path.endswith(SIDE_ENDINGS)


def _address_as_sent(path: str) -> str:
    """Return the address of a file in the way of PEP 3333: its bytes as Latin-1."""
    is_folder_page = path == FOLDER_PAGE or path.endswith(f"/{FOLDER_PAGE}")
    return f"/{path.removesuffix(FOLDER_PAGE) if is_folder_page else path}".encode().decode("latin-1")


def _bytes_of(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError:
        return b""
