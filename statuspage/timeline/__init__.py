"""What is true at an instant: pure functions from what the files say and `now` to what the public sees."""

from statuspage.timeline.change import next_change
from statuspage.timeline.page import component_at, page_at, shown_page, state_since
from statuspage.timeline.told import ALWAYS, Told, next_midnight, tell

__all__ = [
    "ALWAYS",
    "Told",
    "component_at",
    "next_change",
    "next_midnight",
    "page_at",
    "shown_page",
    "state_since",
    "tell",
]
