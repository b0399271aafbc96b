"""All timed work: when the site is compiled again, and how it is noticed that nobody does it any more."""

from __future__ import annotations

import logging
import os
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from apscheduler.jobstores.memory import MemoryJobStore
from apscheduler.schedulers.background import BackgroundScheduler
from apscheduler.triggers.date import DateTrigger
from watchfiles import watch

from statuspage.errors import StatusPageError
from statuspage.layout import INCIDENTS, SETTINGS, STATIC

BEAT_SECONDS = 15.0
SILENT_BEATS = 4
REFRESH_SECONDS = 300.0
"""How old a compilation may grow: well below the time for which its heartbeat asks to be believed."""
BACK_OFF_LIMIT_SECONDS = 60.0
CLOCK_STEP_BACK_LIMIT = timedelta(minutes=10)
WATCH_DEBOUNCE_MILLISECONDS = 50
WATCH_STEP_MILLISECONDS = 10
WATCHED = (SETTINGS, INCIDENTS, STATIC)
"""What the page is made of, below the site folder."""

logger = logging.getLogger(__name__)

Compile = Callable[[datetime], datetime]
"""Compiles and publishes the site as at an instant; returns the next instant at which it will differ."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pulse:
    """How the compiling goes, for those who watch over it."""

    compiled_at: datetime | None = None
    next_change_at: datetime | None = None
    failures: int = 0
    """How many attempts in a row have failed."""
    failure: str = ""
    """What made the last attempt fail; empty after a success."""


class Scheduler:
    """Compiles the site when a file changes, when the clock reaches the next change, and at each beat that needs it.

    APScheduler rings at the next change; a beat of our own stands behind it, because a waiting thread does not notice
    that the clock was set. Whoever wakes the builder only sets an event: nothing is compiled anywhere else.
    """

    def __init__(
        self,
        compile_site: Compile,
        *,
        site_dir: Path,
        clock: Callable[[], datetime],
        beat_seconds: float = BEAT_SECONDS,
    ) -> None:
        self._compile_site = compile_site
        self._site_dir = site_dir
        self._clock = clock
        self._beat_seconds = beat_seconds
        self._dirty = threading.Event()
        self._stopping = threading.Event()
        self._alarm = BackgroundScheduler(timezone=UTC, jobstores={"default": MemoryJobStore()})
        self._builder = threading.Thread(target=self._run, name="builder", daemon=True)
        self._watchers = (
            threading.Thread(target=self._watch, args=((site_dir,),), name="watch-site", daemon=True),
            threading.Thread(
                target=self._watch,
                args=(tuple(site_dir / name for name in WATCHED[1:]),),
                kwargs={"recursive": True},
                name="watch-files",
                daemon=True,
            ),
        )
        self._floor: datetime | None = None
        self._retry_at = 0.0
        self._refresh_at = 0.0
        self._seen: tuple[object, ...] = ()
        self._last_beat = time.monotonic()
        self.has_tried = threading.Event()
        """Set once the first attempt is over, whether or not it succeeded."""
        self.pulse = Pulse()

    @property
    def is_alive(self) -> bool:
        """Return False when the builder has not come round for four beats."""
        return time.monotonic() - self._last_beat <= SILENT_BEATS * self._beat_seconds

    def start(self) -> None:
        """Compile now and whenever it is needed, in the background, until stopped."""
        self._alarm.start()
        for thread in (self._builder, *self._watchers):
            thread.start()

    def poke(self) -> None:
        """Have the site compiled again, soon."""
        self._dirty.set()

    def stop(self, *, limit_seconds: float = 3.0) -> None:
        """End the timed work; a compilation under way gets so long to finish."""
        self._stopping.set()
        self._dirty.set()
        self._builder.join(limit_seconds)
        # A job that is just being run when APScheduler shuts down makes its thread fail: leave it none.
        self._alarm.remove_all_jobs()
        self._alarm.shutdown(wait=False)

    def _run(self) -> None:
        self._attempt()
        self.has_tried.set()
        while not self._stopping.is_set():
            is_poked = self._dirty.wait(self._beat_seconds)
            self._dirty.clear()
            if self._stopping.is_set():
                return
            if is_poked or self._is_due():
                self._attempt()
            self._last_beat = time.monotonic()

    def _is_due(self) -> bool:
        """Return True when the alarm or a watcher missed something, or a failed or an old attempt is to be repeated."""
        if self.pulse.failures:
            return time.monotonic() >= self._retry_at
        next_change_at = self.pulse.next_change_at
        if next_change_at is not None and self._clock() >= next_change_at:
            return True
        if time.monotonic() >= self._refresh_at:
            return True
        return self._seen != tuple(_fingerprint(self._site_dir))

    def _attempt(self) -> None:
        """Compile once; whatever goes wrong, what is public stays and the alarm is set again."""
        now = self._now()
        try:
            self._seen = tuple(_fingerprint(self._site_dir))
            next_change_at = self._compile_site(now)
            self.pulse = Pulse(compiled_at=now, next_change_at=next_change_at)
            self._floor = now
            self._refresh_at = time.monotonic() + REFRESH_SECONDS
        except Exception as error:  # noqa: BLE001 - the top of a job: a bug must not end the page
            self._back_off(error)
        finally:
            self._set_alarm()

    def _back_off(self, error: Exception) -> None:
        failures = self.pulse.failures + 1
        wait_seconds = min(BACK_OFF_LIMIT_SECONDS, 2.0**failures)
        self._retry_at = time.monotonic() + wait_seconds
        self.pulse = replace(self.pulse, failures=failures, failure=str(error) or type(error).__name__)
        logger.error(
            "compile failed",
            extra={"reason": self.pulse.failure, "failures": failures, "retry_in_seconds": wait_seconds},
            exc_info=None if isinstance(error, StatusPageError) else error,
        )

    def _set_alarm(self) -> None:
        self._alarm.remove_all_jobs()
        if self.pulse.failures:
            wait = timedelta(seconds=max(0.0, self._retry_at - time.monotonic()))
        elif self.pulse.next_change_at is not None:
            wait = self.pulse.next_change_at - self._clock()
        else:
            return
        # Our clock may run apart from the machine's (`serve --now`): only the distance between two instants counts.
        self._alarm.add_job(self.poke, DateTrigger(datetime.now(UTC) + wait), misfire_grace_time=None)

    def _now(self) -> datetime:
        """Return the time, but not one before what is already public, unless the clock was set far back."""
        now = self._clock()
        if self._floor is None or now >= self._floor:
            return now
        if self._floor - now < CLOCK_STEP_BACK_LIMIT:
            return self._floor
        logger.warning("clock set back", extra={"by_seconds": (self._floor - now).total_seconds()})
        return now

    def _watch(self, folders: tuple[Path, ...], *, recursive: bool = False) -> None:
        """Poke at every change below the folders; what is missed all the same is seen at the next beat."""
        while not self._stopping.is_set():
            present = [folder for folder in folders if folder.is_dir()]
            try:
                for _ in watch(
                    *present,
                    watch_filter=None if recursive else self._is_source,
                    debounce=WATCH_DEBOUNCE_MILLISECONDS,
                    step=WATCH_STEP_MILLISECONDS,
                    stop_event=self._stopping,
                    recursive=recursive,
                ):
                    self.poke()
            except OSError as error:
                logger.warning("not watching", extra={"reason": str(error)})
            self._stopping.wait(self._beat_seconds)

    def _is_source(self, _change: object, path: str) -> bool:
        return Path(path).name in WATCHED


def _fingerprint(site_dir: Path) -> Iterator[tuple[object, ...]]:
    """Yield what changes when a file is added, replaced, edited or removed."""
    for name in WATCHED:
        source = site_dir / name
        yield from _stamps(source) if source.is_dir() else _stamp(source)


def _stamps(folder: Path) -> Iterator[tuple[object, ...]]:
    with suppress(OSError):
        for entry in sorted(os.scandir(folder), key=lambda entry: entry.name):
            # A link to a folder is not followed: it may lead back here.
            is_folder = entry.is_dir(follow_symlinks=False)
            yield from _stamps(Path(entry.path)) if is_folder else _stamp(Path(entry.path))


def _stamp(file: Path) -> Iterator[tuple[object, ...]]:
    with suppress(OSError):
        status = file.stat()
        yield str(file), status.st_mtime_ns, status.st_size, status.st_ino
