"""`hold sync`: the message on the disk of a telephone system, as true as the page, and silent when it is too old."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest
from click.testing import CliRunner

from statuspage.cli import main
from statuspage.hold_copy import HoldCopy, silence_of
from statuspage.render.hold import hold_messages_by_language, render_hold
from tests.hold.builders import at, failing_cards, shown

NOW = at("13:10")


class Page:
    """A page that is served on loopback, and may be down."""

    def __init__(self) -> None:
        self.files: dict[str, bytes] = {}
        self.is_down = False
        self.asked: list[str] = []
        page = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                path = self.path.lstrip("/")
                page.asked.append(path)
                content = page.files.get(path)
                tag = f'"{hash(content)}"'
                if page.is_down or content is None:
                    self.send_error(503 if page.is_down else 404)
                elif self.headers.get("If-None-Match") == tag:
                    self.send_response(304)
                    self.end_headers()
                else:
                    self.send_response(200)
                    self.send_header("ETag", tag)
                    self.send_header("Content-Length", str(len(content)))
                    self.end_headers()
                    self.wfile.write(content)

            def log_message(self, *_: object) -> None:
                """Say nothing."""

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        Thread(target=self.server.serve_forever, daemon=True).start()
        self.url = f"http://127.0.0.1:{self.server.server_port}"

    def tells(self, *incidents: object) -> None:
        told = shown(*incidents, now=NOW)  # type: ignore[arg-type]  # as the builders take them
        self.files = render_hold(told, hold_messages_by_language(told))


@pytest.fixture
def page() -> Iterator[Page]:
    page = Page()
    page.tells(failing_cards())
    yield page
    page.server.shutdown()
    page.server.server_close()


def copy_of(page: Page, folder: Path, *languages: str) -> HoldCopy:
    return HoldCopy(url=page.url, folder=folder, languages=languages)


def test_all_files_come_once_and_then_only_what_is_new(page: Page, tmp_path: Path) -> None:
    copy = copy_of(page, tmp_path)

    first = copy.bring(NOW)
    page.asked.clear()
    second = copy.bring(NOW)
    page.tells()
    third = copy.bring(NOW)

    assert first.sentence == "Fetched 12 of 12 files."
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


@pytest.mark.parametrize("summary", [b"no json", b"[]", b"{}", b'{"sha256": {"hold/../../x": "0"}}'])
def test_a_page_that_makes_no_sense_writes_nothing(page: Page, tmp_path: Path, summary: bytes) -> None:
    page.files["hold/hold.json"] = summary

    copy_of(page, tmp_path / "in").bring(NOW)

    assert [path.name for path in tmp_path.rglob("*") if path.is_file() and path.name != ".hold.json"] == []


def test_the_command_says_what_it_did_and_fails_when_the_page_does_not_answer(page: Page, tmp_path: Path) -> None:
    runner = CliRunner()

    well = runner.invoke(main, ["hold", "sync", page.url, str(tmp_path), "--lang", "en"])
    page.is_down = True
    down = runner.invoke(main, ["hold", "sync", page.url, str(tmp_path / "new")])

    assert (well.exit_code, well.output) == (0, "Fetched 6 of 6 files.\n")
    assert (down.exit_code, "the answer is 503; there is nothing to play yet" in down.output) == (1, True)


def test_silence_has_the_form_of_what_it_stands_for() -> None:
    assert silence_of("hold/en/message-1.ulaw") == b"\xff" * 2400
    assert silence_of("hold/en/message-1.wav")[:4] == b"RIFF"
    assert silence_of("hold/en/message-1-16k.wav")[24:28] == (16000).to_bytes(4, "little")
    assert silence_of("hold/en/message-1-connect.wav")[20:22] == b"\x07\x00"
