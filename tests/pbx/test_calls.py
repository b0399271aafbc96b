"""A real Asterisk plays the message of a real page to a caller, who records what is heard."""

from __future__ import annotations

import json
import math
import re
import subprocess
import sys
from array import array
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import pytest

from statuspage.sound.g711 import from_ulaw, to_ulaw
from statuspage.sound.neutral import neutral
from tests.pbx.asterisk import Asterisk, running
from tests.pbx.caller import FRAME_BYTES, calling
from tests.sound.sites import recorded_wav
from tests.web.servers import Server, serving

NOW = "2026-11-21T14:10:00Z"
SITE = """\
[site]
title = "Acme Status"
url = "https://status.acme.example"
[hold]
languages = ["en", "de"]
"""
INCIDENT = """\
---
title: The lift is stuck
---

## 2026-11-21 14:05 UTC — Investigating

Next update: none
"""
NEWS = """
## 2026-11-21 14:09 UTC — Monitoring

Next update: none
"""
MUSIC = to_ulaw(array("h", [round(6_000 * math.sin(2 * math.pi * 440 * place / 8_000)) for place in range(16_000)]))
HEARD_WITHIN_SECONDS = 60
"""An edit is heard at the next turn."""
ZERO_OF_ASTERISK, ZERO = b"\x7f", b"\xff"
"""Silence in µ-law: where Asterisk has made samples of it, it may encode the one for the other."""
SECONDS_DOWN = 15


@dataclass(frozen=True, kw_only=True)
class Line:
    """A page that is served, and an Asterisk that plays it."""

    server: Server
    site: Path
    asterisk: Asterisk

    def messages(self, language: str = "en") -> list[bytes]:
        """Return the three messages that are published now, in µ-law."""
        return [self.server.ask(f"/hold/{language}/message-{number}.ulaw").body for number in (1, 2, 3)]


@contextmanager
def lines(folder: Path) -> Iterator[Line]:
    """Serve a page with a problem whose sound is there, and run Asterisk and `hold agi` beside it."""
    (folder / "incidents").mkdir(parents=True)
    (folder / "statuspage.toml").write_text(SITE)
    (folder / "incidents" / "lift.md").write_text(INCIDENT)
    for number, hertz in ((2, 700), (3, 900)):
        # Short ones, so that it is the turn of the first again before long.
        (folder / "incidents" / f"lift.hold.en.{number}.wav").write_bytes(recorded_wav(rate=8_000, hertz=hertz))
    with serving(folder, "--now", NOW) as server, agi(server) as agi_port:
        server.wait_until(lambda: is_spoken(server))
        url = f"http://127.0.0.1:{server.port}/hold/en"
        dialplan = (
            f"exten => play,1,Answer()\nsame => n,Playback({url}/message-1.ulaw)\nsame => n,Hangup()\n"
            f"exten => wav,1,Answer()\nsame => n,Playback({url}/message-1.wav)\nsame => n,Hangup()\n"
            "exten => queue,1,Answer()\nsame => n,Queue(support)\n"
            "exten => music,1,Answer()\nsame => n,MusicOnHold(told,30)\nsame => n,Hangup()\n"
            f"exten => agi,1,Answer()\nsame => n,AGI(agi://127.0.0.1:{agi_port}/de)\n"
            "same => n,Log(NOTICE,TOLD ${HOLD_ACTIVE} ${HOLD_STATE} ${HOLD_EXPIRES} ${HOLD_WORDING} ${HOLD_WORDS})\n"
            "same => n,Hangup()\n"
        )
        announcements = tuple(f"{url}/message-{number}.ulaw" for number in (1, 2, 3))
        with running(dialplan, announcements=announcements, music=MUSIC) as asterisk:
            yield Line(server=server, site=folder, asterisk=asterisk)


@contextmanager
def agi(server: Server) -> Iterator[int]:
    """Run `statuspage hold agi` for the page and give its port."""
    command = [sys.executable, "-m", "statuspage", "hold", "agi", f"http://127.0.0.1:{server.port}", "--port", "0"]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    try:
        assert process.stdout is not None
        found = re.search(r"agi://127\.0\.0\.1:(\d+)", process.stdout.readline())
        assert found
        yield int(found[1])
    finally:
        process.terminate()
        process.communicate(timeout=10)


def is_spoken(server: Server) -> bool:
    told = json.loads(server.ask("/hold/hold.json").body)["languages"].values()
    return all(each["heard"] in ("voice", "recording") for language in told for each in language["sound"])


@pytest.fixture(scope="module")
def line(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Line]:
    with lines(tmp_path_factory.mktemp("line") / "site") as line:
        yield line


def test_a_caller_hears_the_published_file_bit_for_bit(line: Line) -> None:
    with calling(line.asterisk.sip_port, "play") as call:
        heard = call.wait_for_the_end(seconds=30)

    assert line.messages()[0] in heard


def test_the_wav_file_is_heard_as_well_as_a_line_can_carry_it(line: Line) -> None:
    published = from_ulaw(line.messages()[0])
    with calling(line.asterisk.sip_port, "wav") as call:
        heard = from_ulaw(call.wait_for_the_end(seconds=30))

    # Asterisk encodes by tables that are a little coarser than those of G.711, and ends within the last silence.
    assert len(published) - FRAME_BYTES < len(heard) <= len(published)
    apart = [abs(one - other) / (abs(other) + 64) for one, other in zip(heard, published, strict=False)]
    assert max(apart) < 1 / 8


def test_music_on_hold_begins_with_the_message(line: Line) -> None:
    message = line.messages()[0]
    with calling(line.asterisk.sip_port, "music") as call:
        heard = call.wait_until(lambda heard: place_in(heard, message) >= 0, seconds=30)

    assert place_in(heard, message) >= 0


def test_the_dialplan_hears_and_is_told_what_is_open(line: Line) -> None:
    summary = json.loads(line.server.ask("/hold/hold.json").body)
    with calling(line.asterisk.sip_port, "agi") as call:
        heard = call.wait_for_the_end(seconds=30)

    until = int(datetime.fromisoformat(summary["valid_until"]).timestamp())
    assert line.messages("de")[0] in heard
    assert line.asterisk.logged("TOLD ")[-1] == f"1 incident {until} 1 {summary['languages']['de']['texts'][0]}"


def test_a_caller_in_the_queue_hears_all_wordings_in_turn_and_then_the_news(tmp_path: Path) -> None:
    site = tmp_path / "site"
    with lines(site) as line, calling(line.asterisk.sip_port, "queue") as call:
        before = line.messages()
        in_turn = call.wait_until(lambda heard: place_in(heard, before[2]) >= 0, seconds=60)
        with (site / "incidents" / "lift.md").open("a") as file:
            file.write(NEWS)
        line.server.wait_until(lambda: line.messages()[0] not in (before[0], neutral("en")[".ulaw"]))
        news = line.messages()[0]
        heard = call.wait_until(lambda heard: place_in(heard, news) >= 0, seconds=HEARD_WITHIN_SECONDS)

    places = [place_in(in_turn, each) for each in before]
    assert -1 < places[0] < places[1] < places[2]
    assert place_in(heard, news) > places[2]


def test_while_the_page_is_down_a_caller_goes_on_hearing_music(tmp_path: Path) -> None:
    with lines(tmp_path / "site") as line, calling(line.asterisk.sip_port, "queue") as call:
        first = line.messages()[0]
        call.wait_until(lambda heard: place_in(heard, first) >= 0, seconds=30)
        line.server.stop()
        before = len(call.heard)
        # The next announcement falls due within it, and cannot be fetched.
        heard = call.wait_until(lambda heard: len(heard) > before + SECONDS_DOWN * 8_000, seconds=SECONDS_DOWN + 10)

    assert len(heard) > before + SECONDS_DOWN * 8_000
    assert place_in(heard[before:], MUSIC[:8_000]) >= 0


def place_in(heard: bytes, message: bytes) -> int:
    """Return where the message begins in what was heard; -1 where it is not heard whole."""
    return heard.replace(ZERO_OF_ASTERISK, ZERO).find(message.replace(ZERO_OF_ASTERISK, ZERO))
