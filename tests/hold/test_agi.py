"""`hold agi`: what a telephone system is told of the page by FastAGI, over a real connection."""

from __future__ import annotations

import json
import re
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import NamedTuple

import pytest

from statuspage.pbx import AgiServer
from statuspage.pbx import following as following_module
from statuspage.render.hold import hold_wordings
from tests.hold.builders import failing_cards, shown, sounds
from tests.hold.page_server import NOW, Page

LIMIT_SECONDS = 10


class Told(NamedTuple):
    """What one call heard of the server."""

    variables: dict[str, str]
    streamed: list[str]


@contextmanager
def answering(page: Page, *, language: str = "", clock: Callable[[], datetime] = lambda: NOW) -> Iterator[AgiServer]:
    server = AgiServer(page.url, host="127.0.0.1", port=0, language=language, clock=clock)
    thread = threading.Thread(target=server.serve, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.stop()
        thread.join(LIMIT_SECONDS)


def call(
    server: AgiServer | int, path: str = "", *, caller: str = "1.1", language: str = "en", answer: str = "0"
) -> Told:
    """Do as Asterisk does: tell of the call, then obey until the server ends it."""
    told: dict[str, str] = {}
    streamed = []
    port = server if isinstance(server, int) else server.port
    with socket.create_connection(("127.0.0.1", port), timeout=LIMIT_SECONDS) as connection:
        lines = connection.makefile("rwb")
        lines.write(
            f"agi_network: yes\nagi_request: agi://127.0.0.1:{port}/{path}\nagi_language: {language}\n"
            f"agi_uniqueid: {caller}\nagi_callerid: +4930123456\n\n".encode()
        )
        lines.flush()
        for line in lines:
            if variable := re.fullmatch(rb'SET VARIABLE (\w+) "(.*)"\n', line):
                told[variable[1].decode()] = variable[2].decode()
            else:
                streamed.append(line.decode().rstrip("\n"))
            lines.write(f"200 result={answer}\n".encode())
            lines.flush()
    return Told(told, streamed)


def wordings(language: str = "en") -> tuple[str, str, str]:
    return hold_wordings(shown(failing_cards(), now=NOW), language)


@pytest.fixture
def page(page: Page) -> Page:
    page.tells(failing_cards(), played=sounds())
    return page


def test_the_dialplan_is_told_what_is_open_and_the_message_is_played(page: Page) -> None:
    until = datetime.fromisoformat(json.loads(page.files["hold/hold.json"])["valid_until"])
    with answering(page) as server:
        told = call(server)

    assert told.variables == {
        "HOLD_ACTIVE": "1",
        "HOLD_STATE": "incident",
        "HOLD_EXPIRES": str(int(until.timestamp())),
        "HOLD_WORDING": "1",
        "HOLD_WORDS": wordings()[0],
    }
    assert told.streamed == [f'STREAM FILE {page.url}/hold/en/message-1.ulaw ""']


def test_a_caller_hears_the_wordings_in_turn_and_another_caller_begins_at_the_first(page: Page) -> None:
    with answering(page) as server:
        heard = [call(server, caller=caller).variables["HOLD_WORDING"] for caller in ("1", "1", "2", "1", "1")]

    assert heard == ["1", "2", "1", "3", "1"]


@pytest.mark.parametrize(
    ("usual", "path", "of_caller", "spoken"),
    [
        ("", "", "en", "en"),
        ("", "", "de", "de"),
        ("", "", "de_AT", "de"),
        ("", "", "fr", "en"),
        ("de", "", "en", "de"),
        ("de", "en", "de", "en"),
        ("", "?lang=de", "en", "de"),
        ("", "fr", "de", "de"),
    ],
)
def test_it_speaks_the_language_that_is_asked_for_or_the_next_best(
    page: Page, usual: str, path: str, of_caller: str, spoken: str
) -> None:
    with answering(page, language=usual) as server:
        told = call(server, path, language=of_caller)

    assert told.variables["HOLD_WORDS"] == wordings(spoken)[0]
    assert f"hold/{spoken}/message-1.ulaw" in told.streamed[0]


@pytest.mark.parametrize(("asked", "number"), [("2", "2"), ("3", "3"), ("4", "1"), ("0", "1"), ("x", "1"), ("²", "1")])
def test_the_dialplan_may_ask_for_a_wording(page: Page, asked: str, number: str) -> None:
    with answering(page) as server:
        assert call(server, f"en?wording={asked}").variables["HOLD_WORDING"] == number


def test_nothing_is_played_when_nothing_is_open(page: Page) -> None:
    page.tells(played=sounds())
    with answering(page) as server:
        told = call(server)

    assert (told.variables["HOLD_ACTIVE"], told.variables["HOLD_STATE"]) == ("0", "silent")
    assert (told.variables["HOLD_WORDS"], told.streamed) == ("", [])


def test_where_there_is_no_sound_the_words_are_told_all_the_same(page: Page) -> None:
    page.tells(failing_cards())
    with answering(page) as server:
        told = call(server)

    assert told.streamed == []
    assert (told.variables["HOLD_ACTIVE"], told.variables["HOLD_WORDS"]) == ("1", wordings()[0])


def test_while_the_page_is_down_the_last_message_holds_as_long_as_it_said(
    page: Page, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(following_module, "ASK_EVERY_SECONDS", 0.05)
    until = datetime.fromisoformat(json.loads(page.files["hold/hold.json"])["valid_until"])
    now = [NOW]
    with answering(page, clock=lambda: now[0]) as server:
        before = call(server)
        page.is_down = True
        wait_for_questions(page, 2)
        still = call(server)
        now[0] = until + timedelta(seconds=1)
        too_old = call(server)
        page.is_down = False
        wait_for_questions(page, 2)
        again = call(server)

    assert [told.variables["HOLD_ACTIVE"] for told in (before, still, too_old, again)] == ["1", "1", "0", "1"]
    assert (too_old.variables["HOLD_STATE"], too_old.streamed) == ("unknown", [])


def test_a_page_that_never_answered_is_silence(page: Page) -> None:
    page.is_down = True
    with answering(page) as server:
        told = call(server)

    assert told.variables == {
        "HOLD_ACTIVE": "0",
        "HOLD_STATE": "unknown",
        "HOLD_EXPIRES": "",
        "HOLD_WORDING": "",
        "HOLD_WORDS": "",
    }


def test_a_language_that_is_no_name_leads_to_no_sound(page: Page) -> None:
    summary = json.loads(page.files["hold/hold.json"])
    summary["languages"] = {"../../x": summary["languages"]["en"]}
    page.files["hold/hold.json"] = json.dumps(summary).encode()
    with answering(page) as server:
        assert call(server).streamed == []


@pytest.mark.parametrize("answer", ["-1", "1 (timeout)\n510 Invalid or unknown command"])
def test_a_caller_who_hangs_up_ends_it(page: Page, answer: str) -> None:
    with answering(page) as server:
        gone = call(server, answer=answer)
        after = call(server, caller="2.2")

    assert len(gone.variables) <= 5
    assert after.variables["HOLD_ACTIVE"] == "1"


@pytest.mark.parametrize(
    "garbage", [b"", b"GET / HTTP/1.1\r\n\r\n", b"\n", b"x" * 10_000, b"a: b\n" * 300, b"agi_request: agi://[\n\n"]
)
def test_garbage_is_refused_and_calls_are_answered(
    page: Page, garbage: bytes, capfd: pytest.CaptureFixture[str]
) -> None:
    with answering(page) as server:
        with socket.create_connection(("127.0.0.1", server.port), timeout=LIMIT_SECONDS) as connection:
            connection.sendall(garbage)
            connection.shutdown(socket.SHUT_WR)
            while connection.recv(1024):
                pass
        assert call(server).variables["HOLD_ACTIVE"] == "1"

    assert capfd.readouterr().err == ""


def test_many_callers_are_answered_at_once_and_one_too_many_is_let_go(
    page: Page, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("statuspage.pbx.agi_server.MOST_CALLS", 3)
    with answering(page) as server:
        waiting = [socket.create_connection(("127.0.0.1", server.port), timeout=LIMIT_SECONDS) for _ in range(4)]
        refused = waiting[-1].recv(1024)
        for connection in waiting:
            connection.close()

    assert refused == b""


def test_the_command_answers_until_it_is_ended(page: Page) -> None:
    command = [sys.executable, "-m", "statuspage", "hold", "agi", page.url, "--port", "0", "--lang", "de"]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    try:
        assert process.stdout is not None
        line = process.stdout.readline()
        found = re.fullmatch(rf"Answering agi://127\.0\.0\.1:(\d+) for {page.url}\. Ctrl-C ends it\.\n", line)
        assert found

        told = call(int(found[1]))
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=LIMIT_SECONDS)
    finally:
        process.kill()
        process.wait()

    assert told.variables["HOLD_WORDS"] == wordings("de")[0]
    assert (process.returncode, out, err) == (0, "Ended.\n", "")


def test_a_page_that_does_not_answer_is_said_once_and_that_it_does_again(
    page: Page, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(following_module, "ASK_EVERY_SECONDS", 0.02)
    caplog.set_level("INFO", logger="statuspage.pbx")
    page.is_down = True
    with answering(page):
        wait_for_questions(page, 5)
        page.is_down = False
        wait_for_questions(page, 3)

    assert [record.getMessage() for record in caplog.records] == ["page does not answer", "page answers again"]
    assert vars(caplog.records[0])["reason"] == "hold/hold.json: the answer is 503"


def wait_for_questions(page: Page, more: int) -> None:
    """Wait until the page was asked so many times more."""
    count, deadline = len(page.asked) + more, time.monotonic() + LIMIT_SECONDS
    while len(page.asked) < count and time.monotonic() < deadline:
        time.sleep(0.01)
