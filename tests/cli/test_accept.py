"""`build` of a site that comes from a remote: what it publishes, what it holds back, and how one goes on."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.cli.screens import run
from tests.git.repositories import Person, bare, clone, write_site

NOW = "2026-11-21T14:40:00Z"
pytestmark = pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed: apt install git")


@pytest.fixture
def ann(tmp_path: Path) -> Person:
    """Return somebody who pushed a site with one open and four closed incidents."""
    person = clone(bare(tmp_path / "status.git"), tmp_path / "ann")
    write_site(person, closed=4)
    person.push("-u")
    return person


@pytest.fixture
def site(tmp_path: Path, ann: Person) -> Path:
    folder = tmp_path / "site"
    folder.mkdir()
    (folder / "statuspage.toml").write_text(f'[git]\nremote = "{ann.folder.parent / "status.git"}"\n')
    return folder


def test_a_remote_is_fetched_and_published(site: Path) -> None:
    screen = run("build", "--site", site, "--now", NOW)

    assert (screen.code, screen.err) == (0, "")
    assert (site / "public/incidents/cards/index.html").is_file()


def test_a_commit_with_which_an_open_incident_vanishes_is_held_until_it_is_accepted(site: Path, ann: Person) -> None:
    run("build", "--site", site, "--now", NOW)
    ann.git("rm", "-q", "incidents/cards.md")
    ann.commit()
    ann.push()

    held = run("build", "--site", site, "--now", NOW)
    still = (site / "public/incidents/cards/index.html").is_file()
    accepted = run("build", "--site", site, "--now", NOW, "--accept")

    assert held.code == 1
    assert "incidents/cards.md" in held.err
    assert "--accept" in held.err
    assert still
    assert (accepted.code, accepted.err) == (0, "")
    assert not (site / "public/incidents/cards").exists()


def test_a_remote_that_was_never_there_is_said(site: Path, tmp_path: Path) -> None:
    shutil.rmtree(tmp_path / "status.git")

    screen = run("build", "--site", site, "--now", NOW)

    assert screen.code == 1
    assert "was ever fetched" in screen.err


def test_with_the_remote_down_the_last_commit_goes_on(site: Path, tmp_path: Path) -> None:
    run("build", "--site", site, "--now", NOW)
    shutil.rmtree(tmp_path / "status.git")

    screen = run("build", "--site", site, "--now", "2026-11-21T15:40:00Z")

    assert screen.code == 1
    assert "the page goes on from commit" in screen.err
    assert (site / "public/incidents/cards/index.html").is_file()
