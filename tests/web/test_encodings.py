"""Accept-Encoding as RFC 9110 §12.5.3 means it."""

from __future__ import annotations

import pytest

from statuspage.web import encodings
from statuspage.web.encodings import LONGEST_VALUE, VALUES_REMEMBERED, accepts_gzip


@pytest.mark.parametrize(
    ("accept_encoding", "expected"),
    [
        ("", False),
        ("gzip", True),
        ("GZIP", True),
        ("x-gzip", True),
        ("deflate, gzip;q=0.5", True),
        ("br, , gzip", True),
        ("gzip;q=0", False),
        ("gzip; q=0.0, *", False),
        ("GZIP;Q=0", False),
        ("*", True),
        ("*;q=0", False),
        ("*;q=0, gzip", True),
        ("identity;q=1, gzip;q=0.5", False),
        ("gzip;q=0.5, identity", False),
        ("identity;q=0.5, gzip;q=1", True),
        ("identity;q=0, gzip;q=0.001", True),
        ("gzip;q=0.5, *;q=1", False),
        ("*;q=0.5, identity;q=0.2", True),
        ("gzip;q=nonsense", False),
        ("gzip;q=nan", False),
        ("gzip;q=-1", False),
        ("gzip;q=2", False),
        ("gzip ; q = 0.3", True),
        ("br", False),
        (",".join(["gzip"] * 100), False),
    ],
)
def test_the_weights_of_encodings_are_kept(accept_encoding: str, expected: bool) -> None:
    assert accepts_gzip(accept_encoding) is expected


def test_what_is_remembered_of_many_values_is_bounded() -> None:
    for number in range(2 * VALUES_REMEMBERED):
        accepts_gzip(f"gzip, x-{number}")
        accepts_gzip(f"gzip, x-{number}".ljust(LONGEST_VALUE + 1))

    remembered = encodings._accepts_gzip.cache_info()  # noqa: SLF001 - what it holds is not to be seen from outside

    assert remembered.currsize <= VALUES_REMEMBERED
