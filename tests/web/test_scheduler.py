"""When the site is compiled: by the clock, by the files, after a failure, and never twice at a time."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import time_machine

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
    named: list[datetime] = field(default_factory=list)
    """Instants that it names as the next change, one after the other, before it looks at `next_changes`."""
    takes_seconds: float = 0

    def compile(self, now: datetime, names: Names | None) -> datetime:
        with self.changed:
            self.compiled.append(now)
            self.handed_over.append(names)
            self.changed.notify_all()
        if self.failures:
            raise self.failures.pop(0)
        if self.takes_seconds:
            threading.Event().wait(self.takes_seconds)
        if self.named:
            return self.named.pop(0)
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


def test_a_change_that_is_past_when_it_is_named_is_compiled_at_once(
    start: Callable[..., Scheduler], site: Site, clock: WallClock
) -> None:
    """APScheduler's own default leaves out a date that is more than a second past."""
    past = clock.now() - timedelta(seconds=5)
    site.named = [past]

    start()
    site.wait_for(2)

    assert site.handed_over == [None, frozenset()]


def test_a_change_that_comes_while_another_is_compiled_is_not_lost(
    start: Callable[..., Scheduler], site: Site, clock: WallClock
) -> None:
    """APScheduler drops a job that is set again while it runs; here it only rings."""
    site.next_changes = [clock.now() + timedelta(seconds=0.1 * step) for step in (3, 4, 5, 6)]
    site.takes_seconds = 0.35
    start()

    _until(lambda: bool(site.compiled) and site.compiled[-1] >= site.next_changes[-1])

    assert len(site.compiled) <= 5


def test_a_full_pool_of_apscheduler_delays_a_change_and_drops_none(
    start: Callable[..., Scheduler], site: Site, clock: WallClock
) -> None:
    """With its default settings a date job that finds all ten threads busy for two seconds never runs."""
    released = threading.Event()
    site.next_changes = [clock.now() + timedelta(seconds=0.6)]
    scheduler = start(beat_seconds=60)
    for _ in range(20):
        scheduler._alarm._executors["default"]._pool.submit(released.wait)  # noqa: SLF001 - to keep its threads busy

    _until(lambda: clock.now() > site.next_changes[0] + timedelta(seconds=1.5))
    assert len(site.compiled) == 1
    released.set()
    site.wait_for(2)

    assert site.compiled[1] >= site.next_changes[0]


@pytest.mark.parametrize(
    ("zone", "change"),
    [
        ("Europe/Berlin", "2026-10-25T01:00:00Z"),
        ("America/New_York", "2026-11-01T06:00:00Z"),
        ("Australia/Lord_Howe", "2026-10-03T15:30:00Z"),
    ],
)
def test_a_change_at_the_moment_at_which_the_clocks_of_the_host_change_comes_once(
    zone: str, change: str, tmp_path: Path, site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TZ", zone)
    time.tzset()
    at = datetime.fromisoformat(change)
    site.next_changes = [at, at + timedelta(seconds=0.4), at + timedelta(hours=1)]
    (tmp_path / "incidents").mkdir()
    with time_machine.travel(at - timedelta(seconds=0.4)):
        scheduler = Scheduler(site.compile, site_dir=tmp_path, clock=lambda: datetime.now(UTC))  # noqa: TID251
        scheduler.start()
        site.wait_for(3)
        scheduler.stop()

    assert [moment >= due for moment, due in zip(site.compiled[1:], site.next_changes, strict=False)] == [True, True]
    assert site.compiled[-1] < site.next_changes[-1]
    monkeypatch.undo()
    time.tzset()


def test_what_was_published_before_a_restart_is_not_unpublished_by_a_clock_that_steps_back(
    tmp_path: Path, site: Site, clock: WallClock
) -> None:
    published_at = clock.now() + timedelta(minutes=5)
    scheduler = Scheduler(site.compile, site_dir=tmp_path, clock=clock.now, floor=published_at)

    scheduler.start()
    site.wait_for(1)
    scheduler.stop()

    assert site.compiled == [published_at]
