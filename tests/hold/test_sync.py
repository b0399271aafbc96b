"""`hold sync`: the message on the disk of a telephone system, as true as the page, and silent when it is too old."""

from __future__ import annotations

import hashlib
import json
import resource
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner

from statuspage.cli import main
from statuspage.pbx import HoldCopy, silence_of
from tests.hold.page_server import NOW, Page


def copy_of(page: Page, folder: Path, *languages: str) -> HoldCopy:
    return HoldCopy(url=page.url, folder=folder, languages=languages)


def test_all_files_come_once_and_then_only_what_is_new(page: Page, tmp_path: Path) -> None:
    copy = copy_of(page, tmp_path)

    first = copy.bring(NOW)
    page.asked.clear()
    second = copy.bring(NOW)
    page.tells()
    third = copy.bring(NOW)

    assert first.sentence == "Fetched 18 of 18 files."
    assert (tmp_path / "en.txt").read_bytes() == b""
    assert second.sentence == "Nothing is new."
    assert page.asked[0] == "hold/hold.json"
    assert third.is_well
    assert {path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*") if path.is_file()} == {
        ".hold.json",
        *(path.removeprefix("hold/") for path in page.files if path != "hold/hold.json"),
    }


def test_only_the_languages_that_are_wanted_come(page: Page, tmp_path: Path) -> None:
    copy_of(page, tmp_path, "de").bring(NOW)

    assert sorted(path.name for path in tmp_path.iterdir()) == [".hold.json", "de", "de.ssml", "de.txt", "de.vxml"]


def test_while_the_page_is_down_the_last_message_stays_until_it_may_be_believed_no_more(
    page: Page, tmp_path: Path
) -> None:
    copy = copy_of(page, tmp_path)
    copy.bring(NOW)
    words = (tmp_path / "en.txt").read_bytes()
    until = datetime.fromisoformat(json.loads(page.files["hold/hold.json"])["valid_until"])
    page.is_down = True

    before, kept = copy.bring(until), (tmp_path / "en.txt").read_bytes()
    after, silent = copy.bring(until + timedelta(seconds=1)), (tmp_path / "en.txt").read_bytes()
    page.is_down = False
    back = copy.bring(until + timedelta(minutes=1))

    assert (before.is_well, kept) == (False, words)
    assert "the last message stays until" in before.sentence
    assert (after.is_well, silent) == (False, b"")
    assert "too old, callers hear silence" in after.sentence
    assert (back.is_well, (tmp_path / "en.txt").read_bytes()) == (True, words)


def test_a_file_that_is_not_what_was_promised_changes_nothing(page: Page, tmp_path: Path) -> None:
    copy = copy_of(page, tmp_path)
    copy.bring(NOW)
    words = (tmp_path / "en.txt").read_bytes()
    page.tells()
    page.files["hold/en.txt"] = b"Somebody else's words."

    outcome = copy.bring(NOW)

    assert "hold/en.txt is not what hold.json says" in outcome.sentence
    assert (tmp_path / "en.txt").read_bytes() == words


@pytest.mark.parametrize(
    "summary",
    [
        "no json",
        "[]",
        "{}",
        "[" * 100_000,
        '{"sha256": []}',
        '{"sha256": {"hold/en.txt": 7}}',
        '{"sha256": {"hold/en.txt": "%s"}, "valid_until": "soon"}',
        '{"sha256": {"hold/en.txt": "%s"}, "valid_until": "2026-11-21T14:05:00"}',
        '{"sha256": {"hold/en.txt": "%s"}, "valid_until": 7}',
        json.dumps({"sha256": {f"hold/{n}.txt": "%s" for n in range(501)}}),
        *(
            json.dumps({"sha256": {path: "%s"}})
            for path in (
                "hold/../x",
                "hold/../../x",
                "hold/en/../../x",
                "hold//OUTSIDE/x",
                "hold/.hold.json",
                "hold/en/.hidden",
                "hold/a/b/c",
                "hold/a\nb",
                "hold/",
                "elsewhere/x",
            )
        ),
    ],
)
def test_a_page_that_makes_no_sense_or_leads_out_of_the_folder_writes_nothing(
    page: Page, tmp_path: Path, summary: str
) -> None:
    inside, outside = tmp_path / "in", tmp_path / "out"
    outside.mkdir()
    summary = summary.replace("OUTSIDE", str(outside)).replace("%s", hashlib.sha256(b"x").hexdigest())
    page.files = dict.fromkeys(["x", *json_paths(summary)], b"x") | {"hold/hold.json": summary.encode()}

    outcome = copy_of(page, inside).bring(NOW)

    assert not outcome.is_well
    assert "hold.json is no" in outcome.sentence
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []


def json_paths(summary: str) -> list[str]:
    """The addresses that a copy which believes the summary asks for."""
    try:
        hashes = json.loads(summary)["sha256"]
    except (ValueError, RecursionError, LookupError, TypeError):
        return []
    return [path.lstrip("/") for path in hashes]


@pytest.mark.parametrize("state", ["{}", "[]", "no json", '{"files": 7}', '{"files": ["hold//etc/x"], "etag": ""}'])
@pytest.mark.parametrize("is_down", [False, True])
def test_a_state_that_makes_no_sense_is_none(page: Page, tmp_path: Path, state: str, *, is_down: bool) -> None:
    (tmp_path / ".hold.json").write_text(state)
    page.is_down = is_down

    outcome = copy_of(page, tmp_path).bring(NOW)

    assert outcome.is_well is not is_down
    assert "there is nothing to play yet" in outcome.sentence or "Fetched 18" in outcome.sentence


def test_a_language_that_the_page_speaks_no_more_falls_silent(page: Page, tmp_path: Path) -> None:
    copy_of(page, tmp_path).bring(NOW)
    summary = json.loads(page.files["hold/hold.json"])
    summary["sha256"] = {path: digest for path, digest in summary["sha256"].items() if not path.startswith("hold/de")}
    page.files["hold/hold.json"] = json.dumps(summary).encode()

    copy_of(page, tmp_path).bring(NOW)

    assert (tmp_path / "de.txt").read_bytes() == b""
    assert (tmp_path / "de.ssml").read_bytes() == silence_of("hold/de.ssml")
    assert (tmp_path / "en.txt").read_bytes() == page.files["hold/en.txt"]


def test_a_full_disk_is_said_and_what_is_played_is_whole(page: Page, tmp_path: Path) -> None:
    copy = copy_of(page, tmp_path)
    copy.bring(NOW)
    words = (tmp_path / "en.txt").read_bytes()
    page.tells()

    with limited_file_size():
        outcome = copy.bring(NOW)
    again = copy.bring(NOW)

    assert not outcome.is_well
    assert "not all of it is written" in outcome.sentence
    assert words != (tmp_path / "en.txt").read_bytes() == b""
    assert again.is_well


@contextmanager
def limited_file_size() -> Iterator[None]:
    """No byte can be written to any file, as on a disk that is full."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    before = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
        signal.signal(signal.SIGXFSZ, before)


def test_a_redirect_is_followed_but_not_for_ever(page: Page, tmp_path: Path) -> None:
    page.redirects["old/hold/hold.json"] = "/hold/hold.json"
    page.redirects |= {f"old/{path}": f"/{path}" for path in page.files}
    page.redirects["round/hold/hold.json"] = "/round/hold/hold.json"

    well = HoldCopy(url=f"{page.url}/old", folder=tmp_path).bring(NOW)
    never = HoldCopy(url=f"{page.url}/round", folder=tmp_path / "round").bring(NOW)

    assert well.sentence == "Fetched 18 of 18 files."
    assert "the answer is 302" in never.sentence


def test_a_page_that_answers_a_byte_a_second_is_not_waited_for_without_end(
    page: Page, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("statuspage.pbx.page.LIMIT_SECONDS", 0.5)
    page.is_slow = True

    outcome = copy_of(page, tmp_path).bring(NOW)

    assert "no answer within 0.5 s" in outcome.sentence


@pytest.mark.parametrize(
    "url", ["ftp://a.example", "nonsense", "http://", "http://[", "file:///etc/passwd", "http://a:x"]
)
def test_what_is_no_address_is_said(tmp_path: Path, url: str) -> None:
    outcome = HoldCopy(url=url, folder=tmp_path).bring(NOW)

    assert not outcome.is_well
    assert "hold/hold.json: " in outcome.sentence


def test_the_command_says_what_it_did_and_fails_when_the_page_does_not_answer(page: Page, tmp_path: Path) -> None:
    runner = CliRunner()

    well = runner.invoke(main, ["hold", "sync", page.url, str(tmp_path), "--lang", "en"])
    page.is_down = True
    down = runner.invoke(main, ["hold", "sync", page.url, str(tmp_path / "new")])

    assert (well.exit_code, well.output) == (0, "Fetched 9 of 9 files.\n")
    assert (down.exit_code, "the answer is 503; there is nothing to play yet" in down.output) == (1, True)


def test_silence_has_the_form_of_what_it_stands_for() -> None:
    assert silence_of("hold/en/message-1.ulaw") == b"\xff" * 2400
    assert silence_of("hold/en/message-1.wav")[:4] == b"RIFF"
    assert silence_of("hold/en/message-1-16k.wav")[24:28] == (16000).to_bytes(4, "little")
    assert silence_of("hold/en/message-1-connect.wav")[20:22] == b"\x07\x00"


def test_without_an_address_it_follows_the_page_of_the_site_folder(page: Page, tmp_path: Path) -> None:
    site = tmp_path / "site"
    (site / "incidents").mkdir(parents=True)
    (site / "statuspage.toml").write_text(f'[site]\ntitle = "Acme"\nurl = "{page.url}"\n')

    followed = CliRunner().invoke(main, ["hold", "sync", "--site", str(site), str(tmp_path / "pbx")])
    lost = CliRunner().invoke(main, ["hold", "sync", "--site", str(tmp_path), str(tmp_path / "pbx")])

    assert (followed.exit_code, followed.output) == (0, "Fetched 18 of 18 files.\n")
    assert lost.exit_code == 2
    assert lost.output.splitlines()[-1] == (
        f"Error: there is no site at {tmp_path}; say the URL of the page, or --site DIR"
    )


@pytest.mark.parametrize(
    ("places", "error"),
    [
        ((), "Missing argument '[URL] FOLDER'."),
        (("a", "b", "c"), "too much is given; write hold sync https://status.example.com FOLDER"),
        (("https://a.example",), 'Invalid value for FOLDER: "https://a.example" is no folder'),
    ],
)
def test_wrong_usage_says_what_would_be_right(places: tuple[str, ...], error: str) -> None:
    result = CliRunner().invoke(main, ["hold", "sync", *places])

    assert result.exit_code == 2
    assert result.output.splitlines()[-1] == f"Error: {error}"
