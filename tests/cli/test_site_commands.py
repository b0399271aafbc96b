"""`init`, `check`, `build` and `import`, whole screens."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.screens import NOW, Screen, run

GOOD = """\
---
title: Card payments are failing
components:
  card-payments: major_outage
---

## 2026-11-21 14:00 UTC — Investigating

About one card payment in three fails.

Next update: 14:35
"""
BAD = GOOD.replace("components:", "component:").replace("card-payments:", "dashbord:")


def test_init_makes_a_site_that_builds_as_it_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)

    made = run("init", "status")
    built = run("build", "--site", "status")

    count = sum(1 for file in Path("status").rglob("*") if file.is_file() and file.parts[1] not in ("public", "var"))
    assert made == Screen(
        code=0, err="", out=f"Wrote {count} files to status. Look at it: statuspage serve --site status\n"
    )
    assert (built.code, built.err) == (0, "")
    assert Path("status/.gitignore").read_text() == "/public/\n/var/\n"


def test_init_leaves_a_site_that_is_there_alone(site: Path) -> None:
    before = (site / "statuspage.toml").read_text()

    screen = run("init", site)

    assert screen == Screen(
        code=1, out="", err="acme/statuspage.toml: there is a site already; choose another folder\n"
    )
    assert (site / "statuspage.toml").read_text() == before


def test_check_has_nothing_to_say_of_good_files_and_writes_nothing(site: Path) -> None:
    (site / "incidents" / "card-payments.md").write_text(GOOD)

    screen = run("check", "--site", site)

    assert screen == Screen(code=0, out="", err="Nothing is wrong.\n")
    assert sorted(path.name for path in site.rglob("*")) == ["card-payments.md", "incidents", "statuspage.toml"]


def test_check_says_everything_that_is_wrong_and_what_would_be_right(site: Path) -> None:
    (site / "incidents" / "card-payments.md").write_text(BAD)

    screen = run("check", "--site", site)

    assert screen.code == 1
    assert screen.out.startswith("incidents/card-payments.md:3: ")
    assert 'did you mean "components"?' in screen.out
    assert screen.err == "1 error.\n"


def test_check_marks_the_lines_of_a_pull_request(site: Path) -> None:
    (site / "incidents" / "card-payments.md").write_text(BAD)

    screen = run("check", "--format", "github", "--site", site)

    assert screen.code == 1
    assert screen.out.startswith("::error file=incidents/card-payments.md,line=3::")


def test_check_for_a_script_is_one_document(site: Path) -> None:
    (site / "incidents" / "card-payments.md").write_text(BAD)

    (fault,) = json.loads(run("check", "--format", "json", "--site", site).out)["faults"]

    assert (fault["path"], fault["line"], fault["severity"]) == ("incidents/card-payments.md", 3, "error")


@pytest.mark.parametrize("named", ["incidents/good.md", "acme/incidents/good.md"])
def test_check_of_one_file_says_nothing_of_others(site: Path, named: str) -> None:
    (site / "incidents" / "bad.md").write_text(BAD)
    (site / "incidents" / "good.md").write_text(GOOD)

    screen = run("check", "--site", site, named)

    assert screen == Screen(code=0, out="", err="Nothing is wrong.\n")


def test_check_of_a_file_that_is_not_there_is_wrong_usage(site: Path) -> None:
    screen = run("check", "--site", site, "none.md")

    assert screen.code == 2
    assert screen.err.endswith('Error: Invalid value for FILE: there is no file "none.md", neither here nor in acme\n')


def test_build_publishes_and_says_when_the_page_changes_next(site: Path) -> None:
    (site / "incidents" / "card-payments.md").write_text(GOOD)

    screen = run("build", "--site", site, "--now", NOW)

    count = sum(1 for file in (site / "public").rglob("*") if file.is_file())
    assert screen == Screen(code=0, err="", out=f"Published {count} files to acme/public. Next change 14:35 UTC.\n")


def test_build_publishes_everything_else_when_a_file_is_wrong_and_exits_1(site: Path) -> None:
    (site / "incidents" / "bad.md").write_text(BAD)

    screen = run("build", "--site", site, "--now", NOW, "--output", "out", "--jobs", "2")

    assert screen.code == 1
    assert screen.err.startswith("incidents/bad.md:3: ")
    assert "Card payments are failing" in Path("out/index.html").read_text()


def test_build_for_a_script_is_one_document(site: Path) -> None:
    run("build", "--site", site, "--now", NOW)

    document = json.loads(run("build", "--json", "--site", site, "--now", NOW).out)

    assert (document["written"], document["removed"], document["faults"]) == (0, 0, [])
    assert document["files"] > 20
    assert document["next_change_at"] == "2026-11-21T23:00:00Z"


@pytest.mark.parametrize(
    "command", [("build",), ("check",), ("hold",), ("new", "X"), ("update", "x", "--message", "y")]
)
def test_a_folder_without_settings_is_said_without_a_traceback(tmp_path: Path, command: tuple[str, ...]) -> None:
    screen = run(*command, "--site", tmp_path)

    assert screen.code == 1
    assert 'statuspage.toml: is missing; "statuspage init" writes one\n' in screen.out + screen.err
    assert "Traceback" not in screen.err


def test_an_output_folder_that_cannot_be_written_is_said_without_a_traceback(site: Path) -> None:
    Path("file").write_text("no folder")

    screen = run("build", "--site", site, "--output", "file/out")

    assert (screen.code, screen.out) == (1, "")
    assert screen.err.endswith("cannot be written: Not a directory\n")


@pytest.mark.parametrize(
    ("now", "complaint"),
    [
        ("2026-11-21T14:05", '"2026-11-21T14:05" has no zone; write it as 2026-11-21T14:05Z or 2026-11-21T14:05+01:00'),
        ("yesterday", '"yesterday" is not an ISO 8601 instant; write it as 2026-11-21T14:05Z'),
        (
            "0001-01-01T00:00+14:00",
            '"0001-01-01T00:00+14:00" is not an ISO 8601 instant; write it as 2026-11-21T14:05Z',
        ),
    ],
)
def test_a_time_without_a_zone_is_wrong_usage(site: Path, now: str, complaint: str) -> None:
    screen = run("build", "--site", site, "--now", now)

    assert (screen.code, screen.out) == (2, "")
    assert screen.err.endswith(f"Error: Invalid value for '--now': {complaint}\n")


@pytest.mark.parametrize(
    "now", ["2026-11-21T14:05:00Z", "2026-11-21T15:05+01:00", "20261121T140500Z", "2026-11-21 14:05:00.000+00:00"]
)
def test_any_iso_instant_with_a_zone_is_taken(site: Path, now: str) -> None:
    (site / "incidents" / "card-payments.md").write_text(GOOD)

    assert run("build", "--site", site, "--now", now).out.endswith(" Next change 14:35 UTC.\n")


def test_a_command_that_does_not_exist_is_wrong_usage() -> None:
    screen = run("deliver")

    assert (screen.code, screen.out) == (2, "")
    assert "No such command 'deliver'" in screen.err


def test_every_command_is_listed_in_the_order_of_need() -> None:
    lines = run("--help").out.partition("Commands:\n")[2].splitlines()

    names = [line.split()[0] for line in lines if line.startswith("  ") and not line.startswith("   ")]
    assert names[:11] == [
        "init", "serve", "build", "check", "new", "update", "resolve", "maintenance", "post", "hold", "import",
    ]  # fmt: skip


def test_an_import_makes_the_folder_and_says_what_it_wrote(shared: Path, tmp_path: Path) -> None:
    documents = shared / "statuspage-v2-samples"
    document = next(path for path in sorted(documents.rglob("*summary*.json")))

    screen = run("import", "statuspage", document, "--site", tmp_path / "moved")

    count = sum(1 for file in (tmp_path / "moved").rglob("*") if file.is_file())
    assert screen.code == 0
    assert screen.out == (
        f"Wrote {count} files to {tmp_path / 'moved'}. See them: statuspage serve --site {tmp_path / 'moved'}\n"
    )


def test_an_import_of_nothing_readable_exits_1(tmp_path: Path) -> None:
    screen = run("import", "statuspage", tmp_path / "nothing", "--site", tmp_path / "moved")

    assert (screen.code, screen.err == "") == (1, False)
