"""Posts pushed from a work tree: refused, committed anew on top, nobody else's work touched."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

import pytest

from statuspage.config import GitSettings
from statuspage.errors import GitRefused
from statuspage.git.pushing import push
from statuspage.git.work_tree import commit_posts
from tests.git.repositories import NOW, SETTINGS, Person, clone, post

TIMED = "incidents/cards.timed.md"
SETTINGS_OF_GIT = GitSettings(commit=True, push=True)


@pytest.fixture
def host(ann: Person, tmp_path: Path) -> Person:
    return clone(ann.git("remote", "get-url", "origin"), tmp_path / "host")


def write_post(host: Person, *posts: str, now: datetime = NOW) -> None:
    host.write(TIMED, "\n".join(posts))
    commit_posts(host.folder, [TIMED], settings=SETTINGS_OF_GIT, now=now)


def pushed(host: Person) -> str:
    note = push(host.folder, settings=SETTINGS_OF_GIT, credentials=None, now=NOW)
    return note.replace(str(host.folder), "FOLDER")


def at_remote(ann: Person, path: str = TIMED) -> str:
    ann.git("fetch", "origin")
    return ann.shown(path, "origin/main")


def test_a_post_is_pushed_to_where_the_branch_comes_from(host: Person, ann: Person) -> None:
    write_post(host, post("a" * 12))

    assert pushed(host) == ""
    assert at_remote(ann) == post("a" * 12).rstrip()
    assert host.git("status", "-sb") == "## main...origin/main"


def test_with_nothing_new_nothing_is_pushed(host: Person, ann: Person) -> None:
    ann.write("incidents/other.md", "x")
    ann.commit()
    ann.push()

    assert pushed(host) == ""
    assert host.git("log", "--format=%s") == "Site"


def test_a_refused_push_is_made_again_on_top_of_what_others_pushed(host: Person, ann: Person) -> None:
    write_post(host, post("a" * 12))
    ann.write("incidents/cards.md", "changed by Ann")
    ann.write("incidents/sub/new.md", "new")
    ann.git("rm", "-q", "incidents/old-3.md")
    theirs = ann.commit("Ann's")
    ann.push()

    assert pushed(host) == ""

    assert at_remote(ann) == post("a" * 12).rstrip()
    assert ann.git("rev-parse", "origin/main~1") == theirs
    assert host.head() == ann.git("rev-parse", "origin/main")
    assert host.git("status", "--porcelain") == ""
    assert (host.folder / "incidents/cards.md").read_text() == "changed by Ann"
    assert not (host.folder / "incidents/old-3.md").exists()


def test_two_hosts_that_write_the_same_post_leave_one(host: Person, ann: Person, remote: Path, tmp_path: Path) -> None:
    second = clone(remote, tmp_path / "second")
    write_post(host, post("a" * 12, words="From one host."))
    write_post(second, post("a" * 12, words="From the other."), post("b" * 12, minute=39))

    assert [pushed(host), pushed(second)] == ["", ""]

    text = at_remote(ann)
    assert (text.count("Id: aaaaaaaaaaaa"), text.count("Id: bbbbbbbbbbbb")) == (1, 1)
    assert "From one host." in text
    assert "From the other." not in text
    assert (second.folder / TIMED).read_text().rstrip() == text
    assert second.git("status", "--porcelain") == ""


def test_two_hosts_with_the_same_post_only_need_no_second_commit(host: Person, remote: Path, tmp_path: Path) -> None:
    second = clone(remote, tmp_path / "second")
    write_post(host, post("a" * 12))
    write_post(second, post("a" * 12), now=NOW + timedelta(seconds=1))

    assert [pushed(host), pushed(second)] == ["", ""]
    assert second.head() == host.head()


def test_a_post_that_a_person_took_back_does_not_return(host: Person, ann: Person) -> None:
    write_post(host, post("a" * 12))
    pushed(host)
    ann.pull()
    ann.write(TIMED, post("c" * 12, words="By hand."))
    ann.commit("Take the post back")
    ann.push()
    write_post(host, post("a" * 12), post("b" * 12, minute=39))

    pushed(host)

    assert "Id: aaaaaaaaaaaa" not in at_remote(ann)
    assert "By hand." in at_remote(ann)
    assert "Id: bbbbbbbbbbbb" in at_remote(ann)


def test_commits_that_a_person_did_not_push_stay_where_they_are(host: Person, ann: Person) -> None:
    host.write("incidents/draft.md", "mine")
    mine = host.commit("Mine")
    write_post(host, post("a" * 12))
    local = host.head()
    ann.write("incidents/other.md", "x")
    ann.commit("Ann's")
    ann.push()

    note = pushed(host)

    assert note == (
        "main in FOLDER stays behind its remote, because it holds commits that are not pushed; pull it with --rebase"
    )
    assert host.head() == local
    assert at_remote(ann) == post("a" * 12).rstrip()
    assert mine not in ann.git("log", "--format=%H", "origin/main").splitlines()
    assert pushed(host) == note

    host.git("pull", "--rebase")
    assert host.git("log", "--format=%s", "-3").splitlines() == ["Mine", "Timed posts: cards", "Ann's"]


@pytest.mark.parametrize("is_staged", [False, True])
def test_edits_of_a_person_keep_the_branch_where_it_is(host: Person, ann: Person, is_staged: bool) -> None:
    write_post(host, post("a" * 12))
    local = host.head()
    ann.write("statuspage.toml", f"{SETTINGS}# by Ann\n")
    ann.commit()
    ann.push()
    host.write("statuspage.toml", f"{SETTINGS}# being edited\n")
    if is_staged:
        host.git("add", "statuspage.toml")

    note = pushed(host)

    assert "statuspage.toml has changes that are not committed" in note
    assert host.head() == local
    assert (host.folder / "statuspage.toml").read_text() == f"{SETTINGS}# being edited\n"
    assert at_remote(ann) == post("a" * 12).rstrip()


def test_edits_of_files_that_nobody_else_changed_do_not_matter(host: Person, ann: Person) -> None:
    write_post(host, post("a" * 12))
    ann.write("incidents/other.md", "x")
    ann.commit()
    ann.push()
    host.write("statuspage.toml", f"{SETTINGS}# being edited\n")

    assert pushed(host) == ""
    assert host.git("status", "--porcelain").strip() == "M statuspage.toml"
    assert host.head() == host.git("rev-parse", "origin/main")


def test_a_remote_that_is_gone_is_named_without_its_password(host: Person) -> None:
    host.git("remote", "set-url", "origin", "http://ann:hunter2@127.0.0.1:9/status.git")
    write_post(host, post("a" * 12))

    with pytest.raises(GitRefused) as refused:
        pushed(host)

    assert str(refused.value).startswith("http://127.0.0.1:9/status.git cannot be read: ")
    assert "hunter2" not in str(refused.value)


def test_a_branch_that_somebody_works_on_is_not_moved(host: Person, ann: Person) -> None:
    host.git("remote", "set-url", "origin", str(ann.folder))
    write_post(host, post("a" * 12))

    with pytest.raises(GitRefused, match=r"has main checked out; push to a bare repository$"):
        pushed(host)
