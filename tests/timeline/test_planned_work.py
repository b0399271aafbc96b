"""Planned work by the clock."""

from __future__ import annotations

from datetime import timedelta

from statuspage.model import ComponentState, Impact, Status
from statuspage.shown import Level
from statuspage.timeline.change import next_change
from statuspage.timeline.page import page_at
from tests.timeline.builders import NOON, minutes, page, planned, put, update

DOWN = (put("cards", ComponentState.UNDER_MAINTENANCE),)
WEEK_BEFORE = NOON - timedelta(days=7)
ANNOUNCED = update(WEEK_BEFORE, Status.SCHEDULED)


def statuses(site_planned: object) -> list[Status]:
    return [u.status for u in page_at(page(site_planned), NOON + timedelta(days=1)).maintenances[0].updates]  # type: ignore[arg-type]  # why: a builder's value


def test_it_starts_and_ends_by_itself() -> None:
    site = page(planned(ANNOUNCED, starts=NOON, components=DOWN))

    before, during, after = (page_at(site, NOON + minutes(m)) for m in (-1, 0, 120))

    assert [m.status for s in (before, during, after) for m in s.maintenances] == [
        Status.SCHEDULED,
        Status.IN_PROGRESS,
        Status.COMPLETED,
    ]
    assert [s.component_by_id["cards"].state for s in (before, during, after)] == [
        ComponentState.OPERATIONAL,
        ComponentState.UNDER_MAINTENANCE,
        ComponentState.OPERATIONAL,
    ]
    assert [s.level for s in (before, during, after)] == [Level.WORKING, Level.PLANNED, Level.WORKING]
    assert [u.is_automatic for u in after.maintenances[0].updates] == [True, True, False]
    assert {m.impact for s in (before, during, after) for m in s.maintenances} == {Impact.MAINTENANCE}


def test_the_clock_names_its_start_and_its_end_as_changes() -> None:
    site = page(planned(ANNOUNCED, starts=NOON, hours=0.5, components=DOWN))

    assert next_change(site, NOON - minutes(5)) == NOON
    assert next_change(site, NOON + minutes(5)) == NOON + minutes(30)


def test_an_own_word_shortly_after_the_start_replaces_the_automatic_step() -> None:
    own = update(NOON + minutes(2), Status.IN_PROGRESS)

    assert statuses(planned(ANNOUNCED, own, starts=NOON)) == [Status.COMPLETED, Status.IN_PROGRESS, Status.SCHEDULED]


def test_an_own_word_long_after_the_start_stands_beside_the_automatic_step() -> None:
    own = update(NOON + minutes(20), Status.IN_PROGRESS)

    assert statuses(planned(ANNOUNCED, own, starts=NOON)) == [
        Status.COMPLETED,
        Status.IN_PROGRESS,
        Status.IN_PROGRESS,
        Status.SCHEDULED,
    ]


def test_a_moved_end_is_the_end() -> None:
    own = update(NOON + minutes(100), None, ends_at=NOON + minutes(200))
    site = page(planned(ANNOUNCED, own, starts=NOON, components=DOWN))

    shown = page_at(site, NOON + minutes(150)).maintenances[0]
    after = page_at(site, NOON + minutes(200)).maintenances[0]

    assert (shown.status, shown.ends_at) == (Status.IN_PROGRESS, NOON + minutes(200))
    assert after.status is Status.COMPLETED


def test_verifying_waits_for_a_person() -> None:
    own = update(NOON + minutes(100), Status.VERIFYING)

    assert statuses(planned(ANNOUNCED, own, starts=NOON)) == [Status.VERIFYING, Status.IN_PROGRESS, Status.SCHEDULED]


def test_cancelled_work_never_starts() -> None:
    own = update(NOON - minutes(60), Status.CANCELLED)

    assert statuses(planned(ANNOUNCED, own, starts=NOON)) == [Status.CANCELLED, Status.SCHEDULED]


def test_work_that_no_update_announces_is_visible_from_the_start() -> None:
    site = page(planned(starts=NOON, components=DOWN))

    shown = page_at(site, NOON - timedelta(days=1))

    assert [m.status for m in shown.upcoming_maintenances] == [Status.SCHEDULED]
    assert shown.maintenances[0].updates == ()
    assert page_at(site, NOON).maintenances[0].status is Status.IN_PROGRESS


def test_work_written_down_afterwards_says_only_what_was_written() -> None:
    own = update(NOON + minutes(300), Status.COMPLETED)

    assert statuses(planned(own, starts=NOON)) == [Status.COMPLETED]


def test_an_end_moved_shortly_after_it_came_still_holds() -> None:
    for word in (Status.IN_PROGRESS, None):
        own = update(NOON + minutes(123), word, ends_at=NOON + minutes(200))
        site = page(planned(ANNOUNCED, own, starts=NOON, components=DOWN))

        shown = [page_at(site, NOON + minutes(m)) for m in (150, 200)]

        assert [s.maintenances[0].status for s in shown] == [Status.IN_PROGRESS, Status.COMPLETED]
        assert [s.component_by_id["cards"].state for s in shown] == [
            ComponentState.UNDER_MAINTENANCE,
            ComponentState.OPERATIONAL,
        ]


def test_an_end_moved_long_after_it_came_opens_the_work_again_until_the_new_end() -> None:
    for word in (Status.IN_PROGRESS, None):
        own = update(NOON + minutes(130), word, ends_at=NOON + minutes(200))
        site = page(planned(ANNOUNCED, own, starts=NOON, components=DOWN))

        shown = [page_at(site, NOON + minutes(m)) for m in (125, 150, 200)]

        assert [s.maintenances[0].status for s in shown] == [
            Status.COMPLETED,
            Status.IN_PROGRESS,
            Status.COMPLETED,
        ]
        assert shown[1].component_by_id["cards"].state is ComponentState.UNDER_MAINTENANCE
        assert len({u.id for u in shown[2].maintenances[0].updates}) == len(shown[2].maintenances[0].updates)


def test_it_began_when_it_started_not_when_it_was_announced() -> None:
    early = update(NOON - minutes(4), Status.IN_PROGRESS)

    began = [
        page_at(page(work), NOON + minutes(5)).maintenances[0].began_at
        for work in (planned(ANNOUNCED, starts=NOON), planned(ANNOUNCED, early, starts=NOON))
    ]

    assert began == [NOON, NOON - minutes(4)]


def test_the_end_that_holds_is_a_change_even_where_a_later_word_completes_the_work() -> None:
    moved = update(NOON + minutes(90), None, ends_at=NOON + minutes(130))
    done = update(NOON + minutes(133), Status.COMPLETED)
    site = page(planned(ANNOUNCED, moved, done, starts=NOON, components=DOWN))

    assert next_change(site, NOON + minutes(125)) == NOON + minutes(130)
