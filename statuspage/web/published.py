"""The published files, answered from prepared bytes before Flask's routing."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

from statuspage.layout import STATIC
from statuspage.web.documents import Document, Stamp, read_document, stamp_of
from statuspage.web.headers import FOLDER_PAGE, page_policy

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

NOT_FOUND_PAGE = "404.html"
COLD_FOLDERS = frozenset(
    {"incidents", "maintenance", "history", STATIC, "api/v2/incidents", "api/v2/scheduled-maintenances"}
)
"""They grow with the years; their files are read when they are asked for, and the last ones stay in memory."""
COLD_DOCUMENTS_KEPT = 256
COLD_DOCUMENT_KEPT_BYTES = 1_000_000


class Release:
    """What was public after one publication: its hot files in memory, the others where they lie on disk."""

    def __init__(self, root: Path, *, before: Release | None = None) -> None:
        """Read the hot files below `root`, taking those from `before` that are still the same on disk."""
        self.root = root
        self.policy = page_policy(_bytes_of(root / NOT_FOUND_PAGE))
        known = before.hot if before and before.policy == self.policy else {}
        self.hot: Mapping[str, Document] = dict(self._hot_documents(known))
        self._kept = lru_cache(maxsize=COLD_DOCUMENTS_KEPT)(self._read)

    def document(self, path: str) -> Document | None:
        """Return the file at `path`; None when there is no such file."""
        if document := self.hot.get(path):
            return document
        if not _is_plain(path):
            return None
        try:
            stamp = stamp_of(self._file(path).stat())
            is_small = stamp[1] <= COLD_DOCUMENT_KEPT_BYTES
            return self._kept(path, stamp) if is_small else self._read(path, stamp)
        except (OSError, RuntimeError):  # not there, or a link that leads to itself
            return None

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

    def _hot_documents(self, known: Mapping[str, Document]) -> Iterator[tuple[str, Document]]:
        for path, stamp in _hot_files(self.root):
            if (old := known.get(path)) and old.stamp == stamp:
                yield path, old
                continue
            # Another process may be publishing: what it has just removed is left out.
            with suppress(FileNotFoundError):
                yield path, read_document(self.root, path, policy=self.policy)

    def _read(self, path: str, _stamp: Stamp) -> Document:
        return read_document(self.root, path, policy=self.policy)

    def _file(self, path: str) -> Path:
        """Return the file at `path`; FileNotFoundError where a link leads out of the folder."""
        file = (self.root / path).resolve()
        if not (file.is_relative_to(self.root.resolve()) and file.is_file()):
            raise FileNotFoundError(path)
        return file


class PublishedFiles:
    """WSGI middleware: GET and HEAD of a published file are answered here, all else by the application behind it."""

    def __init__(self, application: WSGIApplication, root: Path) -> None:
        self._application = application
        self._root = root
        self.release = Release(root)
        self.base = ""
        """What stands before every path where the site's own address has a path: `/status`."""

    def refresh(self) -> None:
        """Show what was published last; readers see the old release or the new one, never a mixture."""
        self.release = Release(self._root, before=self.release)

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Answer one request."""
        address = _address(environ)
        if address is None or environ["REQUEST_METHOD"] not in ("GET", "HEAD"):
            return self._application(environ, start_response)
        release, base = self.release, ""
        if self.base and address.startswith(f"{self.base}/"):
            base, address = self.base, address.removeprefix(self.base)
        if document := release.page(address):
            return _send(document, environ, start_response)
        if target := release.moved_to(address):
            location = quote(f"{base}{target}")
            start_response("308 Permanent Redirect", [("Location", location), ("Content-Length", "0")])
            return ()
        return self._application(environ, start_response)


def _send(document: Document, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
    form = document.form_for(environ.get("HTTP_ACCEPT_ENCODING", ""))
    if document.is_known_to(environ.get("HTTP_IF_NONE_MATCH", "")):
        unsent = ("Content-Length", "Content-Type", "Content-Encoding")
        start_response("304 Not Modified", [header for header in form.headers if header[0] not in unsent])
        return ()
    start_response("200 OK", list(form.headers))
    return () if environ["REQUEST_METHOD"] == "HEAD" else (form.body,)


def _address(environ: WSGIEnvironment) -> str | None:
    """Return the path that was asked for; None when it is no text."""
    try:
        # WSGI hands over the bytes of the path as Latin-1 (PEP 3333).
        return str(environ.get("PATH_INFO") or "/").encode("latin-1").decode()
    except UnicodeError:
        return None


def _is_plain(path: str) -> bool:
    """Return True when no part of the path is empty, hidden or leads upwards."""
    return "\\" not in path and "\0" not in path and all(p and not p.startswith(".") for p in path.split("/"))


def _hot_files(root: Path, folder: str = "") -> Iterator[tuple[str, Stamp]]:
    """Yield each file outside the cold folders, with what changes when it is replaced."""
    try:
        entries = sorted(os.scandir(root / folder), key=lambda entry: entry.name)
    except FileNotFoundError:
        return
    for entry in entries:
        path = f"{folder}{entry.name}"
        if entry.name.startswith(".") or entry.is_symlink():
            continue
        if entry.is_file():
            yield path, stamp_of(entry.stat())
        elif entry.is_dir() and path not in COLD_FOLDERS:
            yield from _hot_files(root, f"{path}/")


def _bytes_of(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError:
        return b""
