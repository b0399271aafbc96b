"""Who is told: whether every address and secret that the settings name is where they say."""

from __future__ import annotations

import shlex
from collections import Counter
from collections.abc import Iterator

from statuspage.config import Settings
from statuspage.config.secret import SecretPlace
from statuspage.deliver.directory import staff_directory
from statuspage.doctor.finding import Finding, Verdict
from statuspage.doctor.subject import Subject

ABOUT = "staff"
_OF_OTHERS = 0o077
"""The rights to a file of everybody but its owner."""


def look_at_staff(subject: Subject, settings: Settings) -> Iterator[Finding]:
    """Yield what cannot be used, else how many can; nothing is sent to them."""
    staff = settings.staff
    # The password of the mail server is looked at with the server.
    directory = staff_directory(settings, site_dir=subject.folder, environ=subject.environ)
    of_mail = settings.mail.password.where if settings.mail and settings.mail.password else None
    for problem in directory.problems:
        if not of_mail or not problem.startswith(of_mail):
            yield Finding(about=ABOUT, verdict=Verdict.WRONG, what=problem)
    yield from _open_to_others(subject, settings)
    if not staff.emails and not staff.channels:
        yield Finding(about=ABOUT, verdict=Verdict.UNUSED, what="neither [staff] nor a [[channel]] names anybody")
    elif directory.destinations:
        counts = Counter(place.kind.value for place in directory.destinations)
        told = ", ".join(f"{count} by {kind}" for kind, count in counts.items())
        yield Finding(about=ABOUT, verdict=Verdict.WELL, what=f"can be told: {told}; nothing was sent to them")


def _open_to_others(subject: Subject, settings: Settings) -> Iterator[Finding]:
    places = [settings.mail.password] if settings.mail else []
    places += [place for channel in settings.staff.channels for place in (channel.url_place, channel.secret_place)]
    for place in filter(None, places):
        if _is_open(subject, place):
            what = f"{place.where}: others on this machine can read {place.file}"
            remedy = f"run: chmod 600 {shlex.quote(str(subject.folder / place.file))}"
            yield Finding(about=ABOUT, verdict=Verdict.NOTE, what=what, remedy=remedy)


def _is_open(subject: Subject, place: SecretPlace) -> bool:
    file = subject.folder / place.file
    return bool(place.file) and file.is_file() and bool(file.stat().st_mode & _OF_OTHERS)
