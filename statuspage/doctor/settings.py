"""The settings: whether they can be read, and what is wrong with them."""

from __future__ import annotations

import shlex
from collections.abc import Iterator

from statuspage.deliver.announcement import mask_addresses
from statuspage.doctor.finding import Finding, Verdict
from statuspage.doctor.subject import Subject
from statuspage.errors import Severity
from statuspage.layout import SETTINGS

ABOUT = "settings"


def look_at_settings(subject: Subject) -> Iterator[Finding]:
    """Yield every fault of the settings, or that there is none."""
    if subject.git.remote and not (subject.source / SETTINGS).exists():
        yield Finding(
            about=ABOUT,
            verdict=Verdict.WRONG,
            what="nothing of the remote is here yet",
            remedy=f"run: statuspage build --site {shlex.quote(str(subject.folder))}",
        )
        return
    for fault in subject.faults:
        verdict = Verdict.WRONG if fault.severity is Severity.ERROR else Verdict.NOTE
        yield Finding(about=ABOUT, verdict=verdict, what=_without_addresses(str(fault)))
    if not subject.faults:
        yield Finding(about=ABOUT, verdict=Verdict.WELL, what=f"nothing is wrong with {SETTINGS}")


def _without_addresses(fault: str) -> str:
    """Return the fault without an address that somebody mistyped; that of an example stays."""
    wrong, example, right = fault.partition("; write ")
    return f"{mask_addresses(wrong)}{example}{right}"
