"""What a client's Accept-Encoding says about gzip (RFC 9110 §12.5.3)."""

from __future__ import annotations

import re
from functools import lru_cache

LONGEST_VALUE = 256
"""No browser sends more characters; for longer values plain bytes are right as well, and nothing is remembered."""
VALUES_REMEMBERED = 256
_WEIGHT = re.compile(r"0(\.\d{0,3})?|1(\.0{0,3})?")


def accepts_gzip(accept_encoding: str) -> bool:
    """Return True when gzip is accepted and not worth less to the client than plain bytes."""
    return len(accept_encoding) <= LONGEST_VALUE and _accepts_gzip(accept_encoding)


@lru_cache(maxsize=VALUES_REMEMBERED)
def _accepts_gzip(accept_encoding: str) -> bool:
    weights = dict(_weight(item) for item in accept_encoding.lower().split(",") if item.strip())
    of_others = weights.get("*", 0.0)
    of_gzip = weights.get("gzip", weights.get("x-gzip", of_others))
    return of_gzip > 0 and of_gzip >= weights.get("identity", of_others)


def _weight(item: str) -> tuple[str, float]:
    coding, _, parameter = item.partition(";")
    name, _, value = parameter.partition("=")
    if name.strip() != "q":
        return coding.strip(), 1.0
    written = _WEIGHT.fullmatch(value.strip())
    return coding.strip(), float(written[0]) if written else 0.0
