"""When the site is compiled: by the clock, by the files, after a failure, and never twice at a time."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from statuspage.errors import StatusPageError
from statuspage.scheduler import Names, Pulse, Scheduler

NOON = datetime(2026, 11, 21, 12, tzinfo=UTC)
LIMIT_SECONDS = 5.0


@dataclass
class WallClock:
    """A clock that runs as the machine's does and can be set."""

    offset: timedelta = field(default_factory=lambda: NOON - datetime.now(UTC))  # noqa: TID251 - it is the clock
    readings: int = 0
    """How often it was read: at least once a beat."""
    read: threading.Condition = field(default_factory=threading.Condition)

    def now(self) -> datetime:
        with self.read:
            self.readings += 1
            self.read.notify_all()
        return datetime.now(UTC) + self.offset  # noqa: TID251 - it is the clock

    def wait_for_readings(self, times: int) -> None:
        with self.read:
            wanted = self.readings + times
            assert self.read.wait_for(lambda: self.readings >= wanted, LIMIT_SECONDS), self.readings


@dataclass
class Site:
    """Stands for the site: says when it changes next, and fails when it is told to."""

    next_changes: list[datetime] = field(default_factory=list)
    failures: list[Exception] = field(default_factory=list)
    compiled: list[datetime] = field(default_factory=list)
    handed_over: list[Names | None] = field(default_factory=list)
    changed: threading.Condition = field(default_factory=threading.Condition)

    def compile(self, now: datetime, names: Names | None) -> datetime:
        with self.changed:
            self.compiled.append(now)
            self.handed_over.append(names)
            self.changed.notify_all()
        if self.failures:
            raise self.failures.pop(0)
        return next((at for at in self.next_changes if at > now), now + timedelta(days=1))

    def wait_for(self, times: int) -> None:
        with self.changed:
            assert self.changed.wait_for(lambda: len(self.compiled) >= times, LIMIT_SECONDS), self.compiled


@pytest.fixture
def site() -> Site:
    return Site()


@pytest.fixture
def clock() -> WallClock:
    return WallClock()


@pytest.fixture
def start(tmp_path: Path, site: Site, clock: WallClock) -> Iterator[Callable[..., Scheduler]]:
    (tmp_path / "incidents").mkdir()
    started: list[Scheduler] = []

    def start(beat_seconds: float = 15.0) -> Scheduler:
        scheduler = Scheduler(site.compile, site_dir=tmp_path, clock=clock.now, beat_seconds=beat_seconds)
        started.append(scheduler)
        scheduler.start()
        assert scheduler.has_tried.wait(LIMIT_SECONDS)
        return scheduler

    yield start
    for scheduler in started:
        scheduler.stop()


def test_the_site_is_compiled_once_at_the_start(start: Callable[..., Scheduler], site: Site) -> None:
    scheduler = start()

    assert len(site.compiled) == 1
    assert scheduler.pulse.compiled_at == site.compiled[0]


def test_each_change_by_the_clock_is_compiled_at_its_instant(
    start: Callable[..., Scheduler], site: Site, clock: WallClock
) -> None:
    now = clock.now()
    site.next_changes = [now + timedelta(seconds=0.3 * step) for step in (1, 2, 3)]

    start()
    site.wait_for(4)

    late = [at - due for at, due in zip(site.compiled[1:], site.next_changes, strict=True)]
    assert all(timedelta(0) <= delay < timedelta(seconds=0.25) for delay in late), late


def test_a_change_of_a_file_is_compiled_soon(start: Callable[..., Scheduler], site: Site, tmp_path: Path) -> None:
    start()

    _write_until_noticed(tmp_path / "incidents" / "new.md", site)

    assert len(site.compiled) >= 2


def test_a_change_of_the_settings_is_compiled_soon(start: Callable[..., Scheduler], site: Site, tmp_path: Path) -> None:
    start()

    _write_until_noticed(tmp_path / "statuspage.toml", site)

    assert len(site.compiled) >= 2


def test_a_file_that_no_watcher_saw_is_found_at_the_next_beat(
    start: Callable[..., Scheduler], site: Site, tmp_path: Path
) -> None:
    start(beat_seconds=0.2)

    (tmp_path / "static").mkdir()
    (tmp_path / "static" / "logo.svg").write_text("<svg/>")
    site.wait_for(2)

    assert len(site.compiled) >= 2


def test_what_the_program_itself_writes_starts_no_compilation(
    start: Callable[..., Scheduler], site: Site, clock: WallClock, tmp_path: Path
) -> None:
    start(beat_seconds=0.02)

    (tmp_path / "public").mkdir()
    (tmp_path / "public" / "index.html").write_text("page")
    clock.wait_for_readings(10)

    assert set(site.handed_over) == {None}


def test_a_watcher_hands_over_the_names_of_what_changed(
    start: Callable[..., Scheduler], site: Site, tmp_path: Path
) -> None:
    start()

    _write_until_noticed(tmp_path / "incidents" / "new.md", site)

    assert site.handed_over[:2] == [None, frozenset({"incidents/new.md"})]


def test_a_new_folder_has_every_file_looked_at(start: Callable[..., Scheduler], site: Site, tmp_path: Path) -> None:
    start()
    _write_until_noticed(tmp_path / "incidents" / "new.md", site)

    (tmp_path / "incidents" / "2026").mkdir()
    _until(lambda: site.handed_over[-1] is None)

    assert len(site.handed_over) > 2


def test_a_clock_that_jumps_ahead_is_noticed_within_a_beat(
    start: Callable[..., Scheduler], site: Site, clock: WallClock
) -> None:
    site.next_changes = [clock.now() + timedelta(minutes=30)]
    start(beat_seconds=0.2)

    clock.offset += timedelta(hours=1)

    site.wait_for(2)
    assert site.compiled[1] >= site.next_changes[0]


def test_a_clock_that_steps_back_a_little_unpublishes_nothing(
    start: Callable[..., Scheduler], site: Site, clock: WallClock
) -> None:
    scheduler = start()

    clock.offset -= timedelta(minutes=5)
    scheduler.poke()
    site.wait_for(2)

    assert site.compiled[1] == site.compiled[0]


def test_a_clock_that_is_set_far_back_is_followed(
    start: Callable[..., Scheduler], site: Site, clock: WallClock
) -> None:
    scheduler = start()

    clock.offset -= timedelta(hours=1)
    scheduler.poke()
    site.wait_for(2)

    assert site.compiled[1] < site.compiled[0]


def test_after_a_failure_the_last_success_stays_and_it_is_tried_again(
    start: Callable[..., Scheduler], site: Site
) -> None:
    scheduler = start()
    compiled_at = scheduler.pulse.compiled_at
    site.failures = [StatusPageError("statuspage.toml:3: what is wrong")]

    scheduler.poke()
    site.wait_for(2)
    failed = _until_failures(scheduler, 1)
    site.wait_for(3)

    assert (failed.compiled_at, failed.failure) == (compiled_at, "statuspage.toml:3: what is wrong")
    assert timedelta(seconds=1.9) < site.compiled[2] - site.compiled[1] < timedelta(seconds=3)
    assert _until_failures(scheduler, 0).failure == ""


def test_a_bug_while_compiling_does_not_end_the_builder(start: Callable[..., Scheduler], site: Site) -> None:
    site.failures = [ZeroDivisionError()]
    scheduler = start()

    scheduler.poke()
    site.wait_for(2)

    assert _until_failures(scheduler, 0).failure == ""


def test_a_builder_that_hangs_is_reported_after_four_beats(start: Callable[..., Scheduler], site: Site) -> None:
    scheduler = start(beat_seconds=0.1)

    with site.changed:  # nothing can be compiled while this is held
        scheduler.poke()
        began = time.monotonic()
        _until(lambda: not scheduler.is_alive)
        silent_seconds = time.monotonic() - began

    assert silent_seconds > 0.25  # four beats since the last one, of which one or part of one may have gone by before


def _until_failures(scheduler: Scheduler, number: int) -> Pulse:
    _until(lambda: scheduler.pulse.failures == number)
    return scheduler.pulse


def _until(is_so: Callable[[], bool]) -> None:
    deadline = time.monotonic() + LIMIT_SECONDS
    while not is_so():
        assert time.monotonic() < deadline
        threading.Event().wait(0.01)


def _write_until_noticed(file: Path, site: Site) -> None:
    """Write again and again: the watcher is in place some moments after the start."""
    deadline = time.monotonic() + LIMIT_SECONDS
    while len(site.compiled) < 2:
        assert time.monotonic() < deadline, "never noticed"
        file.write_text(f"{time.monotonic()}")
        with site.changed:
            site.changed.wait(0.2)
