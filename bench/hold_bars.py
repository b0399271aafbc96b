"""Measure the bars of the hold message (HOLD.md §7) but intelligibility, and write the table of docs/hold.md.

Run as `python bench/hold_bars.py docs/hold.md`; `make hold-bars` does. What is measured is the sample site at its
instant, as `build` publishes it; what an Asterisk plays is measured where one is prepared, and left out elsewhere.
"""

from __future__ import annotations

import hashlib
import json
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import numpy.typing as npt

from bench.design_bars import HEAD
from bench.design_figures import Row
from bench.measuring import run
from bench.targets import with_table
from statuspage.sound.neutral import neutral
from statuspage.sound.wav import FULL_SCALE, read_wav
from tests.pbx import chroot
from tests.sample import SAMPLE_NOW, copy_sample
from tests.sound.p56 import active_speech_level_db

REPOSITORY = Path(__file__).resolve().parents[1]
SECTION = "make hold-bars"
BEFORE = "2026-10-14T12:00:00+01:00"
LANGUAGES = ("en", "de")
FRAME_SAMPLES = 160
NEW_LIMIT_SECONDS = 3
EAR_LIMIT_SECONDS = 60
SILENT = 8
"""Samples up to this size are silence."""
CODECS = {
    ".wav": ("pcm_s16le", "8000"),
    "-16k.wav": ("pcm_s16le", "16000"),
    "-connect.wav": ("pcm_mulaw", "8000"),
}


def main(page: Path) -> None:
    """Measure, print the table, and put it into the page."""
    with tempfile.TemporaryDirectory() as folder:
        site = Path(folder, "site")
        site.mkdir()
        copy_sample(REPOSITORY, site)
        cost = list(_cost_rows(site))
        hold = site / "public" / "hold"
        rows = [*_word_rows(hold), *_sound_rows(hold), *_file_rows(hold), *cost, *_state_rows(site, hold)]
    rows += _call_rows()
    text = "\n".join([HEAD, *map(_line, rows)])
    print(text)
    page.write_text(with_table(page.read_text(encoding="utf-8"), section=SECTION, text=text), encoding="utf-8")


def _line(row: Row) -> str:
    return f"| {row.what} | {row.bar} | {row.measured} | {'met' if row.is_met else '**missed**'} |"


def _word_rows(hold: Path) -> Iterator[Row]:
    told = json.loads((hold / "hold.json").read_bytes())["languages"]
    words = [count for language in LANGUAGES for count in told[language]["words"]]
    seconds = [sound["seconds"] for language in LANGUAGES for sound in told[language]["sound"]]
    yield _within("words of a wording", "25 to 60", min(words), max(words), 25, 60)
    yield _within("seconds of a wording", "10 to 25", min(seconds), max(seconds), 10, 25)
    for language in LANGUAGES:
        paces = [_pace(hold, language, number, words) for number, words in enumerate(told[language]["words"], start=1)]
        bar = "140 to 165" if language == "en" else "none"
        low, high = (140, 165) if language == "en" else (0, 999)
        yield _within(f"words a minute of speech, {language}", bar, min(paces), max(paces), low, high)
    sentences = re.findall("<s>(.*?)</s>", (hold / "en.ssml").read_text() + (hold / "de.ssml").read_text())
    shared = len(sentences) - len(set(sentences))
    yield Row(what="sentences in two wordings", bar="0", measured=str(shared), is_met=not shared)


def _pace(hold: Path, language: str, number: int, words: int) -> float:
    """Return words a minute, silence at the ends apart."""
    heard = np.flatnonzero(np.abs(_samples(hold / language / f"message-{number}.wav")) > SILENT)
    return float(words * 60 / ((heard[-1] - heard[0]) / 8_000))


def _sound_rows(hold: Path) -> Iterator[Row]:
    files = [hold / language / f"message-{number}.wav" for language in LANGUAGES for number in (1, 2, 3)]
    samples = [_samples(file) for file in files]
    levels = [active_speech_level_db(each / FULL_SCALE, 8_000) for each in samples]
    peaks = [20 * np.log10(np.abs(each).max() / FULL_SCALE) for each in samples]
    heard = [np.flatnonzero(np.abs(each) > SILENT) for each in samples]
    leads = [each[0] / 8 for each in heard]
    tails = [(len(all_) - each[-1]) / 8 for all_, each in zip(samples, heard, strict=True)]
    yield _within("level of the speech (P.56)", "−22 ± 1 dB", min(levels), max(levels), -23, -21, digits=1)
    yield _within("peaks", "≤ −3 dB", min(peaks), max(peaks), -99, -3, digits=1)
    yield _within("silence first", "300 to 500 ms", min(leads), max(leads), 300, 500)
    yield _within("silence last", "200 to 300 ms", min(tails), max(tails), 200, 300)
    odd = sum(len(each) % FRAME_SAMPLES for each in samples)
    yield Row(what="samples beyond whole packets of 20 ms", bar="0", measured=str(odd), is_met=not odd)


def _file_rows(hold: Path) -> Iterator[Row]:
    """Yield whether other people's programs read the files as what they are."""
    files = [(path, ending) for path in hold.glob("*/message-*.wav") for ending in [_ending(path)]]
    for program, asked in (("ffprobe", _by_ffprobe), ("soxi", _by_soxi)):
        if shutil.which(program):
            agreed = sum(asked(path) == CODECS[ending] for path, ending in files)
            measured = f"{agreed} of {len(files)}"
            what = f"WAV files of which `{program}` says the same form and rate"
            yield Row(what=what, bar="all", measured=measured, is_met=agreed == len(files))


def _ending(path: Path) -> str:
    return next((ending for ending in ("-16k.wav", "-connect.wav") if path.name.endswith(ending)), ".wav")


def _by_ffprobe(path: Path) -> tuple[str, str]:
    entries = ["-v", "error", "-show_entries", "stream=codec_name,sample_rate", "-of", "csv=p=0", str(path)]
    codec, rate = _told("ffprobe", *entries).split(",")
    return codec, rate


def _by_soxi(path: Path) -> tuple[str, str]:
    names = {"16-bit Signed Integer PCM": "pcm_s16le", "8-bit u-law": "pcm_mulaw"}
    told = dict(line.split(":", 1) for line in _told("soxi", str(path)).splitlines() if ":" in line)
    encoding = next(value.strip() for name, value in told.items() if name.strip() == "Sample Encoding")
    rate = next(value.strip() for name, value in told.items() if name.strip() == "Sample Rate")
    return names[encoding], rate


def _told(*command: str) -> str:
    return subprocess.run(command, capture_output=True, text=True, check=True, timeout=60).stdout.strip()


def _cost_rows(site: Path) -> Iterator[Row]:
    """Yield what sound adds to a build: new, kept, and not at all."""
    command = [sys.executable, "-m", "statuspage", "build", "--site", str(site), "--now", SAMPLE_NOW]
    new = run(command).cpu_seconds
    first = _digest(site)
    shutil.rmtree(site / "public")
    kept = run(command).cpu_seconds
    what = "CPU of a build with 3 wordings in 2 languages, spoken anew, beyond one whose sound is kept"
    measured = f"{new - kept:.1f} s beyond {kept:.1f} s"
    yield Row(what=what, bar="≤ 3 s", measured=measured, is_met=new - kept <= NEW_LIMIT_SECONDS)
    shutil.rmtree(site / "var")
    shutil.rmtree(site / "public")
    run(command)
    same = "yes" if _digest(site) == first else "no"
    yield Row(what="same input, same bytes, spoken anew", bar="yes", measured=same, is_met=same == "yes")


def _digest(site: Path) -> str:
    files = sorted(path for path in (site / "public" / "hold").rglob("*") if path.is_file())
    return hashlib.sha256(b"".join(path.name.encode() + path.read_bytes() for path in files)).hexdigest()


def _state_rows(site: Path, hold: Path) -> Iterator[Row]:
    names = {path.relative_to(hold) for path in hold.rglob("*") if path.is_file() and path.parent.name != "a"}
    run([sys.executable, "-m", "statuspage", "build", "--site", str(site), "--now", BEFORE])
    quiet = {path.relative_to(hold) for path in hold.rglob("*") if path.is_file() and path.parent.name != "a"}
    silent = not np.abs(_samples(hold / "en" / "message-1.wav")).any()
    is_met = names == quiet and silent
    measured = "the same files, silence" if is_met else "other files or sound"
    yield Row(what="nothing open", bar="the same files, silence", measured=measured, is_met=is_met)


def _call_rows() -> Iterator[Row]:
    if chroot.missing():
        print(f"no real Asterisk was called: {chroot.missing()}", file=sys.stderr)
        return
    from tests.pbx.caller import calling
    from tests.pbx.test_calls import NEWS, lines, place_in

    with tempfile.TemporaryDirectory() as folder, lines(Path(folder, "site")) as line:
        published = line.messages()[0]
        with calling(line.asterisk.sip_port, "play") as call:
            heard = call.wait_for_the_end(seconds=30)
        equal = len(published) if published in heard else 0
        what = "bytes heard by a caller of Asterisk 16.28, of those published"
        yield Row(what=what, bar="100 %", measured=f"{equal:,} of {len(published):,}", is_met=equal == len(published))
        with calling(line.asterisk.sip_port, "queue") as call:
            call.wait_until(lambda heard: place_in(heard, published) >= 0, seconds=60)
            with (line.site / "incidents" / "lift.md").open("a") as file:
                file.write(NEWS)
            saved = time.monotonic()
            line.server.wait_until(lambda: line.messages()[0] not in (published, neutral("en")[".ulaw"]))
            spoken, news = time.monotonic() - saved, line.messages()[0]
            call.wait_until(lambda heard: place_in(heard, news[:8_000]) >= 0, seconds=60)
            ear = time.monotonic() - saved
        what = "from saving an update to a caller's ear, in a queue with an announcement every 3 s"
        measured = f"{ear:.0f} s, of which {spoken:.1f} s until its sound was published"
        yield Row(what=what, bar="≤ 60 s", measured=measured, is_met=ear <= EAR_LIMIT_SECONDS)


def _samples(path: Path) -> npt.NDArray[np.float64]:
    return np.asarray(read_wav(path.read_bytes()).samples, dtype=np.float64)


def _within(what: str, bar: str, least: float, most: float, low: float, high: float, *, digits: int = 0) -> Row:
    measured = f"{least:.{digits}f} to {most:.{digits}f}".replace("-", "−")
    return Row(what=what, bar=bar, measured=measured, is_met=low <= least and most <= high)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
