"""Timed posts committed in the work tree that a site folder lies in, and nothing else."""

from __future__ import annotations

from pathlib import Path

import pytest

from statuspage.config import GitSettings
from statuspage.errors import GitRefused
from statuspage.git.work_tree import commit_posts, uncommitted_posts
from tests.git.repositories import AUTHOR, NOW, SETTINGS, Person, post, write_site

TIMED = "incidents/cards.timed.md"
SETTINGS_OF_GIT = GitSettings(commit=True)


@pytest.fixture
def host(tmp_path: Path) -> Person:
    person = Person(folder=tmp_path / "host")
    person.folder.mkdir()
    person.git("init", "-b", "main")
    write_site(person)
    return person


def commit(host: Person, *paths: str) -> str | None:
    return commit_posts(host.folder, paths or (TIMED,), settings=SETTINGS_OF_GIT, now=NOW)


def refusal(host: Person, settings: GitSettings = SETTINGS_OF_GIT) -> str:
    with pytest.raises(GitRefused) as refused:
        commit_posts(host.folder, (TIMED,), settings=settings, now=NOW)
    return str(refused.value).replace(str(host.folder), "FOLDER")


def test_a_post_is_committed_alone_whatever_else_is_staged_or_edited(host: Person) -> None:
    host.write(TIMED, post("a" * 12))
    host.write("incidents/staged.md", "staged")
    host.git("add", "incidents/staged.md")
    host.write("statuspage.toml", f"{SETTINGS}# edited\n")
    host.write("incidents/new.md", "not known to git")
    before = host.head()

    made = commit(host)

    assert made == host.head()
    assert host.git("diff", "--name-status", before, "HEAD") == f"A\t{TIMED}"
    assert host.shown(TIMED) == post("a" * 12).rstrip()
    assert host.git("status", "--porcelain").splitlines() == [
        "A  incidents/staged.md",
        " M statuspage.toml",
        "?? incidents/new.md",
    ]
    assert host.git("log", "-1", "--format=%an <%ae>|%cn <%ce>|%aI|%s") == (
        f"{AUTHOR}|{AUTHOR}|{NOW:%Y-%m-%dT%H:%M:%S}+00:00|Timed posts: cards"
    )
    assert host.git("fsck", "--strict") == ""


def test_what_a_person_commits_afterwards_holds_the_post_too(host: Person) -> None:
    host.write(TIMED, post("a" * 12))
    commit(host)
    host.write("incidents/more.md", "more")
    host.commit()

    assert sorted(host.git("ls-tree", "-r", "--name-only", "HEAD").splitlines()) == [
        "incidents/cards.md",
        TIMED,
        "incidents/more.md",
        "statuspage.toml",
    ]


def test_a_post_that_is_there_makes_no_commit(host: Person) -> None:
    host.write(TIMED, post("a" * 12))
    first = commit(host)

    assert commit(host) is None
    assert host.head() == first


def test_a_site_below_the_root_of_its_repository_commits_there(host: Person) -> None:
    inner = Person(folder=host.folder / "docs" / "status")
    inner.folder.mkdir(parents=True)
    write_site(inner)
    inner.write(TIMED, post("b" * 12))

    commit(inner)

    assert host.git("diff", "--name-only", "HEAD~1", "HEAD") == f"docs/status/{TIMED}"


def test_posts_that_were_not_committed_before_a_crash_are_found(host: Person) -> None:
    host.write(TIMED, post("a" * 12))
    host.write("incidents/other.timed.md", post("b" * 12))
    commit(host)

    assert uncommitted_posts(host.folder, settings=SETTINGS_OF_GIT) == ("incidents/other.timed.md",)


def test_an_index_that_another_command_holds_is_waited_for(host: Person) -> None:
    host.write(TIMED, post("a" * 12))
    (host.folder / ".git" / "index.lock").touch()

    assert refusal(host) == (
        "another git command is at work in FOLDER, or one that was killed left index.lock; end it, or remove that file"
    )
    assert host.git("log", "--format=%s") == "Site"


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        (
            ["checkout", "--detach"],
            "no branch is checked out in FOLDER; check one out, and the timed posts are committed",
        ),
        (
            ["checkout", "-b", "other"],
            "FOLDER has other checked out, and [git] branch is main; make them the same",
        ),
        (
            ["checkout", "--orphan", "empty"],
            "FOLDER has empty checked out, and [git] branch is main; make them the same",
        ),
    ],
)
def test_nothing_is_committed_where_it_does_not_belong(host: Person, arguments: list[str], reason: str) -> None:
    host.write(TIMED, post("a" * 12))
    host.git(*arguments)

    assert refusal(host, GitSettings(commit=True, branch="main")) == reason


def test_nothing_is_committed_in_the_middle_of_a_merge(host: Person) -> None:
    host.git("checkout", "-b", "side")
    host.write("incidents/cards.md", "side")
    host.commit()
    host.git("checkout", "main")
    host.write("incidents/cards.md", "main")
    host.commit()
    with pytest.raises(AssertionError):
        host.git("merge", "side")
    host.write(TIMED, post("a" * 12))

    assert refusal(host) == "a merge is under way in FOLDER; finish it, and the timed posts are committed"


def test_without_a_repository_or_a_commit_the_reason_says_what_to_do(tmp_path: Path) -> None:
    person = Person(folder=tmp_path / "plain")
    person.write(TIMED, post("a" * 12))

    assert refusal(person) == "FOLDER lies in no git repository; make one: git init, git add, git commit"

    person.git("init", "-b", "main")
    assert refusal(person) == "FOLDER has no commit yet; commit the files of the site first"
