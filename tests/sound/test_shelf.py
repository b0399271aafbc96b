from __future__ import annotations

from pathlib import Path

from statuspage.sound.shelf import Shelf


def test_what_was_not_used_for_longest_is_dropped_where_there_is_too_much(tmp_path: Path) -> None:
    shelf = Shelf(tmp_path, limit_bytes=300)
    for key in ("one", "two", "three"):
        shelf.put(key, bytes(60))
    shelf.get("one")

    shelf.put("four", bytes(60))

    assert {path.name for path in tmp_path.iterdir()} == {"one", "three", "four"}


def test_half_a_file_is_none(tmp_path: Path) -> None:
    shelf = Shelf(tmp_path, limit_bytes=1_000)
    shelf.put("key", b"content")
    (tmp_path / "key").write_bytes((tmp_path / "key").read_bytes()[:20])

    assert shelf.get("key") is None


def test_a_disk_that_refuses_is_no_fault(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    shelf = Shelf(tmp_path / "file", limit_bytes=1_000)

    shelf.put("key", b"content")

    assert shelf.get("key") is None
