"""The heartbeat: when the site was compiled, until when it may be believed, and whether there is news.

`heartbeat.json` is the only public file that holds the time of compiling. Its keys: `compiled_at`, `valid_until`,
`next_change_at`, `digest` (of every other file) and `update` (a short word that changes when an update is published,
moved or withdrawn, and at no other time).
"""

from __future__ import annotations

from datetime import timedelta

from statuspage.instants import utc_text
from statuspage.render.json_text import json_bytes
from statuspage.shown import Shown

PATH = "heartbeat.json"
BELIEVED_FOR = timedelta(minutes=15)
"""How long a compiled site may be believed without a new beat: a server beats far more often, a pipeline about so."""


def render_heartbeat(shown: Shown, *, digest: str) -> bytes:
    """Return the heartbeat of a site compiled at `shown.now` into files with this digest."""
    return json_bytes(
        {
            "compiled_at": utc_text(shown.now),
            "valid_until": utc_text(shown.now + BELIEVED_FOR),
            "next_change_at": utc_text(shown.next_change_at),
            "digest": digest,
            "update": shown.update_word,
        }
    )
