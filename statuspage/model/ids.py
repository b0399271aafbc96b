"""Ids as the status API has them: twelve lower-case letters and digits, the same on every machine."""

from __future__ import annotations

import hashlib
import re

ID_LENGTH = 12
ID_FORM = re.compile(r"[a-z0-9]{12}")
_ID_ALPHABET = "0123456789abcdefghijklmnopqrstuvwxyz"
_ID_PAIRS = tuple(f"{low}{high}" for high in _ID_ALPHABET for low in _ID_ALPHABET)
"""Two digits of an id by their number, the lower one first."""


def derived_id(*parts: str) -> str:
    """Return 12 characters a-z0-9 that depend on the parts alone, the same on every machine."""
    number = int.from_bytes(hashlib.blake2b("\x1f".join(parts).encode(), digest_size=9).digest())
    pairs = []
    for _ in range(ID_LENGTH // 2):
        number, pair = divmod(number, len(_ID_PAIRS))
        pairs.append(_ID_PAIRS[pair])
    return "".join(pairs)


def api_id(own: str | None, *parts: str) -> str:
    """Return `own` when it has the form of a status-API id, else one derived from `own` or the parts."""
    if own is not None and ID_FORM.fullmatch(own):
        return own
    return derived_id(*parts, *([own] if own else []))
