"""What was looked at, whether it is well, and what would be right."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class Verdict(StrEnum):
    """How a thing was found."""

    WELL = "well"
    WRONG = "wrong"
    """The site uses it, and it is not in place."""
    NOTE = "note"
    """Worth knowing; nothing is missing."""
    UNUSED = "not used"


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing that was looked at. It holds no secret and no address of a person."""

    about: str
    """One word for the part of the site, the same for all findings of that part."""
    verdict: Verdict
    what: str
    """What was looked at and how it was found, in one line."""
    remedy: str = ""
    """What would be right, mostly a command; empty where nothing is to be done, or `what` says it."""


_WIDTH_OF_ABOUT = len("settings")
_WIDTH_OF_VERDICT = max(map(len, Verdict))


def is_anything_wrong(findings: Iterable[Finding]) -> bool:
    """Return True when something that the site uses is not in place."""
    return any(finding.verdict is Verdict.WRONG for finding in findings)


def as_text(findings: Iterable[Finding]) -> str:
    """Return a line for each finding, in their order."""
    return "\n".join(map(_line, findings))


def as_object(findings: Iterable[Finding]) -> dict[str, object]:
    """Return the same for a script."""
    found = tuple(findings)
    return {
        "ok": not is_anything_wrong(found),
        "findings": [
            {"about": each.about, "verdict": each.verdict.value, "what": each.what, "remedy": each.remedy}
            for each in found
        ],
    }


def _line(finding: Finding) -> str:
    said = "; ".join(filter(None, (finding.what, finding.remedy)))
    return f"{finding.about:{_WIDTH_OF_ABOUT}}  {finding.verdict:{_WIDTH_OF_VERDICT}}  {said}"
