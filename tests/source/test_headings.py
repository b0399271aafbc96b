"""What makes a heading an update, a section or a mistake."""

from __future__ import annotations

from unicodedata import category
from zoneinfo import ZoneInfo

import pytest

from statuspage.errors import Unreadable
from statuspage.model import Status
from statuspage.source.headings import UpdateHeading, lines_in_code, open_fence, read_heading, split_blocks

from .builders import utc

BERLIN = ZoneInfo("Europe/Berlin")
TIME = "2026-11-21 14:05 UTC"


def heading(text: str) -> UpdateHeading | None:
    return read_heading(text, BERLIN)


@pytest.mark.parametrize("separator", [" — ", " – ", " - ", "-", "—", " · ", " | ", ", ", ": ", ":", " ‒ ", "\t—\t"])
def test_any_dash_dot_bar_comma_or_colon_separates_time_and_status(separator: str) -> None:
    first, last = heading(f"{TIME}{separator}Identified"), heading(f"Identified{separator}{TIME}")

    assert first is not None
    assert (first.time.at, first.status) == (utc("2026-11-21 14:05"), Status.IDENTIFIED)
    assert last == first


@pytest.mark.parametrize(
    ("word", "status"),
    [
        *((status, status) for status in Status),
        ("In progress", Status.IN_PROGRESS),
        ("in-progress", Status.IN_PROGRESS),
        ("IN_PROGRESS", Status.IN_PROGRESS),
        ("Acknowledged", Status.INVESTIGATING),
        ("Update", None),
        ("Fixed", Status.RESOLVED),
        ("Explanation", Status.POSTMORTEM),
        ("Post-mortem", Status.POSTMORTEM),
        ("Watching", Status.MONITORING),
        ("Planned", Status.SCHEDULED),
        ("Started", Status.IN_PROGRESS),
        ("Done", Status.COMPLETED),
        ("Finished", Status.COMPLETED),
        ("Canceled", Status.CANCELLED),
    ],
)
def test_a_status_is_read_as_people_write_it(word: str, status: Status | None) -> None:
    found = heading(f"{TIME} — {word}")

    assert found is not None
    assert found.status is status


@pytest.mark.parametrize(
    "text", ["Make-good", "What we learned", "Monitoring improvements", "2026-11-21 in review", "14:05 the switch", ""]
)
def test_a_heading_with_neither_time_nor_status_is_a_section(text: str) -> None:
    assert heading(text) is None


@pytest.mark.parametrize(
    ("text", "what"),
    [
        (TIME, f'"{TIME}" has no status; write it as ## 2026-11-21 14:05 UTC — Investigating'),
        (f"{TIME} — Fixd", '"Fixd" is not a status; did you mean "Fixed"?'),
        (
            f"{TIME} — Broken",
            '"Broken" is not a status; write Investigating, Identified, Monitoring, Resolved, Postmortem or Update',
        ),
        ("Resolved", '"Resolved" has no time; write it as ## 2026-11-21 14:05 UTC — Resolved'),
        ("Resolved: all fine", '"Resolved: all fine" has no time; write it as ## 2026-11-21 14:05 UTC — Resolved'),
        (
            "2026-11-21 — Resolved",
            '"2026-11-21 — Resolved" has no time of day; write it as ## 2026-11-21 14:05 UTC — Resolved',
        ),
        ("14:05 — Resolved", '"14:05 — Resolved" has no date; write it as ## 2026-11-21 14:05 UTC — Resolved'),
        (
            "2026-11-21 14:05 CET — Resolved",
            '"CET" is not a zone here; write UTC, +02:00 or a name such as [Europe/Berlin]',
        ),
        (
            "2026-11-21 2:05 pm — Resolved",
            '"pm" is not a zone here; write UTC, +02:00 or a name such as [Europe/Berlin]',
        ),
    ],
)
def test_a_heading_with_only_half_of_an_update_is_refused_with_the_other_half(text: str, what: str) -> None:
    with pytest.raises(Unreadable) as caught:
        heading(text)

    assert str(caught.value) == what


@pytest.mark.parametrize("dash", [chr(code) for code in range(0x20000) if category(chr(code)) == "Pd"])
def test_every_dash_of_unicode_separates_time_and_status(dash: str) -> None:
    first, last = heading(f"{TIME} {dash} Identified"), heading(f"Identified {dash} {TIME}")

    assert first is not None
    assert first.status is Status.IDENTIFIED
    assert last == first


def test_a_wide_dash_divides_a_status_without_a_time_from_its_words() -> None:
    with pytest.raises(Unreadable):
        heading("Resolved － all fine")


def test_headings_in_fenced_code_are_code() -> None:
    text = "intro\n\n```\n## not a heading\n```\n\n## One\nbody\n~~~ sh\n## nor this\n~~~~\n### deeper\n## Two ##"

    blocks = split_blocks(text, line=10)

    assert [(block.heading, block.line) for block in blocks] == [("", 10), ("One", 16), ("Two", 22)]


def test_a_fence_that_nothing_closes_swallows_no_update() -> None:
    blocks = split_blocks(f"## {TIME} — Investigating\n```\nlog\n\n## {TIME} — Resolved\nFine.", line=1)

    assert [block.heading for block in blocks[1:]] == [f"{TIME} — Investigating", f"{TIME} — Resolved"]


def test_a_fence_that_is_closed_only_below_a_later_update_swallows_no_update() -> None:
    lines = [
        f"## {TIME} — Investigating",
        "```",
        "error 1",
        f"## {TIME} — Identified",
        "```",
        "foo",
        "```",
        f"## {TIME} — Update",
    ]

    blocks = split_blocks("\n".join(lines), line=1)

    assert [block.line for block in blocks] == [1, 1, 4, 8]
    assert lines_in_code(lines) == {4, 5, 6}
    assert open_fence(lines) == (1, "```")


def test_a_heading_in_code_that_is_no_update_is_code() -> None:
    lines = ["```", "## 2026-11-21 14:05:00 deploy", "## Fixed", "```"]

    assert lines_in_code(lines) == {0, 1, 2, 3}
    assert open_fence(lines) is None
