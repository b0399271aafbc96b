"""How the program starts: which parts it loads, and that others can start it their way."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.screens import run

HEAVY = (
    *("apscheduler", "feedgen", "flask", "granian", "icalendar", "jinja2", "lxml", "markdown", "nh3", "sqlalchemy"),
    *("statuspage.timeline.story", "watchfiles", "yaml"),
)


@pytest.mark.parametrize("arguments", [("--help",), ("check", "--site", "acme")])
def test_what_a_quick_command_does_not_need_is_not_loaded(site: Path, arguments: tuple[str, ...]) -> None:
    assert (site / "statuspage.toml").exists()
    code = (
        "import sys; from statuspage.cli import main\n"
        f"main({arguments!r}, standalone_mode=False)\n"
        f"print('loaded:', *sorted(set({HEAVY!r}) & set(sys.modules)))"
    )

    ended = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)

    assert ended.stdout.splitlines()[-1] == "loaded:"


@pytest.mark.parametrize(
    "command", ["init", "serve", "build", "check", "new", "update", "resolve", "maintenance", "hold", "import"]
)
def test_the_help_of_each_command_says_what_it_does(command: str) -> None:
    screen = run(command, "--help")

    assert (screen.code, screen.err) == (0, "")
    assert screen.out.startswith(f"Usage: statuspage {command} ")
    assert "  -h, --help" in screen.out


def test_the_version_is_printed() -> None:
    assert run("--version").out == "statuspage 0.1.0\n"
