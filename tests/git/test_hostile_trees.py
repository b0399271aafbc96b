"""Commits that nobody makes by hand: links, submodules, names that lead elsewhere; nothing outside is touched."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest
from dulwich.objects import Blob, Commit, ObjectID, Tree
from dulwich.repo import Repo

from statuspage.config import GitSettings
from statuspage.git import MirrorOrigin
from statuspage.git.bringing import NOWHERE
from statuspage.source.folder import read_folder
from tests.git.repositories import INCIDENT, NOW, SETTINGS, Person, Ticking

LINK, SUBMODULE, FILE = 0o120000, 0o160000, 0o100644
Node = bytes | tuple[int, bytes] | dict[bytes, "Node"]


def hostile(remote: Path, files: dict[bytes, Node], *, on: str | None = None) -> str:
    """Commit a tree as it is given, whatever git thinks of it, and return the commit."""
    with Repo(str(remote)) as repo:
        commit = Commit()
        commit.tree = tree(repo, files)
        commit.parents = [ObjectID(on.encode())] if on else []
        commit.author = commit.committer = b"Mallory <m@acme.example>"
        commit.author_time = commit.commit_time = int(NOW.timestamp())
        commit.author_timezone = commit.commit_timezone = 0
        commit.message = b"Hostile"
        repo.object_store.add_object(commit)
        repo.refs[b"refs/heads/main"] = commit.id  # type: ignore[index]  # a Ref is bytes
        return commit.id.decode()


def tree(repo: Repo, files: dict[bytes, Node]) -> ObjectID:
    made = Tree()
    for name, node in files.items():
        if isinstance(node, dict):
            made.add(name, stat.S_IFDIR, tree(repo, node))
        elif isinstance(node, tuple) and node[0] == SUBMODULE:
            made.add(name, SUBMODULE, ObjectID(node[1]))
        else:
            mode, content = node if isinstance(node, tuple) else (FILE, node)
            blob = Blob.from_string(content)
            repo.object_store.add_object(blob)
            made.add(name, mode, blob.id)
    repo.object_store.add_object(made)
    return made.id


def site_with(incidents: dict[bytes, Node], **more: Node) -> dict[bytes, Node]:
    return {
        b"statuspage.toml": SETTINGS.encode(),
        b"incidents": incidents,
        **{name.encode(): node for name, node in more.items()},
    }


@pytest.fixture
def origin(remote: Path, tmp_path: Path) -> MirrorOrigin:
    (tmp_path / "site").mkdir()
    return MirrorOrigin(tmp_path / "site", GitSettings(remote=str(remote)), clock=Ticking())


def follow(origin: MirrorOrigin) -> None:
    origin.step()
    origin.bring_in(frozenset())


def everything_outside(tmp_path: Path) -> set[Path]:
    inside = tmp_path / "site" / "var"
    return {place for place in tmp_path.rglob("*") if inside not in place.parents and "remotes" not in place.parts}


def test_a_symlink_leads_nowhere_and_still_acknowledges(origin: MirrorOrigin, remote: Path, tmp_path: Path) -> None:
    secret = tmp_path / "secret.md"
    secret.write_text(INCIDENT.format(title="Secret"))
    hostile(remote, site_with({b"cards-fail.md": (LINK, os.fsencode(secret))}, static=(LINK, b"/etc")))

    follow(origin)

    assert (origin.folder / "incidents/cards-fail.md").readlink() == Path(NOWHERE)
    assert (origin.folder / "static").readlink() == Path(NOWHERE)
    folder = read_folder(origin.folder)
    assert [(file.path, file.data, file.fault) for file in folder.files] == [
        ("incidents/cards-fail.md", None, "is a symlink, which is never followed; put the file itself here")
    ]
    assert folder.static == {}


def test_a_link_of_an_earlier_commit_is_not_written_through(origin: MirrorOrigin, remote: Path, tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    first = hostile(remote, site_with({b"sub": (LINK, os.fsencode(elsewhere)), b"a.md": b"a"}))
    follow(origin)
    # As if a program had left the link as it was, or a person had put one here.
    (origin.folder / "incidents" / "sub").unlink()
    (origin.folder / "incidents" / "sub").symlink_to(elsewhere)
    second = hostile(remote, site_with({b"sub": {b"x.md": b"x"}, b"a.md": b"a"}), on=first)
    follow(origin)

    assert (origin.folder / "incidents/sub/x.md").read_text() == "x"
    assert list(elsewhere.iterdir()) == []

    (origin.folder / "incidents" / "sub" / "x.md").unlink()
    (origin.folder / "incidents" / "sub").rmdir()
    (origin.folder / "incidents" / "sub").symlink_to(elsewhere)
    (elsewhere / "x.md").write_text("not ours")
    hostile(remote, site_with({b"a.md": b"a"}), on=second)
    follow(origin)
    assert (elsewhere / "x.md").read_text() == "not ours"


@pytest.mark.parametrize(
    "incidents",
    [
        {b"..": {b"..": {b"escaped.md": b"x"}}},
        {b"../../../escaped.md": b"x"},
        {b".git": {b"escaped.md": b"x"}},
        {b".GIT": b"x"},
        {b".": {b"escaped.md": b"x"}},
        {b"/escaped.md": b"x"},
    ],
)
def test_a_name_that_leads_elsewhere_is_left_out(
    origin: MirrorOrigin, remote: Path, tmp_path: Path, incidents: dict[bytes, Node]
) -> None:
    before = everything_outside(tmp_path)
    hostile(remote, site_with({b"good.md": b"good", **incidents}))

    follow(origin)

    assert everything_outside(tmp_path) == before
    assert sorted(file.name for file in (origin.folder / "incidents").iterdir()) == ["good.md"]
    assert [alarm.split(": ")[1] for alarm in origin.alarms()] == [
        "has a name that leads elsewhere; rename it; it is left out"
    ]


def test_a_submodule_is_left_out_and_told_until_it_is_gone(origin: MirrorOrigin, remote: Path) -> None:
    first = hostile(remote, site_with({b"a.md": b"a", b"sub": (SUBMODULE, b"1" * 40)}))
    follow(origin)
    told = ("incidents/sub: is a submodule, which is not fetched; put the files themselves here; it is left out",)
    assert origin.alarms() == told

    second = hostile(remote, site_with({b"a.md": b"b", b"sub": (SUBMODULE, b"1" * 40)}), on=first)
    follow(origin)
    assert origin.alarms() == told

    hostile(remote, site_with({b"a.md": b"b"}), on=second)
    follow(origin)
    assert origin.alarms() == ()


def test_odd_names_are_left_to_the_reader_of_folders(origin: MirrorOrigin, remote: Path) -> None:
    names = [b"line\nfeed.md", b"not-utf-8-\xff.md", b"..%2f..%2fx.md", "größe.md".encode(), b"-rf.md"]
    hostile(remote, site_with(dict.fromkeys(names, INCIDENT.format(title="Odd").encode())))

    follow(origin)

    assert sorted(os.fsencode(file.name) for file in (origin.folder / "incidents").iterdir()) == sorted(names)
    assert origin.alarms() == ()
    # A name that begins with a dot is what editors leave: no incident, and no fault.
    assert len(read_folder(origin.folder).files) == len(names) - 1


def test_a_name_that_is_too_long_for_a_disk_is_left_out(origin: MirrorOrigin, remote: Path) -> None:
    hostile(remote, site_with({b"a.md": b"a", b"x" * 300: b"x"}))

    follow(origin)

    assert [file.name for file in (origin.folder / "incidents").iterdir()] == ["a.md"]
    assert "cannot be written: File name too long; give it another name" in origin.alarms()[0]


def test_of_a_file_that_is_too_large_no_more_is_written_than_shows_it(origin: MirrorOrigin, remote: Path) -> None:
    hostile(remote, site_with({b"large.md": b"x" * 3_000_000}))

    follow(origin)

    assert (origin.folder / "incidents/large.md").stat().st_size == 256 * 1024 + 1
    assert read_folder(origin.folder).files[0].fault == "has more than 256 kB; shorten it"


def test_folders_without_end_are_held_back(origin: MirrorOrigin, remote: Path) -> None:
    first = hostile(remote, site_with({b"a.md": b"a"}))
    follow(origin)
    deep: dict[bytes, Node] = {b"x.md": b"x"}
    for _ in range(100):
        deep = {b"d": deep}
    hostile(remote, site_with({b"a.md": b"a", b"d": deep}), on=first)

    follow(origin)

    assert "is held back: folders lie deeper than 32 in one another; flatten them" in origin.alarms()[0]
    assert [file.name for file in (origin.folder / "incidents").iterdir()] == ["a.md"]


def test_a_tree_that_unfolds_into_too_many_files_is_held_back(
    origin: MirrorOrigin, remote: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("statuspage.git.trees.MOST_FILES", 1_000)
    first = hostile(remote, site_with({b"a.md": b"a"}))
    follow(origin)
    level: dict[bytes, Node] = {f"{number}.md".encode(): b"x" for number in range(10)}
    for _ in range(3):
        level = {str(number).encode(): level for number in range(10)}
    hostile(remote, site_with({b"a.md": b"a", b"b": level}), on=first)

    follow(origin)

    assert "there are more than 1000 files" in origin.alarms()[0]


def test_an_object_that_is_no_tree_is_held_back(origin: MirrorOrigin, remote: Path) -> None:
    first = hostile(remote, site_with({b"a.md": b"a"}))
    follow(origin)
    with Repo(str(remote)) as repo:
        fake = Blob.from_string(b"not a tree")
        repo.object_store.add_object(fake)
        top = Tree()
        top.add(b"incidents", stat.S_IFDIR, fake.id)
        repo.object_store.add_object(top)
        commit = Commit()
        commit.tree, commit.parents, commit.message = top.id, [ObjectID(first.encode())], b"x"
        commit.author = commit.committer = b"M <m@acme.example>"
        commit.author_time = commit.commit_time = commit.author_timezone = commit.commit_timezone = 0
        repo.object_store.add_object(commit)
        repo.refs[b"refs/heads/main"] = commit.id  # type: ignore[index]  # a Ref is bytes

    follow(origin)

    assert origin.alarms()
    assert (origin.folder / "incidents/a.md").read_text() == "a"


KILLED = """
import os, signal, sys
from datetime import UTC, datetime
from pathlib import Path
from statuspage.config import GitSettings
from statuspage.git import MirrorOrigin

replace, left = os.replace, int(sys.argv[3])
def counted(*arguments, **options):
    global left
    left -= 1
    if left < 0:
        os.kill(os.getpid(), signal.SIGKILL)
    return replace(*arguments, **options)

site = Path(sys.argv[1])
origin = MirrorOrigin(site, GitSettings(remote=sys.argv[2]), clock=lambda: datetime(2026, 11, 21, tzinfo=UTC))
origin.step()
os.replace = counted
origin.bring_in(frozenset())
"""


@pytest.mark.parametrize("renames", [0, 1, 2, 3, 4, 5])
def test_killed_while_files_are_brought_in_the_next_start_completes(
    origin: MirrorOrigin, ann: Person, remote: Path, tmp_path: Path, renames: int
) -> None:
    follow(origin)
    for number in range(3):
        ann.write(f"incidents/old-{number}.md", f"changed {number}")
    ann.git("rm", "-q", "incidents/old-3.md")
    ann.commit()
    ann.push()
    command = [sys.executable, "-c", KILLED, str(tmp_path / "site"), str(remote), str(renames)]

    killed = subprocess.run(command, capture_output=True, text=True, check=False)
    again = MirrorOrigin(tmp_path / "site", GitSettings(remote=str(remote)), clock=Ticking())
    again.bring_in(frozenset())

    assert killed.returncode == -9, killed.stderr
    found = {file.name: file.read_text() for file in (again.folder / "incidents").iterdir()}
    assert found == {
        "cards.md": INCIDENT.format(title="Cards fail"),
        **{f"old-{number}.md": f"changed {number}" for number in range(3)},
    }
