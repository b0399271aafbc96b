"""Every command that README and docs/commands.md show is run, in their order, and prints what the page says."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from statuspage.cli import main

CSTATE_ISSUE = """\
---
title: Search is slow
date: 2026-09-01 10:00:00
resolved: true
resolvedWhen: 2026-09-01 11:00:00
severity: disrupted
affected: [Search]
section: issue
---
Search took a minute. It is quick again.
"""


def run(line: str, *more: str) -> Result:
    program, *arguments = shlex.split(line)
    assert program == "statuspage"
    return CliRunner().invoke(main, [*arguments, *more])


def documented(repository: Path) -> list[tuple[str, str]]:
    """Return every command of docs/commands.md with the output below it, a continued line joined."""
    text = (repository / "docs" / "commands.md").read_text(encoding="utf-8")
    blocks = re.findall(r"^```console\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)
    shown = [part for block in blocks for part in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]]
    pairs = [part.replace("\\\n", "").partition("\n") for part in shown]
    return [(line, output) for line, _, output in pairs]


def pattern(output: str) -> str:
    """Return what matches the output; `…` in it stands for any part of a line."""
    return re.escape(output.rstrip("\n")).replace("…", ".*?")


def make_cstate_site(folder: Path) -> None:
    issues = folder / "content" / "issues"
    issues.mkdir(parents=True)
    (folder / "config.yml").write_text("title: Old status\nparams:\n  systems:\n    - name: Search\n", encoding="utf-8")
    (issues / "2026-09-01-search.md").write_text(CSTATE_ISSUE, encoding="utf-8")


def test_every_documented_command_prints_what_the_page_says(
    repository: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    make_cstate_site(tmp_path / "old-cstate")
    commands = documented(repository)

    results = [(line, output, run(line)) for line, output in commands]

    assert len(commands) == 15
    for line, output, result in results:
        assert result.exit_code == 0, f"{line}\n{result.output}"
        assert re.fullmatch(pattern(output), result.output.rstrip("\n")), f"{line}\n{result.output}"


def test_the_page_speaks_of_every_command(repository: Path) -> None:
    text = (repository / "docs" / "commands.md").read_text(encoding="utf-8")

    missing = [name for name in main.commands if f"## `{name}" not in text]

    assert missing == []


def test_the_lines_of_the_readme_write_an_incident_in_a_new_site(
    repository: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    text = (repository / "README.md").read_text(encoding="utf-8")
    lines = re.findall(r"^statuspage (?:new|update|resolve) .*$", text, re.MULTILINE)
    minutes = ("05", "20", "50")

    made = run("statuspage init my-status")
    results = [
        run(line, "--site", "my-status", "--now", f"2026-10-15T14:{minute}Z")
        for line, minute in zip(lines, minutes, strict=True)
    ]
    built = run("statuspage build --site my-status --now 2026-10-15T15:00Z")

    assert [result.exit_code for result in (made, *results, built)] == [0] * 5
    assert (tmp_path / "my-status" / "public" / "incidents" / "2026-10-15-you-cant-sign-in" / "index.html").is_file()
