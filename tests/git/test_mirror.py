"""A site that is published from a remote: what is taken, what is held back, and that the last commit always goes on."""

from __future__ import annotations

from pathlib import Path

import pytest

from statuspage.config import GitSettings
from statuspage.errors import GitRefused
from statuspage.git import MirrorOrigin
from statuspage.git.leftovers import locked
from statuspage.git.places import fetch_lock_path
from statuspage.source.committed import committed_versions
from tests.git.repositories import INCIDENT, Person, Ticking, bare, clone, over_http, post

OPEN = frozenset({"incidents/cards.md"})
TIMED = "incidents/cards.timed.md"


def origin_at(site: Path, remote: Path | str, *, push: bool = False, branch: str | None = None) -> MirrorOrigin:
    settings = GitSettings(remote=str(remote), push=push, branch=branch)
    return MirrorOrigin(site, settings, clock=Ticking())


@pytest.fixture
def site(tmp_path: Path) -> Path:
    folder = tmp_path / "site"
    folder.mkdir()
    return folder


@pytest.fixture
def origin(ann: Person, remote: Path, site: Path) -> MirrorOrigin:
    """Return the origin of a site that publishes Ann's first commit."""
    origin = origin_at(site, remote, push=True)
    origin.step()
    assert origin.bring_in(frozenset()) is None
    assert published(origin) == ann.head()
    return origin


def published(origin: MirrorOrigin) -> str:
    return Person(folder=origin.folder.parent / "mirror.git").git("rev-parse", "HEAD")


def incidents(origin: MirrorOrigin) -> set[str]:
    return {file.name for file in (origin.folder / "incidents").iterdir()}


def alarms(origin: MirrorOrigin, ann: Person) -> list[str]:
    """Return the alarms, with commits by their subjects."""
    commits = [
        line.split(" ", 1) for line in ann.git("log", "--all", "--reflog", "--format=%h %s", "--abbrev=10").splitlines()
    ]
    told = []
    for alarm in origin.alarms():
        for commit, words in commits:
            alarm = alarm.replace(commit, f"<{words}>")
        told.append(alarm)
    return told


def follow(origin: MirrorOrigin) -> frozenset[str] | None:
    origin.step()
    return origin.bring_in(OPEN)


def test_a_commit_that_is_pushed_is_brought_in_and_named(origin: MirrorOrigin, ann: Person) -> None:
    ann.write("incidents/2026/new.md", INCIDENT.format(title="New"))
    ann.write("static/logo.svg", "<svg/>")
    ann.write("README.md", "not part of the site")
    ann.git("rm", "-q", "incidents/old-0.md")
    ann.commit()
    ann.push()

    assert follow(origin) == frozenset({"incidents/2026/new.md", "static/logo.svg", "incidents/old-0.md"})
    assert (origin.folder / "static/logo.svg").read_text() == "<svg/>"
    assert not (origin.folder / "README.md").exists()
    assert not (origin.folder / "incidents/old-0.md").exists()
    assert (published(origin), origin.alarms()) == (ann.head(), ())
    assert follow(origin) == frozenset()


def test_a_file_that_did_not_change_keeps_its_stamp(origin: MirrorOrigin, ann: Person) -> None:
    before = (origin.folder / "incidents/cards.md").stat().st_mtime_ns
    ann.write("incidents/new.md", INCIDENT.format(title="New"))
    ann.commit()
    ann.push()
    follow(origin)

    assert (origin.folder / "incidents/cards.md").stat().st_mtime_ns == before


def test_earlier_versions_of_a_file_are_found_from_the_inner_site(origin: MirrorOrigin, ann: Person) -> None:
    ann.write("incidents/cards.md", "second")
    ann.commit()
    ann.push()
    follow(origin)

    assert list(committed_versions(origin.folder, "incidents/cards.md")) == [
        b"second",
        INCIDENT.format(title="Cards fail").encode(),
    ]


def test_another_program_goes_on_where_the_last_one_ended(origin: MirrorOrigin, remote: Path, site: Path) -> None:
    first = published(origin)

    second = origin_at(site, remote)

    assert second.bring_in(OPEN) is None
    assert published(second) == first
    assert second.bring_in(OPEN) == frozenset()


def test_with_the_remote_down_the_last_commit_goes_on(origin: MirrorOrigin, ann: Person, remote: Path) -> None:
    remote.rename(remote.with_name("gone"))

    assert follow(origin) == frozenset()
    assert alarms(origin, ann) == [
        f"{remote} cannot be read: there is no repository, or none that may be seen with this token; "
        "the page goes on from commit <Site>, source last read at 2026-11-21T14:41:00Z"
    ]

    remote.with_name("gone").rename(remote)
    follow(origin)
    assert origin.alarms() == ()


def test_posts_are_kept_while_the_remote_is_down_and_pushed_afterwards(
    origin: MirrorOrigin, ann: Person, remote: Path
) -> None:
    remote.rename(remote.with_name("gone"))
    write_post(origin, post("a" * 12))
    follow(origin)
    assert (origin.folder / TIMED).exists()

    remote.with_name("gone").rename(remote)
    origin.step()

    ann.pull()
    assert (ann.folder / TIMED).read_text() == post("a" * 12)
    assert (published(origin), origin.alarms()) == (ann.head(), ())


def write_post(origin: MirrorOrigin, *posts: str) -> None:
    with origin.still():
        (origin.folder / TIMED).write_text("\n".join(posts))
        origin.keep([TIMED], Ticking()())


def test_with_nothing_ever_fetched_there_is_nothing_to_publish(site: Path, tmp_path: Path) -> None:
    origin = origin_at(site, tmp_path / "nothing.git")
    origin.step()

    with pytest.raises(GitRefused, match=r"was ever fetched; there is nothing to publish yet$"):
        origin.bring_in(frozenset())
    assert origin.alarms()[0].endswith("there is no commit to go on from, source not read since the start")


def test_a_branch_that_is_gone_leaves_the_last_commit(origin: MirrorOrigin, ann: Person, remote: Path) -> None:
    Person(folder=remote).git("update-ref", "-d", "refs/heads/main")

    assert follow(origin) == frozenset()
    assert alarms(origin, ann) == [
        f"{remote} has no branch main; push one, or name another as [git] branch; "
        "the page goes on from commit <Site>, source last read at 2026-11-21T14:41:00Z"
    ]


def test_what_others_push_goes_below_our_own_posts(origin: MirrorOrigin, ann: Person) -> None:
    write_post(origin, post("a" * 12))
    ann.write("incidents/new.md", INCIDENT.format(title="New"))
    theirs = ann.commit("Ann's")
    ann.push()

    assert follow(origin) == frozenset({"incidents/new.md"})
    origin.step()

    ann.pull()
    assert ann.git("rev-parse", "HEAD~1") == theirs
    assert (ann.folder / TIMED).read_text() == post("a" * 12)
    assert published(origin) == ann.head()


def test_the_same_post_of_another_host_stands_once(origin: MirrorOrigin, ann: Person) -> None:
    write_post(origin, post("a" * 12, words="Ours."), post("b" * 12, minute=39))
    ann.write(TIMED, post("a" * 12, words="Theirs."))
    ann.commit()
    ann.push()
    follow(origin)
    origin.step()

    ann.pull()
    text = (ann.folder / TIMED).read_text()
    assert (text.count("Id: aaaaaaaaaaaa"), text.count("Id: bbbbbbbbbbbb")) == (1, 1)
    assert "Theirs." in text
    assert (origin.folder / TIMED).read_text() == text


def test_a_history_that_was_rewritten_is_taken_and_our_posts_with_it(origin: MirrorOrigin, ann: Person) -> None:
    write_post(origin, post("a" * 12))
    ann.write("incidents/cards.md", INCIDENT.format(title="Reworded"))
    ann.git("commit", "-a", "--amend", "-m", "Rewritten")
    ann.push("--force")

    assert "incidents/cards.md" in (follow(origin) or ())
    assert origin.alarms() == ()
    assert (origin.folder / TIMED).exists()


def test_an_older_commit_never_replaces_a_newer_one(origin: MirrorOrigin, ann: Person) -> None:
    ann.write("incidents/new.md", INCIDENT.format(title="New"))
    newer = ann.commit("Newer")
    ann.push()
    follow(origin)
    ann.git("reset", "--hard", "HEAD~1")
    ann.push("--force")

    assert follow(origin) == frozenset()
    assert published(origin) == newer
    assert alarms(origin, ann) == [
        "commit <Site> is held back: it is older than the one that is published, <Newer>. If that is meant, run "
        "statuspage build --accept; else push a commit on top of the newer one, as git revert makes it; "
        "the page goes on from commit <Newer>, source last read at 2026-11-21T14:44:00Z"
    ]

    origin.accept()
    assert follow(origin) == frozenset({"incidents/new.md"})
    assert origin.alarms() == ()


def test_an_open_incident_that_vanishes_is_held(origin: MirrorOrigin, ann: Person) -> None:
    ann.git("rm", "-q", "incidents/cards.md")
    ann.commit("Gone")
    ann.push()

    assert follow(origin) == frozenset()
    assert "cards.md" in incidents(origin)
    assert alarms(origin, ann)[0].startswith(
        "commit <Gone> is held back: 1 of 5 incident files are not in it: incidents/cards.md (open). If that is meant, "
    )


def test_a_few_closed_incidents_may_go(origin: MirrorOrigin, ann: Person) -> None:
    ann.git("rm", "-q", "incidents/old-1.md")
    ann.commit()
    ann.push()

    assert follow(origin) == frozenset({"incidents/old-1.md"})


def test_more_than_three_in_ten_that_vanish_are_held_until_a_good_commit_comes(
    origin: MirrorOrigin, ann: Person
) -> None:
    ann.git("rm", "-q", "incidents/old-1.md", "incidents/old-2.md")
    ann.commit("Gone")
    ann.push()
    write_post(origin, post("a" * 12))

    assert follow(origin) == frozenset()
    assert len(origin.alarms()) == 1

    ann.git("revert", "--no-edit", "HEAD")
    ann.push()
    follow(origin)
    origin.step()

    assert origin.alarms() == ()
    ann.pull()
    assert published(origin) == ann.head()
    assert (ann.folder / TIMED).exists()


def test_files_that_move_have_not_vanished(origin: MirrorOrigin, ann: Person) -> None:
    (ann.folder / "incidents" / "2026").mkdir()
    for name in ("cards", "old-0", "old-1", "old-2"):
        ann.git("mv", f"incidents/{name}.md", f"incidents/2026/{name}.md")
    ann.commit()
    ann.push()

    follow(origin)

    assert incidents(origin) == {"2026", "old-3.md"}


@pytest.mark.parametrize("files", [[], ["README.md"]])
def test_an_orphan_is_held_and_can_be_accepted(origin: MirrorOrigin, ann: Person, files: list[str]) -> None:
    ann.git("checkout", "--orphan", "empty")
    ann.git("rm", "-rqf", ".")
    for file in files:
        ann.write(file, "x")
    ann.commit("Orphan")
    ann.push("--force")

    assert follow(origin) == frozenset()
    assert len(origin.alarms()) == 1

    origin.accept()
    follow(origin)
    assert (published(origin), origin.alarms()) == (ann.head(), ())
    assert not (origin.folder / "incidents").exists()


def test_what_one_program_accepts_is_released_in_the_other(
    origin: MirrorOrigin, ann: Person, remote: Path, site: Path
) -> None:
    poked: list[str] = []
    ann.git("rm", "-q", "incidents/cards.md")
    ann.commit()
    ann.push()
    follow(origin)
    origin._poke = lambda: poked.append("now")  # noqa: SLF001 - as start does, without its thread
    origin.step()
    assert poked == []

    other = origin_at(site, remote)
    other.step()
    other.accept()
    origin.step()

    assert poked == ["now"]
    other.bring_in(OPEN)
    origin.step()
    assert poked == ["now", "now"]
    assert origin.bring_in(OPEN) is None
    assert "cards.md" not in incidents(origin)


def test_another_branch_is_judged_by_what_was_published(
    origin: MirrorOrigin, ann: Person, remote: Path, site: Path
) -> None:
    first = published(origin)
    ann.git("checkout", "--orphan", "wrong")
    ann.git("rm", "-rqf", ".")
    ann.commit("Wrong")
    ann.git("push", "origin", "HEAD:wrong")

    second = origin_at(site, remote, branch="wrong")
    follow(second)

    assert published(second) == first
    assert "is held back: 5 of 5 incident files" in second.alarms()[0]


def test_a_mirror_that_is_damaged_is_made_anew(origin: MirrorOrigin, remote: Path, site: Path) -> None:
    mirror = site / "var" / "mirror.git"
    (mirror / "HEAD").unlink()
    (mirror / "objects").rename(mirror / "elsewhere")

    second = origin_at(site, remote)
    follow(second)

    assert second.alarms() == ()
    assert "cards.md" in incidents(second)
    assert origin.folder == second.folder


def test_a_bring_in_that_was_ended_half_way_is_completed(origin: MirrorOrigin, remote: Path, site: Path) -> None:
    (site / "var" / "source.json").unlink()
    (origin.folder / "incidents" / "cards.md").write_text("half")
    (origin.folder / "incidents" / "old-0.md").unlink()
    (origin.folder / "incidents" / "stranger.md").write_text("of another commit")
    (origin.folder / "incidents" / ".0123.part").write_text("left over")

    second = origin_at(site, remote)
    second.bring_in(OPEN)

    assert incidents(second) == {"cards.md", *(f"old-{number}.md" for number in range(4))}
    assert (second.folder / "incidents/cards.md").read_text() == INCIDENT.format(title="Cards fail")


def test_a_post_that_was_written_just_before_a_crash_is_kept(
    origin: MirrorOrigin, ann: Person, remote: Path, site: Path
) -> None:
    (origin.folder / TIMED).write_text(post("a" * 12))
    ann.write("incidents/new.md", INCIDENT.format(title="New"))
    ann.commit()
    ann.push()

    second = origin_at(site, remote, push=True)
    follow(second)
    second.step()

    ann.pull()
    assert (ann.folder / TIMED).read_text() == post("a" * 12)


def test_references_that_a_killed_program_left_locked_are_freed(
    origin: MirrorOrigin, ann: Person, remote: Path, site: Path
) -> None:
    (site / "var" / "mirror.git" / "refs" / "heads" / "main.lock").touch()
    ann.write("incidents/new.md", INCIDENT.format(title="New"))
    ann.commit()
    ann.push()

    follow(origin_at(site, remote))

    assert "new.md" in incidents(origin)


def test_half_written_objects_are_swept_but_not_packs_that_another_program_is_fetching(
    origin: MirrorOrigin, remote: Path, site: Path
) -> None:
    objects = origin.folder.parent / "mirror.git" / "objects"
    halves = [objects / "00" / ("1" * 38 + ".lock"), objects / "pack" / "half.pack", objects / "pack" / "x.idx.lock"]
    for half in halves:
        half.parent.mkdir(exist_ok=True)
        half.write_bytes(b"PACK")

    with locked(fetch_lock_path(site)):
        origin_at(site, remote)
        assert [half.exists() for half in halves] == [False, True, True]

    again = origin_at(site, remote)
    assert [half.exists() for half in halves] == [False, False, False]
    assert follow(again) is None
    assert again.alarms() == ()


def test_over_http_posts_go_there_and_files_come_back(ann: Person, remote: Path, site: Path) -> None:
    with over_http(remote.parent) as served:
        origin = origin_at(site, served.address("status.git"), push=True)
        follow(origin)
        write_post(origin, post("a" * 12))
        ann.write("incidents/new.md", INCIDENT.format(title="New"))
        ann.commit()
        ann.push()
        follow(origin)
        origin.step()

        ann.pull()
        assert (ann.folder / TIMED).exists()
        assert (published(origin), origin.alarms()) == (ann.head(), ())


def test_a_token_opens_the_remote_and_is_told_to_nobody(
    ann: Person, remote: Path, site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("STATUS_TOKEN", "hunter2")
    with over_http(remote.parent, password="hunter2") as served:
        settings = GitSettings(remote=served.address("status.git"), token_env="STATUS_TOKEN", push=True)
        origin = MirrorOrigin(site, settings, clock=Ticking())
        follow(origin)
        write_post(origin, post("a" * 12))
        origin.step()
        assert origin.alarms() == ()
        monkeypatch.setenv("STATUS_TOKEN", "wrong-hunter2")
        origin.step()

    ann.pull()
    assert (ann.folder / TIMED).exists()
    assert "is not let in with the token" in origin.alarms()[0]
    assert "hunter2" not in " ".join(origin.alarms())
    assert not [file for file in site.rglob("*") if file.is_file() and b"hunter2" in file.read_bytes()]


def test_a_closed_port_and_a_server_that_is_no_git_are_told(site: Path, free_port: int) -> None:
    origin = origin_at(site, f"http://127.0.0.1:{free_port}/status.git")
    origin.step()

    assert origin.alarms()[0].startswith(f"http://127.0.0.1:{free_port}/status.git cannot be read: ")


def test_a_second_remote_of_the_same_site_is_followed(
    ann: Person, site: Path, tmp_path: Path, origin: MirrorOrigin
) -> None:
    other = bare(tmp_path / "remotes" / "other.git")
    ann.git("remote", "add", "other", str(other))
    ann.git("push", "other", "HEAD:main")
    bob = clone(other, tmp_path / "bob")
    bob.write("incidents/new.md", INCIDENT.format(title="New"))
    bob.commit()
    bob.push()

    follow(origin_at(site, other))

    assert "new.md" in incidents(origin)
