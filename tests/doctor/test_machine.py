"""What a site has on its own machine: settings, folders, clock, words, and the server that compiles it."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.doctor.sites import AN_HOUR, SETTINGS, said_of
from tests.web.servers import serving

LIMIT_SECONDS = 60
WITHOUT_ROOT_RIGHTS = "-dac_override,-dac_read_search"


def test_settings_without_a_fault_are_well(site: Path) -> None:
    assert said_of("settings", site) == ["well      nothing is wrong with statuspage.toml"]


def test_every_fault_of_the_settings_is_said_and_no_address_of_a_person(site: Path) -> None:
    (site / "statuspage.toml").write_text(
        SETTINGS + '\n[staff]\nemail = ["ann@acme,example"]\n\n[intake]\n\n[mail]\nhost = "localhost"\nfrom = "Bob"\n'
    )

    assert said_of("settings", site) == [
        'wrong     statuspage.toml:10: [staff] email: "a…@acme,example" is not a mail address; '
        "write it as ops@acme.example",
        "note      statuspage.toml:12: warning: intake: this version does nothing with [intake] yet",
        'wrong     statuspage.toml:16: [mail] from: "Bob" is not a mail address; '
        "write it as Acme Status <status@acme.example>",
    ]


def test_without_settings_the_rest_is_looked_at_all_the_same(site: Path) -> None:
    (site / "statuspage.toml").unlink()

    assert said_of("settings", site) == ['wrong     statuspage.toml: is missing; "statuspage init" writes one']
    assert len(said_of("folder", site)) == 4
    assert said_of("mail", site) == []


def test_to_look_leaves_nothing_behind(site: Path) -> None:
    (site / "var").mkdir()
    before = sorted(site.rglob("*"))

    lines = said_of("folder", site)

    assert lines[:3] == [
        "well      var can be written",
        "well      public, which is not there yet, can be written",
        "well      incidents can be written",
    ]
    assert sorted(site.rglob("*")) == before


def test_a_folder_that_cannot_be_written_is_wrong(site: Path) -> None:
    """Run as somebody for whom permissions count: root may write anywhere."""
    setpriv = shutil.which("setpriv")
    if os.geteuid() == 0 and setpriv is None:
        pytest.skip("setpriv is not installed (on Debian: apt-get install util-linux)")
    drop = [setpriv, "--bounding-set", WITHOUT_ROOT_RIGHTS, "--inh-caps", WITHOUT_ROOT_RIGHTS] if setpriv else []
    (site / "public").mkdir()
    (site / "public").chmod(0o555)

    done = subprocess.run(
        [*(part for part in drop if part), sys.executable, "-m", "statuspage", "doctor", "--site", site],
        capture_output=True,
        text=True,
        timeout=LIMIT_SECONDS,
        check=False,
    )

    (line,) = (line for line in done.stdout.splitlines() if "public" in line)
    assert line.startswith("folder    wrong     public cannot be written: Permission denied; give it to the user ")
    assert line.endswith(f" {site / 'public'}")
    assert (done.returncode, done.stderr) == (1, "")


def test_a_file_in_place_of_a_folder_is_wrong(site: Path) -> None:
    (site / "public").write_text("")

    assert said_of("folder", site)[1].startswith("wrong     public cannot be written: ")


def test_a_clock_behind_the_newest_file_is_wrong(site: Path) -> None:
    (line,) = (line for line in said_of("clock", site, ahead=-AN_HOUR) if line.startswith("wrong"))

    assert line.startswith("wrong     statuspage.toml is from 20")
    assert line.endswith(" UTC; set it: sudo timedatectl set-ntp true")


def test_a_right_clock_is_well(site: Path) -> None:
    zone, clock = said_of("clock", site)

    assert zone == "well      the time zone of the site is there: UTC"
    assert clock.endswith(" UTC, and nothing of the site is from later")


def test_words_are_there_in_every_language_of_the_pages(site: Path) -> None:
    (site / "statuspage.toml").write_text(SETTINGS.replace("\n\n", '\nlanguages = ["de", "ar"]\n\n', 1))

    assert said_of("words", site) == ["well      the pages have their words in English, Deutsch, العربية"]


def test_words_that_are_not_compiled_are_wrong(site: Path, repository: Path, tmp_path: Path) -> None:
    (site / "statuspage.toml").write_text(SETTINGS.replace("\n\n", '\nlanguage = "de"\n\n', 1))
    bare = shutil.ignore_patterns("*.mo", "__pycache__")
    shutil.copytree(repository / "statuspage", tmp_path / "copy" / "statuspage", ignore=bare)

    done = subprocess.run(
        [sys.executable, "-m", "statuspage", "doctor", "--site", site],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(tmp_path / "copy")},
        capture_output=True,
        text=True,
        timeout=LIMIT_SECONDS,
        check=False,
    )

    assert (
        "words     wrong     the words of the pages in Deutsch are not compiled; "
        "install statuspage anew with pip; in a clone of it: make install"
    ) in done.stdout.splitlines()
    assert done.returncode == 1


def test_the_server_that_compiles_the_folder_is_asked_how_it_is(site: Path) -> None:
    before = said_of("serve", site)
    with serving(site) as server:
        during = said_of("serve", site)

    after = said_of("serve", site)

    assert during == [f"well      http://127.0.0.1:{server.port}/healthz complains of nothing"]
    assert before == after == ["not used  no statuspage serve runs on this folder"]


def test_what_a_server_complains_of_is_said(site: Path) -> None:
    (site / "incidents" / "broken.md").write_text("no front matter")

    with serving(site) as server:
        (line,) = said_of("serve", site)

    assert line.startswith(f"note      http://127.0.0.1:{server.port}/healthz says: incidents/broken.md")
