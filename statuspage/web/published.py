"""The published files, answered from prepared bytes before Flask's routing."""

from __future__ import annotations

from collections.abc import Iterable
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

from statuspage.web.documents import Document
from statuspage.web.release import NOT_FOUND_PAGE, changed_release, read_release

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

_READING = frozenset({"GET", "HEAD"})


class PublishedFiles:
    """WSGI middleware: GET and HEAD of a published file are answered here, all else by the application behind it.

    Answers are lists of one piece, which Granian sends without coming back to Python for the next one.
    """

    def __init__(self, application: WSGIApplication, root: Path) -> None:
        self._application = application
        self._root = root
        self.base = ""
        """What stands before every path where the site's own address has a path: `/status`."""
        self._packer = ThreadPoolExecutor(max_workers=1, thread_name_prefix="pack")
        self.release = read_release(root)
        for document in self.release.hot.values():
            document.pack()

    def refresh(self, changed: Iterable[str] | None = None) -> None:
        """Show what was published last; readers see the old release or the new one, never a mixture.

        `changed` are the paths written or removed since the last time: nothing else is looked at. None looks at
        everything. What is new is sent plain at once, and packed as soon as it is.
        """
        before, names = self.release, None if changed is None else frozenset(changed)
        if names is None or NOT_FOUND_PAGE in names:
            # That page tells which policy stands in the headers of all.
            self.release = read_release(self._root, before=before)
        else:
            self.release = changed_release(self._root, before, names)
        new = {path: document for path, document in self.release.hot.items() if before.hot.get(path) is not document}
        if any(document.is_packable for document in new.values()):
            # Whatever goes wrong there is logged.
            self._packer.submit(self._pack, new).add_done_callback(Future.result)

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Answer one request."""
        document = self.release.at_address.get(environ.get("PATH_INFO", ""))
        if document is None or environ["REQUEST_METHOD"] not in _READING:
            return self._answer_rare(environ, start_response)
        return _send(document, environ, start_response)

    def _answer_rare(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Answer what is not hot at exactly this address: cold files, addresses that moved, all that is not ours."""
        address = _address(environ)
        if address is None or environ["REQUEST_METHOD"] not in _READING:
            return self._application(environ, start_response)
        release, base = self.release, ""
        if self.base and address.startswith(f"{self.base}/"):
            base, address = self.base, address.removeprefix(self.base)
        if document := release.page(address):
            return _send(document, environ, start_response)
        if target := release.moved_to(address):
            location = quote(f"{base}{target}")
            start_response("308 Permanent Redirect", [("Location", location), ("Content-Length", "0")])
            return []
        return self._application(environ, start_response)

    def _pack(self, documents: dict[str, Document]) -> None:
        for path, document in documents.items():
            if self.release.hot.get(path) is document:  # else it has been replaced meanwhile
                document.pack()


def _send(document: Document, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
    form = document.form_for(environ.get("HTTP_ACCEPT_ENCODING", ""))
    if_none_match = environ.get("HTTP_IF_NONE_MATCH")
    if if_none_match and form.is_known_to(if_none_match):
        start_response("304 Not Modified", [*form.unmodified_headers])
        return []
    # The list is the server's from here on, and it may change it (PEP 3333).
    start_response("200 OK", [*form.headers])
    return [] if environ["REQUEST_METHOD"] == "HEAD" else [form.body]


def _address(environ: WSGIEnvironment) -> str | None:
    """Return the path that was asked for; None when it is no text."""
    try:
        # WSGI hands over the bytes of the path as Latin-1 (PEP 3333).
        return str(environ.get("PATH_INFO") or "/").encode("latin-1").decode()
    except UnicodeError:
        return None
