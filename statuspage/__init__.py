"""A status page, its feeds, its JSON and the message that callers hear on hold, made from Markdown incidents."""

from __future__ import annotations

__version__ = "0.1.0"
