"""The log of a running server: one line an event, its named values behind it."""

from __future__ import annotations

import json
import logging
from datetime import UTC, datetime

from statuspage.instants import utc_text

_OWN_FIELDS = frozenset(vars(logging.makeLogRecord({}))) | {"message", "asctime"}


class EventFormatter(logging.Formatter):
    """Formats `2026-11-21T14:05:00Z INFO published files=41 next_change="14:30 UTC"`; control characters escaped."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the line, with a traceback below it where a bug left one."""
        at = datetime.fromtimestamp(record.created, UTC)
        values = (f"{name}={_value(value)}" for name, value in vars(record).items() if name not in _OWN_FIELDS)
        line = " ".join((utc_text(at), record.levelname, record.getMessage(), *values))
        return f"{line}\n{self.formatException(record.exc_info)}" if record.exc_info else line


def start_logging() -> None:
    """Send the events of this program to stderr."""
    stream = logging.StreamHandler()
    stream.setFormatter(EventFormatter())
    logger = logging.getLogger("statuspage")
    logger.handlers = [stream]
    logger.setLevel(logging.INFO)
    logger.propagate = False


def _value(value: object) -> str:
    text = str(value)
    is_plain = text.isascii() and text.isprintable() and text and not set(text) & set(' "=')
    return text if is_plain else json.dumps(text)
