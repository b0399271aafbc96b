"""What the parts of a page weigh on the way to a browser; the same on every machine."""

from __future__ import annotations

import gzip
import re
from datetime import UTC, datetime
from email.utils import format_datetime
from pathlib import Path

from statuspage.web.documents import read_document
from statuspage.web.headers import page_policy

_STRIP = re.compile(rb'<svg[^>]*role="img".*?</svg>', re.DOTALL)
_STYLE = re.compile(rb"<style>(.*?)</style>", re.DOTALL)
_SCRIPT = re.compile(rb"<script>(.*?)</script>", re.DOTALL)
_SOME_DAY = datetime(2026, 10, 15, 13, 20, tzinfo=UTC)


def packed(content: bytes) -> int:
    """Return how many bytes it is as gzip at its best."""
    return len(gzip.compress(content, 9, mtime=0))


def answer(folder: Path, path: str) -> int:
    """Return how many bytes a browser gets that asks for a page: the status line, every header, the packed page."""
    document = read_document(folder, path, policy=page_policy((folder / path).read_bytes()))
    document.pack()
    form = document.packed or document.plain
    headers = (*form.headers, ("Date", format_datetime(_SOME_DAY, usegmt=True)), ("Server", "granian"))
    lines = "HTTP/1.1 200 OK\r\n" + "".join(f"{name}: {value}\r\n" for name, value in headers) + "\r\n"
    return len(lines.encode()) + len(form.body)


def strips(page: bytes) -> list[bytes]:
    """Return the drawings of days, one for each service."""
    return _STRIP.findall(page)


def stylesheet(page: bytes) -> bytes:
    """Return what stands in a page's one style element."""
    (style,) = _STYLE.findall(page)
    return bytes(style)


def script(page: bytes) -> bytes:
    """Return what stands in a page's one script element."""
    (found,) = _SCRIPT.findall(page)
    return bytes(found)
