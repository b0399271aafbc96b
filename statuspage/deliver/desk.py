"""The one way to tell staff something: what holds is put into the outbox once, and sent from there."""

from __future__ import annotations

import logging
import os
import sqlite3
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime, timedelta
from itertools import groupby
from pathlib import Path

from statuspage.config import Settings
from statuspage.config.staff import ChannelKind
from statuspage.deliver.announcement import Destination, Message
from statuspage.deliver.channels.chat import send_chat
from statuspage.deliver.channels.mail import send_mail
from statuspage.deliver.channels.webhook import send_webhook
from statuspage.deliver.directory import staff_directory
from statuspage.deliver.notice_words import staff_message
from statuspage.deliver.outbox import Outbox, Trouble
from statuspage.deliver.worker import Delivered, Deliverer
from statuspage.errors import Fault
from statuspage.layout import VAR
from statuspage.shown import ShownIncident
from statuspage.timeline.notices import (
    Notice,
    NoticeKind,
    alarm_notice,
    fault_notices,
    next_notice_at,
    notices_at,
)

OUTBOX = "outbox.sqlite"
STANDING = (NoticeKind.FAULT, NoticeKind.ALARM)
"""What is told once more when it was gone for a while and is there again."""
GONE_AFTER = timedelta(hours=1)
TIDY_EVERY = timedelta(minutes=10)
TROUBLE_FOR = timedelta(hours=24)
"""How long it is said that a message was given up."""
TROUBLE_ATTEMPTS = 2
"""A message that failed once may arrive a moment later."""

logger = logging.getLogger(__name__)


class StaffDesk:
    """Tells staff what they should know before customers ask; each thing once, whatever restarts in between."""

    def __init__(
        self,
        site_dir: Path,
        settings: Settings,
        clock: Callable[[], datetime],
        *,
        environ: Mapping[str, str] = os.environ,
    ) -> None:
        self._site_dir = site_dir
        self._clock = clock
        self._environ = environ
        self._outbox = Outbox(site_dir / VAR / OUTBOX)
        self._deliverer = Deliverer(self._outbox, self._send, destination_of=self._find, clock=clock)
        self._is_wanted = self._is_running = False
        self._told: tuple[str, ...] | None = None
        self._tidied_at: datetime | None = None
        self._failure = ""
        self.use(settings)

    def use(self, settings: Settings) -> None:
        """Go by these settings from now on; secrets are read anew."""
        self._settings = settings
        self._directory = staff_directory(settings, site_dir=self._site_dir, environ=self._environ)
        self._told = None
        self._start_if_wanted()

    def start(self) -> None:
        """Send what waits, in the background, until stopped; without anybody to tell, nothing runs."""
        self._is_wanted = True
        self._start_if_wanted()

    def stop(self, *, limit_seconds: float = 3.0) -> None:
        """End; a send under way gets so long to finish. What is not sent is sent after the next start."""
        self._is_wanted = False
        if self._is_running:
            self._deliverer.stop(limit_seconds=limit_seconds)
        self._outbox.close()

    def tell(
        self,
        incidents: Iterable[ShownIncident],
        *,
        faults: Iterable[Fault] = (),
        alarms: Iterable[str] = (),
        now: datetime,
    ) -> None:
        """Put what holds at `now` into the outbox, and have it sent; what was told before is not told again.

        `incidents` are all that are open, and those resolved within 15 days; `faults` and `alarms` are all that stand
        now. Where the disk refuses, `problems` says so and the next call tries again.
        """
        if not self._directory.destinations:
            return
        subjects = tuple(incidents)
        notices = (
            *(notice for incident in subjects for notice in self._notices(incident, now)),
            *fault_notices(faults, now=now),
            *(alarm_notice(text, now=now) for text in alarms),
        )
        keys = tuple(notice.key for notice in notices)
        try:
            if keys != self._told:
                self._enqueue(notices, subjects, now)
            self._tidy(keys, now)
        except (sqlite3.Error, OSError) as error:
            self._failure = f"the outbox cannot be used: {error}"
            logger.error("outbox failed", extra={"reason": str(error)})
            return
        self._told, self._failure = keys, ""

    def next_at(self, incidents: Iterable[ShownIncident], now: datetime) -> datetime | None:
        """Return the first instant after `now` at which `tell` may have something new to say; None for never."""
        if not self._directory.destinations:
            return None
        settings = self._settings
        ahead = (
            next_notice_at(i, rules=settings.staff.rules, clock=settings.clock, zone=settings.site.zone, now=now)
            for i in incidents
        )
        return min((at for at in ahead if at is not None), default=None)

    def deliver_due(self, now: datetime) -> Delivered:
        """Send all that is due at `now`, here and at once; raises sqlite3.Error or OSError where the disk refuses."""
        return self._deliverer.deliver_due(now) if self._directory.destinations else Delivered()

    def problems(self) -> tuple[str, ...]:
        """Return what keeps staff from being told, one sentence each, with no address and no secret in it."""
        found = [*self._directory.problems, *filter(None, {self._failure, self._deliverer.failure})]
        if self._directory.destinations:
            found += self._troubles()
        return tuple(found)

    def _start_if_wanted(self) -> None:
        if self._is_wanted and not self._is_running and self._directory.destinations:
            self._is_running = True
            self._deliverer.start()

    def _notices(self, incident: ShownIncident, now: datetime) -> tuple[Notice, ...]:
        settings = self._settings
        return notices_at(incident, rules=settings.staff.rules, clock=settings.clock, zone=settings.site.zone, now=now)

    def _enqueue(self, notices: tuple[Notice, ...], subjects: tuple[ShownIncident, ...], now: datetime) -> None:
        messages = [staff_message(notice, self._settings.site, now=now) for notice in notices]
        keys = [message.key for message in messages]
        # First what nobody needs to know any more: somebody may have written while the mail server was away.
        self._outbox.withdraw([incident.source.id for incident in subjects], keep=keys, now=now)
        for message in self._outbox.enqueue(messages, self._directory.destinations, now=now):
            logger.info("staff notice", extra={"kind": message.kind, "page": message.url, "id": message.id})
        self._deliverer.poke()

    def _tidy(self, keys: tuple[str, ...], now: datetime) -> None:
        if self._tidied_at is not None and timedelta(0) <= now - self._tidied_at < TIDY_EVERY:
            return
        self._outbox.forget(STANDING, keep=keys, before=now - GONE_AFTER)
        self._outbox.prune(now)
        self._tidied_at = now

    def _troubles(self) -> list[str]:
        try:
            troubles = self._outbox.troubles(since=self._clock() - TROUBLE_FOR)
        except (sqlite3.Error, OSError) as error:
            return [f"the outbox cannot be used: {error}"]
        lasting = [t for t in troubles if t.is_dead or t.attempt >= TROUBLE_ATTEMPTS]
        by_place = groupby(sorted(lasting, key=lambda t: t.destination), key=lambda t: t.destination)
        return [self._trouble_words(destination, tuple(group)) for destination, group in by_place]

    def _trouble_words(self, destination: str, troubles: tuple[Trouble, ...]) -> str:
        place = self._find(destination)
        dead_count = sum(trouble.is_dead for trouble in troubles)
        waiting_count = len(troubles) - dead_count
        counts = [f"{dead_count} given up"] if dead_count else []
        counts += [f"{waiting_count} to be tried again"] if waiting_count else []
        where = place.masked if place else "a destination that the settings no longer name"
        return f"{where}: staff notices not delivered: {', '.join(counts)}; the latest: {troubles[0].reason}"

    def _find(self, destination: str) -> Destination | None:
        return self._directory.find(destination)

    def _send(self, message: Message, destination: Destination, now: datetime) -> None:
        if destination.kind is ChannelKind.WEBHOOK:
            send_webhook(message, destination, now=now)
        elif destination.kind is ChannelKind.MAIL:
            assert self._settings.mail is not None
            send_mail(message, destination, server=self._settings.mail, password=self._directory.password)
        else:
            send_chat(message, destination, now=now)
