"""The files of the present once more, packed, for servers that send such files as they are: `index.html.gz`, `….br`."""

from __future__ import annotations

import gzip
from collections.abc import Callable, Iterable, Mapping
from importlib.util import find_spec

from statuspage.errors import Fault, Severity
from statuspage.layout import SETTINGS, STATIC

ENDINGS = {"gzip": ".gz", "brotli": ".br"}
GZIP_LEVEL = 6
BROTLI_QUALITY = 5
"""A tenth of a millisecond a page; the best quality takes 60 times as long, on the way of every publication."""
WORTHWHILE_BYTES = 300
_PACKED_ALREADY = (".png", ".jpg", ".jpeg", ".webp", ".avif", ".woff2", ".gz", ".br", ".wav")


def is_side_file(path: str) -> bool:
    """Return True for the packed form of a public file: it adds nothing to the digest of all."""
    return path.endswith(tuple(ENDINGS.values())) and not path.startswith(f"{STATIC}/")


def side_paths(path: str) -> tuple[str, ...]:
    """Return where the packed forms of a file lie."""
    return tuple(path + ending for ending in ENDINGS.values())


def with_side_files(files: Mapping[str, bytes], forms: Iterable[str]) -> dict[str, bytes]:
    """Return the files, each followed by its packed forms where these are shorter."""
    packers = {ENDINGS[form]: _PACKERS[form] for form in forms}
    found: dict[str, bytes] = {}
    for path, content in files.items():
        found[path] = content
        if len(content) >= WORTHWHILE_BYTES and not path.endswith(_PACKED_ALREADY):
            packed = {path + ending: pack(content) for ending, pack in packers.items()}
            found |= {name: short for name, short in packed.items() if len(short) < len(content)}
    return found


def can_be_made(form: str) -> bool:
    """Return False where the library for it is not installed."""
    return form != "brotli" or find_spec("brotli") is not None


def not_installed(form: str) -> Fault:
    """Return what is to be said where the library for it is not installed."""
    what = f'"{form}" cannot be made here: pip install statuspage[{form}]; until then these files are left out'
    return Fault(path=SETTINGS, where="publish.side_files", what=what, severity=Severity.WARNING)


def _gzipped(content: bytes) -> bytes:
    return gzip.compress(content, GZIP_LEVEL, mtime=0)


def _brotlied(content: bytes) -> bytes:
    import brotli

    packed: bytes = brotli.compress(content, quality=BROTLI_QUALITY)
    return packed


_PACKERS: dict[str, Callable[[bytes], bytes]] = {"gzip": _gzipped, "brotli": _brotlied}
