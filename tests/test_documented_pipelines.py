"""The pipelines of docs/pipelines.md: their own lines are run, against a real repository, and keep a promise."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.clock.on_disk import TIMED, write_site

pytestmark = pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed: apt install git")


def workflows(repository: Path) -> list[dict[str, Any]]:
    text = (repository / "docs/pipelines.md").read_text(encoding="utf-8")
    return [yaml.safe_load(block) for block in re.findall(r"^```yaml\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)]


def scripts_of_github(workflow: Mapping[str, Any]) -> list[str]:
    steps = workflow["jobs"]["publish"]["steps"]
    return [step["run"] for step in steps if "run" in step]


def scripts_of_gitlab(workflow: Mapping[str, Any]) -> list[str]:
    return [*workflow["pages"]["script"], *workflow["check"]["script"]]


@pytest.fixture
def clone(tmp_path: Path) -> Path:
    """Return a clone of a site with a promise of two minutes ago, and a remote that it may push to."""
    site = write_site(tmp_path / "site", incident=an_incident_of_today())
    (site / ".gitignore").write_text("/public/\n/var/\n")
    git(site, "init", "--quiet", "--initial-branch", "main")
    git(site, "add", ".")
    git(site, "commit", "--quiet", "--message", "The site")
    git(tmp_path, "clone", "--quiet", "--bare", str(site), "remote.git")
    git(tmp_path, "clone", "--quiet", str(tmp_path / "remote.git"), "clone")
    return tmp_path / "clone"


def an_incident_of_today() -> str:
    """Return an incident whose promise fell due ten minutes ago: pipelines go by the time of the machine."""
    began_at = datetime.now(UTC) - timedelta(minutes=40)  # noqa: TID251 - the same
    heading = f"## {began_at:%Y-%m-%d %H:%M} UTC — Investigating"
    return f"---\ntitle: Card payments are failing\nimpact: major\n---\n\n{heading}\n\nAbout one in three fails.\n"


def git(folder: Path, *arguments: str) -> str:
    who = {"GIT_AUTHOR_NAME": "A", "GIT_AUTHOR_EMAIL": "a@acme.example"}
    who |= {"GIT_COMMITTER_NAME": "A", "GIT_COMMITTER_EMAIL": "a@acme.example"}
    command = ["git", "-C", str(folder), *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=True, env={**os.environ, **who}).stdout


@pytest.mark.parametrize("which", ["github", "gitlab"])
def test_the_pipeline_writes_what_is_due_pushes_it_and_builds(which: str, repository: Path, clone: Path) -> None:
    github, gitlab = workflows(repository)
    scripts = scripts_of_github(github) if which == "github" else scripts_of_gitlab(gitlab)
    programs = f"{Path(sys.executable).parent}:{os.environ['PATH']}"
    variables = {**os.environ, "PATH": programs, "CI_COMMIT_BRANCH": "main", "CI_SERVER_HOST": "", "STATUS_TOKEN": ""}

    for script in scripts:
        if script.startswith(("pip install", "git remote set-url")):  # they reach out of this machine
            continue
        shell = ["/bin/bash", "-e", "-c", script]
        subprocess.run(shell, cwd=clone, env=variables, check=True, capture_output=True)

    remote = clone.parent / "remote.git"
    pushed = git(remote, "show", f"main:{TIMED}")
    assert pushed.count("## ") == 1
    assert git(remote, "log", "-1", "--format=%an %s", "main").startswith("Status page Timed posts")
    assert f'id="u-{re.findall("Id: (.*)", pushed)[0]}"' in (
        clone / "public/incidents/2026-11-21-card-payments/index.html"
    ).read_text(encoding="utf-8")
