"""What is true of an incident at an instant."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from statuspage.model import ComponentState, Impact, Status
from statuspage.shown import Level
from statuspage.timeline.change import next_change
from statuspage.timeline.page import page_at
from tests.timeline.builders import NOON, component, incident, minutes, page, put, update

MAJOR = ComponentState.MAJOR_OUTAGE
PARTIAL = ComponentState.PARTIAL_OUTAGE
SLOW = ComponentState.DEGRADED_PERFORMANCE
WORKING = ComponentState.OPERATIONAL


def test_an_update_dated_later_is_not_shown_and_is_the_next_change() -> None:
    first, later = update(), update(NOON + minutes(10), Status.IDENTIFIED)
    site = page(incident(first, later))

    shown = page_at(site, NOON + minutes(9))

    assert [u.id for u in shown.incidents[0].updates] == [first.id]
    assert shown.incidents[0].status is Status.INVESTIGATING
    assert next_change(site, NOON + minutes(9)) == NOON + minutes(10)
    assert page_at(site, NOON + minutes(10)).incidents[0].status is Status.IDENTIFIED


def test_an_incident_whose_first_update_lies_ahead_is_not_public() -> None:
    site = page(incident(update(NOON)))

    shown = page_at(site, NOON - minutes(1))

    assert shown.incidents == ()
    assert shown.level is Level.WORKING
    assert shown.updated_at is None


def test_a_draft_is_never_public() -> None:
    site = page(incident(update(), is_draft=True))

    assert page_at(site, NOON).incidents == ()


def test_an_unreadable_file_that_gives_no_time_that_has_come_is_acknowledged_at_once() -> None:
    site = page(incident(update(NOON + timedelta(days=400)), is_unreadable=True), zone="Europe/Berlin")

    shown = page_at(site, NOON)

    assert shown.open_incidents[0].promise is None
    assert [u.at.isoformat() for u in shown.open_incidents[0].updates] == ["2026-10-14T22:00:00+00:00"]
    assert shown.level is Level.SLOW
    assert next_change(site, NOON) == datetime(2026, 10, 15, 22, tzinfo=UTC)


def test_components_not_named_keep_their_state_and_resolving_restores_them() -> None:
    site = page(
        incident(
            update(),
            update(NOON + minutes(5), Status.IDENTIFIED, components=(put("search", SLOW),)),
            update(NOON + minutes(9), Status.RESOLVED),
            components=(put("cards", MAJOR),),
        )
    )

    during = page_at(site, NOON + minutes(5)).incidents[0]
    after = page_at(site, NOON + minutes(9)).incidents[0]

    assert during.states == (("cards", MAJOR), ("search", SLOW))
    assert [(c.old, c.new) for c in during.updates[0].changes] == [(MAJOR, MAJOR), (WORKING, SLOW)]
    assert after.states == (("cards", WORKING), ("search", WORKING))
    assert after.resolved_at == NOON + minutes(9)


def test_resolving_may_say_that_a_component_stays_out_of_order() -> None:
    site = page(
        incident(
            update(),
            update(NOON + minutes(9), Status.RESOLVED, components=(put("cards", SLOW),)),
            components=(put("cards", MAJOR),),
        )
    )

    shown = page_at(site, NOON + minutes(9))

    assert shown.component_by_id["cards"].state is SLOW
    assert shown.level is Level.SLOW
    assert shown.open_incidents == ()


def test_resolving_again_restores_what_the_first_resolving_left() -> None:
    site = page(
        incident(
            update(),
            update(NOON + minutes(9), Status.RESOLVED, components=(put("cards", SLOW),)),
            update(NOON + minutes(30), Status.RESOLVED),
            components=(put("cards", MAJOR),),
        )
    )

    assert page_at(site, NOON + minutes(30)).component_by_id["cards"].state is WORKING


def test_an_acknowledgement_does_not_wait_for_a_later_time_in_its_file() -> None:
    later = update(NOON + minutes(300), body="Details follow.")
    site = page(incident(update(body="One in three fails."), later, is_unreadable=True))

    told = page_at(site, NOON + minutes(5)).open_incidents[0].updates

    assert [(u.at, u.body) for u in told] == [(NOON, "Details follow."), (NOON, "One in three fails.")]


def test_a_postmortem_keeps_the_time_of_resolving() -> None:
    site = page(
        incident(update(), update(NOON + minutes(9), Status.RESOLVED), update(NOON + minutes(90), Status.POSTMORTEM))
    )

    shown = page_at(site, NOON + minutes(95)).incidents[0]

    assert (shown.status, shown.resolved_at) == (Status.POSTMORTEM, NOON + minutes(9))
    assert shown.updated_at == NOON + minutes(90)


def test_an_incident_that_is_opened_again_is_not_resolved() -> None:
    site = page(
        incident(update(), update(NOON + minutes(9), Status.RESOLVED), update(NOON + minutes(12), Status.INVESTIGATING))
    )

    shown = page_at(site, NOON + minutes(12)).incidents[0]

    assert shown.is_open
    assert shown.resolved_at is None


def test_impact_follows_the_page_rule_and_never_falls() -> None:
    site = page(
        incident(
            update(),
            update(NOON + minutes(5), Status.IDENTIFIED, components=(put("cards", SLOW),)),
            update(NOON + minutes(9), Status.RESOLVED),
            components=(put("cards", MAJOR),),
        )
    )

    impacts = [u.impact for u in page_at(site, NOON + minutes(9)).incidents[0].updates]

    assert impacts == [Impact.MAJOR, Impact.MAJOR, Impact.MAJOR]


def test_a_stated_impact_wins_and_an_update_may_restate_it() -> None:
    site = page(
        incident(update(), update(NOON + minutes(5), None, impact=Impact.CRITICAL), impact=Impact.MINOR),
    )

    impacts = [u.impact for u in page_at(site, NOON + minutes(5)).incidents[0].updates]

    assert impacts == [Impact.CRITICAL, Impact.MINOR]


def test_an_open_incident_that_names_no_component_is_never_all_well() -> None:
    shown = page_at(page(incident(update())), NOON)

    assert shown.level is Level.SLOW
    assert shown.component_by_id["cards"].state is WORKING


def test_an_incident_worsens_a_standing_state_while_it_is_open() -> None:
    site = page(
        incident(update(), update(NOON + minutes(5), Status.RESOLVED), components=(put("cards", MAJOR),)),
        rows=(component("cards", state=SLOW), component("search")),
    )

    before, during, after = (page_at(site, NOON + minutes(m)).component_by_id["cards"] for m in (-1, 0, 5))

    assert (before.state, before.updated_at) == (SLOW, None)
    assert (during.state, during.updated_at) == (MAJOR, NOON)
    assert (after.state, after.updated_at) == (SLOW, NOON + minutes(5))


def test_field_lines_hold_until_a_later_update_replaces_or_empties_them() -> None:
    site = page(
        incident(
            update(what_you_can_do="Pay by transfer", still_working="The app", hold="We know."),
            update(NOON + minutes(5), None, what_you_can_do="Pay at the desk"),
            update(NOON + minutes(6), None, still_working=""),
        )
    )

    shown = page_at(site, NOON + minutes(6)).incidents[0]

    assert (shown.what_you_can_do, shown.still_working, shown.hold) == ("Pay at the desk", None, None)


@pytest.mark.parametrize(
    ("status", "impact", "wait"),
    [
        (Status.INVESTIGATING, Impact.CRITICAL, 20),
        (Status.IDENTIFIED, Impact.MAJOR, 30),
        (Status.INVESTIGATING, Impact.MINOR, 60),
        (Status.INVESTIGATING, None, 24 * 60),
        (Status.MONITORING, Impact.CRITICAL, 120),
    ],
)
def test_an_update_without_a_promise_gives_the_default_one(status: Status, impact: Impact | None, wait: int) -> None:
    shown = page_at(page(incident(update(status=status), impact=impact)), NOON)

    promise = shown.incidents[0].promise

    assert promise is not None
    assert promise.due_at == NOON + minutes(wait)


def test_a_promise_is_kept_by_an_update_at_its_minute() -> None:
    site = page(incident(update(next_update_at=NOON + minutes(30)), update(NOON + minutes(30), Status.IDENTIFIED)))

    promise = page_at(site, NOON + minutes(31)).incidents[0].updates[1].promise

    assert promise is not None
    assert (promise.followed_at, promise.is_late, promise.late_by) == (NOON + minutes(30), False, None)


def test_a_promise_is_late_one_minute_after_it_fell_due() -> None:
    site = page(incident(update(next_update_at=NOON + minutes(30))))

    late = [page_at(site, NOON + minutes(m)).incidents[0].promise for m in (30, 31)]

    assert [promise and promise.is_late for promise in late] == [False, True]
    assert next_change(site, NOON + minutes(29)) == NOON + minutes(30)
    assert next_change(site, NOON + minutes(30)) == NOON + minutes(31)


def test_a_late_update_says_by_how_much() -> None:
    site = page(incident(update(next_update_at=NOON + minutes(30)), update(NOON + minutes(42), Status.IDENTIFIED)))

    promise = page_at(site, NOON + minutes(45)).incidents[0].updates[1].promise

    assert promise is not None
    assert promise.late_by == minutes(12)


def test_nothing_is_promised_after_resolving_or_when_the_file_says_none() -> None:
    site = page(
        incident(update(promises_nothing=True), slug="a"),
        incident(update(), update(NOON + minutes(1), Status.RESOLVED), slug="b"),
    )

    shown = page_at(site, NOON + minutes(2))

    assert [i.promise for i in shown.incidents] == [None, None]


def test_the_worst_comes_first_though_a_lesser_one_is_pinned() -> None:
    site = page(
        incident(update(), slug="slow", components=(put("search", SLOW),), is_pinned=True),
        incident(update(), slug="down", components=(put("cards", MAJOR),)),
    )

    shown = page_at(site, NOON)

    assert [i.source.slug for i in shown.worst_first] == ["down", "slow"]
    assert [i.source.slug for i in shown.open_incidents] == ["slow", "down"]
