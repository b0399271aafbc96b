"""The clock and the time zones: compared with the files of the site, and with a server that is asked anyway."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from pathlib import Path

from dulwich.errors import NotGitRepository
from dulwich.repo import Repo

from statuspage.config import is_zone
from statuspage.doctor.finding import Finding, Verdict
from statuspage.doctor.git import remote_of
from statuspage.doctor.subject import Subject
from statuspage.errors import GitRefused
from statuspage.git.trees import commit_of
from statuspage.layout import INCIDENTS, SETTINGS
from statuspage.one_request import NoAnswer, ask
from statuspage.source.folder import scan, stamp_of

ABOUT = "clock"
TOLERANCE = timedelta(minutes=2)
LIMIT_SECONDS = 10.0
LIMIT_BYTES = 100_000
_SOME_ZONE = "Europe/Berlin"


def look_at_clock(subject: Subject) -> Iterator[Finding]:
    """Yield whether there are time zones, and whether the clock disagrees with anybody."""
    if not is_zone(_SOME_ZONE):
        what, remedy = "there is no data of time zones", "run: pip install tzdata"
        yield Finding(about=ABOUT, verdict=Verdict.WRONG, what=what, remedy=remedy)
    elif subject.settings:
        zone = subject.settings.site.zone
        yield Finding(about=ABOUT, verdict=Verdict.WELL, what=f"the time zone of the site is there: {zone}")
    disagreements = [*_newer_than(subject), *_told_otherwise(subject)]
    yield from disagreements
    if not disagreements:
        what = f"it is {_minute(subject.now)}, and nothing of the site is from later"
        yield Finding(about=ABOUT, verdict=Verdict.WELL, what=what)


def _newer_than(subject: Subject) -> Iterator[Finding]:
    """Yield what was made later than now: the newest file, and the newest commit."""
    newest = {**_newest_file(subject.source), **_newest_commit(subject.source)}
    for what, at in newest.items():
        if at - subject.now > TOLERANCE:
            yield _wrong(f"{what} is from {_minute(at)}", subject.now)


def _newest_file(source: Path) -> dict[str, datetime]:
    stamps = dict(scan(source, INCIDENTS).stamps)
    if settings := stamp_of(source / SETTINGS):
        stamps[SETTINGS] = settings
    if not stamps:
        return {}
    path = max(stamps, key=lambda each: stamps[each])
    return {path: datetime.fromtimestamp(stamps[path][0] / 1e9, UTC)}


def _newest_commit(source: Path) -> dict[str, datetime]:
    try:
        with Repo.discover(str(source)) as repo:
            head = repo.head()
            seconds = commit_of(repo.object_store, head).commit_time
    except (NotGitRepository, GitRefused, KeyError, OSError):
        return {}
    return {f"commit {head[:10].decode()}": datetime.fromtimestamp(seconds, UTC)}


def _told_otherwise(subject: Subject) -> Iterator[Finding]:
    """Yield by how much the clock differs from that of the server of a remote over HTTP."""
    try:
        remote = remote_of(subject) if subject.git.remote or subject.git.commit else None
    except GitRefused:
        return
    if remote is None or not re.match(r"https?://", remote.address, re.IGNORECASE):
        return
    said_at = _date_of(f"{remote.name.rstrip('/')}/info/refs?service=git-upload-pack")
    if said_at and abs(said_at - subject.now) > TOLERANCE:
        yield _wrong(f"the server of {remote.name} says {_minute(said_at)}", subject.now)


def _date_of(url: str) -> datetime | None:
    """Return the time that a server has; None where it does not say."""
    try:
        answer = ask("GET", url, headers={}, limit_seconds=LIMIT_SECONDS, limit_bytes=LIMIT_BYTES)
        return parsedate_to_datetime(answer.headers["Date"]).astimezone(UTC)
    except (NoAnswer, KeyError, ValueError, TypeError):
        return None


def _wrong(said: str, now: datetime) -> Finding:
    what = f"{said}, and the clock of this machine {_minute(now)}"
    return Finding(about=ABOUT, verdict=Verdict.WRONG, what=what, remedy="set it: sudo timedatectl set-ntp true")


def _minute(at: datetime) -> str:
    return f"{at:%Y-%m-%d %H:%M} UTC"
