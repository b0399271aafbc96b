"""What staff read: what happened, what the public sees now, what to do, and the command for it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from statuspage.deliver.announcement import Message, one_line
from statuspage.model import Site
from statuspage.render.words import STATUS_WORD, time_words, weekday_words
from statuspage.shown import ShownIncident
from statuspage.timeline.notices import Notice, NoticeKind

OF_USE_FOR = timedelta(hours=6)
"""Nobody wants yesterday's reminder when the mail server is back."""
FAULTS_SHOWN = 20
PRIORITY = {
    NoticeKind.ALARM: 0,
    NoticeKind.FAULT: 0,
    NoticeKind.PROMISE_MISSED: 1,
    NoticeKind.OVERRUN: 1,
    NoticeKind.PROMISE_DUE_SOON: 2,
    NoticeKind.WATCH_OVER: 3,
    NoticeKind.MAINTENANCE_SOON: 4,
    NoticeKind.POSTMORTEM_DUE: 5,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """The subject, without the name of the page, and the paragraphs."""

    subject: str
    paragraphs: tuple[str, ...]


def staff_message(notice: Notice, site: Site, *, now: datetime) -> Message:
    """Return the notice as it is sent."""
    words = words_of(notice, site)
    url = f"{site.url}{notice.incident.source.path if notice.incident else '/'}"
    usual = now + OF_USE_FOR
    return Message(
        key=notice.key,
        type="staff.notice",
        kind=notice.kind,
        topic=notice.incident.source.id if notice.incident else "",
        at=notice.at,
        priority=PRIORITY[notice.kind],
        subject=one_line(f"[{site.title}] {words.subject}"),
        text="\n\n".join((*words.paragraphs, url)),
        url=url,
        expires_at=min(notice.until, usual) if notice.until else usual,
        is_replaceable=notice.kind is NoticeKind.PROMISE_DUE_SOON,
    )


def words_of(notice: Notice, site: Site) -> Words:
    """Return the words for the notice, with times in the zone of the page."""
    if notice.kind is NoticeKind.FAULT:
        return _fault(notice)
    if notice.incident is None:
        return Words(subject=notice.text, paragraphs=(f"{notice.text.removesuffix('.')}.",))
    return _WORDS[notice.kind](notice, notice.incident, site)


def _due_soon(notice: Notice, incident: ShownIncident, site: Site) -> Words:
    due = _time(notice.about, notice, site)
    speaks = notice.holding_count < notice.holding_limit
    otherwise = "a holding update speaks for you" if speaks else "the page says that the update is late"
    return Words(
        subject=f"An update is due by {due}: {_title(incident)}",
        paragraphs=(
            f"Customers were told that the next update on {_quoted(incident)} comes by {due}. None has come yet.",
            f"{_shown(incident, notice, site)} If nobody writes by {due}, {otherwise}.",
            f"Write one, even if nothing is new:\n{_update(incident)}",
        ),
    )


def _missed(notice: Notice, incident: ShownIncident, site: Site) -> Words:
    due = _time(notice.about, notice, site)
    return Words(
        subject=f"No update came by {due}: {_title(incident)}",
        paragraphs=(
            f"Customers were told that the next update on {_quoted(incident)} comes by {due}. Nobody wrote it.",
            f"{_instead(notice, incident, site)}",
            f"Write one now:\n{_update(incident)}",
        ),
    )


def _instead(notice: Notice, incident: ShownIncident, site: Site) -> str:
    """Return what the public sees in the place of the update."""
    count, limit = notice.holding_count, notice.holding_limit
    late = "The page says that the update is late."
    if not notice.is_answered:
        if not limit or count < limit:
            return late
        return f"{late} No holding update follows: the limit of {limit} in a row is reached."
    spoke = f"A holding update spoke for you: {count} of at most {limit} in a row."
    if count < limit:
        return f"{spoke} {limit - count} more may follow."
    promise = incident.promise
    since = f", and from {_time(promise.due_at, notice, site)} the page says that the update is late" if promise else ""
    return f"{spoke} No other follows{since}."


def _watch_over(notice: Notice, incident: ShownIncident, site: Site) -> Words:
    began = incident.monitoring_at
    since = f" since {_time(began, notice, site)}" if began else ""
    return Words(
        subject=f"Still monitoring: {_title(incident)}",
        paragraphs=(
            f"{_quoted(incident)} has been in monitoring{since}; the watch was to end by "
            f"{_time(notice.about, notice, site)}. The page shows it as open.",
            f"If it is fixed, say so:\n{_command(incident, 'resolve')}",
            f"If you go on watching, say what you see and for how long:\n{_update(incident)} --next 2h",
        ),
    )


def _postmortem_due(notice: Notice, incident: ShownIncident, site: Site) -> Words:
    return Words(
        subject=f"A postmortem is due: {_title(incident)}",
        paragraphs=(
            f"{_quoted(incident)} ended at {_time(notice.about, notice, site)} and has no postmortem yet.",
            "The page shows it as resolved. Customers do not know yet why it happened and what has changed since.",
            f"Tell them:\n{_update(incident, 'postmortem')}",
        ),
    )


def _maintenance_soon(notice: Notice, incident: ShownIncident, site: Site) -> Words:
    starts = _time(notice.about, notice, site)
    end = incident.ends_at
    ends = f" and is to end by {_time(end, notice, site)}" if end else ""
    return Words(
        subject=f"Planned work starts at {starts}: {_title(incident)}",
        paragraphs=(
            f"{_quoted(incident)} starts at {starts}{ends}.",
            "The page shows it as scheduled, and as in progress from its start on.",
            f"If it does not take place, say so:\n{_update(incident, 'cancelled')}",
        ),
    )


def _overrun(notice: Notice, incident: ShownIncident, site: Site) -> Words:
    return Words(
        subject=f"Planned work is past its end: {_title(incident)}",
        paragraphs=(
            f"{_quoted(incident)} was to end by {_time(notice.about, notice, site)} and is not over. "
            f"{_shown(incident, notice, site)}",
            f"When it is over, say so:\n{_update(incident, 'completed')}",
            "If it takes longer, say how long; a last line `Ends: TIME` of that update in the file gives the new end:\n"
            f"{_update(incident)} --next 30m",
        ),
    )


def _fault(notice: Notice) -> Words:
    paths = tuple(dict.fromkeys(fault.path for fault in notice.faults))
    files = paths[0] if len(paths) == 1 else f"{len(paths)} files"
    shown = [one_line(str(fault)) for fault in notice.faults[:FAULTS_SHOWN]]
    rest = len(notice.faults) - len(shown)
    lines = "\n".join([*shown, *([f"and {rest} more"] if rest else [])])
    return Words(
        subject=f"Something is wrong in {files}",
        paragraphs=(
            f"Not everything in {files} can be used as it is:",
            lines,
            "The page shows what can be read, and nothing looks better for it than it is. "
            "Mend the file, then look again:\nstatuspage check",
        ),
    )


def _shown(incident: ShownIncident, notice: Notice, site: Site) -> str:
    at = _time(incident.updated_at, notice, site)
    return f"The page shows {STATUS_WORD[incident.status]}, last updated at {at}."


def _title(incident: ShownIncident) -> str:
    return one_line(incident.source.title)


def _quoted(incident: ShownIncident) -> str:
    return f"“{_title(incident)}”"


def _update(incident: ShownIncident, status: str = "") -> str:
    return _command(incident, "update", f" --status {status}" if status else "")


def _command(incident: ShownIncident, verb: str, options: str = "") -> str:
    return f'statuspage {verb} {incident.source.slug}{options} --message "…"'


def _time(at: datetime, notice: Notice, site: Site) -> str:
    """Return `15:10 CET`, with the day where that is not the day of the notice."""
    day = at.astimezone(site.zone).date()
    is_same = day == notice.at.astimezone(site.zone).date()
    return time_words(at, site.zone) + ("" if is_same else f" on {weekday_words(day)}")


_WORDS: dict[NoticeKind, Callable[[Notice, ShownIncident, Site], Words]] = {
    NoticeKind.PROMISE_DUE_SOON: _due_soon,
    NoticeKind.PROMISE_MISSED: _missed,
    NoticeKind.WATCH_OVER: _watch_over,
    NoticeKind.POSTMORTEM_DUE: _postmortem_due,
    NoticeKind.MAINTENANCE_SOON: _maintenance_soon,
    NoticeKind.OVERRUN: _overrun,
}
