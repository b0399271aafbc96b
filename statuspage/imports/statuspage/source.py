"""Where documents of a status API come from: files, folders or the web, as parsed JSON."""

from __future__ import annotations

import json
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urljoin, urlsplit

import urllib3

from statuspage.errors import Fault, Unreadable

SIZE_LIMIT = 10_000_000
CONNECT_TIMEOUT_SECONDS = 10.0
READ_TIMEOUT_SECONDS = 30.0
REDIRECT_LIMIT = 3

API_PATHS = ("summary.json", "components.json", "incidents.json", "scheduled-maintenances.json")
"""What is asked for below `/api/v2/`; the first must be there."""

JsonValue = dict[str, "JsonValue"] | list["JsonValue"] | str | int | float | bool | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """One JSON document and where it came from."""

    origin: str
    """A file name below the source, or an address."""
    content: JsonValue


def read_documents(source: str) -> tuple[tuple[Document, ...], tuple[Fault, ...]]:
    """Return every document of a file, a folder (with its subfolders) or a base address, and what could not be read."""
    found: list[Document] = []
    faults: list[Fault] = []
    for origin, reading in _readings(source):
        try:
            found.append(Document(origin=origin, content=_parsed(reading())))
        except Unreadable as reason:
            faults.append(Fault(path=origin, what=str(reason)))
    if not found and not faults:
        faults.append(Fault(path=source, what="no .json document in this folder; name the folder that holds them"))
    return tuple(found), tuple(faults)


def _readings(source: str) -> Iterator[tuple[str, Reading]]:
    if urlsplit(source).scheme in ("http", "https"):
        base = source.partition("/api/v2")[0].rstrip("/")
        pool = urllib3.PoolManager(
            timeout=urllib3.Timeout(connect=CONNECT_TIMEOUT_SECONDS, read=READ_TIMEOUT_SECONDS), retries=False
        )
        for path in API_PATHS:
            address = f"{base}/api/v2/{path}"
            yield address, _FromWeb(pool=pool, address=address)
        return
    root = Path(source)
    files = sorted(root.rglob("*.json")) if root.is_dir() else [root]
    for file in files:
        yield (file.relative_to(root).as_posix() if root.is_dir() else file.name), _FromFile(path=file)


@dataclass(frozen=True, slots=True, kw_only=True)
class _FromFile:
    path: Path

    def __call__(self) -> bytes:
        try:
            found = self.path.lstat()
            if not stat.S_ISREG(found.st_mode):
                raise Unreadable("not a regular file; give the document itself")
            if found.st_size > SIZE_LIMIT:
                raise Unreadable(_too_large())
            return self.path.read_bytes()
        except OSError as error:
            raise Unreadable(f"cannot be read: {error.strerror or error}") from error


@dataclass(frozen=True, slots=True, kw_only=True)
class _FromWeb:
    pool: urllib3.PoolManager
    address: str

    def __call__(self) -> bytes:
        try:
            return self._fetched(self.address, left=REDIRECT_LIMIT)
        except urllib3.exceptions.HTTPError as error:
            raise Unreadable(f"cannot be fetched: {error}") from error

    def _fetched(self, address: str, *, left: int) -> bytes:
        answer = self.pool.request(
            "GET", address, redirect=False, preload_content=False, headers={"Accept": "application/json"}
        )
        try:
            target = answer.headers.get("Location") if answer.status in (301, 302, 303, 307, 308) else None
            if target:
                return self._fetched(self._same_host(address, urljoin(address, target), left=left), left=left - 1)
            if answer.status != 200:
                raise Unreadable(f"answers {answer.status}; a document of the status API is wanted")
            content = answer.read(SIZE_LIMIT + 1, decode_content=True)
        finally:
            answer.close()
        if len(content) > SIZE_LIMIT:
            raise Unreadable(_too_large())
        return content

    def _same_host(self, address: str, target: str, *, left: int) -> str:
        if left == 0:
            raise Unreadable("redirects without end")
        if urlsplit(target).hostname != urlsplit(address).hostname:
            raise Unreadable(f"redirects to another host; import from {target} if that is the page meant")
        return target


Reading = _FromFile | _FromWeb


def _parsed(content: bytes) -> JsonValue:
    try:
        value: JsonValue = json.loads(content.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise Unreadable("not UTF-8 text; a JSON document is wanted") from error
    except (ValueError, RecursionError) as error:
        raise Unreadable(f"not JSON: {error}") from error
    return value


def _too_large() -> str:
    return f"larger than {SIZE_LIMIT // 1_000_000} MB; a document of the status API is smaller"
