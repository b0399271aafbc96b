"""The heartbeat: when the site was compiled, until when it may be believed, and whether there is news.

`heartbeat.json` is the only public file that holds the time of compiling. Its keys: `compiled_at`, `valid_until`,
`next_change_at`, `digest` (of every other file) and `update` (a short word that changes when an update is published,
moved or withdrawn, and at no other time).
"""

from __future__ import annotations

from datetime import datetime, timedelta

from statuspage.instants import utc_text
from statuspage.render.json_text import json_bytes

PATH = "heartbeat.json"
BELIEVED_FOR = timedelta(minutes=15)
"""How long a compiled site may be believed without a new beat: a server beats far more often, a pipeline about so."""


def render_heartbeat(*, now: datetime, next_change_at: datetime, digest: str, update_word: str) -> bytes:
    """Return the heartbeat of a site compiled at `now`."""
    return json_bytes(
        {
            "compiled_at": utc_text(now),
            "valid_until": utc_text(now + BELIEVED_FOR),
            "next_change_at": utc_text(next_change_at),
            "digest": digest,
            "update": update_word,
        }
    )
