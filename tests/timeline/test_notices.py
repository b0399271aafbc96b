"""What staff are told at an instant, and when there may be more."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from statuspage.errors import Fault, Severity
from statuspage.model import Impact, Incident, Page, PromiseClock, StaffRules, Status
from statuspage.timeline.notices import (
    NEWS_FOR,
    Notice,
    NoticeKind,
    after_working_days,
    alarm_notice,
    fault_notices,
    next_notice_at,
    notices_at,
)
from statuspage.timeline.told import tell
from tests.laws.reading import page_of
from tests.laws.sites import instant, minutes_of_day, site_files
from tests.timeline.builders import NOON, incident, minutes, page, planned, update

CLOCK = PromiseClock()
RULES = StaffRules()
UTC_ZONE = ZoneInfo("UTC")


def notices(
    told: Incident, now: datetime, *, rules: StaffRules = RULES, site: Page | None = None
) -> tuple[Notice, ...]:
    site = site or page(told)
    shown = tell(told, site, now).shown
    return notices_at(shown, rules=rules, clock=site.clock, zone=site.site.zone, now=now) if shown else ()


def next_at(told: Incident, now: datetime) -> datetime | None:
    shown = tell(told, page(told), now).shown
    assert shown is not None
    return next_notice_at(shown, rules=RULES, clock=CLOCK, zone=UTC_ZONE, now=now)


def kinds(told: Incident, now: datetime, *, rules: StaffRules = RULES) -> list[str]:
    return [notice.kind.value for notice in notices(told, now, rules=rules)]


def promising(length: float, at: datetime = NOON) -> Incident:
    return incident(update(at, next_update_at=at + minutes(length)))


def test_staff_are_reminded_ten_minutes_before_a_promise_falls_due() -> None:
    told = promising(30)

    assert kinds(told, NOON + minutes(19)) == []
    assert next_at(told, NOON) == NOON + minutes(20)
    (notice,) = notices(told, NOON + minutes(20))
    assert notice.key == f"promise_due_soon {told.id} 2026-10-15T12:30:00Z"
    assert (notice.kind, notice.at, notice.until) == (
        NoticeKind.PROMISE_DUE_SOON,
        NOON + minutes(20),
        NOON + minutes(30),
    )
    assert next_at(told, NOON + minutes(20)) == NOON + minutes(30)


@pytest.mark.parametrize("length", [5, 10])
def test_a_promise_that_leaves_less_time_is_followed_by_no_reminder(length: float) -> None:
    told = promising(length)

    assert kinds(told, NOON + minutes(length) - timedelta(seconds=1)) == []
    assert next_at(told, NOON) == NOON + minutes(length)


def test_a_promise_that_fell_due_is_missed_until_a_person_writes() -> None:
    first = update(next_update_at=NOON + minutes(30))
    late = update(NOON + minutes(45), Status.IDENTIFIED)

    (notice,) = notices(incident(first), NOON + minutes(30))
    assert notice.key == f"promise_missed {incident().id} 2026-10-15T12:30:00Z"
    assert (notice.kind, notice.at, notice.until) == (NoticeKind.PROMISE_MISSED, NOON + minutes(30), None)
    assert (notice.holding_count, notice.holding_limit, notice.is_answered) == (0, 3, False)
    assert kinds(incident(first, late), NOON + minutes(44)) == ["promise_missed"]
    assert kinds(incident(first, late), NOON + minutes(45)) == []


def test_a_holding_update_is_no_word_of_a_person_and_is_counted() -> None:
    holding = [
        update(NOON + minutes(30 * n), None, next_update_at=NOON + minutes(30 * (n + 1)), is_timed=True)
        for n in (1, 2, 3)
    ]
    told = incident(update(next_update_at=NOON + minutes(30)), *holding)

    (first,) = notices(told, NOON + minutes(30))
    (_, soon) = notices(told, NOON + minutes(50))
    (second,) = notices(told, NOON + minutes(60))
    (last,) = notices(told, NOON + minutes(120))

    assert (first.holding_count, first.is_answered) == (1, True)
    assert soon.kind is NoticeKind.PROMISE_DUE_SOON
    assert (second.about, second.holding_count, second.is_answered) == (NOON + minutes(60), 2, True)
    assert (last.about, last.holding_count, last.is_answered) == (NOON + minutes(120), 3, False)


def test_a_person_begins_the_count_of_holding_updates_anew() -> None:
    timed = update(NOON + minutes(30), None, next_update_at=NOON + minutes(60), is_timed=True)
    person = update(NOON + minutes(50), Status.IDENTIFIED, next_update_at=NOON + minutes(80))
    told = incident(update(next_update_at=NOON + minutes(30)), timed, person)

    (notice,) = notices(told, NOON + minutes(80))

    assert notice.holding_count == 0


def test_staff_are_told_at_the_end_of_the_watch_that_began_monitoring() -> None:
    began = update(NOON, Status.MONITORING, next_update_at=NOON + minutes(60))
    word = update(NOON + minutes(30), None, next_update_at=NOON + minutes(240))
    told = incident(began, word)

    assert kinds(told, NOON + minutes(59)) == []
    (notice,) = notices(told, NOON + minutes(60))
    assert notice.key == f"watch_over {told.id} 2026-10-15T13:00:00Z"
    assert notice.kind is NoticeKind.WATCH_OVER


@pytest.mark.parametrize("promises_nothing", [True, False])
def test_a_watch_of_which_nothing_is_said_lasts_as_the_settings_say(promises_nothing: bool) -> None:
    told = incident(
        update(NOON, Status.MONITORING, promises_nothing=promises_nothing),
        update(NOON + minutes(100), None, next_update_at=NOON + minutes(400)),
    )

    assert kinds(told, NOON + minutes(119)) == []
    assert kinds(told, NOON + minutes(120)) == ["watch_over"]


def test_a_resolved_incident_has_no_watch_and_no_promise() -> None:
    told = incident(update(NOON, Status.MONITORING), update(NOON + minutes(119), Status.RESOLVED))

    assert kinds(told, NOON + minutes(121)) == []


@pytest.mark.parametrize(
    ("impact", "expected"),
    [(Impact.CRITICAL, ["postmortem_due"]), (Impact.MAJOR, ["postmortem_due"]), (Impact.MINOR, []), (Impact.NONE, [])],
)
def test_a_postmortem_is_due_five_working_days_after_a_bad_incident(impact: Impact, expected: list[str]) -> None:
    resolved_at = NOON + minutes(60)  # a Thursday
    told = incident(update(impact=impact), update(resolved_at, Status.RESOLVED))
    due = resolved_at + timedelta(days=7)

    assert kinds(told, due - minutes(1)) == []
    assert kinds(told, due) == expected
    assert kinds(told, due + timedelta(days=3)) == expected
    assert kinds(told, due + timedelta(days=3, minutes=1)) == []
    assert kinds(told, due, rules=StaffRules(postmortem_days=0)) == []


def test_a_postmortem_of_any_time_after_the_end_is_enough() -> None:
    end = update(NOON + minutes(60), Status.RESOLVED)
    told = incident(update(impact=Impact.MAJOR), end, update(NOON + minutes(90), Status.POSTMORTEM))
    reopened = incident(
        *told.updates, update(NOON + minutes(120), Status.INVESTIGATING), update(NOON + minutes(180), Status.RESOLVED)
    )

    assert kinds(told, NOON + timedelta(days=7, hours=1)) == []
    assert kinds(reopened, NOON + timedelta(days=7, hours=3)) == ["postmortem_due"]


def test_staff_are_reminded_of_planned_work_at_each_distance() -> None:
    told = planned(update(NOON, Status.SCHEDULED), starts=NOON + timedelta(days=3))
    starts = NOON + timedelta(days=3)

    assert kinds(told, starts - timedelta(hours=25)) == []
    (day,) = notices(told, starts - timedelta(hours=24))
    (hour,) = notices(told, starts - timedelta(hours=1))
    assert day.key == f"maintenance_soon {told.id} 2026-10-18T12:00:00Z 1440"
    assert hour.key == f"maintenance_soon {told.id} 2026-10-18T12:00:00Z 60"
    assert (day.until, hour.until) == (starts - timedelta(hours=1), starts)
    assert kinds(told, starts) == []


def test_only_distances_that_lay_ahead_when_it_was_announced_are_reminded_of() -> None:
    starts = NOON + timedelta(hours=5)
    told = planned(update(NOON, Status.SCHEDULED), starts=starts)
    short = planned(update(starts - minutes(30), Status.SCHEDULED), starts=starts)

    assert kinds(told, NOON) == []
    assert kinds(told, starts - timedelta(hours=1)) == ["maintenance_soon"]
    assert kinds(short, starts - minutes(1)) == []


def test_planned_work_that_no_update_announces_is_reminded_of_as_well() -> None:
    starts = NOON + timedelta(days=3)

    assert kinds(planned(starts=starts), starts - timedelta(hours=24)) == ["maintenance_soon"]


def test_planned_work_that_goes_on_past_its_end_is_an_overrun() -> None:
    starts = NOON + minutes(60)
    told = planned(
        update(NOON, Status.SCHEDULED), update(starts + minutes(100), Status.VERIFYING), starts=starts, hours=2
    )

    assert kinds(told, starts + minutes(119)) == ["promise_due_soon"]
    (notice,) = notices(told, starts + minutes(120))
    assert notice.key == f"overrun {told.id} 2026-10-15T15:00:00Z"
    assert kinds(planned(update(NOON, Status.SCHEDULED), starts=starts), starts + minutes(121)) == []


def test_what_has_held_for_more_than_a_day_is_told_to_nobody() -> None:
    told = promising(30)

    assert kinds(told, NOON + minutes(30) + NEWS_FOR) == ["promise_missed"]
    assert kinds(told, NOON + minutes(31) + NEWS_FOR) == []


def test_faults_are_told_of_by_file_and_warnings_are_not() -> None:
    faults = [
        Fault(path="incidents/b.md", line=3, what="is wrong"),
        Fault(path="incidents/a.md", line=9, where="impact", what="is wrong"),
        Fault(path="incidents/b.md", line=2, what="is odd", severity=Severity.WARNING),
        Fault(path="incidents/b.md", line=7, what="is wrong as well"),
    ]

    first, second = fault_notices(faults, now=NOON)

    assert first.faults == (faults[1],)
    assert second.faults == (faults[0], faults[3])
    assert first.kind is NoticeKind.FAULT


def test_a_fault_that_only_moved_has_the_same_key() -> None:
    (before,) = fault_notices([Fault(path="a.md", line=3, what="is wrong")], now=NOON)
    (after,) = fault_notices([Fault(path="a.md", line=4, what="is wrong")], now=NOON + minutes(1))
    (other,) = fault_notices([Fault(path="b.md", line=3, what="is wrong")], now=NOON)

    assert before.key == after.key
    assert before.key != other.key


def test_faults_of_many_files_are_one_notice() -> None:
    faults = [Fault(path=f"incidents/{n}.md", what="is wrong") for n in range(6)]

    (notice,) = fault_notices(faults, now=NOON)

    assert notice.faults == tuple(faults)


def test_an_alarm_says_one_text_once() -> None:
    first, again, other = (alarm_notice(text, now=NOON) for text in ("The push is refused", "The push is refused", "!"))

    assert first == again
    assert first.key != other.key


def test_the_limit_of_holding_updates_is_that_of_the_clock() -> None:
    told = promising(30)
    site = replace(page(told), clock=PromiseClock(holding_limit=0))

    (notice,) = notices(told, NOON + minutes(30), site=site)

    assert notice.holding_limit == 0


@pytest.mark.parametrize("zone", ["Europe/Berlin", "America/New_York", "Australia/Lord_Howe"])
@given(minute=st.integers(0, 2 * 366 * 24 * 60), count=st.integers(1, 10))
def test_working_days_are_counted_in_the_zone_over_every_clock_change(zone: str, minute: int, count: int) -> None:
    place = ZoneInfo(zone)
    start = datetime(2026, 1, 1, tzinfo=UTC) + minutes(minute)

    due = after_working_days(start, count, place)

    began, ended = start.astimezone(place), due.astimezone(place)
    days = [began.date() + timedelta(days=n) for n in range(1, (ended.date() - began.date()).days + 1)]
    assert sum(day.weekday() < 5 for day in days) == count
    assert ended.weekday() < 5
    shift = ended.replace(tzinfo=None) - datetime.combine(ended.date(), began.time())
    assert shift in (timedelta(0), timedelta(minutes=30), timedelta(hours=1))


@pytest.mark.parametrize(
    ("zone", "resolved", "due"),
    [
        ("Europe/Berlin", "2026-10-21T13:30+02:00", "2026-10-28T13:30+01:00"),
        ("America/New_York", "2026-10-30T18:00-04:00", "2026-11-06T18:00-05:00"),
        ("Australia/Lord_Howe", "2026-10-02T09:00+10:30", "2026-10-09T09:00+11:00"),
        ("Asia/Kolkata", "2026-10-24T03:00+05:30", "2026-10-30T03:00+05:30"),
    ],
)
def test_a_day_is_a_day_where_the_clocks_change(zone: str, resolved: str, due: str) -> None:
    end = after_working_days(datetime.fromisoformat(resolved), 5, ZoneInfo(zone))

    assert end == datetime.fromisoformat(due)


def visited(site: Page, instants: list[datetime]) -> set[str]:
    return {n.key for now in instants for told in site.incidents for n in notices(told, now, site=site)}


def wake_ups(site: Page, start: datetime, end: datetime) -> list[datetime]:
    """Return when somebody looks who wakes at what is named, and at each change of the incident itself."""
    found, now = [start], start
    while now < end:
        ahead = []
        for told in (tell(one, site, now) for one in site.incidents):
            ahead.append(told.valid_until)
            if told.shown is not None:
                named = next_notice_at(told.shown, rules=RULES, clock=site.clock, zone=site.site.zone, now=now)
                ahead += [named] if named else []
        now = min(ahead, default=end)
        found.append(min(now, end))
    return found


@given(site_files(), minutes_of_day)
def test_looking_often_finds_nothing_that_was_not_named(files: dict[str, str], minute: int) -> None:
    site, start = page_of(files), instant(minute)
    end = start + timedelta(hours=12)
    named = wake_ups(site, start, end)
    often = [start + minutes(7 * n) for n in range(12 * 60 // 7)]

    assert visited(site, sorted([*named, *often])) == visited(site, named)
    assert visited(site, [*named, *named]) == visited(site, named)


@given(site_files(), minutes_of_day)
def test_what_is_told_is_news_and_holds(files: dict[str, str], minute: int) -> None:
    site, now = page_of(files), instant(minute)

    for told in site.incidents:
        for notice in notices(told, now, site=site):
            assert notice.at <= now <= notice.at + timedelta(days=3)
            assert notice.until is None or now < notice.until
