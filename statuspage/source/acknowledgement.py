"""What the page says in place of what cannot be read: that we know, and that details follow."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, tzinfo

from statuspage.model import UNDATED, Incident, Status, Update, derived_id
from statuspage.source.arrangement import incident_of
from statuspage.source.incident import FileContent, OutlineHeading
from statuspage.source.times import FIRST_YEAR
from statuspage.timeline.steps import end_known_at
from statuspage.translatable import ACKNOWLEDGED, WORK_ACKNOWLEDGED, WORK_IN_DOUBT
from statuspage.vocabulary import status_for_kind

_DAY = re.compile(r"(\d{4})-(\d{2})-(\d{2})")
_LEADING_DAY = re.compile(r"\d{4}-?\d{2}-?\d{2}[-_ T]*")


@dataclass(frozen=True, slots=True, kw_only=True)
class BrokenFile:
    """A file that cannot be read, with whatever can be made out."""

    content: FileContent
    stem: str
    slug: str
    zone: tzinfo
    is_cut: bool
    """True where only its beginning is known."""


def acknowledgement(broken: BrokenFile, *, timed: FileContent | None) -> Incident:
    """Return an open incident with everything that can be read, and last the sentence that details follow.

    Its instant depends on the file alone: the newest time in its headings, else the day in its name. Planned work
    whose time can be read is shown as planned work; of other planned work nothing is said to be out of order.
    """
    content = broken.content
    header = replace(content.header, title=content.header.title or words_of(broken.stem), is_draft=False)
    incident = incident_of(replace(content, header=header), slug=broken.slug, timed=timed)
    if incident.is_maintenance:
        read = tuple(written.update.at for written in content.updates)
        return _held_open(incident, list(_unread(broken, known=read)))
    newest = max(content.heading_times, default=None) or _day_in(broken.stem, broken.zone) or UNDATED
    kept = tuple(_as_of_an_incident(update, is_planned=header.is_maintenance) for update in incident.updates)
    at = max([newest, *(update.at for update in kept if not update.is_timed)])
    sentence = WORK_ACKNOWLEDGED if header.is_maintenance else ACKNOWLEDGED
    return replace(
        incident,
        components=() if header.is_maintenance else incident.components,
        updates=tuple(sorted([*kept, _word(incident, at, sentence)], key=lambda update: update.at)),
        is_unreadable=True,
    )


def with_doubt(good: Incident, *, content: FileContent, broken: BrokenFile) -> Incident:
    """Return the last good version; where it is over, but the broken file may say that it is not, in doubt of that.

    `content` is the last good version of the broken file. An incident is then open again, with the sentence that
    details follow; planned work goes on.
    """
    closed_at = _closed_at(good)
    if good.is_maintenance:
        return _held_open(good, list(_unread(broken, known=content.heading_times)), closed_at)
    if closed_at is None:
        return good
    news = list(_news(broken, closed_at=closed_at, known=content.heading_times))
    if not news:
        return good
    at = max([at for at in news if at] + [update.at for update in good.updates])
    return replace(good, updates=(*good.updates, _word(good, at, ACKNOWLEDGED)), is_unreadable=True)


def _closed_at(good: Incident) -> datetime | None:
    """Return the time of the update that says that it is over; None where the last status says otherwise."""
    last = next((update for update in reversed(good.updates) if update.status), None)
    return last.at if last and last.status and last.status.is_final else None


def _news(broken: BrokenFile, *, closed_at: datetime, known: tuple[datetime, ...]) -> Iterator[datetime | None]:
    """Yield the time, None for an unknown one, of each word that may say that an incident is not over."""
    content = broken.content
    yield from _unread(broken, known=known)
    open_words = _after_the_last_end(content)
    yield from (heading.at for heading in open_words if heading.is_read and heading.at and heading.at > closed_at)
    is_end_gone = closed_at in known and closed_at not in content.heading_times
    if is_end_gone and content.outline and len(open_words) == len(content.outline):
        yield max(content.heading_times, default=None)
    if content.has_words and not content.outline and not content.heading_times:
        yield None


def _unread(broken: BrokenFile, *, known: tuple[datetime, ...]) -> Iterator[datetime | None]:
    """Yield the times of headings that cannot be read and may say that something goes on.

    Not of those with the time of a heading of the last good version, nor of those that an end follows.
    """
    for heading in _after_the_last_end(broken.content):
        is_old = heading.at is not None and heading.at in known
        if not heading.is_read and heading.status is not Status.SCHEDULED and not is_old:
            yield heading.at
    if broken.is_cut:
        yield None


def _after_the_last_end(content: FileContent) -> list[OutlineHeading]:
    """Return the headings written after the last one that can only mean the end."""
    after: list[OutlineHeading] = []
    for heading in content.outline:
        after = [] if heading.status and heading.status.is_final else [*after, heading]
    return after


def _held_open(planned: Incident, news: list[datetime | None], closed_at: datetime | None = None) -> Incident:
    """Return the planned work so that it goes on past its end where a word from its start on cannot be read."""
    over_at = closed_at or end_known_at(planned, datetime.max.replace(tzinfo=UTC))
    assert planned.window is not None
    assert over_at is not None
    times = [at or over_at for at in news if at is None or at >= planned.window.starts_at]
    if not times:
        return planned
    at = max([over_at, *times, *(update.at for update in planned.updates)])
    word = replace(_word(planned, at, WORK_IN_DOUBT), status=Status.VERIFYING)
    return replace(planned, updates=(*planned.updates, word))


def _word(incident: Incident, at: datetime, sentence: str) -> Update:
    name = derived_id(incident.id, "update", "acknowledgement")
    return Update(id=name, at=at, status=Status.INVESTIGATING, body=sentence)


def _as_of_an_incident(update: Update, *, is_planned: bool) -> Update:
    status = status_for_kind(update.status, is_maintenance=False)
    if is_planned:
        return replace(update, status=status, ends_at=None, components=(), restores_all=False)
    return replace(update, status=status, ends_at=None)


def words_of(stem: str) -> str:
    """Return the words of a file's name, without a day in front: `Card payments`."""
    words = re.sub(r"[-_\s]+", " ", _LEADING_DAY.sub("", stem, count=1)).strip()
    return words[:1].upper() + words[1:] or "Something is wrong"


def _day_in(stem: str, zone: tzinfo) -> datetime | None:
    match = _DAY.match(stem)
    try:
        day = date(int(match[1]), int(match[2]), int(match[3])) if match else None
        return datetime.combine(day, time(), zone).astimezone(UTC) if day and day.year >= FIRST_YEAR else None
    except (ValueError, OverflowError):
        return None
