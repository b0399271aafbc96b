"""A build that asks git what has changed, as in pipelines, where every file has a new stamp."""

from __future__ import annotations

import os
from datetime import UTC, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner
from dulwich import porcelain
from dulwich.repo import Repo

from statuspage.cli import main
from statuspage.pipeline import Built, build
from statuspage.pipeline.whole import compile_site
from tests.laws.sites import CONFIG

NOW = datetime(2026, 10, 16, tzinfo=UTC)
INCIDENT = """\
---
title: {title}
components: {{cards: major_outage}}
---

## 2026-10-15 14:05 UTC — Investigating

We know.
"""


@pytest.fixture(params=["", "docs/status"])
def site(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """Return a site with one incident, at the root of a repository and below it."""
    Repo.init(str(tmp_path)).close()
    site: Path = tmp_path / request.param
    write(site, "statuspage.toml", CONFIG.format(zone="UTC"))
    write(site, "incidents/2026/one.md", INCIDENT.format(title="One"))
    commit(tmp_path)
    return site


def write(site: Path, name: str, text: str) -> None:
    file = site / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text)


def commit(repository: Path) -> None:
    ignored = {"var", "public"}
    files = [p for p in repository.rglob("*.*") if p.is_file() and not ignored & set(p.relative_to(repository).parts)]
    porcelain.add(str(repository), [str(p) for p in files if ".git" not in p.relative_to(repository).parts])
    porcelain.commit(str(repository), message=b"m", author=b"A <a@e.org>", committer=b"A <a@e.org>", sign=False)


def build_commit(site: Path) -> Built:
    return build(site, output=site / "public", now=NOW, asks_git=True)


def published(site: Path) -> dict[str, bytes]:
    out = site / "public"
    return {p.relative_to(out).as_posix(): p.read_bytes() for p in out.rglob("*") if p.is_file()}


def test_only_what_the_commits_since_the_last_build_changed_is_read(site: Path, tmp_path: Path) -> None:
    build_commit(site)
    write(site, "incidents/2026/not-committed.md", INCIDENT.format(title="Not committed"))
    write(site, "incidents/2026/two.md", INCIDENT.format(title="Two"))
    porcelain.add(str(tmp_path), [str(site / "incidents/2026/two.md")])
    porcelain.commit(str(tmp_path), message=b"m", author=b"A <a@e.org>", committer=b"A <a@e.org>", sign=False)

    built = build_commit(site)

    assert "incidents/two/index.html" in built.published.written
    assert "incidents/one/index.html" not in built.published.written
    assert "incidents/not-committed/index.html" not in published(site)


def test_new_stamps_after_a_checkout_cost_nothing(site: Path) -> None:
    build_commit(site)
    for file in site.glob("incidents/**/*.md"):
        os.utime(file, (1, 1))

    assert build_commit(site).published.written == ()


def test_edits_removals_and_settings_in_commits_give_what_a_fresh_build_gives(site: Path, tmp_path: Path) -> None:
    build_commit(site)
    write(site, "incidents/2026/three.md", INCIDENT.format(title="Three"))
    write(site, "static/logo.svg", "<svg/>")
    commit(tmp_path)
    build_commit(site)
    after_adding = published(site)

    porcelain.remove(str(tmp_path), [str(site / "incidents/2026/one.md")])
    write(site, "statuspage.toml", CONFIG.format(zone="Asia/Kolkata"))
    commit(tmp_path)
    build_commit(site)

    assert "incidents/one/index.html" in after_adding
    assert after_adding["static/logo.svg"] == b"<svg/>"
    assert published(site) == compile_site(site, NOW).files
    assert "incidents/one/index.html" not in published(site)


def test_a_public_folder_that_was_not_brought_along_is_written_anew(site: Path) -> None:
    build_commit(site)
    (site / "public").rename(site / "gone")

    build_commit(site)

    assert published(site) == compile_site(site, NOW).files


def test_without_a_repository_every_file_is_looked_at(tmp_path: Path) -> None:
    write(tmp_path, "statuspage.toml", CONFIG.format(zone="UTC"))
    write(tmp_path, "incidents/one.md", INCIDENT.format(title="One"))
    build_commit(tmp_path)
    write(tmp_path, "incidents/one.md", INCIDENT.format(title="Another"))

    build_commit(tmp_path)

    assert b"Another" in published(tmp_path)["index.html"]


def test_the_command_asks_git_when_told_to(site: Path) -> None:
    command = ["build", "--site", str(site), "--now", NOW.isoformat(), "--git", "--jobs", "2"]
    first = CliRunner().invoke(main, command)

    second = CliRunner().invoke(main, [*command, "--json"])

    assert (first.exit_code, second.exit_code) == (0, 0), first.output
    assert '"written": 0' in second.output
