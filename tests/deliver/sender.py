"""A program of its own that empties an outbox over real connections, until it is killed or there is nothing to send.

Called with the file of the outbox, the address of the receiver, and how many minutes past noon it is.
"""

from __future__ import annotations

import sys
from datetime import timedelta
from pathlib import Path

from statuspage.deliver.channels.webhook import send_webhook
from statuspage.deliver.outbox import Outbox
from statuspage.deliver.worker import Deliverer
from tests.deliver.builders import NOON, hook

if __name__ == "__main__":
    place, now = hook(sys.argv[2]), NOON + timedelta(minutes=float(sys.argv[3]))
    outbox = Outbox(Path(sys.argv[1]))
    Deliverer(
        outbox,
        lambda said, to, at: send_webhook(said, to, now=at),
        destination_of=lambda _: place,
        clock=lambda: now,
    ).deliver_due(now)
