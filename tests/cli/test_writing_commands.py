"""`new`, `update`, `resolve`, `maintenance` and `hold`, whole screens."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.screens import NOW, Screen, run

SLUG = "2026-11-21-card-payments-are-failing"
FILE = f"acme/incidents/{SLUG}.md"


def _new(site: Path, *options: str) -> Screen:
    message = "About one card payment in three fails."
    component = "card-payments=major_outage"
    return run(
        "new", "Card payments are failing", "--component", component, "--message", message,
        "--site", site, "--now", NOW, *options,
    )  # fmt: skip


def test_new_writes_a_file_and_says_what_people_will_read_and_hear(site: Path) -> None:
    screen = _new(site, "--next", "30m")

    read, _, heard = screen.out.partition("Callers will hear:\n\n")
    assert (screen.code, screen.err) == (0, "")
    assert (
        read
        == f"""\
{FILE}

Customers will read:

  Card payments are failing
  Investigating · Saturday 21 November 2026 · 15:05 CET

  About one card payment in three fails.

  Next update by 15:35 CET.

"""
    )
    assert " ".join(heard.split()) == run("hold", "--site", site, "--now", NOW).out.partition("\n")[0]
    assert (
        Path(FILE).read_text()
        == """\
---
title: Card payments are failing
components:
  card-payments: major_outage
---

## 2026-11-21 15:05 +01:00 — Investigating

About one card payment in three fails.

Next update: 30m
"""
    )


def test_new_without_a_message_says_at_least_that_we_know(site: Path) -> None:
    screen = run(
        "new", "Slow", "--component", "card-payments", "--component", "dashboard", "--site", site, "--now", NOW
    )

    assert screen.code == 0
    text = Path("acme/incidents/2026-11-21-slow.md").read_text()
    assert "We know about the problem with Card payments and Dashboard and are looking into it." in text
    assert "  card-payments: degraded_performance\n  dashboard: degraded_performance\n" in text


def test_the_impact_implies_the_state_of_components_without_one(site: Path) -> None:
    run("new", "Down", "--component", "dashboard", "--impact", "critical", "--site", site, "--now", NOW)

    assert "  dashboard: major_outage\n" in Path("acme/incidents/2026-11-21-down.md").read_text()


def test_a_second_incident_of_the_same_title_gets_a_name_of_its_own(site: Path) -> None:
    _new(site)

    screen = _new(site)

    assert screen.out.startswith(f"acme/incidents/{SLUG}-2.md\n")


def test_new_for_a_script_prints_one_document(site: Path) -> None:
    document = json.loads(_new(site, "--json").out)

    assert sorted(document) == ["callers_hear", "customers_read", "faults", "file", "slug"]
    assert (document["slug"], document["file"], document["faults"]) == (SLUG, FILE, [])
    assert document["callers_hear"].startswith("We know about the problem with card payments.")


def test_an_update_is_appended_and_shown(site: Path) -> None:
    _new(site)

    screen = run(
        "update", SLUG, "--status", "identified", "--message", "-", "--next", "15:40", "--component",
        "card-payments=partial_outage", "--site", site, "--now", "2026-11-21T14:20:00Z",
        stdin="The link to one card network is broken.\n",
    )  # fmt: skip

    assert screen.code == 0
    assert screen.out.startswith(f"""\
{FILE}

Customers will read:

  Card payments are failing
  Identified · Saturday 21 November 2026 · 15:20 CET

  The link to one card network is broken.

  Next update by 15:40 CET.

Callers will hear:
""")
    assert (
        Path(FILE)
        .read_text()
        .endswith("""
## 2026-11-21 15:20 +01:00 — Identified

Components: card-payments: partial_outage

The link to one card network is broken.

Next update: 15:40
""")
    )


def test_resolve_ends_an_incident(site: Path) -> None:
    _new(site)

    screen = run("resolve", SLUG, "--message", "Payments work again.", "--site", site, "--now", "2026-11-21T15:00:00Z")

    assert screen.code == 0
    assert Path(FILE).read_text().endswith("\n## 2026-11-21 16:00 +01:00 — Resolved\n\nPayments work again.\n")


def test_resolve_completes_planned_work(site: Path) -> None:
    _maintenance(site)
    slug = "2026-11-21-new-database"

    run("resolve", slug, "--message", "Done.", "--site", site, "--now", "2026-11-28T22:00:00Z")

    text = Path(f"acme/incidents/{slug}.md").read_text()
    assert text.endswith("\n## 2026-11-28 23:00 +01:00 — Completed\n\nDone.\n")


def _maintenance(site: Path, *, starts: str = "2026-11-28 22:00", ends: str = "2026-11-28 23:30") -> Screen:
    return run(
        "maintenance", "New database", "--starts", starts, "--ends", ends, "--component", "dashboard",
        "--message", "The dashboard is away for a while.", "--site", site, "--now", NOW,
    )  # fmt: skip


def test_planned_work_is_announced(site: Path) -> None:
    screen = _maintenance(site)

    assert screen == Screen(
        code=0,
        err="",
        out="""\
acme/incidents/2026-11-21-new-database.md

Customers will read:

  New database
  Scheduled · Saturday 21 November 2026 · 15:05 CET

  The dashboard is away for a while.

Callers will hear:

  Nothing.
""",
    )
    assert (
        Path("acme/incidents/2026-11-21-new-database.md")
        .read_text()
        .startswith("""\
---
title: New database
kind: maintenance
starts: 2026-11-28 22:00 +01:00
ends: 2026-11-28 23:30 +01:00
components:
  dashboard: under_maintenance
---
""")
    )


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        (
            ("new", "X", "--component", "card-payment"),
            'Invalid value for --component: "card-payment" is not a component; did you mean "card-payments"?',
        ),
        (
            ("new", "X", "--component", "dashboard=brokn"),
            (
                'Invalid value for --component: "brokn" is not a state; write one of operational, under_maintenance, '
                "degraded_performance, partial_outage, major_outage"
            ),
        ),
        (
            ("new", "X", "--impact", "huge"),
            "Invalid value for '--impact': \"huge\" is not an impact; write one of none, minor, major, critical",
        ),
        (
            ("new", "X", "--next", "soon"),
            (
                'Invalid value for --next: "soon" is not a time; write a time of day such as 14:35, a date and time, '
                "30m, 2h, tomorrow 09:00 or none"
            ),
        ),
        (
            ("update", "nothing", "--message", "X"),
            'Invalid value for SLUG: there is no incident "nothing"; incidents has no file nothing.md',
        ),
        (("update", "nothing"), "Missing option '--message'."),
        (
            ("maintenance", "X", "--starts", "2026-11-28 23:00", "--ends", "2026-11-28 22:00"),
            "Invalid value for --ends: planned work must end after it starts",
        ),
        (
            ("maintenance", "X", "--starts", "2026-10-25 02:30", "--ends", "2026-10-25 04:00"),
            (
                "Invalid value for --starts: 2026-10-25 02:30 happens twice in Europe/Berlin, "
                "whose clocks change then; write 2026-10-25 00:30 UTC or 2026-10-25 01:30 UTC"
            ),
        ),
        (
            ("hold", "--lang", "fr"),
            'Invalid value for --lang: "fr" is not spoken; this site speaks en',
        ),
    ],
)
def test_wrong_usage_says_what_would_be_right_and_writes_nothing(
    site: Path, arguments: tuple[str, ...], complaint: str
) -> None:
    screen = run(*arguments, "--site", site)

    assert (screen.code, screen.out) == (2, "")
    assert screen.err.endswith(f"\nError: {complaint}\n")
    assert list(Path("acme/incidents").iterdir()) == []


def test_a_slug_that_is_nearly_right_is_named(site: Path) -> None:
    _new(site)

    screen = run("resolve", f"{SLUG}x", "--message", "X", "--site", site)

    assert screen.err.endswith(
        f'Error: Invalid value for SLUG: there is no incident "{SLUG}x"; did you mean "{SLUG}"?\n'
    )


def test_callers_hear_three_wordings_while_an_incident_is_open(site: Path) -> None:
    _new(site)

    screen = run("hold", "--site", site, "--now", NOW)

    wordings = screen.out.removesuffix("\n").split("\n\n")
    assert (screen.code, len(wordings)) == (0, 3)
    assert screen.err.splitlines() == [
        f"{number}: {len(wording.split())} words, at most {seconds} seconds."
        for number, wording, seconds in zip((1, 2, 3), wordings, (20, 19, 18), strict=True)
    ]
    assert wordings[0].startswith("We know about the problem with card payments.")


def test_callers_hear_nothing_when_nothing_is_open(site: Path) -> None:
    screen = run("hold", "--site", site, "--now", NOW)

    assert screen == Screen(code=0, out="", err="Nothing is open: callers hear no message.\n")


def test_the_hold_message_comes_as_speech_markup_and_as_json(site: Path) -> None:
    _new(site)

    ssml = run("hold", "--format", "ssml", "--site", site, "--now", NOW)
    document = run("hold", "--format", "json", "--site", site, "--now", NOW)

    assert "<speak" in ssml.out
    assert isinstance(json.loads(document.out), dict)


@pytest.mark.parametrize("title", ["", "  ", "\x00\n"])
@pytest.mark.parametrize(
    "command", [("new",), ("maintenance", "--starts", "2026-11-28 22:00", "--ends", "2026-11-28 23:30")]
)
def test_a_blank_title_is_wrong_usage_and_writes_nothing(site: Path, command: tuple[str, ...], title: str) -> None:
    screen = run(*command, title, "--site", site, "--now", NOW)

    assert (screen.code, screen.out) == (2, "")
    assert screen.err.endswith("\nError: Invalid value for 'TITLE': is blank; write what customers notice\n")
    assert list(Path("acme/incidents").iterdir()) == []


@pytest.mark.parametrize(
    ("command", "stdin"),
    [
        (("update", SLUG, "--message", ""), None),
        (("update", SLUG, "--message", " \n "), None),
        (("update", SLUG, "--message", "-"), "\n"),
        (("resolve", SLUG, "--message", "\x1b"), None),
        (("new", "Another", "--message", ""), None),
        (
            ("maintenance", "X", "--starts", "2026-11-28 22:00", "--ends", "2026-11-28 23:30", "--message", ""),
            None,
        ),
    ],
)
def test_a_blank_message_is_wrong_usage_and_writes_nothing(
    site: Path, command: tuple[str, ...], stdin: str | None
) -> None:
    _new(site)
    before = Path(FILE).read_text()

    screen = run(*command, "--site", site, "--now", NOW, stdin=stdin)

    assert (screen.code, screen.out) == (2, "")
    assert screen.err.endswith("\nError: Invalid value for '--message': is blank; write what customers are to read\n")
    assert [(file.name, file.read_text()) for file in Path("acme/incidents").iterdir()] == [(f"{SLUG}.md", before)]


@pytest.mark.parametrize("status", ["scheduled", "in progress", "cancelled"])
def test_a_status_of_planned_work_is_wrong_usage_for_an_incident_and_writes_nothing(site: Path, status: str) -> None:
    _new(site)
    before = Path(FILE).read_text()

    screens = [
        run("new", "Another", "--status", status, "--site", site, "--now", NOW),
        run("update", SLUG, "--status", status, "--message", "X", "--site", site, "--now", NOW),
    ]

    for screen in screens:
        assert (screen.code, screen.out) == (2, "")
        assert screen.err.endswith(
            f"\nError: Invalid value for --status: {status.replace(' ', '_')} is no status of an incident; "
            "write one of investigating, identified, monitoring, resolved, postmortem, or Update\n"
        )
    assert [(file.name, file.read_text()) for file in Path("acme/incidents").iterdir()] == [(f"{SLUG}.md", before)]


@pytest.mark.parametrize(
    ("option", "value", "complaint"),
    [
        (
            "--status",
            "identified",
            (
                "identified is no status of planned work; "
                "write one of scheduled, in_progress, verifying, completed, cancelled, or Update"
            ),
        ),
        ("--impact", "major", "planned work always has the impact maintenance; leave it out"),
    ],
)
def test_what_only_an_incident_has_is_wrong_usage_for_planned_work_and_writes_nothing(
    site: Path, option: str, value: str, complaint: str
) -> None:
    _maintenance(site)
    (file,) = Path("acme/incidents").iterdir()
    before = file.read_text()

    screen = run("update", file.stem, option, value, "--message", "X", "--site", site, "--now", NOW)

    assert (screen.code, screen.out) == (2, "")
    assert screen.err.endswith(f"\nError: Invalid value for {option}: {complaint}\n")
    assert file.read_text() == before


def test_a_status_that_means_the_same_is_written_as_the_kind_has_it(site: Path) -> None:
    screen = run("new", "Over", "--status", "completed", "--message", "It is over.", "--site", site, "--now", NOW)

    assert (screen.code, screen.err) == (0, "")
    assert "## 2026-11-21 15:05 +01:00 — Resolved\n" in Path("acme/incidents/2026-11-21-over.md").read_text()


def test_an_update_of_a_file_that_cannot_be_read_is_written_and_said_not_to_be_public(site: Path) -> None:
    _new(site)
    run("build", "--site", site, "--now", NOW)
    Path(FILE).write_text(Path(FILE).read_text().replace("— Investigating", "— Investigatin"))

    screen = run(
        "update", SLUG, "--message", "Half of all payments work again.", "--site", site, "--now", "2026-11-21T14:20:00Z"
    )

    assert screen.code == 1
    assert screen.out.startswith(f"{FILE}\n\nCustomers will read:\n\n  Nothing yet: it is not public.\n\nCallers")
    first, *_, last = screen.err.splitlines()
    assert first.startswith(f'incidents/{SLUG}.md:7: heading: "Investigatin" is not a status; did you mean')
    assert last == "It is in the file, but not public yet: mend what is wrong, and what you wrote appears."
    assert Path(FILE).read_text().endswith("\nHalf of all payments work again.\n")


def test_an_update_of_a_file_with_another_error_is_shown_and_ends_with_1(site: Path) -> None:
    _new(site)
    Path(FILE).write_text(Path(FILE).read_text().replace("title:", "owner: bob\ntitle:"))

    screen = run(
        "update", SLUG, "--message", "Half of all work again.", "--site", site, "--now", "2026-11-21T14:20:00Z"
    )

    assert screen.code == 1
    assert "  Half of all work again.\n" in screen.out
    assert screen.err.startswith(f"incidents/{SLUG}.md:2: ")
    assert screen.err.count("\n") == 1


def test_a_warning_is_said_apart_and_ends_with_0(site: Path) -> None:
    Path("acme/incidents/My Outage.md").write_text(
        "---\ntitle: Our outage\n---\n\n## 2026-11-21 14:00 UTC — Investigating\n\nWe know.\n"
    )

    screen = run("update", "my-outage", "--message", "Still looking.", "--site", site, "--now", NOW)

    assert screen.code == 0
    assert "warning" not in screen.out
    assert "incidents/My Outage.md: warning: the name is not made of a-z" in screen.err


@pytest.mark.parametrize("name", ["my-outage", "My Outage", "incidents/My Outage.md"])
def test_a_file_whose_name_is_no_slug_is_found_and_previewed(site: Path, name: str) -> None:
    Path("acme/incidents/My Outage.md").write_text(
        "---\ntitle: Our outage\n---\n\n## 2026-11-21 14:00 UTC — Investigating\n\nWe know.\n"
    )

    document = json.loads(
        run("update", name, "--message", "Still looking.", "--json", "--site", site, "--now", NOW).out
    )

    assert (document["slug"], document["file"]) == ("my-outage", "acme/incidents/My Outage.md")
    assert document["customers_read"] == (
        "Our outage\nUpdate · Saturday 21 November 2026 · 15:05 CET\n\nStill looking.\n\n"
        "Next update by 15:05 CET on 22 November 2026."
    )


def test_an_update_dated_before_others_is_what_is_shown(site: Path) -> None:
    _new(site, "--next", "30m")

    screen = run(
        "update", SLUG, "--message", "We saw it first.", "--at", "2026-11-21T14:00:00Z", "--site", site, "--now", NOW
    )

    read = screen.out.partition("Callers will hear")[0]
    assert read.endswith(
        "Customers will read:\n\n"
        "  Card payments are failing\n  Investigating · Saturday 21 November 2026 · 15:00 CET\n\n  We saw it first.\n\n"
    )


def test_a_draft_is_not_public_and_nothing_is_wrong_with_it(site: Path) -> None:
    _new(site)
    Path(FILE).write_text(Path(FILE).read_text().replace("title:", "draft: true\ntitle:"))

    screen = run("update", SLUG, "--message", "Half of all work again.", "--site", site, "--now", NOW)

    assert (screen.code, screen.err) == (0, "")
    assert "Customers will read:\n\n  Nothing yet: it is not public.\n" in screen.out


@pytest.mark.parametrize(
    ("zone", "now", "wanted", "written", "read"),
    [
        (
            "Europe/London",
            "2026-03-28T20:00:00Z",
            "tomorrow 09:00",
            "2026-03-29 09:00 +01:00",
            "by 09:00 BST on 29 March 2026.",
        ),
        ("Europe/Berlin", "2026-10-25T00:40:00Z", "03:15", "2026-10-25 03:15 +01:00", "by 03:15 CET."),
        ("Europe/Berlin", "2026-10-25T00:40:00Z", "2h", "2h", "by 03:40 CET."),
    ],
)
def test_a_promise_across_a_clock_change_is_kept_as_it_was_meant(
    site: Path, *, zone: str, now: str, wanted: str, written: str, read: str
) -> None:
    settings = site / "statuspage.toml"
    settings.write_text(settings.read_text().replace("Europe/Berlin", zone))

    screen = run("new", "Slow", "--next", wanted, "--site", site, "--now", now)

    (file,) = Path("acme/incidents").iterdir()
    assert (screen.code, screen.err) == (0, "")
    assert file.read_text().endswith(f"\nNext update: {written}\n")
    assert f"\n  Next update {read}\n" in screen.out
