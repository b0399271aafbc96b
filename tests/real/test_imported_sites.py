"""Incidents that nobody here wrote, imported and built: every one of them, and every word of them, is on its page."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime
from pathlib import Path

import html5lib
import pytest
import yaml

from statuspage.errors import Severity
from statuspage.imports.cstate import import_cstate
from statuspage.imports.statuspage import import_statuspage
from statuspage.pipeline.whole import Compiled, compile_site

NOW = datetime(2026, 11, 22, tzinfo=UTC)
# In the source these end before they begin.
ENDS_BEFORE_IT_BEGINS = {
    "2021-09-23-puppet-outage",
    "2021-11-18-jenkins-io-outage",
    "2022-06-13-repo-slow",
    "2023-02-23-maintenance-aks-k8s-1-24",
    "2023-06-02-trusted-ci-migration-to-azure",
    "2023-12-06-systempool-tainted",
    "2024-06-05-rpu-trusted",
    "2026-04-29-ci-maintenance-sec-advisory",
}


@pytest.fixture(scope="module")
def github(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> Compiled:
    folder = tmp_path_factory.mktemp("github")
    imported = import_statuspage(str(shared / "real-incidents" / "github-statuspage"), folder)
    assert imported.unreadable == ()
    return compile_site(folder, NOW)


@pytest.fixture(scope="module")
def jenkins(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> Compiled:
    folder = tmp_path_factory.mktemp("jenkins")
    imported = import_cstate(str(shared / "real-incidents" / "jenkins-cstate"), folder)
    assert imported.unreadable == ()
    return compile_site(folder, NOW)


def words_in(html: str) -> set[str]:
    """Return the words that a reader of an HTML page or fragment sees."""
    return set(re.findall(r"\w+", " ".join(html5lib.parse(html, namespaceHTMLElements=False).itertext())))


def test_all_of_github_builds_with_no_fault_but_three_very_long_titles(github: Compiled) -> None:
    pages = [path for path in github.files if re.fullmatch(r"(incidents|maintenance)/[^/]+/index\.html", path)]

    assert len(pages) == 256
    assert [(fault.where, fault.severity) for fault in github.faults] == [("title", Severity.WARNING)] * 3


def test_every_update_of_every_document_of_github_is_on_its_page(shared: Path, github: Compiled) -> None:
    path_by_id = {i.source.id: i.source.path for i in github.shown.history.everything()}

    missing: list[tuple[str, str]] = []
    for document in sorted((shared / "real-incidents" / "github-statuspage").glob("*.json")):
        incident = json.loads(document.read_text())["incident"]
        page = github.files[f"{path_by_id[incident['id']].strip('/')}/index.html"].decode()
        seen = words_in(page)
        missing += [
            (document.name, update["id"])
            for update in incident["incident_updates"]
            if f'id="u-{update["id"]}"' not in page or not words_in(update["body"]) <= seen
        ]

    assert missing == []


def test_all_of_jenkins_builds_without_a_fault(jenkins: Compiled) -> None:
    assert len(list(jenkins.shown.history.everything())) == 297
    assert jenkins.faults == ()


def test_jenkins_begins_and_ends_to_the_minute_where_the_source_says_when(shared: Path, jenkins: Compiled) -> None:
    shown_by_slug = {i.source.slug: i for i in jenkins.shown.history.everything()}

    wrong = set()
    for source in (shared / "real-incidents" / "jenkins-cstate" / "content" / "issues").glob("*.md"):
        header = yaml.load(source.read_text().split("---")[1], Loader=yaml.BaseLoader)  # noqa: S506 - only texts
        shown = shown_by_slug[re.sub(r"[^a-z0-9_-]+", "-", source.stem.lower())]
        if (shown.started_at, shown.resolved_at) != (instant(header["date"]), instant(header["resolvedWhen"])):
            wrong.add(shown.source.slug)

    assert wrong == ENDS_BEFORE_IT_BEGINS


def instant(text: str) -> datetime:
    """Return a time as Hugo reads it: without a zone it is UTC."""
    whole = re.sub(r"T(\d):", r"T0\1:", text).replace("-00:00", "+00:00")
    at = datetime.fromisoformat(whole)
    return at if at.tzinfo else at.replace(tzinfo=UTC)
