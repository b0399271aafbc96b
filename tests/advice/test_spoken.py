"""`check` warns of words that callers are to hear and no voice can say; it stops nobody."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from statuspage.cli import main
from statuspage.source.folder import read_folder
from statuspage.source.last_good import LastGood

SETTINGS = """\
[site]
title = "Acme Status"
url = "https://status.acme.example"
[[component]]
id = "cards"
name = "Card payments"
[hold.say]
API = "A P I"
"""
INCIDENT = """\
---
title: Card payments are failing
components: [cards]
---

## 2026-11-21 14:05 UTC — Investigating

We see it too.

What you can do: Pay by bank transfer, see /help/pay.
Still working: The API works.
Hold: Error 0x8F in us-east-1 hits card payments.
Next update: 14:35
"""


def written(folder: Path, text: str) -> Path:
    """Return the file of the incident in a new site folder."""
    (folder / "statuspage.toml").write_text(SETTINGS)
    (folder / "incidents").mkdir()
    file = folder / "incidents/cards.md"
    file.write_text(text)
    return file


def checked(folder: Path, text: str) -> tuple[int, str]:
    written(folder, text)
    result = CliRunner().invoke(main, ["check", "--site", str(folder)])
    return result.exit_code, result.stdout


def test_each_field_that_cannot_be_said_is_a_warning_with_its_line(tmp_path: Path) -> None:
    code, output = checked(tmp_path, INCIDENT)

    assert code == 0
    assert output == (
        'incidents/cards.md:10: warning: What you can do: a voice can\'t say "/help/pay", so the sentence is left out; '
        "write it in words, or in [hold.say]\n"
        'incidents/cards.md:12: warning: Hold: a voice can\'t say "0x8F", "us-east-1", so the sentence is left out; '
        "write it in words, or in [hold.say]\n"
    )


def test_nobody_is_bothered_about_what_is_over(tmp_path: Path) -> None:
    over = INCIDENT + "\n## 2026-11-21 15:00 UTC — Resolved\n\nIt works again.\n"

    assert checked(tmp_path, over) == (0, "")


@pytest.mark.parametrize("heading", ["15:10 UTC — Update", "15:10 UTC — Postmortem"])
def test_a_word_after_the_end_leaves_it_over(tmp_path: Path, heading: str) -> None:
    over = INCIDENT + f"\n## 2026-11-21 15:00 UTC — Resolved\n\nIt works.\n\n## 2026-11-21 {heading}\n\nThanks.\n"

    assert checked(tmp_path, over) == (0, "")


def test_what_is_open_again_after_its_end_is_warned_of(tmp_path: Path) -> None:
    again = (
        INCIDENT + "\n## 2026-11-21 15:00 UTC — Resolved\n\nIt works.\n\n## 2026-11-21 15:10 UTC — Identified\n\nNo.\n"
    )

    code, output = checked(tmp_path, again)

    assert code == 0
    assert [line.partition(": a voice")[0] for line in output.splitlines()] == [
        "incidents/cards.md:10: warning: What you can do",
        "incidents/cards.md:12: warning: Hold",
    ]


@pytest.mark.parametrize(
    ("kind", "fault"),
    [
        ("link", "is a symlink, which is never followed; put the file itself here"),
        ("pipe", "is not a regular file; put a text file here"),
    ],
)
def test_lines_are_looked_for_in_what_was_read_and_never_behind_a_link_or_a_pipe(
    tmp_path: Path, kind: str, fault: str
) -> None:
    site = tmp_path / "site"
    site.mkdir()
    file = written(site, INCIDENT)
    LastGood(site).remember(read_folder(site).files, faults=())
    file.rename(tmp_path / "elsewhere.md")
    file.symlink_to(tmp_path / "elsewhere.md") if kind == "link" else os.mkfifo(file)

    # In a process of its own: whoever opens a pipe that nobody writes to waits for ever.
    check = [sys.executable, "-m", "statuspage", "check", "--site", str(site)]
    ended = subprocess.run(check, capture_output=True, text=True, timeout=30, check=False)

    assert ended.stdout == (
        f"incidents/cards.md: {fault}; until then the page shows its last good version\n"
        'incidents/cards.md: warning: Hold: a voice can\'t say "0x8F", "us-east-1", so the sentence is left out; '
        "write it in words, or in [hold.say]\n"
        'incidents/cards.md: warning: What you can do: a voice can\'t say "/help/pay", so the sentence is left out; '
        "write it in words, or in [hold.say]\n"
    )


def test_what_callers_would_hear_of_the_newest_update_is_warned_of_with_its_line(tmp_path: Path) -> None:
    plain = INCIDENT.replace("see /help/pay", "as ever").replace("0x8F in us-east-1", "Something")
    news = "\n## 2026-11-21 15:00 UTC — Identified\n\nThe API answers HTTP 503.\nWe mend it.\nOver 200 req/s.\n"

    assert checked(tmp_path, plain + news) == (
        0,
        "incidents/cards.md:17: warning: text: a voice can't say \"HTTP\", so callers don't hear that sentence; "
        "write it in words, in Hold: or in [hold.say]\n",
    )


def test_hold_warns_of_the_same(tmp_path: Path) -> None:
    written(tmp_path, INCIDENT)
    result = CliRunner().invoke(main, ["hold", "--site", str(tmp_path), "--now", "2026-11-21T14:10:00Z"])

    assert result.exit_code == 0
    notes = result.stderr.splitlines()
    assert [note.partition(" words")[0].partition(":")[0] for note in notes[:3]] == ["1", "2", "3"]
    assert notes[3:] == CliRunner().invoke(main, ["check", "--site", str(tmp_path)]).stdout.splitlines()
    assert len(notes) > 3


def test_a_name_that_no_voice_can_say_is_warned_of_while_callers_would_hear_it(tmp_path: Path) -> None:
    plain = INCIDENT.replace("see /help/pay", "as ever").replace("0x8F in us-east-1", "Something")
    file = written(tmp_path, plain)
    settings = tmp_path / "statuspage.toml"
    settings.write_text(
        settings.read_text().replace('name = "Card payments"', 'name = "See www.acme.example for cards"')
    )
    result = CliRunner().invoke(main, ["check", "--site", str(tmp_path)])
    file.write_text(plain + "\n## 2026-11-21 15:00 UTC — Resolved\n\nIt works.\n")

    assert result.stdout == (
        'statuspage.toml: warning: component cards: a voice can\'t say "See www.acme.example for cards", '
        'so callers hear "our service"; write spoken = "…" in words\n'
    )
    assert CliRunner().invoke(main, ["check", "--site", str(tmp_path)]).stdout == ""


def test_words_that_can_be_said_are_fine(tmp_path: Path) -> None:
    plain = INCIDENT.replace("see /help/pay", "as ever").replace("0x8F in us-east-1", "Something")

    assert checked(tmp_path, plain) == (0, "")
