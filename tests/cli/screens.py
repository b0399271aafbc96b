"""The command line as people use it: one command in, exit code and screens out."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from click.testing import CliRunner

from statuspage.cli import main

SETTINGS = """\
[site]
title = "Acme Status"
url = "https://status.acme.example"
timezone = "Europe/Berlin"

[[component]]
id = "card-payments"
name = "Card payments"
spoken = "card payments"

[[component]]
id = "dashboard"
name = "Dashboard"
"""
NOW = "2026-11-21T14:05:00Z"


@dataclass(frozen=True, slots=True, kw_only=True)
class Screen:
    """What a command left behind."""

    code: int
    out: str
    err: str


def run(*arguments: str | Path, stdin: str | None = None) -> Screen:
    """Return what `statuspage` with these arguments prints and how it ends."""
    result = CliRunner().invoke(main, [str(argument) for argument in arguments], input=stdin, prog_name="statuspage")
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    return Screen(code=result.exit_code, out=result.stdout, err=result.stderr)
