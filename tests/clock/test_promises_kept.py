"""The laws of promises, over drawn days: what a person promised or the settings promise is kept, or said to be late."""

from __future__ import annotations

from datetime import datetime, timedelta
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from statuspage.render.site import render
from statuspage.shown import Shown, ShownIncident
from statuspage.timeline.change import next_change
from statuspage.timeline.due import holding_updates_in_a_row
from statuspage.timeline.story import LATE_AFTER
from tests.clock.in_memory import SiteInMemory
from tests.clock.stories import Edit, apply, configs, stories, told
from tests.laws.sites import instant

EVERY_MINUTE_UNTIL = 480
looks = st.lists(st.integers(0, 1_500), max_size=12)
seconds = st.integers(0, 59)


def says_when_or_that_it_is_late(incident: ShownIncident, now: datetime) -> bool:
    promise = incident.promise
    return promise is not None and (now < promise.due_at + LATE_AFTER or promise.is_late)


@settings(max_examples=60)
@given(configs(), stories(), looks, seconds)
def test_at_every_instant_an_open_incident_says_when_more_comes_or_that_it_is_late(
    config: str, story: list[Edit], visits: list[int], second: int
) -> None:
    site, waiting = SiteInMemory({"statuspage.toml": config}), list(story)

    for minute in sorted({*visits, *(edit.minute for edit in story)}):
        while waiting and waiting[0].minute <= minute:
            apply(waiting.pop(0), site)
        now = instant(minute) + timedelta(seconds=second)
        shown = site.visit(now)

        assert all(says_when_or_that_it_is_late(each, now) for each in shown.open_incidents)
        assert all(holding_updates_in_a_row(each) <= site.settings.clock.holding_limit for each in shown.open_incidents)


@settings(max_examples=60)
@given(configs(), stories(), looks)
def test_no_promise_is_made_and_dropped(config: str, story: list[Edit], visits: list[int]) -> None:
    site, seen = told(config, story, visits)

    for incident in site.visit(seen[-1]).recent:
        newest, *older = [update.promise for update in incident.updates]
        assert newest is None or newest.followed_at is None
        assert all(promise is None or promise.followed_at is not None for promise in older)
        for promise in older:
            if promise and promise.followed_at and promise.followed_at >= promise.due_at + LATE_AFTER:
                assert promise.is_late


@settings(max_examples=60)
@given(configs(), stories(), looks)
def test_the_same_instants_give_the_same_files_whether_visited_once_or_often(
    config: str, story: list[Edit], visits: list[int]
) -> None:
    once, _ = told(config, story, visits)
    often, _ = told(config, story, visits, times=3)

    assert often.files == once.files


def waking_minutes(config: str, story: list[Edit]) -> set[int]:
    """Return the minutes at which a scheduler that sleeps until the next change wakes up."""
    site, waiting, minute, woken = SiteInMemory({"statuspage.toml": config}), list(story), 0, set[int]()
    while minute <= EVERY_MINUTE_UNTIL:
        while waiting and waiting[0].minute <= minute:
            apply(waiting.pop(0), site)
        site.visit(instant(minute))
        woken.add(minute)
        ahead = next_change(site.page(), instant(minute)) - instant(0)
        minute = min([-(-int(ahead.total_seconds()) // 60), *(edit.minute for edit in waiting[:1])])
    return woken


@settings(max_examples=8)
@given(configs(), stories())
def test_a_scheduler_that_sleeps_until_the_next_change_writes_what_one_that_never_sleeps_writes(
    config: str, story: list[Edit]
) -> None:
    awake, _ = told(config, story, range(EVERY_MINUTE_UNTIL + 1), until=EVERY_MINUTE_UNTIL)
    asleep, _ = told(config, story, waking_minutes(config, story), until=EVERY_MINUTE_UNTIL)

    assert asleep.files == awake.files


@settings(max_examples=60)
@given(configs(), stories(), looks, seconds, st.integers(0, 999_999))
def test_a_post_carries_its_due_instant_within_a_minute_and_else_its_true_time(
    config: str, story: list[Edit], visits: list[int], second: int, microsecond: int
) -> None:
    site, waiting = SiteInMemory({"statuspage.toml": config}), list(story)
    for minute in sorted({*visits, *(edit.minute for edit in story)}):
        while waiting and waiting[0].minute <= minute:
            apply(waiting.pop(0), site)
        site.visit(instant(minute) + timedelta(seconds=second, microseconds=microsecond))

    for written_at, _, at in site.posted:
        is_in_time = at <= written_at < at + LATE_AFTER
        assert is_in_time or written_at <= at < written_at + timedelta(seconds=1)
    assert len({post_id for _, post_id, _ in site.posted}) == len(site.posted)


@settings(max_examples=30)
@given(configs(), stories(), looks, st.floats(0, 1, exclude_max=True))
def test_law_2_holds_with_timed_posts(config: str, story: list[Edit], visits: list[int], part: float) -> None:
    site, seen = told(config, story, visits)
    now = seen[-1]

    change = next_change(site.page(), now)
    later = min(now + (change - now) * part, change - timedelta(microseconds=1))
    before, after = tree(site.visit(now)), tree(site.visit(later))

    assert after == before


def tree(shown: Shown) -> dict[str, bytes]:
    files = render(shown, {})
    del files["heartbeat.json"]
    return files


@settings(max_examples=25)
@given(configs(), stories(), looks)
def test_no_two_holding_updates_of_an_incident_have_the_same_words(
    config: str, story: list[Edit], visits: list[int]
) -> None:
    site, _ = told(config, story, [*visits, *range(0, 1_500, 60)])

    for incident in site.page().incidents:
        bodies = [update.body for update in incident.updates if update.is_timed]
        assert len(set(bodies)) == len(bodies)


@settings(max_examples=60)
@given(configs(), stories(), looks)
def test_updates_are_shown_in_the_order_of_time_and_a_timed_post_is_never_the_last_word_on_what_is_over(
    config: str, story: list[Edit], visits: list[int]
) -> None:
    site, seen = told(config, story, visits)

    for incident in site.visit(seen[-1]).recent:
        assert all(newer.at >= older.at for newer, older in pairwise(incident.updates))
        assert incident.is_open or not incident.updates[0].is_timed
