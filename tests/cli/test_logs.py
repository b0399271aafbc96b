"""The log of a running server."""

from __future__ import annotations

import logging
import sys

from statuspage.cli.logs import EventFormatter


def _line(message: str, **values: object) -> str:
    record = logging.makeLogRecord({"msg": message, "levelname": "INFO", "created": 1_700_000_000.5, **values})
    return EventFormatter().format(record)


def test_an_event_is_one_line_with_its_named_values() -> None:
    assert _line("published", written=41, next="14:30 UTC") == (
        '2023-11-14T22:13:20Z INFO published written=41 next="14:30 UTC"'
    )


def test_what_a_file_says_cannot_begin_a_line_of_its_own() -> None:
    assert _line("fault", fault='x\n2023 INFO "forged"\x1b[0m') == (
        '2023-11-14T22:13:20Z INFO fault fault="x\\n2023 INFO \\"forged\\"\\u001b[0m"'
    )


def test_a_bug_leaves_its_traceback() -> None:
    try:
        raise ZeroDivisionError("by nothing")
    except ZeroDivisionError:
        line = _line("compile failed", exc_info=sys.exc_info())

    assert line.startswith("2023-11-14T22:13:20Z INFO compile failed\nTraceback (most recent call last):\n")
    assert line.endswith("\nZeroDivisionError: by nothing")
