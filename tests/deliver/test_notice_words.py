"""What staff read, whole."""

from __future__ import annotations

import re
import shlex
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from statuspage.deliver.announcement import Message
from statuspage.deliver.notice_words import OF_USE_FOR, staff_message
from statuspage.errors import Fault
from statuspage.model import Impact, Incident, Page, PromiseClock, StaffRules, Status
from statuspage.timeline.notices import Notice, alarm_notice, fault_notices, notices_at
from statuspage.timeline.told import tell
from tests.cli.screens import run
from tests.timeline.builders import NOON, incident, minutes, page, planned, update

BANNED = (
    "any inconvenience|may have caused|technical difficulties|elevated|subset of|we take|as soon as possible|shortly|"
    "rest assured|please be advised|valued customer|!"
).split("|")
DUE = update(next_update_at=NOON + minutes(30))


def site_of(told: Incident, **changes: object) -> Page:
    clock = PromiseClock(**changes)  # type: ignore[arg-type] # the values of one test
    return replace(page(told, zone="Europe/Berlin"), clock=clock)


def notice_of(told: Incident, now: datetime, **changes: object) -> tuple[Notice, Page]:
    site = site_of(told, **changes)
    shown = tell(told, site, now).shown
    assert shown is not None
    notices = notices_at(shown, rules=StaffRules(), clock=site.clock, zone=site.site.zone, now=now)
    return notices[-1], site


def said(told: Incident, now: datetime, **changes: object) -> Message:
    notice, site = notice_of(told, now, **changes)
    return staff_message(notice, site.site, now=now)


def holding(number: int, **changes: object) -> object:
    at = NOON + minutes(30 * number)
    return update(at, None, next_update_at=at + minutes(30), is_timed=True, **changes)


def test_a_promise_that_falls_due_soon() -> None:
    message = said(incident(DUE), NOON + minutes(20))

    assert message == Message(
        key=f"promise_due_soon {incident().id} 2026-10-15T12:30:00Z",
        type="staff.notice",
        kind="promise_due_soon",
        topic=incident().id,
        at=NOON + minutes(20),
        priority=2,
        subject="[Example] An update is due by 14:30 CEST: You cannot pay by card",
        text="""\
Customers were told that the next update on “You cannot pay by card” comes by 14:30 CEST. None has come yet.

The page shows Investigating, last updated at 14:00 CEST. If nobody writes by 14:30 CEST, a holding update speaks for you.

Write one, even if nothing is new:
statuspage update payments-down --message "…"

https://status.example.com/incidents/payments-down/""",
        url="https://status.example.com/incidents/payments-down/",
        expires_at=NOON + minutes(30),
        is_replaceable=True,
    )


def test_without_holding_updates_the_page_itself_says_that_the_update_is_late() -> None:
    soon = said(incident(DUE), NOON + minutes(20), holding_limit=0)
    missed = said(incident(DUE), NOON + minutes(30), holding_limit=0)

    assert "If nobody writes by 14:30 CEST, the page says that the update is late." in soon.text
    assert (
        missed.text
        == """\
Customers were told that the next update on “You cannot pay by card” comes by 14:30 CEST. Nobody wrote it.

The page says that the update is late.

Write one now:
statuspage update payments-down --message "…"

https://status.example.com/incidents/payments-down/"""
    )
    assert missed.subject == "[Example] No update came by 14:30 CEST: You cannot pay by card"
    assert missed.expires_at == NOON + minutes(30) + OF_USE_FOR


@pytest.mark.parametrize(
    ("number", "minute", "instead"),
    [
        (0, 30, "The page says that the update is late."),
        (1, 30, "A holding update spoke for you: 1 of at most 3 in a row. 2 more may follow."),
        (2, 60, "A holding update spoke for you: 2 of at most 3 in a row. 1 more may follow."),
        (
            3,
            90,
            "A holding update spoke for you: 3 of at most 3 in a row. No other follows, and from 16:00 CEST "
            "the page says that the update is late.",
        ),
        (
            3,
            120,
            "The page says that the update is late. No holding update follows: the limit of 3 in a row is reached.",
        ),
    ],
)
def test_a_missed_promise_says_who_spoke_instead(number: int, minute: float, instead: str) -> None:
    told = incident(DUE, *(holding(n) for n in range(1, number + 1)))  # type: ignore[arg-type] # updates

    message = said(told, NOON + minutes(minute))

    assert message.kind == "promise_missed"
    assert message.text.split("\n\n")[1] == instead


def test_a_watch_that_is_over() -> None:
    told = incident(
        update(NOON, Status.MONITORING, next_update_at=NOON + minutes(60)),
        update(NOON + minutes(40), None, next_update_at=NOON + minutes(300)),
    )

    message = said(told, NOON + minutes(60))

    assert message.subject == "[Example] Still monitoring: You cannot pay by card"
    assert (
        message.text
        == """\
“You cannot pay by card” has been in monitoring since 14:00 CEST; the watch was to end by 15:00 CEST. The page shows it as open.

If it is fixed, say so:
statuspage resolve payments-down --message "…"

If you go on watching, say what you see and for how long:
statuspage update payments-down --message "…" --next 2h

https://status.example.com/incidents/payments-down/"""
    )


def test_a_postmortem_that_is_due() -> None:
    told = incident(update(impact=Impact.MAJOR), update(NOON + minutes(60), Status.RESOLVED))

    message = said(told, NOON + timedelta(days=7, minutes=60))

    assert message.subject == "[Example] A postmortem is due: You cannot pay by card"
    assert (
        message.text
        == """\
“You cannot pay by card” ended at 15:00 CEST on Thursday 15 October 2026 and has no postmortem yet.

The page shows it as resolved. Customers do not know yet why it happened and what has changed since.

Tell them:
statuspage update payments-down --status postmortem --message "…"

https://status.example.com/incidents/payments-down/"""
    )


def test_planned_work_that_starts_soon() -> None:
    starts = datetime(2026, 10, 25, 1, 0, tzinfo=UTC)  # the hour in which the clocks go back in Berlin
    told = planned(update(NOON, Status.SCHEDULED), starts=starts)

    message = said(told, starts - timedelta(hours=24))

    assert message.subject == "[Example] Planned work starts at 02:00 CET on Sunday 25 October 2026: Moving house"
    assert (
        message.text
        == """\
“Moving house” starts at 02:00 CET on Sunday 25 October 2026 and is to end by 04:00 CET on Sunday 25 October 2026.

The page shows it as scheduled, and as in progress from its start on.

If it does not take place, say so:
statuspage update move --status cancelled --message "…"

https://status.example.com/maintenance/move/"""
    )
    assert message.expires_at == starts - timedelta(hours=24) + OF_USE_FOR
    assert said(told, starts - timedelta(hours=1)).expires_at == starts


def test_planned_work_past_its_end() -> None:
    told = planned(
        update(NOON, Status.SCHEDULED), update(NOON + minutes(170), Status.VERIFYING), starts=NOON + minutes(60)
    )

    message = said(told, NOON + minutes(180))

    assert message.subject == "[Example] Planned work is past its end: Moving house"
    assert (
        message.text
        == """\
“Moving house” was to end by 17:00 CEST and is not over. The page shows Verifying, last updated at 16:50 CEST.

When it is over, say so:
statuspage update move --status completed --message "…"

If it takes longer, say how long; a last line `Ends: TIME` of that update in the file gives the new end:
statuspage update move --message "…" --next 30m

https://status.example.com/maintenance/move/"""
    )


def test_a_file_with_faults() -> None:
    faults = [Fault(path="incidents/a.md", line=n, where="impact", what="is wrong") for n in (3, 9)]
    (notice,) = fault_notices(faults, now=NOON)

    message = staff_message(notice, page().site, now=NOON)

    assert message.subject == "[Example] Something is wrong in incidents/a.md"
    assert message.topic == ""
    assert (
        message.text
        == """\
Not everything in incidents/a.md can be used as it is:

incidents/a.md:3: impact: is wrong
incidents/a.md:9: impact: is wrong

The page shows what can be read, and nothing looks better for it than it is. Mend the file, then look again:
statuspage check

https://status.example.com/"""
    )


def test_many_files_with_faults() -> None:
    faults = [Fault(path=f"incidents/{n:02}.md", line=1, what="is wrong") for n in range(25)]
    (notice,) = fault_notices(faults, now=NOON)

    message = staff_message(notice, page().site, now=NOON)

    assert message.subject == "[Example] Something is wrong in 25 files"
    assert message.text.split("\n\n")[1].split("\n")[-2:] == ["incidents/19.md:1: is wrong", "and 5 more"]


def test_an_alarm() -> None:
    message = staff_message(alarm_notice("The push to git is refused", now=NOON), page().site, now=NOON)

    assert message.subject == "[Example] The push to git is refused"
    assert message.text == "The push to git is refused.\n\nhttps://status.example.com/"
    assert message.priority == 0


EVERY_KIND = [
    (incident(DUE), NOON + minutes(20)),
    (incident(DUE), NOON + minutes(30)),
    (incident(update(NOON, Status.MONITORING, promises_nothing=True)), NOON + minutes(120)),
    (
        incident(update(impact=Impact.MAJOR), update(NOON + minutes(60), Status.RESOLVED)),
        NOON + timedelta(days=7, minutes=60),
    ),
    (planned(update(NOON, Status.SCHEDULED), starts=NOON + timedelta(days=2)), NOON + timedelta(days=1)),
    (planned(update(NOON, Status.VERIFYING), starts=NOON - minutes(60)), NOON + minutes(60)),
]


@pytest.mark.parametrize(("told", "now"), EVERY_KIND)
def test_the_words_are_calm(told: Incident, now: datetime) -> None:
    message = said(told, now)

    assert [phrase for phrase in BANNED if phrase in f"{message.subject} {message.text}".casefold()] == []
    assert len(message.text.split()) < 90


@pytest.mark.parametrize(("told", "now"), EVERY_KIND)
def test_every_command_that_is_named_works(told: Incident, now: datetime, tmp_path: Path) -> None:
    (tmp_path / "incidents").mkdir()
    (tmp_path / "statuspage.toml").write_text('[site]\ntitle = "Example"\nurl = "https://status.example.com"\n')
    kind = "kind: maintenance\nstarts: 2026-10-15 11:00 UTC\nends: 2026-10-15 13:00 UTC\n" if told.window else ""
    word = "Scheduled" if told.window else "Investigating"
    file = tmp_path / "incidents" / f"{told.slug}.md"
    file.write_text(f"---\ntitle: Cards\n{kind}---\n\n## 2026-10-15 12:00 UTC — {word}\n\nWe know.\n")

    commands = re.findall(r"^statuspage (.+)$", said(told, now).text, re.MULTILINE)

    assert commands
    for command in commands:
        screen = run(*shlex.split(command), "--site", tmp_path, "--now", "2026-10-15T12:10:00Z")
        assert (screen.code, screen.err) == (0, ""), command
