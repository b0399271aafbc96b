"""One published file, prepared once for every way in which a client may ask for it."""

from __future__ import annotations

import gzip
import hashlib
import os
from dataclasses import dataclass
from email.utils import formatdate
from pathlib import Path

from statuspage.web.encodings import accepts_gzip
from statuspage.web.headers import COMPRESSIBLE, Headers, headers_of, kind_of

GZIP_LEVEL = 6
GZIP_WORTHWHILE_BYTES = 300
_ONLY_WITH_BODY = ("Content-Length", "Content-Type", "Content-Encoding")

Stamp = tuple[int, int, int]
"""What changes when a file on disk is replaced: its time in nanoseconds, its size, its inode."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """The bytes of a document in one encoding, with the headers that say so."""

    body: bytes
    etag: str
    headers: Headers
    unmodified_headers: Headers
    """Those of an answer without the bytes, 304."""

    def is_known_to(self, if_none_match: str) -> bool:
        """Return True when the If-None-Match of a client names this form."""
        return self.etag in if_none_match or if_none_match.strip() == "*"


@dataclass(slots=True, kw_only=True, eq=False)
class Document:
    """A published file as it is sent: plain at once, as gzip from when that is ready."""

    plain: Form
    packed: Form | None = None
    """Set once, by `pack`; a form belongs to the bytes beside it, so nobody gets one of an older body."""
    stamp: Stamp
    digest: str
    common_headers: Headers
    """What all forms have in common."""
    is_packable: bool

    def form_for(self, accept_encoding: str) -> Form:
        """Return the form that a client with this Accept-Encoding wants."""
        packed = self.packed
        return packed if packed is not None and accepts_gzip(accept_encoding) else self.plain

    def pack(self) -> None:
        """Make the gzip form, the same bytes on every run, where that saves anything."""
        if not self.is_packable:
            return
        body = gzip.compress(self.plain.body, GZIP_LEVEL, mtime=0)
        if len(body) < len(self.plain.body):
            self.packed = _form(body, f"{self.digest}-gzip", (*self.common_headers, ("Content-Encoding", "gzip")))


def read_document(root: Path, path: str, *, policy: str) -> Document:
    """Return the file at `path` below `root`, ready to be sent plain; OSError when it is not there."""
    with (root / path).open("rb") as stream:
        status = os.fstat(stream.fileno())
        body = stream.read()
    is_packable = len(body) >= GZIP_WORTHWHILE_BYTES and COMPRESSIBLE.match(kind_of(path)) is not None
    common = (*headers_of(path, policy), ("Last-Modified", formatdate(status.st_mtime, usegmt=True)))
    if is_packable:
        common = (*common, ("Vary", "Accept-Encoding"))
    digest = hashlib.sha256(body).hexdigest()[:32]
    return Document(
        plain=_form(body, digest, common),
        stamp=stamp_of(status),
        digest=digest,
        common_headers=common,
        is_packable=is_packable,
    )


def stamp_of(status: os.stat_result) -> Stamp:
    """Return what changes when the file is replaced."""
    return status.st_mtime_ns, status.st_size, status.st_ino


def _form(body: bytes, digest: str, common: Headers) -> Form:
    etag = f'"{digest}"'
    headers = (*common, ("ETag", etag), ("Content-Length", str(len(body))))
    unmodified = tuple(header for header in headers if header[0] not in _ONLY_WITH_BODY)
    return Form(body=body, etag=etag, headers=headers, unmodified_headers=unmodified)
