"""The sample site and the starter site: they read without a fault, and show every part of the format."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from statuspage.config import parse_settings
from statuspage.errors import Fault
from statuspage.model import ComponentState, Impact, Page, Status
from statuspage.pipeline.whole import Compiled, compile_site
from statuspage.render.hold import hold_messages_by_language, hold_wordings, seconds_of
from statuspage.shown import Level, Shown, ShownIncident
from statuspage.sound.wav import read_wav
from statuspage.source.folder import read_folder
from statuspage.source.page import read_page
from statuspage.timeline.page import page_at
from tests.sample import SAMPLE_NOW, copy_sample

NOW = datetime.fromisoformat(SAMPLE_NOW)
LONG_AFTER = datetime(2027, 3, 1, tzinfo=UTC)


def read(folder: Path) -> tuple[Page, tuple[Fault, ...]]:
    """Return what the files of the folder say, and everything that is wrong with them."""
    found = read_folder(folder)
    settings, faults = parse_settings((found.settings.data or b"").decode())
    assert settings is not None, faults
    reading = read_page(settings, found.files, last_good=lambda _path: ())
    return reading.page, (*faults, *found.faults, *reading.faults)


@pytest.fixture(scope="module")
def page(repository: Path) -> Page:
    return read(repository)[0]


@pytest.fixture(scope="module")
def shown(page: Page) -> Shown:
    return page_at(page, NOW)


@pytest.fixture(scope="module")
def starter(repository: Path) -> Shown:
    return page_at(read(repository / "statuspage" / "samples")[0], NOW)


@pytest.fixture(scope="module")
def compiled(repository: Path, tmp_path_factory: pytest.TempPathFactory) -> Compiled:
    return compile_site(copy_sample(repository, tmp_path_factory.mktemp("sample")), NOW)


def the(shown: Shown, slug: str) -> ShownIncident:
    return next(i for i in (*shown.incidents, *shown.maintenances) if i.source.slug == slug)


@pytest.mark.parametrize("folder", [".", "statuspage/samples"])
def test_the_site_has_no_fault_and_no_warning(repository: Path, folder: str) -> None:
    faults = read(repository / folder)[1]

    assert [str(fault) for fault in faults] == []


def test_make_serve_starts_the_clock_at_the_sample_instant(repository: Path) -> None:
    makefile = (repository / "Makefile").read_text(encoding="utf-8")

    written = re.search(r"^SAMPLE_NOW \?= (.*)$", makefile, re.MULTILINE)

    assert written is not None
    assert datetime.fromisoformat(written[1]) == NOW


def test_long_after_the_sample_day_everything_is_over(page: Page) -> None:
    later = page_at(page, LONG_AFTER)

    every = (*later.incidents, *later.maintenances)

    assert [incident.source.slug for incident in every if incident.is_open] == []
    assert later.level is Level.WORKING


def test_the_sample_site_has_three_groups_one_single_component_and_one_that_is_retired(shown: Shown) -> None:
    groups = [component.group for component in shown.components]

    assert len({group.name for group in groups if group}) == 3
    assert groups.count(None) == 1
    assert [component.source.id for component in shown.retired] == ["seacard-topup"]
    assert [c.source.id for c in shown.components if c.source.since == date(2026, 9, 28)] == ["boat-tracker"]
    assert shown.hold.languages == ("en", "de")


def test_a_major_incident_is_open_and_pinned_and_its_promise_is_in_force(shown: Shown) -> None:
    incident = shown.open_incidents[0]

    assert incident.source.slug == "2026-10-15-boarding-gates"
    assert incident.source.is_pinned
    assert (incident.impact, incident.source.impact) == (Impact.MAJOR, None)
    assert incident.started_at == NOW - timedelta(minutes=48)
    assert incident.promise is not None
    assert incident.promise.due_at == NOW + timedelta(minutes=15)
    assert not incident.promise.is_late
    assert incident.what_you_can_do == "Come as usual and show your booking email at the side gate."
    assert incident.still_working == "Every boat is sailing, and you can book, pay and get refunds."
    assert incident.source.make_good


def test_updates_with_a_later_time_are_written_but_not_shown(shown: Shown) -> None:
    incident = the(shown, "2026-10-15-boarding-gates")

    assert len(incident.source.updates) == 6
    assert len(incident.updates) == 2
    assert shown.next_change_at == NOW + timedelta(minutes=13)


def test_one_incident_is_being_monitored(shown: Shown) -> None:
    monitored = [i for i in shown.incidents if i.status is Status.MONITORING]

    assert [i.source.slug for i in monitored] == ["2026-10-15-text-alerts"]
    assert monitored[0].source.impact is Impact.MINOR
    assert "```" in monitored[0].source.updates[2].body


def test_one_planned_work_is_to_come_and_was_announced_seven_days_ahead(shown: Shown) -> None:
    (planned,) = shown.upcoming_maintenances

    assert planned.source.slug == "2026-10-21-ticket-shop"
    assert planned.starts_at is not None
    assert planned.starts_at - planned.created_at >= timedelta(days=7)
    assert planned.source.summary


def test_one_planned_work_started_and_ended_by_itself(shown: Shown) -> None:
    planned = the(shown, "2026-10-06-sailing-times")

    assert [(u.status, u.is_automatic) for u in planned.updates] == [
        (Status.COMPLETED, True),
        (Status.IN_PROGRESS, True),
        (Status.SCHEDULED, False),
    ]


def test_one_planned_work_moved_its_end_and_was_verified_before_it_ended(shown: Shown) -> None:
    planned = the(shown, "2026-10-13-phone-line")

    assert planned.source.window is not None
    assert planned.ends_at == planned.source.window.ends_at + timedelta(minutes=40)
    assert [u.status for u in planned.updates][:2] == [Status.COMPLETED, Status.VERIFYING]
    assert not any(u.is_automatic for u in planned.updates)


def test_one_planned_work_was_cancelled(shown: Shown) -> None:
    assert the(shown, "2026-10-11-oyce-gates").status is Status.CANCELLED


def test_one_incident_has_its_own_id_a_share_a_table_a_link_and_a_make_good(shown: Shown) -> None:
    incident = the(shown, "2026-10-02-charged-twice")

    assert incident.status is Status.POSTMORTEM
    assert incident.source.id == "7f2c9k4m1x8q"
    assert str(incident.share) == "8"
    assert "| --- |" in incident.updates[0].body
    assert "](https://www.ternsea.example/" in incident.updates[0].body
    assert incident.source.make_good


def test_one_incident_changes_a_component_half_way_and_is_resolved(shown: Shown) -> None:
    incident = the(shown, "2026-10-15-winter-tickets")

    booking = [change.new for update in incident.updates for change in update.changes]

    assert booking == [
        ComponentState.OPERATIONAL,
        ComponentState.OPERATIONAL,
        ComponentState.PARTIAL_OUTAGE,
        ComponentState.DEGRADED_PERFORMANCE,
    ]


def test_one_incident_was_added_afterwards_and_tells_nobody(shown: Shown) -> None:
    incident = the(shown, "2026-09-23-phone-line")

    assert not incident.source.notifies
    assert not any(update.notifies for update in incident.updates)


def test_one_incident_has_posts_that_the_clock_wrote(shown: Shown) -> None:
    incident = the(shown, "2026-10-08-vehicle-booking")

    assert [update.is_timed for update in incident.updates] == [False, False, False, True, True, False]


def test_every_promise_of_the_timed_posts_was_kept(shown: Shown) -> None:
    incident = the(shown, "2026-10-08-vehicle-booking")

    assert not any(update.promise and update.promise.is_late for update in incident.updates)


def test_one_update_came_late_and_one_has_words_of_its_own_for_callers(shown: Shown) -> None:
    incident = the(shown, "2026-09-10-card-payments")

    late = [update.promise.late_by for update in incident.updates if update.promise and update.promise.is_late]

    assert late == [timedelta(minutes=2)]
    assert [bool(update.hold) for update in incident.source.updates] == [False, True, False, False]


def test_the_draft_is_nowhere_in_the_compiled_site(page: Page, compiled: Compiled) -> None:
    drafts = [incident.slug for incident in page.incidents if incident.is_draft]

    assert drafts == ["2026-10-16-oyce-lift"]
    assert not any("oyce-lift" in path for path in compiled.files)
    assert not any(b"oyce-lift" in content for content in compiled.files.values())


def test_an_image_of_the_site_stands_on_a_page_and_is_copied(compiled: Compiled) -> None:
    page = compiled.files["incidents/2026-09-03-marra-ramp/index.html"].decode()

    assert re.search(r'<img [^>]*src="[^"]*/static/marra-quay\.svg"', page)
    assert compiled.files["static/marra-quay.svg"].startswith(b"<svg")


@pytest.mark.parametrize(
    "is_one",
    [
        pytest.param(lambda i: i.impact is Impact.CRITICAL, id="critical"),
        pytest.param(lambda i: i.source.impact is Impact.NONE, id="none"),
        pytest.param(lambda i: i.source.sections, id="a section of its own"),
        pytest.param(lambda i: any(u.promises_nothing for u in i.source.updates), id="no promise"),
        pytest.param(lambda i: any(u.impact for u in i.source.updates), id="an impact that changes"),
        pytest.param(lambda i: any(u.id == "4t0p8u2p6s9d" for u in i.source.updates), id="an update's own id"),
        pytest.param(lambda i: "seacard-topup" in dict(i.states), id="a retired component"),
        pytest.param(lambda i: any(u.at.microsecond for u in i.source.updates), id="fractions of a second"),
        pytest.param(lambda i: any(u.restores_all for u in i.source.updates), id="all operational"),
    ],
)
def test_the_sample_site_has_at_least_one_of_each_kind(shown: Shown, is_one: Callable[[ShownIncident], object]) -> None:
    assert any(is_one(incident) for incident in shown.incidents)


def test_no_title_of_either_site_has_more_than_70_characters(shown: Shown, starter: Shown) -> None:
    titles = [i.source.title for site in (shown, starter) for i in (*site.incidents, *site.maintenances)]

    assert [title for title in titles if len(title) > 70] == []


def test_the_starter_site_has_one_incident_and_one_planned_work_and_both_are_over(starter: Shown) -> None:
    assert [incident.status for incident in starter.incidents] == [Status.RESOLVED]
    assert [planned.status for planned in starter.maintenances] == [Status.COMPLETED]
    assert starter.level is Level.WORKING


def test_the_reference_names_every_incident_of_the_sample_site(repository: Path) -> None:
    reference = (repository / "docs" / "incident-format.md").read_text(encoding="utf-8")
    files = [path.name for path in (repository / "incidents").rglob("*.md") if not path.stem.endswith(".timed")]

    missing = [name for name in files if name not in reference]

    assert missing == []
    assert len(files) >= 10


@pytest.mark.parametrize("language", ["en", "de"])
def test_the_documentation_tells_what_callers_of_the_sample_site_hear(
    repository: Path, shown: Shown, language: str
) -> None:
    told = (repository / "docs" / "hold" / f"message-{language}.txt").read_text()
    sound = read_wav((repository / "docs" / "hold" / f"message-{language}-connect.wav").read_bytes())

    full = hold_messages_by_language(shown)[language][0]
    assert told == "\n\n".join(hold_wordings(shown, language)) + "\n"
    assert 0.8 * seconds_of(full, language) < len(sound.samples) / sound.rate <= seconds_of(full, language)
