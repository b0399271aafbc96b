"""Everything that is looked at, in the order in which a person would."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from pathlib import Path

from statuspage.doctor.clock import look_at_clock
from statuspage.doctor.finding import Finding
from statuspage.doctor.folder import look_at_folder
from statuspage.doctor.git import look_at_git
from statuspage.doctor.mail import look_at_mail
from statuspage.doctor.server import look_at_server
from statuspage.doctor.settings import look_at_settings
from statuspage.doctor.sound import look_at_sound
from statuspage.doctor.staff import look_at_staff
from statuspage.doctor.store import look_at_store
from statuspage.doctor.subject import Subject, subject_of
from statuspage.doctor.words import look_at_words


def examine(site_dir: Path, *, now: datetime, environ: Mapping[str, str]) -> tuple[Finding, ...]:
    """Return what was found, part by part.

    Servers that the site uses are asked, and nothing is sent to or changed on them; `now` is what the clock shows.
    """
    return tuple(_findings(subject_of(site_dir, now=now, environ=environ)))


def _findings(subject: Subject) -> Iterator[Finding]:
    yield from look_at_settings(subject)
    yield from look_at_folder(subject.folder)
    yield from look_at_clock(subject)
    yield from look_at_git(subject)
    if subject.settings:
        yield from look_at_words(subject.settings.site)
        yield from look_at_staff(subject, subject.settings)
        yield from look_at_store(subject.folder, subject.settings.staff)
        yield from look_at_mail(subject, subject.settings.mail)
        yield from look_at_sound(subject, subject.settings)
    yield from look_at_server(subject.folder)
