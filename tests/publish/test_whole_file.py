"""Files that readers see whole."""

from __future__ import annotations

from pathlib import Path

import pytest

from statuspage.whole_file import whole_beside, write_whole


def test_a_file_is_replaced_whole_and_keeps_its_permissions(tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_bytes(b"old")
    file.chmod(0o640)
    reader = file.open("rb")

    write_whole(file, b"new and longer")

    with reader:
        assert reader.read() == b"old"
    assert (file.read_bytes(), file.stat().st_mode & 0o777) == (b"new and longer", 0o640)
    assert list(tmp_path.iterdir()) == [file]


def test_missing_folders_are_made_and_a_name_may_be_as_long_as_names_go(tmp_path: Path) -> None:
    file = tmp_path / "a" / "b" / ("x" * 255)

    write_whole(file, b"content")

    assert file.read_bytes() == b"content"


def test_what_was_there_stays_when_it_cannot_be_replaced(tmp_path: Path) -> None:
    folder = tmp_path / "a"
    (folder / "in the way").mkdir(parents=True)

    with pytest.raises(OSError, match="Is a directory"):
        write_whole(folder, b"content")

    assert list(tmp_path.iterdir()) == [folder]


def test_a_file_beside_is_hidden_holds_the_content_and_is_gone_afterwards(tmp_path: Path) -> None:
    with whole_beside(tmp_path / "a.txt", b"content") as whole:
        held = (whole.parent, whole.name[0], whole.read_bytes())

    assert held == (tmp_path, ".", b"content")
    assert list(tmp_path.iterdir()) == []
