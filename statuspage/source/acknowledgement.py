"""What the page says of a new file that cannot be read: that we know, and that details follow."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, date, datetime, time, tzinfo

from statuspage.model import Incident, Status, Update, derived_id
from statuspage.source.arrangement import arranged_updates, incident_id
from statuspage.source.incident import FileContent
from statuspage.source.vocabulary import status_for_kind

SENTENCE = "We know that something is wrong and are looking into it; details follow here."
_LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)
_DAY = re.compile(r"(\d{4})-(\d{2})-(\d{2})")
_LEADING_DAY = re.compile(r"\d{4}-?\d{2}-?\d{2}[-_ T]*")


def acknowledgement(content: FileContent, *, stem: str, slug: str, zone: tzinfo, timed: FileContent | None) -> Incident:
    """Return an open incident with everything that can be read, and last the sentence that details follow.

    Its instant depends on the file alone: the newest time in its headings, else the day in its name.
    """
    header = content.header
    updates = [*arranged_updates(content, slug=slug, timed=timed)]
    kept = [replace(u, status=status_for_kind(u.status, is_maintenance=False), ends_at=None) for u in updates]
    newest = max(content.heading_times, default=None) or _day_in(stem, zone) or _LONG_AGO
    word = Update(
        id=derived_id(slug, "update", "acknowledgement"),
        at=max([newest, *(update.at for update in kept if not update.is_timed)]),
        status=Status.INVESTIGATING,
        body=SENTENCE,
    )
    return Incident(
        slug=slug,
        id=incident_id(header.id, slug),
        title=header.title or words_of(stem),
        impact=header.impact,
        components=header.components,
        started_at=header.started_at,
        updates=tuple(sorted([*kept, word], key=lambda update: update.at)),
        summary=content.summary,
        make_good=content.make_good,
        sections=content.sections,
        notifies=header.notifies,
        is_pinned=header.is_pinned,
        is_unreadable=True,
    )


def words_of(stem: str) -> str:
    """Return the words of a file's name, without a day in front: `Card payments`."""
    words = re.sub(r"[-_\s]+", " ", _LEADING_DAY.sub("", stem, count=1)).strip()
    return words[:1].upper() + words[1:] or "Something is wrong"


def _day_in(stem: str, zone: tzinfo) -> datetime | None:
    match = _DAY.match(stem)
    try:
        day = date(int(match[1]), int(match[2]), int(match[3])) if match else None
        return datetime.combine(day, time(), zone).astimezone(UTC) if day and day.year >= _LONG_AGO.year else None
    except (ValueError, OverflowError):
        return None
