"""Earlier versions of a file, from real git repositories and from `var/`."""

from __future__ import annotations

from pathlib import Path

import pytest
from dulwich import porcelain
from dulwich.repo import Repo

from statuspage.errors import Fault, Severity
from statuspage.model import Status
from statuspage.source.copies import MOST_VERSIONS
from statuspage.source.folder import SourceFile, read_folder
from statuspage.source.last_good import LastGood
from statuspage.source.notes import Breaking
from statuspage.source.page import read_page
from statuspage.source.settings_file import read_settings

from .builders import CONFIG, incident_text, settings_of

PATH = "incidents/cards.md"


def commit(site_dir: Path, text: str | None, *, repository: Path | None = None, path: str = PATH) -> None:
    """Commit one version of a file; None removes it."""
    root, file = repository or site_dir, site_dir / path
    file.parent.mkdir(parents=True, exist_ok=True)
    if text is None:
        file.unlink()
        porcelain.remove(str(root), [str(file)])
    else:
        file.write_text(text)
        porcelain.add(str(root), [str(file)])
    porcelain.commit(str(root), message=b"m", author=b"A <a@acme.example>", committer=b"A <a@acme.example>", sign=False)


@pytest.fixture
def site_dir(tmp_path: Path) -> Path:
    Repo.init(str(tmp_path)).close()
    return tmp_path


def test_versions_come_from_git_newest_first_each_once(site_dir: Path) -> None:
    for text in ("one", "two", "one", "three"):
        commit(site_dir, text)
        commit(site_dir, "unrelated " + text, path="incidents/other.md")

    assert list(LastGood(site_dir).versions(PATH)) == [b"three", b"one", b"two"]


def test_a_site_may_be_a_subfolder_of_the_repository(site_dir: Path) -> None:
    inner = site_dir / "docs" / "status"
    commit(inner, "one", repository=site_dir)

    assert list(LastGood(inner).versions(PATH)) == [b"one"]


def test_what_stood_there_before_it_was_removed_is_another_file(site_dir: Path) -> None:
    for text in ("old", None, "new"):
        commit(site_dir, text)

    assert list(LastGood(site_dir).versions(PATH)) == [b"new"]


def test_at_most_so_many_versions_are_looked_at(site_dir: Path) -> None:
    for number in range(MOST_VERSIONS + 5):
        commit(site_dir, str(number))

    assert len(list(LastGood(site_dir).versions(PATH))) == MOST_VERSIONS


def test_without_git_or_commits_there_are_no_versions(tmp_path: Path, site_dir: Path) -> None:
    (tmp_path / "plain").mkdir()

    assert list(LastGood(tmp_path / "plain").versions(PATH)) == []
    assert list(LastGood(site_dir).versions(PATH)) == []


@pytest.mark.parametrize("damage", [b"", b"x", b"x\x9c" * 40, bytes(range(256))])
def test_a_damaged_repository_is_no_reason_to_stop(site_dir: Path, damage: bytes) -> None:
    commit(site_dir, "one")
    for found in (site_dir / ".git" / "objects").rglob("*"):
        if found.is_file():
            found.chmod(0o644)
            found.write_bytes(damage)

    assert list(LastGood(site_dir).versions(PATH)) == []


def test_what_was_read_is_remembered_without_git(tmp_path: Path) -> None:
    last_good = LastGood(tmp_path)
    good, broken = SourceFile(path=PATH, data=b"good"), SourceFile(path="incidents/b.md", data=b"x")
    warned = SourceFile(path="incidents/c.md", data=b"warned")
    faults = [
        Breaking(path="incidents/b.md", what="x"),
        Fault(path="incidents/c.md", what="x", severity=Severity.WARNING),
    ]

    last_good.remember([good, broken, warned], faults=faults)

    assert [list(last_good.versions(path)) for path in (PATH, "incidents/b.md", "incidents/c.md")] == [
        [b"good"],
        [],
        [b"warned"],
    ]


def test_of_a_file_with_errors_every_version_since_the_last_one_without_is_remembered(tmp_path: Path) -> None:
    last_good, faults = LastGood(tmp_path), [Fault(path=PATH, what="x")]
    last_good.remember([SourceFile(path=PATH, data=b"good")], faults=())
    for data in (b"faulty", b"faultier", b"faultier", b"faulty"):
        last_good.remember([SourceFile(path=PATH, data=data)], faults=faults)
    with_errors = list(last_good.versions(PATH))

    last_good.remember([SourceFile(path=PATH, data=b"mended")], faults=())

    assert with_errors == [b"faulty", b"faultier", b"good"]
    assert list(last_good.versions(PATH)) == [b"mended"]


def test_at_most_so_many_versions_with_errors_are_kept(tmp_path: Path) -> None:
    last_good, faults = LastGood(tmp_path), [Fault(path=PATH, what="x")]

    for number in range(MOST_VERSIONS + 5):
        last_good.remember([SourceFile(path=PATH, data=str(number).encode())], faults=faults)

    kept = [int(version) for version in last_good.versions(PATH)]
    assert kept == list(range(MOST_VERSIONS + 4, 4, -1))


def test_what_was_remembered_of_a_file_that_is_gone_is_forgotten(tmp_path: Path) -> None:
    last_good = LastGood(tmp_path)
    last_good.remember([SourceFile(path=PATH, data=b"good")], faults=())
    last_good.remember([SourceFile(path=PATH, data=b"faulty")], faults=[Fault(path=PATH, what="x")])

    last_good.forget_all_but([])

    assert list(last_good.versions(PATH)) == []


def test_what_was_remembered_below_a_folder_that_cannot_be_read_stays(tmp_path: Path) -> None:
    last_good = LastGood(tmp_path)
    last_good.remember([SourceFile(path=PATH, data=b"good")], faults=())

    last_good.forget_all_but(["incidents"])

    assert list(last_good.versions(PATH)) == [b"good"]


def test_a_resolved_incident_with_a_fault_stays_resolved_when_it_breaks(tmp_path: Path) -> None:
    begun = incident_text(more="components: {dashboard: down}\n")
    resolved = begun.replace("title:", "owner: bob\ntitle:") + "\n## 2026-11-21 15:00 UTC — Resolved\n\nFine.\n"
    last_good = LastGood(tmp_path)

    for text in (begun, resolved, resolved + "\n## Postmortem\n\nWhy.\n"):
        files = [SourceFile(path=PATH, data=text.encode())]
        reading = read_page(settings_of(), files, last_good=last_good.versions)
        last_good.remember(files, faults=reading.faults)

    incident = reading.page.incidents[0]
    assert (incident.updates[-1].status, incident.is_unreadable) == (Status.RESOLVED, False)


def test_another_incident_under_the_name_of_one_that_is_gone_is_new(tmp_path: Path) -> None:
    last_good = LastGood(tmp_path)
    resolved = incident_text() + "\n## 2026-11-21 15:00 UTC — Resolved\n\nFine.\n"

    for texts in ([resolved], [], [incident_text("## 2026-12-21 14:05 UTC — Investigatng\n", title="Another")]):
        files = [SourceFile(path=PATH, data=text.encode()) for text in texts]
        reading = read_page(settings_of(), files, last_good=last_good.versions)
        last_good.forget_all_but(file.path for file in files)
        last_good.remember(files, faults=reading.faults)

    incident = reading.page.incidents[0]
    assert (incident.title, incident.is_unreadable, len(incident.updates)) == ("Another", True, 1)


def test_a_damaged_store_of_copies_is_no_reason_to_stop(tmp_path: Path) -> None:
    last_good = LastGood(tmp_path)
    last_good.remember([SourceFile(path=PATH, data=b"good")], faults=())
    last_good.close()
    (tmp_path / "var/last-good.sqlite").write_bytes(b"this is no database" * 1000)

    lost = list(last_good.versions(PATH))
    last_good.remember([SourceFile(path=PATH, data=b"better")], faults=())

    assert lost == []
    assert list(last_good.versions(PATH)) == [b"better"]


def test_a_disk_that_refuses_is_no_reason_to_stop(tmp_path: Path) -> None:
    (tmp_path / "var").write_text("a file where a folder should be")
    last_good = LastGood(tmp_path)

    last_good.remember([SourceFile(path=PATH, data=b"good")], faults=())

    assert list(last_good.versions(PATH)) == []


def test_what_was_published_but_not_committed_comes_before_git(site_dir: Path) -> None:
    commit(site_dir, "one")
    commit(site_dir, "two")
    last_good = LastGood(site_dir)

    last_good.remember([SourceFile(path=PATH, data=b"uncommitted")], faults=())
    uncommitted = list(last_good.versions(PATH))
    last_good.remember([SourceFile(path=PATH, data=b"one")], faults=())

    assert uncommitted == [b"uncommitted", b"two", b"one"]
    assert list(last_good.versions(PATH)) == [b"two", b"one"]


def test_a_broken_commit_keeps_the_version_before_it_on_the_page(site_dir: Path) -> None:
    commit(site_dir, incident_text(title="Cards fail"))
    commit(site_dir, "---\nbroken")

    reading = read_page(settings_of(), read_folder(site_dir).files, last_good=LastGood(site_dir).versions)

    assert [(i.title, i.is_unreadable) for i in reading.page.incidents] == [("Cards fail", False)]
    assert len(reading.faults) == 1


def test_broken_settings_leave_the_last_good_ones_in_force(site_dir: Path) -> None:
    commit(site_dir, CONFIG, path="statuspage.toml")
    commit(site_dir, CONFIG.replace("[site]", "[site"), path="statuspage.toml")

    settings, faults = read_settings(read_folder(site_dir).settings, last_good=LastGood(site_dir).versions)

    assert settings == settings_of()
    assert [str(fault) for fault in faults] == [
        "statuspage.toml:1: cannot be read as TOML: expected ']' at the end of a table declaration; "
        "until then its last good version is in force"
    ]


def test_without_any_good_settings_there_are_none(tmp_path: Path) -> None:
    settings, faults = read_settings(read_folder(tmp_path).settings, last_good=LastGood(tmp_path).versions)

    assert settings is None
    assert [str(fault) for fault in faults] == ['statuspage.toml: is missing; "statuspage init" writes one']
