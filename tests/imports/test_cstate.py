"""`import cstate` on small sites of which each shows one rule."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from statuspage.imports.cstate import import_cstate
from statuspage.model import ComponentState, Group, Impact, Status
from tests.imports.reading import only_incident, read_site, tree

CONFIG = """\
title: Acme Status
baseURL: https://status.acme.example/
languageCode: en
params:
  categories:
    - name: Payments
    - name: Rest
      untitled: true
  systems:
    - name: API v2.0
      category: Rest
      description: |
        For machines
    - name: Cards
      category: Payments
"""


def issue(body: str = "Cards fail.\n", **keys: str) -> str:
    front = {
        "title": "Cards fail",
        "date": "2026-11-21T9:05:00-00:00",
        "resolved": "true",
        "resolvedWhen": "2026-11-21 10:30:15",
        "severity": "down",
        "affected": "[Cards]",
        "section": "issue",
        **keys,
    }
    lines = "".join(f"{key}: {value}\n" for key, value in front.items() if value)
    return f"---\n{lines}---\n{body}"


def saved(folder: Path, *, config: str = CONFIG, **issues: str) -> str:
    (folder / "content" / "issues").mkdir(parents=True, exist_ok=True)
    (folder / "config.yml").write_text(config)
    for name, text in issues.items():
        (folder / "content" / "issues" / f"{name}.md").write_text(text, newline="")
    return str(folder)


def imported(tmp_path: Path, text: str) -> list[str]:
    """Import a site of one issue into `site`, and return the notes."""
    result = import_cstate(saved(tmp_path / "in", cards=text), tmp_path / "site")
    assert result.unreadable == ()
    return [str(note) for note in result.notes]


def told(tmp_path: Path) -> list[tuple[str, Status | None, str]]:
    return [(f"{u.at:%d %H:%M:%S}", u.status, u.body) for u in only_incident(tmp_path / "site").updates]


def test_a_site_becomes_settings_and_a_file_for_each_issue(tmp_path: Path) -> None:
    notes = imported(tmp_path, issue(affected="[Cards, Fax]"))

    assert tree(tmp_path / "site") == {
        "statuspage.toml": (
            "[site]\n"
            'title = "Acme Status"\n'
            'url = "https://status.acme.example"\n'
            'language = "en"\n'
            'timezone = "UTC"\n'
            "\n"
            "[[group]]\n"
            'name = "Payments"\n'
            "\n"
            "[[group.component]]\n"
            'id = "cards"\n'
            'name = "Cards"\n'
            "\n"
            "[[component]]\n"
            'id = "api-v2-0"\n'
            'name = "API v2.0"\n'
            'description = "For machines"\n'
            "\n"
            "[[component]]\n"
            'id = "fax"\n'
            'name = "Fax"\n'
            "retired = true\n"
        ),
        "incidents/2026/cards.md": (
            "---\n"
            "title: Cards fail\n"
            "impact: major\n"
            "notify: no\n"
            "components:\n"
            "  cards: major_outage\n"
            "  fax: major_outage\n"
            "# Imported from content/issues/cards.md\n"
            "---\n"
            "\n"
            "## 2026-11-21 09:05 UTC — Investigating\n"
            "\n"
            "Cards fail.\n"
            "\n"
            "Next update: none\n"
            "\n"
            "## 2026-11-21 10:30:15 UTC — Resolved\n"
        ),
    }
    assert notes == ['statuspage.toml: warning: "Fax" is affected by incidents but no system of the source; retired']
    page, faults = read_site(tmp_path / "site")
    assert (faults, isinstance(page.rows[0], Group)) == ((), True)


def test_importing_again_writes_nothing(tmp_path: Path) -> None:
    imported(tmp_path, issue())

    again = import_cstate(str(tmp_path / "in"), tmp_path / "site")

    assert again.written == ()


@pytest.mark.parametrize(
    ("keys", "impact", "state"),
    [
        ({"severity": "down"}, Impact.MAJOR, ComponentState.MAJOR_OUTAGE),
        ({"severity": "disrupted"}, Impact.MINOR, ComponentState.PARTIAL_OUTAGE),
        ({"severity": "notice"}, Impact.NONE, ComponentState.OPERATIONAL),
        ({"severity": "down", "informational": "true"}, Impact.NONE, ComponentState.OPERATIONAL),
    ],
)
def test_a_severity_says_impact_and_state(
    tmp_path: Path, keys: dict[str, str], impact: Impact, state: ComponentState
) -> None:
    imported(tmp_path, issue(**keys))

    found = only_incident(tmp_path / "site")
    assert (found.impact, [change.state for change in found.components]) == (impact, [state])


def test_first_and_final_message_are_told_when_it_began_and_ended(tmp_path: Path) -> None:
    body = "[Final message]\nIt works.\n\n[Update]\nStill at it.\n\n[Initial message]\nCards fail.\n\nDetails.\n"

    notes = imported(tmp_path, issue(body))

    assert told(tmp_path) == [
        ("21 09:05:00", Status.INVESTIGATING, "Cards fail.\n\nDetails.\n\n[Update]\nStill at it."),
        ("21 10:30:15", Status.RESOLVED, "It works."),
    ]
    assert notes == [
        "incidents/2026/cards.md: warning: an update in its text has no date and time; kept within the first update"
    ]


def test_only_a_whole_date_and_time_in_bold_or_brackets_makes_an_update(tmp_path: Path) -> None:
    body = (
        "**Update 2026-11-21 10:00 UTC**\nOn it.\n\n"
        "[Update 21st of November 2026 - 09:30 UTC]\nSeen.\n\n"
        "Cards fail.\n\n**09:45** no date\n\n```\n**2026-11-21 09:50 UTC**\n```\n\n* 2026-11-21 09:55 - a list\n"
    )

    imported(tmp_path, issue(f"Cards fail since 9.\n\n{body}"))

    assert told(tmp_path) == [
        ("21 09:05:00", Status.INVESTIGATING, "Cards fail since 9."),
        (
            "21 09:30:00",
            None,
            "Seen.\n\nCards fail.\n\n**09:45** no date\n\n```\n**2026-11-21 09:50 UTC**\n```\n\n"
            "* 2026-11-21 09:55 - a list",
        ),
        ("21 10:00:00", None, "On it."),
        ("21 10:30:15", Status.RESOLVED, ""),
    ]


def test_paragraphs_with_a_track_shortcode_are_updates(tmp_path: Path) -> None:
    body = (
        '*Resolved* - Works again. {{< track "2026-11-21 10:30:15" >}}\n\n***\n\n'
        '*Monitoring* - We restarted it. {{< track "2026-11-21 09:40:00" >}}\n\n***\n\n'
        '*Investigating* - Cards fail. {{< track "2026-11-21 09:05:00" >}}\n'
    )

    imported(tmp_path, issue(body))

    assert told(tmp_path) == [
        ("21 09:05:00", Status.INVESTIGATING, "Cards fail."),
        ("21 09:40:00", Status.MONITORING, "We restarted it."),
        ("21 10:30:15", Status.RESOLVED, "Works again."),
    ]


def test_an_issue_that_is_not_resolved_is_open(tmp_path: Path) -> None:
    imported(tmp_path, issue(resolved="false", resolvedWhen="", pin="true", date="2026-11-21T10:05:00+01:00"))

    found = only_incident(tmp_path / "site")
    assert (told(tmp_path), found.notifies, found.is_pinned) == (
        [("21 09:05:00", Status.INVESTIGATING, "Cards fail.")],
        True,
        True,
    )


def test_an_end_before_its_beginning_is_a_note_and_a_comment(tmp_path: Path) -> None:
    notes = imported(tmp_path, issue(resolvedWhen="2026-11-20T10:00:00Z"))

    assert [(at, status) for at, status, _ in told(tmp_path)] == [
        ("21 09:05:00", Status.INVESTIGATING),
        ("21 09:05:00", Status.RESOLVED),
    ]
    assert notes == [
        "incidents/2026/cards.md: warning: resolvedWhen 2026-11-20T10:00:00Z is before its date; ends at its date"
    ]
    assert "\n# resolvedWhen 2026-11-20T10:00:00Z\n" in tree(tmp_path / "site")["incidents/2026/cards.md"]


def test_maintenance_has_a_window(tmp_path: Path) -> None:
    imported(tmp_path, issue(section="maintenance"))

    found = only_incident(tmp_path / "site")
    assert found.window is not None
    assert (found.window.starts_at, found.window.ends_at) == (
        datetime(2026, 11, 21, 9, 5, tzinfo=UTC),
        datetime(2026, 11, 21, 10, 30, 15, tzinfo=UTC),
    )
    assert [change.state for change in found.components] == [ComponentState.UNDER_MAINTENANCE]
    assert [u.status for u in found.updates] == [Status.SCHEDULED, Status.COMPLETED]


def test_what_has_no_place_here_is_a_note_and_stays_as_text(tmp_path: Path) -> None:
    body = 'A <b>bold</b> word. {{< figure src="x.png" >}}\n\n<!-- hidden\nwords -->\n\n## Impact\n\nImpact: all\n'

    notes = imported(tmp_path, issue(body, author="somebody"))

    assert told(tmp_path)[0][2] == ('A **bold** word. {{< figure src="x.png" >}}\n\n### Impact\n\nImpact&#58; all')
    path = "incidents/2026/cards.md"
    assert notes == [
        f"{path}: warning: an HTML comment is not public; kept as a comment",
        f"{path}: warning: author: has no place here; kept as a comment",
        f'{path}: warning: shortcode {{{{< figure src="x.png" >}}}} stays as text',
    ]
    assert "# comment <!-- hidden words -->\n# author somebody\n" in tree(tmp_path / "site")[path]


def test_a_link_to_another_issue_leads_to_its_page_here(tmp_path: Path) -> None:
    first = "See [it](/issues/second/#top), [it](https://status.acme.example/issues/Second) and [x](/issues/gone/).\n"

    result = import_cstate(saved(tmp_path / "source", first=issue(first), second=issue()), tmp_path / "site")

    text = (tmp_path / "site" / "incidents" / "2026" / "first.md").read_text()
    assert "See [it](/incidents/second/#top), [it](/incidents/second/) and [x](/issues/gone/)." in text
    assert [note.what for note in result.notes if "links to" in note.what] == [
        "links to /issues/gone/, which is no issue of the source; the link is kept"
    ]


def test_odd_file_names_become_slugs_that_are_free(tmp_path: Path) -> None:
    source = saved(tmp_path / "in", **{"2026-11-21-ci.j-AKS": issue(), "2026-11-21-ci-j-aks": issue(), "_index": "x"})

    import_cstate(source, tmp_path / "site")

    assert [path for path in tree(tmp_path / "site") if path.endswith(".md")] == [
        "incidents/2026/2026-11-21-ci-j-aks-2.md",
        "incidents/2026/2026-11-21-ci-j-aks.md",
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("No front matter.", 'has no front matter between two lines "---"'),
        ("---\ntitle: A\n", 'has no front matter between two lines "---"'),
        ("---\n- a\n---\n", 'front matter must be lines of "key: value"'),
        ("---\ntitle: A\n---\n", 'date: "" is not a date and a time of day'),
        (issue(title=""), "title: is missing; an incident needs one"),
        (issue(date="yesterday"), 'date: "yesterday" is not a date and a time of day'),
    ],
)
def test_an_issue_that_cannot_be_read_is_an_error_and_the_others_are_imported(
    tmp_path: Path, text: str, expected: str
) -> None:
    result = import_cstate(saved(tmp_path / "in", bad=text, good=issue()), tmp_path / "site")

    assert [str(fault) for fault in result.unreadable] == [f"content/issues/bad.md: {expected}"]
    assert only_incident(tmp_path / "site").slug == "good"


def test_a_folder_that_is_no_cstate_site_is_an_error_and_nothing_is_written(tmp_path: Path) -> None:
    result = import_cstate(str(tmp_path), tmp_path / "site")

    assert [str(fault) for fault in result.unreadable] == [
        f"{tmp_path}: has no config.yml; name the folder of the cState site, which holds config.yml and content/"
    ]
    assert not (tmp_path / "site").exists()


def test_an_alias_bomb_and_a_broken_front_matter_are_errors_at_once(tmp_path: Path) -> None:
    bomb = "---\na: &a [x,x,x,x,x,x,x,x]\n" + "".join(
        f"{chr(98 + n)}: &{chr(98 + n)} [{','.join([f'*{chr(97 + n)}'] * 9)}]\n" for n in range(12)
    )

    result = import_cstate(
        saved(tmp_path / "in", bomb=f"{bomb}title: A\ndate: 2026-11-21T09:00:00Z\n---\n", broken="---\n[" * 2), tmp_path
    )

    assert {fault.path for fault in result.unreadable} == {"content/issues/bomb.md", "content/issues/broken.md"}
