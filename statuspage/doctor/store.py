"""The outbox: whether what is to be sent, and what was, is kept in a file that can be used."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from statuspage.config.staff import Staff
from statuspage.deliver.desk import OUTBOX
from statuspage.deliver.store import trouble_of_store
from statuspage.doctor.finding import Finding, Verdict
from statuspage.layout import VAR

ABOUT = "store"


def look_at_store(site_dir: Path, staff: Staff) -> Iterator[Finding]:
    """Yield whether the outbox opens, is whole and has the tables of this version."""
    name, file = f"{VAR}/{OUTBOX}", site_dir / VAR / OUTBOX
    if not staff.emails and not staff.channels:
        yield Finding(about=ABOUT, verdict=Verdict.UNUSED, what="nobody is to be told anything")
    elif not file.exists() or not file.stat().st_size:
        yield Finding(about=ABOUT, verdict=Verdict.WELL, what=f"{name} is made when there is something to tell")
    elif trouble := trouble_of_store(file):
        remedy = "serve sets a damaged one aside when it starts, begins a new one, and may tell again what was told"
        yield Finding(about=ABOUT, verdict=Verdict.WRONG, what=f"{name}: {trouble}", remedy=remedy)
    else:
        yield Finding(about=ABOUT, verdict=Verdict.WELL, what=f"{name} opens and is whole")
