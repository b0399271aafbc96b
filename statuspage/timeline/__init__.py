"""What is true at an instant: pure functions from what the files say and `now` to what the public sees."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from statuspage.timeline.change import next_change
    from statuspage.timeline.page import page_at

__all__ = ["next_change", "page_at"]


def __getattr__(name: str) -> object:
    """Return what is asked for, imported only then: those who read files need `steps` alone, and start sooner."""
    if name == "page_at":
        from statuspage.timeline.page import page_at

        return page_at
    if name == "next_change":
        from statuspage.timeline.change import next_change

        return next_change
    raise AttributeError(f"module {__name__} has no attribute {name}")
