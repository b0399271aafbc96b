"""`check` warns of words that callers are to hear and no voice can say; it stops nobody."""

from __future__ import annotations

from pathlib import Path

from click.testing import CliRunner

from statuspage.cli import main

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


def checked(folder: Path, text: str) -> tuple[int, str]:
    (folder / "statuspage.toml").write_text(SETTINGS)
    (folder / "incidents").mkdir(exist_ok=True)
    (folder / "incidents/cards.md").write_text(text)
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


def test_words_that_can_be_said_are_fine(tmp_path: Path) -> None:
    plain = INCIDENT.replace("see /help/pay", "as ever").replace("0x8F in us-east-1", "Something")

    assert checked(tmp_path, plain) == (0, "")
