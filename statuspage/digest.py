"""One digest of many files that a change to one of them moves in a step, however many the others are.

It is the sum, modulo 2**256, of a SHA-256 for each file over its path and the SHA-256 of its bytes: the same for the
same files in any order. It tells whether anything differs; against a forger it is no proof.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping

_MODULUS = 2**256


def file_hash(content: bytes) -> bytes:
    """Return the SHA-256 of a file's bytes."""
    return hashlib.sha256(content).digest()


def share_of(path: str, content_hash: bytes) -> int:
    """Return what a file adds to the digest of all."""
    return int.from_bytes(hashlib.sha256(path.encode() + b"\0" + content_hash).digest())


def files_digest(files: Mapping[str, bytes]) -> str:
    """Return the digest of these files, by path, in hex."""
    return digest_text(sum(share_of(path, file_hash(content)) for path, content in files.items()))


def digest_text(total: int) -> str:
    """Return the sum of all shares as 64 hexadecimal digits."""
    return f"{total % _MODULUS:064x}"
