"""The published files that grow with the years or with the services: read when asked for, the last ones kept."""

from __future__ import annotations

import threading
from collections import OrderedDict
from pathlib import Path

from statuspage.layout import STATIC
from statuspage.web.documents import Document, read_document, stamp_of

COLD_FOLDERS = frozenset(
    {
        "api/v2/incidents",
        "api/v2/scheduled-maintenances",
        "components",
        "history",
        "hold/a",
        "incidents",
        "maintenance",
        "sitemap",
        STATIC,
    }
)
COLD_ENDINGS = (".wav", ".ulaw", ".alaw")
"""Sound is large, and few ask for it."""
KEPT = 256
KEPT_BYTES = 8_000_000
LARGEST_KEPT_BYTES = 1_000_000


class ColdDocuments:
    """Files on disk as documents. What it keeps is bounded by number and by bytes, whoever asks for what."""

    def __init__(self, root: Path, *, policy: str) -> None:
        self.policy = policy
        self._root = root
        self._kept: OrderedDict[str, Document] = OrderedDict()
        self._kept_bytes = 0
        self._lock = threading.Lock()

    def document(self, path: str) -> Document | None:
        """Return the file at `path` as it is on disk now; None when there is no such file."""
        try:
            stamp = stamp_of((self._root / path).stat())
            kept = self._kept.get(path)
            return kept if kept is not None and kept.stamp == stamp else self._read(path)
        except OSError:
            return None

    def _read(self, path: str) -> Document | None:
        file = (self._root / path).resolve()
        # A link may lead out of the folder, or a folder may have the name of a file.
        if not (file.is_relative_to(self._root.resolve()) and file.is_file()):
            return None
        document = read_document(self._root, path, policy=self.policy)
        if _size(document) <= LARGEST_KEPT_BYTES:
            document.pack()
            self._keep(path, document)
        return document

    def _keep(self, path: str, document: Document) -> None:
        with self._lock:
            before = self._kept.pop(path, None)
            self._kept[path] = document
            self._kept_bytes += _size(document) - (_size(before) if before else 0)
            while len(self._kept) > KEPT or self._kept_bytes > KEPT_BYTES:
                _, oldest = self._kept.popitem(last=False)
                self._kept_bytes -= _size(oldest)


def is_cold(path: str) -> bool:
    """Return True when a file is not held in memory all the time."""
    return path.endswith(COLD_ENDINGS) or any(path.startswith(f"{folder}/") for folder in COLD_FOLDERS)


def _size(document: Document) -> int:
    return len(document.plain.body) + (len(document.packed.body) if document.packed else 0)
