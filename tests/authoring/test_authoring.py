"""What a person gets who writes through a command: text that reads back as exactly what was meant."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from statuspage.authoring import (
    append_update,
    escape_body,
    maintenance_text,
    new_incident_text,
    next_text,
    rewrite,
    slug_for,
    update_text,
    write_new,
    written_time,
    yaml_text,
)
from statuspage.errors import StatusPageError, Unreadable
from statuspage.model import ComponentChange, ComponentState, Impact, Incident, Status
from statuspage.render.markup import to_text
from statuspage.source.front_matter import read_front_matter
from statuspage.source.times import parse_next, parse_time
from tests.source.builders import read_one

BERLIN, LONDON, UTC_ZONE = ZoneInfo("Europe/Berlin"), ZoneInfo("Europe/London"), ZoneInfo("UTC")
AT = datetime(2026, 11, 21, 14, 5, tzinfo=UTC)
CARDS_DOWN = ComponentChange(component_id="card-payments", state=ComponentState.MAJOR_OUTAGE)


def read_back(text: str) -> Incident:
    incident, faults = read_one(text)
    assert [fault for fault in faults if "warning: " not in fault] == []
    return incident


def test_a_new_incident_is_front_matter_and_one_update() -> None:
    text = new_incident_text(
        title="Card payments are failing",
        at=AT,
        zone=UTC_ZONE,
        status=Status.INVESTIGATING,
        message="About one card payment in three fails.",
        components=(CARDS_DOWN,),
        impact=Impact.MAJOR,
        next_update="14:35",
    )

    assert text == (
        "---\n"
        "title: Card payments are failing\n"
        "impact: major\n"
        "components:\n"
        "  card-payments: major_outage\n"
        "---\n"
        "\n"
        "## 2026-11-21 14:05 UTC — Investigating\n"
        "\n"
        "About one card payment in three fails.\n"
        "\n"
        "Next update: 14:35\n"
    )


def test_planned_work_is_announced_by_its_first_update() -> None:
    text = maintenance_text(
        title="Database upgrade",
        starts_at=datetime(2026, 11, 28, 2, 0, tzinfo=UTC),
        ends_at=datetime(2026, 11, 28, 4, 0, tzinfo=UTC),
        at=AT,
        zone=BERLIN,
        message="The dashboard will be away for up to ten minutes.",
        components=(ComponentChange(component_id="dashboard", state=ComponentState.UNDER_MAINTENANCE),),
    )

    assert text == (
        "---\n"
        "title: Database upgrade\n"
        "kind: maintenance\n"
        "starts: 2026-11-28 03:00 +01:00\n"
        "ends: 2026-11-28 05:00 +01:00\n"
        "components:\n"
        "  dashboard: under_maintenance\n"
        "---\n"
        "\n"
        "## 2026-11-21 15:05 +01:00 — Scheduled\n"
        "\n"
        "The dashboard will be away for up to ten minutes.\n"
    )
    assert read_back(text).updates[0].at == AT


def test_an_update_says_first_what_changes_and_last_what_it_promises() -> None:
    text = update_text(
        at=AT,
        zone=UTC_ZONE,
        status=Status.IDENTIFIED,
        message="A change broke the link to one network.",
        components=(CARDS_DOWN,),
        impact=Impact.CRITICAL,
        next_update="30m",
        what_you_can_do="Pay by bank\ntransfer.",
        still_working="Bank transfers.",
        notifies=False,
        update_id="0k8k03ykx9qm",
    )

    assert text == (
        "## 2026-11-21 14:05 UTC — Identified\n"
        "\n"
        "Components: card-payments: major_outage\n"
        "Impact: critical\n"
        "\n"
        "A change broke the link to one network.\n"
        "\n"
        "What you can do: Pay by bank transfer.\n"
        "Still working: Bank transfers.\n"
        "Next update: 30m\n"
        "Notify: no\n"
        "Id: 0k8k03ykx9qm\n"
    )


def test_an_update_without_words_has_its_fields_in_one_paragraph() -> None:
    text = update_text(at=AT, zone=UTC_ZONE, restores_all=True, next_update="none")

    assert text == "## 2026-11-21 14:05 UTC — Update\n\nComponents: all operational\nNext update: none\n"


OLDEST_FIRST = """---
title: A
---

## 2026-11-21 14:00 UTC — Investigating

One.

## 2026-11-21 14:10 UTC — Identified

```
## 2026-11-21 15:00 UTC — no heading, but code
```

## Make-good

A month free.
"""
NEWEST_FIRST = """---
title: A
---

Summary.

## 2026-11-21 14:10 UTC — Identified

Two.

## 2026-11-21 14:00 UTC — Investigating

One.
"""
FIXED = "## 2026-11-21 14:20 UTC — Resolved\n\nFixed.\n"


def test_an_update_goes_below_the_last_one_and_above_later_sections() -> None:
    text = append_update(OLDEST_FIRST, FIXED)

    assert text == OLDEST_FIRST.replace("## Make-good", f"{FIXED}\n## Make-good")


def test_an_update_goes_on_top_of_a_newest_first_file() -> None:
    text = append_update(NEWEST_FIRST, FIXED)

    assert text == NEWEST_FIRST.replace("## 2026-11-21 14:10", f"{FIXED}\n## 2026-11-21 14:10")


def test_an_update_goes_below_one_whose_heading_cannot_be_read() -> None:
    slip = "---\ntitle: A\n---\n\n## 2026-11-21 14:00 UTC — Investigatin\n\nOne.\n"

    assert append_update(slip, FIXED) == f"{slip}\n{FIXED}"


def test_line_ends_and_byte_order_mark_of_the_file_stay() -> None:
    text = append_update(
        "\ufeff---\r\ntitle: A\r\n---\r\n\r\n## 2026-11-21 14:00 UTC — Investigating\r\n\r\nOne.", FIXED
    )

    assert text == (
        "\ufeff---\r\ntitle: A\r\n---\r\n\r\n## 2026-11-21 14:00 UTC — Investigating\r\n\r\nOne.\r\n\r\n"
        "## 2026-11-21 14:20 UTC — Resolved\r\n\r\nFixed.\r\n"
    )


def test_the_first_update_of_a_file_goes_below_its_summary() -> None:
    text = append_update("---\ntitle: A\n# ## 2026-11-21 13:00 UTC — a comment\n---\nSummary.", FIXED)

    assert text == "---\ntitle: A\n# ## 2026-11-21 13:00 UTC — a comment\n---\nSummary.\n\n" + FIXED


@pytest.mark.parametrize(
    ("instant", "zone", "expected"),
    [
        (AT, UTC_ZONE, "2026-11-21 14:05 UTC"),
        (AT, LONDON, "2026-11-21 14:05 UTC"),
        (AT, BERLIN, "2026-11-21 15:05 +01:00"),
        (datetime(2026, 10, 25, 0, 30, tzinfo=UTC), BERLIN, "2026-10-25 02:30 +02:00"),
        (datetime(2026, 10, 25, 1, 30, tzinfo=UTC), BERLIN, "2026-10-25 02:30 +01:00"),
        (datetime(2026, 2, 9, 19, 31, 59, tzinfo=UTC), UTC_ZONE, "2026-02-09 19:31:59 UTC"),
        (datetime(2026, 2, 9, 19, 31, 59, 73_000, tzinfo=UTC), UTC_ZONE, "2026-02-09 19:31:59.073 UTC"),
    ],
)
def test_a_time_reads_back_as_the_same_instant(instant: datetime, zone: ZoneInfo, expected: str) -> None:
    text = written_time(instant, zone)

    assert text == expected
    assert parse_time(text, zone).at == instant


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Card payments are failing", "Card payments are failing"),
        ("Payments: failing", '"Payments: failing"'),
        ("Slow #2", '"Slow #2"'),
        ("no", '"no"'),
        ("12:30", '"12:30"'),
        ('"<&]]>\x00 quoted', '"\\"<&]]> quoted"'),
        ("two\r\nlines", "two lines"),
        ("— 支払い 🙂", '"— 支払い 🙂"'),
    ],
)
def test_a_title_is_quoted_where_yaml_would_read_something_else(title: str, expected: str) -> None:
    assert yaml_text(title) == expected


@given(st.text(st.characters(exclude_categories=["Cs"]), min_size=1))
def test_any_title_reads_back(title: str) -> None:
    quoted = yaml_text(title)

    read = read_front_matter(f"---\ntitle: {quoted}\n---\n").entries["title"].value

    wanted = yaml_text(str(read)) if read is not None else '""'
    assert wanted == quoted


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("## 2026-11-21 14:10 UTC — Resolved", "### 2026-11-21 14:10 UTC — Resolved"),
        ("  ## indented", "  ### indented"),
        ("---\ntext\n---", "---\ntext\n---"),
        ("Impact: everything\nNotify: no", "Impact&#58; everything\nNotify&#58; no"),
        ("Our impact: small.", "Our impact: small."),
        ("```\n## code\n```", "```\n## code\n```"),
        ("```\n## open\n", "```\n## open\n```"),
        ("```\n## 2026-11-21 14:10 UTC — Resolved ##\n```", "```\n### 2026-11-21 14:10 UTC — Resolved ##\n```"),
        ("a\r\nb\x0bc\u2028d\x00e", "a\nb\nc\nde"),
    ],
)
def test_no_line_of_a_message_is_taken_for_structure(body: str, expected: str) -> None:
    assert escape_body(body) == expected


def test_an_escaped_field_line_is_read_and_spoken_as_it_was_written() -> None:
    assert to_text(escape_body("Impact: major")) == "Impact: major"


@given(
    st.lists(
        st.sampled_from(
            [
                "## Fixed",
                "## 2026-11-21 14:10 UTC — Monitoring",
                "Impact: none",
                "Componets: x",
                "```",
                "~~~~",
                "",
                "words",
                "   ## x",
                "Id: abc",
                "* *Hold*: x",
            ]
        ),
        max_size=12,
    )
)
def test_a_message_never_adds_an_update_a_section_or_a_field(lines: list[str]) -> None:
    message = "\n".join(lines)
    first = new_incident_text(title="A", at=AT, zone=UTC_ZONE, status=Status.INVESTIGATING, message=message)

    text = append_update(first, FIXED)

    incident = read_back(text)
    assert [update.status for update in incident.updates] == [Status.INVESTIGATING, Status.RESOLVED]
    assert (incident.sections, incident.updates[0].impact) == ((), None)


def test_a_slug_is_the_day_in_the_zone_and_the_words_of_the_title() -> None:
    late = datetime(2026, 11, 21, 23, 30, tzinfo=UTC)

    assert slug_for("Kartenzahlungen: Störung!", late, BERLIN, ()) == "2026-11-22-kartenzahlungen-storung"
    assert slug_for("日本", AT, BERLIN, {"2026-11-21-incident", "2026-11-21-incident-2"}) == "2026-11-21-incident-3"


def test_a_new_file_never_takes_the_place_of_another(tmp_path: Path) -> None:
    path = tmp_path / "2026" / "a.md"
    write_new(path, "one")

    with pytest.raises(StatusPageError) as caught:
        write_new(path, "two")

    assert str(caught.value) == f"{path}: there is a file of that name already; choose another name"
    assert path.read_text() == "one"
    assert [found.name for found in path.parent.iterdir()] == ["a.md"]


def test_rewriting_keeps_the_permissions_and_leaves_nothing_beside(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    path.write_text("one")
    path.chmod(0o600)

    rewrite(path, "two")

    assert (path.read_text(), path.stat().st_mode & 0o777) == ("two", 0o600)
    assert [found.name for found in tmp_path.iterdir()] == ["a.md"]


@pytest.mark.parametrize(
    ("at", "zone", "text", "expected"),
    [
        (AT, BERLIN, "16:00", "16:00"),
        (AT, BERLIN, "tomorrow 09:00", "tomorrow 09:00"),
        (AT, BERLIN, "none", "none"),
        (datetime(2026, 3, 28, 20, tzinfo=UTC), LONDON, "tomorrow 09:00", "2026-03-29 09:00 +01:00"),
        (datetime(2026, 3, 28, 20, tzinfo=UTC), LONDON, "13h", "13h"),
        (datetime(2026, 3, 28, 20, tzinfo=UTC), LONDON, "tomorrow 09:00 UTC", "tomorrow 09:00 UTC"),
        (datetime(2026, 10, 25, 0, 40, tzinfo=UTC), BERLIN, "03:15", "2026-10-25 03:15 +01:00"),
        (datetime(2026, 10, 24, 20, tzinfo=UTC), LONDON, "2026-10-25 09:00", "2026-10-25 09:00 UTC"),
    ],
)
def test_a_promise_is_written_with_its_offset_where_the_clocks_change_before_it(
    at: datetime, zone: ZoneInfo, text: str, expected: str
) -> None:
    assert next_text(text, at=at, zone=zone) == expected


def test_a_promise_that_is_none_is_refused() -> None:
    with pytest.raises(Unreadable, match='"soon" is not a time'):
        next_text("soon", at=AT, zone=BERLIN)


@given(
    st.timedeltas(timedelta(0), timedelta(days=365)).map(lambda length: datetime(2026, 1, 1, tzinfo=UTC) + length),
    st.sampled_from([BERLIN, LONDON, UTC_ZONE, ZoneInfo("America/St_Johns"), ZoneInfo("Australia/Lord_Howe")]),
    st.sampled_from(["09:00", "23:30", "tomorrow 01:15", "today 23:59", "45m", "2027-02-01 09:00"]),
)
def test_a_promise_reads_back_as_it_was_meant_in_the_zone_of_the_site(at: datetime, zone: ZoneInfo, text: str) -> None:
    try:
        meant = parse_next(text, after=at, zone=zone)
    except Unreadable:
        return

    update = update_text(at=at, zone=zone, message="We know.", next_update=next_text(text, at=at, zone=zone))

    (read,) = read_back(f"---\ntitle: A\n---\n\n{update}").updates
    assert read.next_update_at == meant


@given(st.text("ab:#`~-*. \t\n\r\u2028\u00a0é🙂", max_size=60))
def test_a_message_reads_back_word_for_word_as_it_was_escaped(message: str) -> None:
    text = new_incident_text(title="A", at=AT, zone=UTC_ZONE, status=Status.INVESTIGATING, message=message)

    (update,) = read_back(append_update(text, FIXED)).updates[:1]

    assert update.body.split() == escape_body(message).split()
