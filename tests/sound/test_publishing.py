from __future__ import annotations

import hashlib
import json
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner
from lxml import etree

from statuspage.cli import main
from statuspage.pipeline import Compiler
from statuspage.sound import Follower, SiteSound
from statuspage.sound.forms import ENDINGS, silence
from statuspage.sound.neutral import neutral
from tests.sound.sites import BEFORE, OPEN_NOW, make_site, recorded_wav, run_without_sound
from tests.sound.speaking import pico

ROOM_BYTES = 300_000
RUN = "from statuspage.cli import main; main()"
NOW = datetime(2026, 11, 21, 14, 10, tzinfo=UTC)
RESOLVED = """

## 2026-11-21 14:20 UTC — Resolved

Payments work again.
"""


def build(site: Path, *, now: str = OPEN_NOW) -> dict[str, bytes]:
    result = CliRunner().invoke(main, ["build", "--site", str(site), "--now", now])

    assert (result.exit_code, result.stderr) == (0, "")
    return sound_in(site / "public")


def sound_in(public: Path) -> dict[str, bytes]:
    """Return the published sound by its path below `hold/`."""
    files = (path for path in (public / "hold").rglob("*") if path.name.endswith(ENDINGS))
    return {path.relative_to(public / "hold").as_posix(): path.read_bytes() for path in files}


def all_in(public: Path) -> dict[str, bytes]:
    """Return every published file by its path, but the one that says when it was made."""
    files = (path for path in public.rglob("*") if path.is_file() and path.name != "heartbeat.json")
    return {path.relative_to(public).as_posix(): path.read_bytes() for path in files}


def messages_in(sound: dict[str, bytes], language: str) -> list[bytes]:
    return [sound[f"{language}/message-{number}.ulaw"] for number in (1, 2, 3)]


def test_a_build_waits_for_the_sound_and_publishes_every_form_under_a_name_and_a_twin(tmp_path: Path) -> None:
    pico()
    sound = build(make_site(tmp_path / "site"))

    own = {
        f"{language}/message-{number}{ending}"
        for language in ("en", "de")
        for number in (1, 2, 3)
        for ending in ENDINGS
    }
    assert {path for path in sound if not path.startswith("a/")} == own
    assert {path for path in sound if path.startswith("a/")} == {
        f"a/{hashlib.sha256(sound[path]).hexdigest()[:20]}{ending}"
        for path in own
        for ending in [max((each for each in ENDINGS if path.endswith(each)), key=len)]
    }
    assert len(set(messages_in(sound, "en") + messages_in(sound, "de"))) == 6


def test_nothing_open_is_silence_under_the_same_names(tmp_path: Path) -> None:
    pico()
    site = make_site(tmp_path / "site")
    names = build(site).keys()

    quiet = build(site, now=BEFORE)

    assert {path for path in names if path[0] != "a"} == {path for path in quiet if path[0] != "a"}
    assert set(quiet.values()) == set(silence().values())


def test_a_build_after_many_changes_equals_a_fresh_one(tmp_path: Path) -> None:
    pico()
    site, fresh = make_site(tmp_path / "site"), make_site(tmp_path / "fresh")
    incident = site / "incidents" / "payments-0.md"
    for now in (BEFORE, OPEN_NOW, "2026-11-21T14:40:00Z"):
        build(site, now=now)
    for text in (incident.read_text() + RESOLVED, incident.read_text()):
        incident.write_text(text)
        build(site, now="2026-11-21T14:25:00Z")
    other = make_site(tmp_path / "two", incidents=2) / "incidents" / "payments-1.md"
    other.rename(site / "incidents" / "payments-1.md")
    build(site, now="2026-11-21T14:25:00Z")
    (site / "incidents" / "payments-1.md").unlink()

    assert build(site) == build(fresh)
    assert all_in(site / "public") == all_in(fresh / "public")


def test_documents_play_the_sound_that_is_published_and_name_no_other(tmp_path: Path) -> None:
    pico()
    sound = build(make_site(tmp_path / "site"))
    hold = tmp_path / "site" / "public" / "hold"

    summary = json.loads((hold / "hold.json").read_bytes())
    for language in ("en", "de"):
        for number in (1, 2, 3):
            told = summary["languages"][language]["sound"][number - 1]
            play = etree.fromstring((hold / language / f"twiml-{number}.xml").read_bytes()).findtext("Play")
            assert play == told["urls"]["wav"]
            assert told["heard"] == "voice"
            assert told["level_db"] == pytest.approx(-22, abs=1)
            for form, ending in zip(("wav", "wav_16k", "wav_ulaw", "ulaw", "alaw"), ENDINGS, strict=True):
                own = f"{language}/message-{number}{ending}"
                assert sound[told["urls"][form].partition("/hold/")[2]] == sound[own]
                assert summary["sha256"][f"hold/{own}"] == hashlib.sha256(sound[own]).hexdigest()
            assert told["seconds"] == pytest.approx(len(sound[f"{language}/message-{number}.ulaw"]) / 8_000, abs=0.01)
    page = (hold / "index.html").read_text()
    assert page.count("<audio") == 6
    assert "callers hear something shorter" not in page


def test_words_are_published_where_the_disk_has_no_room_for_their_sound(tmp_path: Path) -> None:
    pico()
    site = make_site(tmp_path / "site")
    whole = build(site)
    shutil.rmtree(site / "public")
    # A disk of which no file takes more: 17 seconds are half a million bytes in the widest form.
    limited = f"import resource, sys; resource.setrlimit(resource.RLIMIT_FSIZE, ({ROOM_BYTES}, {ROOM_BYTES})); {RUN}"

    result = subprocess.run(
        [sys.executable, "-c", limited, "build", "--site", str(site), "--now", OPEN_NOW],
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )

    assert result.returncode == 0
    assert "File too large; callers hear a short message in its place" in result.stderr
    assert (site / "public" / "hold" / "en.txt").read_text().startswith("We know about the problem")
    assert messages_in(sound_in(site / "public"), "en") == [neutral("en")[".ulaw"]] * 3
    assert "<Say" in (site / "public" / "hold" / "en" / "twiml-1.xml").read_text()
    assert build(site) == whole


def test_a_recording_that_comes_changes_and_goes_is_published_and_goes(tmp_path: Path) -> None:
    pico()
    site = make_site(tmp_path / "site")
    recording = site / "incidents" / "payments-0.hold.en.2.wav"
    before = build(site)

    recording.write_bytes(recorded_wav(rate=16_000, hertz=700))
    first = build(site)
    recording.write_bytes(recorded_wav(rate=16_000, hertz=900, seconds=2))
    second = build(site)
    recording.unlink()

    assert len(first["en/message-2.ulaw"]) == 17_280
    assert len(second["en/message-2.ulaw"]) == 21_280
    assert messages_in(first, "en")[::2] == messages_in(second, "en")[::2] == messages_in(before, "en")[::2]
    assert build(site) == before


def test_without_the_extra_the_page_is_published_with_the_neutral_message(tmp_path: Path, repository: Path) -> None:
    site = make_site(tmp_path / "site")
    for links, now in (("one", OPEN_NOW), ("two", BEFORE)):
        result = run_without_sound(tmp_path / links, repository, "build", "--site", str(site), "--now", now)
        assert (result.returncode, result.stderr) == (0, "")
        sound = sound_in(site / "public")

        for language in ("en", "de"):
            expected = neutral(language) if now == OPEN_NOW else silence()
            assert messages_in(sound, language) == [expected[".ulaw"]] * 3


def test_the_extra_that_is_installed_later_is_heard_at_the_next_build(tmp_path: Path, repository: Path) -> None:
    pico()
    site = make_site(tmp_path / "site")
    run_without_sound(tmp_path / "links", repository, "build", "--site", str(site), "--now", OPEN_NOW)

    assert neutral("en")[".ulaw"] not in messages_in(build(site), "en")


def test_sound_that_cannot_be_kept_is_a_warning_and_the_page_is_published(tmp_path: Path) -> None:
    pico()
    site = make_site(tmp_path / "site")
    (site / "var").mkdir()
    (site / "var" / "sound").write_bytes(b"a file")

    result = CliRunner().invoke(main, ["build", "--site", str(site), "--now", OPEN_NOW])

    assert result.exit_code == 0
    assert result.stderr == (
        f"statuspage.toml: warning: hold: {site}/var/sound: cannot be written; "
        "callers hear a short message in its place\n"
    )
    assert messages_in(sound_in(site / "public"), "en") == [neutral("en")[".ulaw"]] * 3


@pytest.fixture
def made() -> threading.Event:
    return threading.Event()


@pytest.fixture
def follower(tmp_path: Path, made: threading.Event) -> Iterator[Follower]:
    follower = Follower(make_site(tmp_path / "site"), on_made=made.set)
    yield follower
    follower.stop()


def test_a_server_publishes_the_words_at_once_and_the_sound_as_a_whole_when_it_is_there(
    tmp_path: Path, follower: Follower, made: threading.Event
) -> None:
    pico()
    site = tmp_path / "site"
    with closing(Compiler(site, sound=SiteSound(site, follower=follower))) as compiler:
        first = compiler.compile(NOW)
        words, at_once = (site / "public" / "hold" / "en.txt").read_text(), sound_in(site / "public")
        assert made.wait(60)
        compiler.compile(NOW, changed=frozenset())
        afterwards = sound_in(site / "public")
        third = compiler.compile(NOW, changed=frozenset())

    assert first.faults == ()
    assert words.startswith("We know about the problem")
    assert [messages_in(at_once, language) for language in ("en", "de")] == [
        [neutral(language)[".ulaw"]] * 3 for language in ("en", "de")
    ]
    assert afterwards == build(make_site(tmp_path / "fresh"))
    assert all_in(site / "public") == all_in(tmp_path / "fresh" / "public")
    assert third.published.written in ((), ("heartbeat.json",))
    assert follower.trouble == ""


def test_a_server_says_why_sound_is_not_made_and_does_not_try_again_at_once(
    tmp_path: Path, follower: Follower, made: threading.Event
) -> None:
    pico()
    site = tmp_path / "site"
    (site / "var").mkdir()
    (site / "var" / "sound").write_bytes(b"a file")
    with closing(Compiler(site, sound=SiteSound(site, follower=follower))) as compiler:
        compiler.compile(NOW)
        while not follower.trouble:
            made.wait(0.05)

    assert follower.trouble == (
        f"callers hear a short message in place of the whole one: {site}/var/sound: cannot be written"
    )
    assert not made.is_set()


def test_a_server_that_is_started_again_has_the_missing_sound_made(
    tmp_path: Path, follower: Follower, made: threading.Event
) -> None:
    pico()
    site = tmp_path / "site"
    never = Follower(site, on_made=made.set)
    with closing(Compiler(site, sound=SiteSound(site, follower=never))) as compiler:
        compiler.compile(NOW)
        never.stop()

    with closing(Compiler(site, sound=SiteSound(site, follower=follower))) as compiler:
        compiler.compile(NOW)
        assert made.wait(60)
        compiler.compile(NOW, changed=frozenset())

    assert neutral("en")[".ulaw"] not in messages_in(sound_in(site / "public"), "en")
