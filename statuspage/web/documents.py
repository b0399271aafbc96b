"""One published file, prepared once for every way in which a client may ask for it."""

from __future__ import annotations

import gzip
import hashlib
import os
import re
from dataclasses import dataclass
from email.utils import formatdate
from pathlib import Path

from statuspage.web.headers import COMPRESSIBLE, Headers, headers_of, kind_of

GZIP_LEVEL = 6
GZIP_WORTHWHILE_BYTES = 300
_ENTITY_TAG = re.compile(r'(?:W/)?"([^"]*)"')

Stamp = tuple[int, int, int]
"""What changes when a file on disk is replaced: its time in nanoseconds, its size, its inode."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """The bytes of a document in one encoding, with the headers that say so."""

    body: bytes
    etag: str
    headers: Headers


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A published file as it is sent, plain and, where that is shorter, as gzip."""

    plain: Form
    gzipped: Form | None
    tags: frozenset[str]
    """What stands between the quotes of the entity tags of all its forms."""
    stamp: Stamp

    def form_for(self, accept_encoding: str) -> Form:
        """Return the form that a client with this Accept-Encoding wants."""
        return self.gzipped if self.gzipped and accepts_gzip(accept_encoding) else self.plain

    def is_known_to(self, if_none_match: str) -> bool:
        """Return True when the If-None-Match of a client names a form of this document."""
        return if_none_match.strip() == "*" or not self.tags.isdisjoint(_ENTITY_TAG.findall(if_none_match))


def read_document(root: Path, path: str, *, policy: str) -> Document:
    """Return the file at `path` below `root`, ready to be sent; OSError when it is not there."""
    with (root / path).open("rb") as stream:
        status = os.fstat(stream.fileno())
        body = stream.read()
    digest = hashlib.sha256(body).hexdigest()[:32]
    common = (*headers_of(path, policy), ("Last-Modified", formatdate(status.st_mtime, usegmt=True)))
    packed = _packed(body) if COMPRESSIBLE.match(kind_of(path)) else None
    if packed is None:
        plain, gzipped = _form(body, digest, common), None
    else:
        varying = (*common, ("Vary", "Accept-Encoding"))
        plain = _form(body, digest, varying)
        gzipped = _form(packed, f"{digest}-gzip", (*varying, ("Content-Encoding", "gzip")))
    return Document(plain=plain, gzipped=gzipped, tags=frozenset({digest, f"{digest}-gzip"}), stamp=stamp_of(status))


def stamp_of(status: os.stat_result) -> Stamp:
    """Return what changes when the file is replaced."""
    return status.st_mtime_ns, status.st_size, status.st_ino


def accepts_gzip(accept_encoding: str) -> bool:
    """Return True when gzip is accepted and not worth less to the client than plain bytes (RFC 9110 §12.5.3)."""
    weights = dict(_weight(item) for item in accept_encoding.lower().split(",") if item.strip())
    gzip_weight = weights.get("gzip", weights.get("x-gzip", weights.get("*", 0.0)))
    return gzip_weight > 0 and gzip_weight >= weights.get("identity", 0.0)


def _weight(item: str) -> tuple[str, float]:
    coding, _, parameter = item.partition(";")
    name, _, value = parameter.partition("=")
    if name.strip() != "q":
        return coding.strip(), 1.0
    try:
        return coding.strip(), float(value)
    except ValueError:
        return coding.strip(), 0.0


def _form(body: bytes, digest: str, headers: Headers) -> Form:
    etag = f'"{digest}"'
    return Form(body=body, etag=etag, headers=(*headers, ("ETag", etag), ("Content-Length", str(len(body)))))


def _packed(body: bytes) -> bytes | None:
    """Return `body` as gzip, the same bytes on every run; None when that saves nothing."""
    if len(body) < GZIP_WORTHWHILE_BYTES:
        return None
    packed = gzip.compress(body, GZIP_LEVEL, mtime=0)
    return packed if len(packed) < len(body) else None
