"""The hold message of a page as files in a folder of a telephone system: fetched, checked, and silent when too old."""

from statuspage.hold_copy.folder import HoldCopy, Outcome
from statuspage.hold_copy.silence import silence_of

__all__ = ["HoldCopy", "Outcome", "silence_of"]
