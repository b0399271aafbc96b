"""The command: a line each, one JSON document, and an exit code that says whether something is missing."""

from __future__ import annotations

import json
import re
from pathlib import Path

from tests.cli.screens import run
from tests.doctor.sites import SETTINGS


def test_a_site_in_order_ends_with_0(site: Path) -> None:
    screen = run("doctor", "--site", site)

    lines = screen.out.splitlines()
    assert (screen.code, screen.err) == (0, "")
    assert all(re.fullmatch(r"[a-z]+ {2,8}(well|note|not used) +\S.*", line) for line in lines)
    assert list(dict.fromkeys(line.split()[0] for line in lines)) == [
        *("settings", "folder", "clock", "git", "words", "staff", "store", "mail", "sound", "serve")
    ]


def test_something_that_is_not_in_place_ends_with_1_for_a_script_too(site: Path) -> None:
    (site / "statuspage.toml").write_text(SETTINGS + "[git]\ncommit = true\n")

    screen = run("doctor", "--site", site, "--json")

    said = json.loads(screen.out)
    assert (screen.code, said["ok"]) == (1, False)
    assert [each for each in said["findings"] if each["verdict"] == "wrong"] == [
        {
            "about": "git",
            "verdict": "wrong",
            "what": f"{site} lies in no git repository; make one: git init, git add, git commit",
            "remedy": "",
        }
    ]
