"""The `serve` of this folder, if one runs: what it says of itself."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

from statuspage.deliver.announcement import mask_addresses
from statuspage.doctor.finding import Finding, Verdict
from statuspage.one_request import NoAnswer, ask
from statuspage.site_lock import SiteLock

ABOUT = "serve"
LIMIT_SECONDS = 5.0
LIMIT_BYTES = 1_000_000
OK = 200


def look_at_server(site_dir: Path) -> Iterator[Finding]:
    """Yield whether a server compiles this folder, and what its `/healthz` complains of."""
    address = SiteLock(site_dir).holder()
    if address is None:
        yield Finding(about=ABOUT, verdict=Verdict.UNUSED, what="no statuspage serve runs on this folder")
    elif not address:
        yield Finding(about=ABOUT, verdict=Verdict.WELL, what="a statuspage serve of another version runs here")
    else:
        yield from _health(f"{address}healthz")


def _health(address: str) -> Iterator[Finding]:
    try:
        answer = ask("GET", address, headers={}, limit_seconds=LIMIT_SECONDS, limit_bytes=LIMIT_BYTES)
        faults = [str(fault) for fault in json.loads(answer.body)["faults"]]
    except (NoAnswer, ValueError, KeyError, TypeError) as error:
        reason = str(error) if isinstance(error, NoAnswer) else "does not answer as statuspage does"
        yield _wrong(f"{address}: {reason}")
        return
    if answer.status != OK:
        yield _wrong(f"{address}: the compiler is silent")
    for fault in faults:
        yield Finding(about=ABOUT, verdict=Verdict.NOTE, what=f"{address} says: {mask_addresses(fault)}")
    if answer.status == OK and not faults:
        yield Finding(about=ABOUT, verdict=Verdict.WELL, what=f"{address} complains of nothing")


def _wrong(what: str) -> Finding:
    return Finding(about=ABOUT, verdict=Verdict.WRONG, what=what, remedy="look into its log, and start it anew")
