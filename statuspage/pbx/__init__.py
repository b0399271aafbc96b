"""What runs beside a telephone system and follows a page: the hold message as files, and as answers to FastAGI."""

from statuspage.pbx.agi_server import AgiServer
from statuspage.pbx.folder import HoldCopy, Outcome
from statuspage.pbx.silence import silence_of

__all__ = ["AgiServer", "HoldCopy", "Outcome", "silence_of"]
