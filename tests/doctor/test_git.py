"""What `[git]` asks for, with real remotes: read, asked as for a push, and never changed."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from statuspage.doctor import examine, is_anything_wrong
from tests.doctor.sites import AN_HOUR, said_of, write_site
from tests.git.repositories import NOW, Person, bare, clone, over_http
from tests.git.repositories import write_site as write_site_of


@pytest.fixture(autouse=True)
def git_program() -> None:
    """Skip where there is no git program, which plays the people who push."""
    if shutil.which("git") is None:
        pytest.skip("there is no git program, which plays the people who push")


@pytest.fixture
def remote(tmp_path: Path) -> Path:
    """Return a bare repository with a site in it."""
    folder = bare(tmp_path / "remotes" / "status.git")
    ann = clone(folder, tmp_path / "ann")
    write_site_of(ann)
    ann.push("-u")
    return folder


def tip_of(remote: Path) -> str:
    return Person(folder=remote).git("rev-parse", "main")


def site_from(address: Path | str, folder: Path, *, more: str = "") -> Path:
    folder.mkdir()
    (folder / "statuspage.toml").write_text(f'[git]\nremote = "{address}"\n{more}')
    return folder


def test_without_git_nothing_is_looked_at(site: Path) -> None:
    assert said_of("git", site) == ["not used  [git] names no remote, and commits nothing"]


def test_a_remote_is_read_and_asked_as_for_a_push(remote: Path, tmp_path: Path) -> None:
    site = site_from(remote, tmp_path / "site", more="push = true\n")
    before = tip_of(remote)

    lines = said_of("git", site)

    assert lines == [
        f"well      {remote} can be read: main is at {before[:10]}",
        f"well      {remote} lets us in to push; nothing was pushed",
    ]
    assert tip_of(remote) == before
    assert not (site / "var").exists()
    assert said_of("settings", site) == [
        f"wrong     nothing of the remote is here yet; run: statuspage build --site {site}"
    ]


def test_a_remote_over_http_lets_in_who_has_the_token(remote: Path, tmp_path: Path) -> None:
    with over_http(remote.parent, password="t0ken") as web:
        address = web.address("status.git")
        site = site_from(address, tmp_path / "site", more='push = true\ntoken_file = "token"\n')
        (site / "token").write_text("t0ken")
        right, clock = said_of("git", site), said_of("clock", site)
        (site / "token").write_text("guess")
        wrong = said_of("git", site)

    assert right == [
        f"well      {address} can be read: main is at {tip_of(remote)[:10]}",
        f"well      {address} lets us in to push; nothing was pushed",
    ]
    assert wrong == [
        f"wrong     {address} cannot be read: this program is not let in with the token; "
        f"what git says: git ls-remote {address} main"
    ]
    assert [line[:4] for line in clock] == ["well"]
    assert not [path for path, _ in web.asked if path.endswith("git-receive-pack") and "info/refs" not in path]


def test_a_remote_that_takes_no_push_is_wrong(remote: Path, tmp_path: Path) -> None:
    Person(folder=remote).git("config", "http.receivepack", "false")

    with over_http(remote.parent) as web:
        address = web.address("status.git")
        read, push = said_of("git", site_from(address, tmp_path / "site", more="push = true\n"))

    assert read.startswith("well")
    assert push.startswith(f"wrong     {address} cannot be pushed to: ")
    assert "403" in push


def test_a_server_whose_clock_differs_is_a_reason_to_look_at_ours(remote: Path, tmp_path: Path) -> None:
    with over_http(remote.parent) as web:
        site = site_from(web.address("status.git"), tmp_path / "site")
        (line,) = said_of("clock", site, ahead=AN_HOUR)

    assert line.startswith(f"wrong     the server of {web.address('status.git')} says 20")
    assert line.endswith(" UTC; set it: sudo timedatectl set-ntp true")


def test_a_remote_without_the_branch_or_without_the_token_is_wrong(tmp_path: Path) -> None:
    empty = bare(tmp_path / "empty.git")

    without_branch = said_of("git", site_from(empty, tmp_path / "one"))
    without_token = said_of("git", site_from(empty, tmp_path / "two", more='token_file = "token"\n'))

    assert without_branch == [
        f"wrong     {empty} has no branch main; push one, or name another as [git] branch",
    ]
    assert without_token == ["wrong     [git] token_file: token cannot be read: No such file or directory"]


def test_a_remote_that_is_not_there_is_wrong_and_no_user_is_printed(tmp_path: Path) -> None:
    (line,) = said_of("git", site_from(tmp_path / "nowhere.git", tmp_path / "site"))

    assert line.startswith(f"wrong     {tmp_path}/nowhere.git cannot be read: there is no repository")


def test_a_missing_secret_of_the_hook_is_wrong(remote: Path, tmp_path: Path) -> None:
    _, hook = said_of("git", site_from(remote, tmp_path / "site", more='hook_secret_file = "hook"\n'))

    assert hook == "wrong     [git] hook_secret_file: hook cannot be read: No such file or directory"


def test_a_work_folder_that_commits_and_pushes_is_well(remote: Path, tmp_path: Path) -> None:
    host = clone(remote, tmp_path / "host")
    host.write("statuspage.toml", host.shown("statuspage.toml") + "\n[git]\ncommit = true\npush = true\n")

    assert said_of("git", host.folder) == [
        "well      timed posts can be committed",
        f"well      {remote} can be read: main is at {tip_of(remote)[:10]}",
        f"well      {remote} lets us in to push; nothing was pushed",
    ]


def test_a_folder_without_a_repository_cannot_commit(tmp_path: Path) -> None:
    site = write_site(tmp_path / "site", more="\n[git]\ncommit = true\n")

    assert said_of("git", site) == [
        f"wrong     {site} lies in no git repository; make one: git init, git add, git commit"
    ]


def test_the_newest_commit_must_not_be_from_later(remote: Path, tmp_path: Path) -> None:
    host = clone(remote, tmp_path / "host")

    findings = examine(host.folder, now=NOW.replace(year=2000), environ={})

    assert any(each.what.startswith(f"commit {tip_of(remote)[:10]} is from 20") for each in findings)
    assert is_anything_wrong(findings)
