"""A folder as hostile or careless hands leave it, read from a real disk."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest

from statuspage.source.folder import LARGEST_SOURCE_BYTES, read_folder
from statuspage.source.last_good import LastGood
from statuspage.source.page import Reading, read_page

from .builders import CONFIG, HEADING, incident_text, settings_of

MOST_SECONDS = 5
"""Of work for one bad file; the clock of the processor is the same on a busy machine."""


@pytest.fixture
def site_dir(tmp_path: Path) -> Path:
    (tmp_path / "incidents").mkdir()
    (tmp_path / "statuspage.toml").write_text(CONFIG)
    (tmp_path / "incidents" / "good.md").write_text(incident_text(title="Good"))
    return tmp_path


def reading_of(site_dir: Path) -> Reading:
    return read_page(settings_of(), read_folder(site_dir).files, last_good=LastGood(site_dir).versions)


def seconds_to_read(site_dir: Path) -> float:
    began = time.process_time()
    reading_of(site_dir)
    return time.process_time() - began


def faults_of(site_dir: Path) -> list[str]:
    return [str(fault) for fault in (*read_folder(site_dir).faults, *reading_of(site_dir).faults)]


def test_readmes_hidden_files_and_what_editors_leave_are_not_read(site_dir: Path) -> None:
    for name in ("README.md", ".hidden.md", "x.md~", "#x.md#", ".#x.md", ".x.md.swp", "x.md.orig"):
        (site_dir / "incidents" / name).write_text("nothing")

    folder = read_folder(site_dir)

    assert [file.path for file in folder.files] == ["incidents/good.md"]
    assert folder.faults == ()


def test_files_of_subfolders_and_static_files_are_found_in_one_order(site_dir: Path) -> None:
    (site_dir / "incidents" / "2026" / "a").mkdir(parents=True)
    (site_dir / "incidents" / "2026" / "a" / "deep.md").write_text("x")
    (site_dir / "static" / "img").mkdir(parents=True)
    (site_dir / "static" / "img" / "logo.svg").write_bytes(b"<svg/>")

    folder = read_folder(site_dir)

    assert [file.path for file in folder.files] == ["incidents/2026/a/deep.md", "incidents/good.md"]
    assert folder.static == {"static/img/logo.svg": b"<svg/>"}
    assert folder.settings.data == CONFIG.encode()


def test_an_empty_folder_has_no_settings_and_says_how_to_get_them(tmp_path: Path) -> None:
    folder = read_folder(tmp_path)

    assert (folder.files, folder.static, folder.faults) == ((), {}, ())
    assert folder.settings.fault == 'is missing; "statuspage init" writes one'


def test_a_file_that_is_no_markdown_by_its_name_is_warned_of(site_dir: Path) -> None:
    (site_dir / "incidents" / "cards.markdown").write_text(incident_text())

    assert faults_of(site_dir) == [
        "incidents/cards.markdown: warning: is not read, because its name does not end in .md; "
        "rename it if it is an incident"
    ]


def test_a_fifo_does_not_block_and_acknowledges(site_dir: Path) -> None:
    os.mkfifo(site_dir / "incidents" / "cards-fail.md")

    reading = reading_of(site_dir)

    assert [(i.title, i.is_unreadable) for i in reading.page.incidents] == [("Cards fail", True), ("Good", False)]
    assert faults_of(site_dir) == [
        "incidents/cards-fail.md: is not a regular file; put a text file here; "
        'until then the page shows "Cards fail" as Investigating'
    ]


def test_a_symlink_out_of_the_folder_is_never_followed(
    site_dir: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    secret = tmp_path_factory.mktemp("outside") / "secret.md"
    secret.write_text(incident_text(title="secret"))
    (site_dir / "incidents" / "link.md").symlink_to(secret)
    (site_dir / "incidents" / "folder").symlink_to(secret.parent)
    (site_dir / "static").mkdir()
    (site_dir / "static" / "key").symlink_to(secret)
    (site_dir / "static" / "dir").symlink_to(secret.parent)

    folder, reading = read_folder(site_dir), reading_of(site_dir)

    assert folder.static == {}
    assert "secret" not in repr((folder.files, reading.page.incidents))
    assert [str(fault) for fault in folder.faults] == [
        "static/dir: is a symlink, which is never followed; put the file itself here; it is not copied to the site",
        "static/key: is a symlink, which is never followed; put the file itself here; it is not copied to the site",
    ]
    assert [incident.slug for incident in reading.page.incidents] == ["folder", "good", "link"]


@pytest.mark.parametrize(
    ("content", "fault"),
    [
        (b"", ':1: has no front matter; begin it with "---", "title: …" and "---"'),
        (bytes(range(256)) * 40, ": is not UTF-8 text: byte 128 is 0x80; save it as UTF-8"),
        (incident_text().encode() + b"x" * 5_000_000, ": has more than 256 kB; shorten it"),
        (
            f"---\ntitle: {'[' * 10_000}\n---\n{HEADING}\n".encode(),
            ":2: front matter is nested too deeply; keep to one list or mapping below a key",
        ),
        (
            incident_text().replace("---\n\n", "\n").encode(),
            ':1: front matter has no end; write "---" on a line of its own below it',
        ),
    ],
    ids=["empty", "binary", "5 MB", "10,000 brackets in YAML", "unclosed"],
)
def test_a_bad_file_is_a_clear_error_an_acknowledgement_and_nothing_to_the_others(
    site_dir: Path, content: bytes, fault: str
) -> None:
    good = reading_of(site_dir).page.incidents
    (site_dir / "incidents" / "bad.md").write_bytes(content)

    reading = reading_of(site_dir)

    bad = reading.page.incidents[0]
    assert bad.is_unreadable
    assert reading.page.incidents[1:] == good
    shown = f'; until then the page shows "{bad.title[:80]}" as Investigating'
    assert (
        str(next(fault for fault in reading.faults if fault.severity == "error")) == f"incidents/bad.md{fault}{shown}"
    )


def test_the_title_of_a_file_that_is_too_large_is_made_out(site_dir: Path) -> None:
    (site_dir / "incidents" / "bad.md").write_bytes(incident_text().encode() + b"x" * LARGEST_SOURCE_BYTES)

    assert reading_of(site_dir).page.incidents[0].title == "Cards fail"


def test_10000_brackets_in_a_body_are_text(site_dir: Path) -> None:
    (site_dir / "incidents" / "bad.md").write_text(incident_text(f"{HEADING}\n\n{'[' * 10_000}\n"))

    reading = reading_of(site_dir)

    assert reading.faults == ()
    assert reading.page.incidents[0].updates[0].body == "[" * 10_000


def test_a_slug_in_two_subfolders_is_an_error_and_loses_nothing(site_dir: Path) -> None:
    for year in ("2025", "2026"):
        (site_dir / "incidents" / year).mkdir()
        (site_dir / "incidents" / year / "cards.md").write_text(incident_text(title=f"Cards {year}"))

    reading = reading_of(site_dir)

    assert [(i.slug, i.title) for i in reading.page.incidents] == [
        ("cards", "Cards 2025"),
        ("cards-2", "Cards 2026"),
        ("good", "Good"),
    ]
    assert faults_of(site_dir) == [
        'incidents/2026/cards.md: has the same name as incidents/2025/cards.md; its address ends in "cards-2" '
        "until you rename it"
    ]


@pytest.mark.parametrize(
    ("name", "slug"),
    [("Übersicht Karten!", "ubersicht-karten"), ("..%2f..%2fetc", "2f-2fetc"), ("a\nb", "a-b"), ("A_B", "a_b")],
)
def test_an_odd_name_makes_a_slug_of_its_own_with_a_warning(site_dir: Path, name: str, slug: str) -> None:
    (site_dir / "incidents" / f"{name}.md").write_text(incident_text())
    if name.startswith("."):
        assert read_folder(site_dir).files[0].path == "incidents/good.md"
        return

    reading = reading_of(site_dir)

    assert slug in [incident.slug for incident in reading.page.incidents]
    assert [fault.severity for fault in reading.faults] == ["warning"]
    assert "\n" not in str(reading.faults[0])


def test_a_name_of_bytes_that_are_no_text_is_read_all_the_same(site_dir: Path) -> None:
    (site_dir / os.fsdecode(b"incidents/caf\xe9.md")).write_text(incident_text())

    reading = reading_of(site_dir)

    assert "caf" in [incident.slug for incident in reading.page.incidents]
    assert "".join(map(str, reading.faults)).encode()


def test_a_made_slug_never_takes_that_of_another_file(site_dir: Path) -> None:
    (site_dir / "incidents" / "GOOD.md").write_text(incident_text(title="Shouted"))
    (site_dir / "incidents" / "good-2.md").write_text(incident_text(title="Second"))

    reading = reading_of(site_dir)

    assert [(i.slug, i.title) for i in reading.page.incidents] == [
        ("good", "Good"),
        ("good-2", "Second"),
        ("good-3", "Shouted"),
    ]


@pytest.mark.parametrize(
    "title",
    ['<script>"&]]>', "خدمة الدفع متوقفة 🚨", "x" * 2000, "{{ 7*7 }} {% raw %}"],
)
def test_any_text_may_be_a_title(site_dir: Path, title: str) -> None:
    quoted = title.replace("'", "''")
    (site_dir / "incidents" / "bad.md").write_text(incident_text(title=f"'{quoted}'"))

    reading = reading_of(site_dir)

    assert reading.page.incidents[0].title == title
    assert not reading.page.incidents[0].is_unreadable


def test_characters_that_no_page_can_hold_are_left_out_with_a_warning(site_dir: Path) -> None:
    text = incident_text(f"{HEADING}\n\nWe \x1bknow\ufffe.\n", title="Cards\x00 fail")
    (site_dir / "incidents" / "bad.md").write_text(text)

    reading = reading_of(site_dir)

    assert reading.page.incidents[0].title == "Cards fail"
    assert reading.page.incidents[0].updates[0].body == "We know."
    assert faults_of(site_dir) == [
        "incidents/bad.md:2: warning: holds a character that no page can show, U+0000; it is left out"
    ]


@pytest.mark.parametrize(
    "line",
    [
        "## 2026-11-21 14:05 [Americ{n}/Yy] — Resolvd",
        "## 2026-11-21 14:05 — Resolv{n}d",
        "## 2026-11-21 14:05 — Fixed\n\nNext update: 14:00 [America/Yy{n}]\n",
        "## 2026-11-21 14:05 — Fixed\n\nComponents: {n}dash{n}: x, {n}boar: slow, {n}: y\n",
        "Nxt update{n}: 14:00",
        "Nxt update: 14:00",
        "### 2026-11-21 15:00 UTC — Resolved",
        "### 2026-11-21 2026-11-21 2026-11-21 2026-11-21 2026-11-21",
        "```a",
        "a{n}: b",
        "[[[[[[[[[[[[[[[[[",
        "## 14:05 — Resolved",
        "- - -",
    ],
)
def test_a_file_full_of_mistakes_is_read_in_time(site_dir: Path, line: str) -> None:
    many = LARGEST_SOURCE_BYTES // (len(line.encode()) + 5) - 20
    lines = "".join(f"{line.replace('{n}', str(n))}\n" for n in range(many))
    (site_dir / "incidents" / "bad.md").write_text(incident_text(f"{HEADING}\n\n{lines}"))

    assert seconds_to_read(site_dir) < MOST_SECONDS


@pytest.mark.parametrize("front", ["a{n}: 1\n", "- [a]\n", "? \n", "components: [", "'", "a: b: "])
def test_front_matter_full_of_mistakes_is_read_in_time(site_dir: Path, front: str) -> None:
    lines = "".join(front.replace("{n}", str(n)) for n in range(14_000 // len(front)))
    (site_dir / "incidents" / "bad.md").write_text(f"---\n{lines}\n---\n{HEADING}\n")

    assert seconds_to_read(site_dir) < MOST_SECONDS


def test_front_matter_full_of_unknown_components_is_read_in_time(site_dir: Path) -> None:
    names = "".join(f"  dash{n}: x\n" for n in range(1000))
    (site_dir / "incidents" / "bad.md").write_text(incident_text(more=f"components:\n{names}"))

    assert seconds_to_read(site_dir) < MOST_SECONDS


@pytest.mark.parametrize("start", ["#", "##", "###", "a", "a:", "- ", "components:\n  ", "## 2026-11-21", "```", "~~~"])
@pytest.mark.parametrize("run", [" ", "\t", "-", "`", "#", "a", "0", ":", "*"])
def test_a_line_without_end_is_read_in_time(site_dir: Path, start: str, run: str) -> None:
    line = start + run * 120_000 + "x" + run * 120_000 + "!"
    (site_dir / "incidents" / "bad.md").write_text(incident_text(f"{HEADING}\n\n{line}\n\n{line[:900]}\n"))
    (site_dir / "incidents" / "worse.md").write_text(
        f"---\ntitle: a: b\n{start}{run * 7000}x{run * 7000}!\n---\n{line}"
    )

    assert seconds_to_read(site_dir) < MOST_SECONDS
