"""Minutes and percentages, by the rules printed on the page."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from statuspage.model import ComponentState, Incident, Status
from statuspage.shown import Uptime
from statuspage.timeline.page import page_at
from statuspage.uptime import Span, uptime_of
from tests.timeline.builders import NOON, component, incident, minutes, page, planned, put, update

MAJOR = ComponentState.MAJOR_OUTAGE
PARTIAL = ComponentState.PARTIAL_OUTAGE
SLOW = ComponentState.DEGRADED_PERFORMANCE
PLANNED = ComponentState.UNDER_MAINTENANCE
WINDOW_MINUTES = 90 * 24 * 60


def uptime(*incidents: Incident, now: datetime = NOON + timedelta(hours=8), **settings: Any) -> Uptime:
    site = page(*incidents, rows=(component("cards", **settings),))
    return page_at(site, now).component_by_id["cards"].uptime


def outage(state: ComponentState, length: int, *, at: datetime = NOON, slug: str = "a", **words: Any) -> Incident:
    return incident(
        update(at, **words),
        update(at + minutes(length), Status.RESOLVED),
        slug=slug,
        components=(put("cards", state),),
    )


def test_without_an_incident_it_is_exactly_a_hundred() -> None:
    counted = uptime()

    assert (counted.hundredths, counted.outage_minutes) == (10_000, Decimal(0))
    assert len(counted.days) == 90
    assert counted.days[-1].date == date(2026, 10, 15)


def test_one_minute_in_ninety_days_is_not_a_hundred() -> None:
    assert uptime(outage(MAJOR, 1)).hundredths == 9_999


def test_a_partial_outage_counts_whole_unless_a_share_was_measured() -> None:
    assert uptime(outage(PARTIAL, 100)).outage_minutes == 100
    measured = uptime(outage(PARTIAL, 100, share=Decimal(30)))

    assert (measured.outage_minutes, measured.shares) == (Decimal(30), (Decimal(30),))


def test_a_share_counts_from_its_update_on_and_the_first_one_from_the_beginning() -> None:
    began = NOON - timedelta(hours=4)
    measured = incident(
        update(began),
        update(began + minutes(60), None, share=Decimal(60)),
        update(began + minutes(120), None, share=Decimal(10)),
        update(began + minutes(180), Status.RESOLVED),
        components=(put("cards", PARTIAL),),
    )

    counted = uptime(measured)

    assert counted.outage_minutes == 120 * Decimal("0.6") + 60 * Decimal("0.1")
    assert counted.shares == (Decimal(10), Decimal(60))


def test_slow_is_shown_and_not_counted() -> None:
    counted = uptime(outage(SLOW, 100))

    assert (counted.outage_minutes, counted.hundredths) == (Decimal(0), 10_000)
    assert counted.days[-1].worst is SLOW


def test_overlapping_incidents_merge_and_the_worst_wins_each_minute() -> None:
    counted = uptime(outage(PARTIAL, 60, share=Decimal(50)), outage(MAJOR, 60, at=NOON + minutes(30), slug="b"))

    assert counted.outage_minutes == Decimal(30) / 2 + 60
    assert counted.days[-1].worst is MAJOR


def test_work_announced_three_days_ahead_leaves_the_count() -> None:
    announced = update(NOON - timedelta(hours=72), Status.SCHEDULED)
    counted = uptime(planned(announced, starts=NOON, components=(put("cards", PLANNED),)))

    assert (counted.outage_minutes, counted.hundredths) == (Decimal(0), 10_000)
    assert counted.days[-1].worst is PLANNED


def test_work_announced_later_counts_as_outage() -> None:
    announced = update(NOON - timedelta(hours=71), Status.SCHEDULED)

    assert uptime(planned(announced, starts=NOON, components=(put("cards", PLANNED),))).outage_minutes == 120


def test_an_overrun_counts_as_outage() -> None:
    steps = (
        update(NOON - timedelta(hours=80), Status.SCHEDULED),
        update(NOON + minutes(110), None, ends_at=NOON + minutes(180)),
    )

    assert uptime(planned(*steps, starts=NOON, components=(put("cards", PLANNED),))).outage_minutes == 60


def test_an_end_moved_three_days_ahead_leaves_the_count_too() -> None:
    steps = (
        update(NOON - timedelta(hours=100), Status.SCHEDULED),
        update(NOON - timedelta(hours=73), None, ends_at=NOON + minutes(180)),
    )

    assert uptime(planned(*steps, starts=NOON, components=(put("cards", PLANNED),))).outage_minutes == 0


def test_an_incident_during_planned_work_still_counts() -> None:
    work = planned(
        update(NOON - timedelta(hours=80), Status.SCHEDULED), starts=NOON, components=(put("cards", PLANNED),)
    )

    assert uptime(work, outage(MAJOR, 30)).outage_minutes == 30


def test_planned_minutes_leave_the_denominator_too() -> None:
    work = planned(
        update(NOON - timedelta(days=60), Status.SCHEDULED),
        starts=NOON - timedelta(days=50),
        hours=24 * 45,
        components=(put("cards", PLANNED),),
    )

    counted = uptime(work, outage(MAJOR, 60))

    assert counted.hundredths == (WINDOW_MINUTES - 45 * 24 * 60 - 60) * 10_000 // (WINDOW_MINUTES - 45 * 24 * 60)


def test_days_before_the_component_began_are_blank() -> None:
    counted = uptime(outage(MAJOR, 60), since=date(2026, 10, 14))

    assert [day.worst for day in counted.days[:-2]] == [None] * 88
    assert counted.hundredths == (2 * 24 * 60 - 60) * 10_000 // (2 * 24 * 60)


def test_an_outage_in_progress_counts_to_the_last_full_hour() -> None:
    going_on = incident(update(NOON + minutes(30)), components=(put("cards", MAJOR),))

    assert uptime(going_on, now=NOON + minutes(59)).outage_minutes == 0
    assert uptime(going_on, now=NOON + minutes(60)).outage_minutes == 30
    assert uptime(going_on, now=NOON + minutes(119)).outage_minutes == 30
    assert uptime(going_on, now=NOON + minutes(59)).days[-1].worst is MAJOR


def test_no_minute_is_made_up_for_a_file_that_cannot_be_read() -> None:
    counted = uptime(incident(update(), is_unreadable=True, components=(put("cards", MAJOR),)))

    assert (counted.outage_minutes, counted.days[-1].worst) == (Decimal(0), MAJOR)


def test_an_outage_counts_from_when_it_began_not_from_when_it_was_told() -> None:
    told_late = incident(
        update(),
        update(NOON + minutes(10), Status.RESOLVED),
        components=(put("cards", MAJOR),),
        started_at=NOON - minutes(20),
    )

    assert uptime(told_late).outage_minutes == 30


def test_a_day_of_the_clock_change_has_its_own_length() -> None:
    zone = ZoneInfo("Europe/Berlin")
    start = datetime(2026, 10, 24, 22, 0, tzinfo=UTC)
    all_day = Span(start=start, end=start + timedelta(hours=25), state=MAJOR)

    counted = uptime_of([all_day], now=start + timedelta(hours=26), zone=zone, since=None)

    assert [day.outage_minutes for day in counted.days[-2:]] == [25 * 60, 0]


@given(
    st.lists(
        st.tuples(
            st.integers(0, 200_000),
            st.integers(0, 5_000),
            st.sampled_from(ComponentState),
            st.sampled_from([None, Decimal(10), Decimal("33.3")]),
        ),
        max_size=12,
    )
)
def test_no_outage_is_ever_rounded_away_and_more_of_it_is_never_better(
    spans: list[tuple[int, int, ComponentState, Decimal | None]],
) -> None:
    began = NOON - timedelta(days=100)
    made = [
        Span(start=began + minutes(at), end=began + minutes(at + length), state=state, share=share)
        for at, length, state, share in spans
    ]

    counted = [uptime_of(made[:n], now=NOON, zone=ZoneInfo("UTC"), since=None) for n in range(len(made) + 1)]

    assert all(c.hundredths is not None for c in counted)
    assert all((c.hundredths == 10_000) == (c.outage_minutes == 0) for c in counted)
    assert [c.outage_minutes for c in counted] == sorted(c.outage_minutes for c in counted)
