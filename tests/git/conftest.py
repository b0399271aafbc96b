"""What every test of git needs: the git program, a remote on disk, and somebody who works with it."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.git.repositories import Person, bare, clone, write_site


@pytest.fixture(autouse=True)
def git_program() -> None:
    """Skip where there is no git program: people use it here, our own code never does."""
    if shutil.which("git") is None:
        pytest.skip("there is no git program, which plays the people who push")


@pytest.fixture
def remote(tmp_path: Path) -> Path:
    """Return a bare repository."""
    return bare(tmp_path / "remotes" / "status.git")


@pytest.fixture
def ann(remote: Path, tmp_path: Path) -> Person:
    """Return somebody with a clone, who pushed a site with one open and four closed incidents."""
    person = clone(remote, tmp_path / "ann")
    write_site(person, closed=4)
    person.push("-u")
    return person
