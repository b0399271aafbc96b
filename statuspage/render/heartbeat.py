"""The heartbeat: when the site was compiled, until when it may be believed, and whether there is news.

`heartbeat.json` is the only public file that holds the time of compiling. Its keys: `compiled_at`, `valid_until`,
`next_change_at`, `digest` (of every other file) and `update` (a short word that changes when an update is published,
moved or withdrawn, and at no other time).
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from datetime import timedelta

from statuspage.instants import utc_text
from statuspage.render.json_text import json_bytes
from statuspage.shown import Shown

PATH = "heartbeat.json"
BELIEVED_FOR = timedelta(minutes=15)
"""How long a compiled site may be believed without a new beat: a server beats far more often, a pipeline about so."""
UPDATE_WORD_BYTES = 8


def render_heartbeat(shown: Shown, files: Mapping[str, bytes]) -> bytes:
    """Return the heartbeat of a site compiled at `shown.now` into these files (a heartbeat among them is left out)."""
    return json_bytes(
        {
            "compiled_at": utc_text(shown.now),
            "valid_until": utc_text(shown.now + BELIEVED_FOR),
            "next_change_at": utc_text(shown.next_change_at),
            "digest": files_digest(files),
            "update": _update_word(shown),
        }
    )


def files_digest(files: Mapping[str, bytes]) -> str:
    """Return SHA-256 in hex over the paths and the SHA-256 of each file, in order of path."""
    digest = hashlib.sha256()
    for path in sorted(files):
        if path != PATH:
            digest.update(path.encode("utf-8") + b"\0" + hashlib.sha256(files[path]).digest())
    return digest.hexdigest()


def _update_word(shown: Shown) -> str:
    digest = hashlib.blake2b(digest_size=UPDATE_WORD_BYTES)
    for incident in shown.everything:
        digest.update(f"{incident.source.id}\n".encode())
        for update in incident.updates:
            digest.update(f"{update.id} {update.at.timestamp()}\n".encode())
    return digest.hexdigest()
