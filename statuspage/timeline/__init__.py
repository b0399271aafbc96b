"""What is true at an instant: pure functions from what the files say and `now` to what the public sees."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from statuspage.timeline.change import next_change
    from statuspage.timeline.page import page_at

__all__ = ["next_change", "page_at"]

_MODULE_BY_NAME = {"next_change": "change", "page_at": "page"}


def __getattr__(name: str) -> object:
    """Return what is asked for, imported only then: those who read files need `steps` alone, and start sooner."""
    if name not in _MODULE_BY_NAME:
        raise AttributeError(f"module {__name__} has no attribute {name}")
    return getattr(import_module(f"{__name__}.{_MODULE_BY_NAME[name]}"), name)
