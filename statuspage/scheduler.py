"""All timed work: when the site is compiled again, and how it is noticed that nobody does it any more."""

from __future__ import annotations

import logging
import os
import threading
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from apscheduler.jobstores.memory import MemoryJobStore
from apscheduler.schedulers.background import BackgroundScheduler
from apscheduler.triggers.date import DateTrigger
from watchfiles import watch

from statuspage.errors import StatusPageError
from statuspage.layout import INCIDENTS, SETTINGS, STATIC
from statuspage.source.folder import is_leftover

BEAT_SECONDS = 15.0
SILENT_BEATS = 4
REFRESH_SECONDS = 300.0
"""How old a look at every file may grow: well below the time for which the heartbeat asks to be believed."""
SHARE_OF_LOOKING = 0.01
"""The share of the time that looks at every file may take, as long as they are not too old."""
BACK_OFF_LIMIT_SECONDS = 60.0
CLOCK_STEP_BACK_LIMIT = timedelta(minutes=10)
WATCH_DEBOUNCE_MILLISECONDS = 10
WATCH_STEP_MILLISECONDS = 5
"""Each step wakes a thread: shorter ones cost more of a processor than all the compiling."""
WATCH_SETTINGS_STEP_MILLISECONDS = 50
WATCHED = (SETTINGS, INCIDENTS, STATIC)
"""What the page is made of, below the site folder."""

logger = logging.getLogger(__name__)

Names = frozenset[str]
"""Files below the site folder."""
Compile = Callable[[datetime, Names | None], datetime]
"""Compiles and publishes the site as at an instant; returns the next instant at which it will differ.

Given the files that may differ, it looks at no others; for None at every one.
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pulse:
    """How the compiling goes, for those who watch over it."""

    compiled_at: datetime | None = None
    next_change_at: datetime | None = None
    failures: int = 0
    """How many attempts in a row have failed."""
    failure: str = ""
    """What made the last attempt fail; empty after a success."""


class Changed:
    """The files that may have changed since they were last taken, from several threads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._names: Names | None = frozenset()

    def add(self, names: Names | None) -> None:
        """Note files; None for any."""
        with self._lock:
            self._names = None if names is None or self._names is None else self._names | names

    def take(self) -> Names | None:
        """Return what was noted since the last call; None for any."""
        with self._lock:
            names, self._names = self._names, frozenset()
        return names


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
        floor: datetime | None = None,
        beat_seconds: float = BEAT_SECONDS,
    ) -> None:
        """Prepare it; `floor` is the last instant as of which anything was published, by whomever."""
        self._compile_site = compile_site
        self._root = site_dir.resolve()
        self._clock = clock
        self._beat_seconds = beat_seconds
        self._dirty = threading.Event()
        self._changed = Changed()
        self._stopping = threading.Event()
        self._alarm = BackgroundScheduler(timezone=UTC, jobstores={"default": MemoryJobStore()})
        self._builder = threading.Thread(target=self._run, name="builder", daemon=True)
        self._watchers = (
            threading.Thread(target=self._watch, args=((self._root,),), name="watch-site", daemon=True),
            threading.Thread(
                target=self._watch,
                args=(tuple(self._root / name for name in WATCHED[1:]),),
                kwargs={"recursive": True},
                name="watch-files",
                daemon=True,
            ),
        )
        self._floor = floor
        self._retry_at = 0.0
        self._look_at = 0.0
        self._last_beat = time.monotonic()
        self.has_tried = threading.Event()
        """Set once the first attempt is over, whether or not it succeeded."""
        self.pulse = Pulse()

    @property
    def late_beats(self) -> int:
        """Return for how many beats the builder has not come round; 0 when all is well."""
        return int((time.monotonic() - self._last_beat) / self._beat_seconds)

    @property
    def is_alive(self) -> bool:
        """Return False when the builder has not come round for four beats."""
        return self.late_beats < SILENT_BEATS

    def start(self) -> None:
        """Compile now and whenever it is needed, in the background, until stopped."""
        self._alarm.start()
        for thread in (self._builder, *self._watchers):
            thread.start()

    def poke(self, names: Names | None = None) -> None:
        """Have the site compiled again, soon; for None, with a look at every file."""
        self._changed.add(names)
        self._dirty.set()

    def _ring(self) -> None:
        """Have the site compiled again because its time has come; no file has changed."""
        self.poke(frozenset())

    def stop(self, *, limit_seconds: float = 3.0) -> None:
        """End the timed work; a compilation under way gets so long to finish."""
        self._stopping.set()
        self._dirty.set()
        self._builder.join(limit_seconds)
        # A job that is just being run when APScheduler shuts down makes its thread fail: leave it none.
        self._alarm.remove_all_jobs()
        self._alarm.shutdown(wait=False)

    def _run(self) -> None:
        self._attempt(None)
        self.has_tried.set()
        while not self._stopping.is_set():
            is_poked = self._dirty.wait(self._beat_seconds)
            self._dirty.clear()
            if self._stopping.is_set():
                return
            if is_poked:
                self._attempt(self._changed.take())
            elif self._is_due():
                self._attempt(None)
            self._last_beat = time.monotonic()

    def _is_due(self) -> bool:
        """Return True when the alarm or a watcher may have missed something, or a failed attempt is to be repeated.

        To look at every file costs time that grows with their number: it gets its small share, and no more.
        """
        if self.pulse.failures:
            return time.monotonic() >= self._retry_at
        next_change_at = self.pulse.next_change_at
        is_change_due = next_change_at is not None and self._clock() >= next_change_at
        return is_change_due or time.monotonic() >= self._look_at

    def _attempt(self, changed: Names | None) -> None:
        """Compile once; whatever goes wrong, what is public stays and the alarm is set again."""
        now, began = self._now(), time.monotonic()
        try:
            next_change_at = self._compile_site(now, changed)
            self.pulse = Pulse(compiled_at=now, next_change_at=next_change_at)
            self._floor = now
            if changed is None:
                took_seconds = time.monotonic() - began
                self._look_at = time.monotonic() + min(REFRESH_SECONDS, took_seconds / SHARE_OF_LOOKING)
        except Exception as error:  # noqa: BLE001 - the top of a job: a bug must not end the page
            self._back_off(error)
        finally:
            self._set_alarm()

    def _back_off(self, error: Exception) -> None:
        failures = self.pulse.failures + 1
        self._changed.add(None)
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
        self._alarm.add_job(self._ring, DateTrigger(datetime.now(UTC) + wait), misfire_grace_time=None)

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
                for changes in watch(
                    *present,
                    watch_filter=None if recursive else self._is_source,
                    debounce=WATCH_DEBOUNCE_MILLISECONDS,
                    step=WATCH_STEP_MILLISECONDS if recursive else WATCH_SETTINGS_STEP_MILLISECONDS,
                    stop_event=self._stopping,
                    recursive=recursive,
                ):
                    self._notice(path for _, path in changes)
            except OSError as error:
                logger.warning("not watching", extra={"reason": str(error)})
            self._stopping.wait(self._beat_seconds)

    def _notice(self, places: Iterable[str]) -> None:
        """Poke with the names of files below the site folder; with none where one may be a folder."""
        names = [os.path.relpath(place, self._root) for place in places]
        names = [name for name in names if not any(is_leftover(part) for part in Path(name).parts)]
        is_folder = any(name in WATCHED[1:] or (self._root / name).is_dir() for name in names)
        if names:
            self.poke(None if is_folder else frozenset(names))

    def _is_source(self, _change: object, path: str) -> bool:
        return Path(path).name in WATCHED
