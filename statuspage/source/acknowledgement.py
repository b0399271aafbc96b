"""What the page says in place of what cannot be read: that we know, and that details follow."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, tzinfo

from statuspage.model import UNDATED, Incident, Status, Update, derived_id
from statuspage.source.arrangement import incident_of
from statuspage.source.incident import FileContent
from statuspage.source.times import FIRST_YEAR
from statuspage.timeline.steps import end_known_at
from statuspage.vocabulary import status_for_kind

SENTENCE = "We know that something is wrong and are looking into it; details follow here."
PLANNED_SENTENCE = "We are planning work; when it is and what it means for you follows here."
GOING_ON_SENTENCE = "There is more to say about this work; it follows here."
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
    sentence = PLANNED_SENTENCE if header.is_maintenance else SENTENCE
    return replace(
        incident,
        components=() if header.is_maintenance else incident.components,
        updates=tuple(sorted([*kept, _word(incident, at, sentence)], key=lambda update: update.at)),
        is_unreadable=True,
    )


def with_doubt(good: Incident, *, content: FileContent, broken: BrokenFile) -> Incident:
    """Return the last good version; where it is over, but the broken file may say that it is not, in doubt of that.

    An incident is then open again, with the sentence that details follow; planned work goes on.
    """
    news = list(_news(broken, known=content.heading_times))
    if good.is_maintenance:
        return _held_open(good, news)
    if not news or not content.is_closed:
        return good
    at = max([at for at in news if at] + [update.at for update in good.updates])
    return replace(good, updates=(*good.updates, _word(good, at, SENTENCE)), is_unreadable=True)


def _news(broken: BrokenFile, *, known: tuple[datetime, ...]) -> Iterator[datetime | None]:
    """Yield the time, None for an unknown one, of each word that may say that something is not over.

    What has the time of a heading of the last good version is nothing new.
    """
    content = broken.content
    yield from _unread(broken, known=known)
    newest = max((written.update.at for written in content.updates), default=None)
    if newest and not content.is_closed and newest not in known:
        yield newest
    if content.has_words and not content.heading_times and not content.unread:
        yield None


def _unread(broken: BrokenFile, *, known: tuple[datetime, ...]) -> Iterator[datetime | None]:
    """Yield the times of headings that cannot be read, but for those that can only mean the beginning or the end."""
    for heading in broken.content.unread:
        is_harmless = heading.status is not None and (heading.status.is_final or heading.status is Status.SCHEDULED)
        if not is_harmless and (heading.at is None or heading.at not in known):
            yield heading.at
    if broken.is_cut:
        yield None


def _held_open(planned: Incident, news: list[datetime | None]) -> Incident:
    """Return the planned work so that it goes on past its end where a word from its start on cannot be read."""
    over_at = end_known_at(planned, datetime.max.replace(tzinfo=UTC))
    assert planned.window is not None
    assert over_at is not None
    times = [at or over_at for at in news if at is None or at >= planned.window.starts_at]
    if not times:
        return planned
    at = max([over_at, *times, *(update.at for update in planned.updates)])
    word = replace(_word(planned, at, GOING_ON_SENTENCE), status=Status.VERIFYING)
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
