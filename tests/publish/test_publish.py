"""What lies on disk after a publication."""

from __future__ import annotations

from pathlib import Path

import pytest

from statuspage.publish import NotPublished, Publication, manifest_path, publish


@pytest.fixture
def manifest(tmp_path: Path) -> Path:
    return tmp_path / "var" / "manifests" / "out.sqlite"


def tree(out: Path) -> dict[str, bytes]:
    return {str(path.relative_to(out)): path.read_bytes() for path in out.rglob("*") if path.is_file()}


def test_the_output_holds_exactly_the_files(tmp_path: Path, manifest: Path) -> None:
    files = {"index.html": b"index", "incidents/a/index.html": b"a", "api/v2/status.json": b"{}"}

    published = publish(files, tmp_path / "out", manifest=manifest)

    assert tree(tmp_path / "out") == files
    assert (len(published.written), published.removed, published.count) == (3, (), 3)


def test_leaves_come_before_lists_and_the_index_and_the_heartbeat_last(tmp_path: Path, manifest: Path) -> None:
    names = ["heartbeat.json", "index.html", "history.atom", "incidents/a/index.html", "static/logo.svg", "hold/en.txt"]

    published = publish(dict.fromkeys(names, b"x"), tmp_path / "out", manifest=manifest)

    assert published.written == (
        "static/logo.svg",
        "incidents/a/index.html",
        "history.atom",
        "hold/en.txt",
        "index.html",
        "heartbeat.json",
    )


def test_only_what_changed_is_written_and_what_is_gone_is_removed(tmp_path: Path, manifest: Path) -> None:
    out = tmp_path / "out"
    publish({"index.html": b"1", "incidents/a/index.html": b"a", "badge.svg": b"b"}, out, manifest=manifest)
    untouched = (out / "badge.svg").stat()

    published = publish({"index.html": b"2", "badge.svg": b"b"}, out, manifest=manifest)

    assert (published.written, published.removed, published.count) == (("index.html",), ("incidents/a/index.html",), 2)
    assert (out / "badge.svg").stat().st_ino == untouched.st_ino
    assert not (out / "incidents").exists()


def test_a_file_that_somebody_else_put_there_stays(tmp_path: Path, manifest: Path) -> None:
    out = tmp_path / "out"
    out.mkdir()
    (out / "CNAME").write_text("status.example.com")

    publish({"index.html": b"1"}, out, manifest=manifest)

    assert (out / "CNAME").read_text() == "status.example.com"


def test_what_a_killed_run_left_behind_is_still_known_as_its_own(tmp_path: Path, manifest: Path) -> None:
    out = tmp_path / "out"
    blocked = out / "zz"
    blocked.mkdir(parents=True)
    with pytest.raises(NotPublished):
        publish({"a.txt": b"half way", "zz": b"a folder is in the way"}, out, manifest=manifest)
    assert (out / "a.txt").exists()

    blocked.rmdir()
    published = publish({"index.html": b"1"}, out, manifest=manifest)

    assert published.removed == ("a.txt",)
    assert tree(out) == {"index.html": b"1"}


def test_a_damaged_manifest_is_written_anew(tmp_path: Path, manifest: Path) -> None:
    out = tmp_path / "out"
    publish({"index.html": b"1"}, out, manifest=manifest)
    manifest.write_bytes(b"no database" * 1_000)

    published = publish({"index.html": b"2"}, out, manifest=manifest)

    assert published.count == 1
    assert publish({}, out, manifest=manifest).removed == ("index.html",)


def test_a_link_that_leads_out_of_the_folder_is_not_followed(tmp_path: Path, manifest: Path) -> None:
    out, elsewhere = tmp_path / "out", tmp_path / "elsewhere"
    out.mkdir()
    elsewhere.mkdir()
    (out / "incidents").symlink_to(elsewhere)

    with pytest.raises(NotPublished, match="leads out of"):
        publish({"incidents/a/index.html": b"x"}, out, manifest=manifest)

    assert list(elsewhere.iterdir()) == []


def test_no_temporary_file_is_left(tmp_path: Path, manifest: Path) -> None:
    publish({"index.html": b"1"}, tmp_path / "out", manifest=manifest)

    assert [path.name for path in (tmp_path / "out").iterdir()] == ["index.html"]


def test_two_outputs_of_one_site_have_manifests_of_their_own(tmp_path: Path) -> None:
    assert manifest_path(tmp_path, tmp_path / "a") != manifest_path(tmp_path, tmp_path / "b")


def test_a_folder_that_comes_later_below_another_is_no_foreign_change(tmp_path: Path, manifest: Path) -> None:
    publication = Publication(tmp_path / "out", manifest=manifest)
    publication.put({"history/2026-11/index.html": b"1"})
    publication.flush()

    publication.put({"history/2026-11/2/index.html": b"2"})
    publication.finish({"index.html": b"i"})

    assert publication.is_as_left()
    (tmp_path / "out" / "history" / "2026-11" / "2" / "index.html").unlink()
    assert not publication.is_as_left()
