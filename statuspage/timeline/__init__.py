"""What is true at an instant: pure functions from what the files say and `now` to what the public sees."""

from statuspage.timeline.change import next_change
from statuspage.timeline.page import page_at

__all__ = ["next_change", "page_at"]
