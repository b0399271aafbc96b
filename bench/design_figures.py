"""The figures of the pages: bytes, contrast, words, and what a browser shows when on a bad line."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from statistics import median

from playwright.sync_api import Browser, sync_playwright

from tests.browser.conftest import FLAGS
from tests.browser.contrast import colours, of_shapes, of_texts
from tests.browser.kinds import BY_NAME, KINDS, Kind, Sites
from tests.browser.test_first_view import SHIFTS, SMALL_SCREENS, bottoms
from tests.browser.visits import context_of, opened
from tests.browser.weights import answer, packed, script, strips, stylesheet
from tests.browser.wording import BANNED, own_sentences, reading_ease, repeated, sentences, word_count

PROBLEM = BY_NAME["index one problem"]
BAD_LINES = ((50, 500, 2.0), (400, 2_000, 3.0))
"""kbit/s, milliseconds of a round trip, and the most seconds until something is seen."""
RUNS = 3
PAINTED = """() => new Promise(done => new PerformanceObserver(list =>
    done([performance.getEntriesByName('first-contentful-paint')[0].startTime, list.getEntries().at(-1).startTime]))
  .observe({type: 'largest-contentful-paint', buffered: true}))"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One bar and what was measured."""

    what: str
    bar: str
    measured: str
    is_met: bool


def bytes_rows(sites: Sites) -> Iterator[Row]:
    """Yield what pages and their parts weigh."""
    page = sites.page(PROBLEM)
    yield _most("index, open incident, 12 services, 90 days: HTML as gzip", 10_000, packed(page))
    many = sites.folders["many services"]
    heaviest = max(many.rglob("*.html"), key=lambda path: answer(many, str(path.relative_to(many))))
    size = answer(many, str(heaviest.relative_to(many)))
    yield _most("any page, 100 services, as gzip with headers", 14_000, size)
    yield _most("strips of 12 services, as gzip", 2_500, packed(b"".join(strips(page))))
    yield _most("stylesheet, as gzip", 3_500, packed(stylesheet(page)))
    yield _most("script, as gzip", 1_200, packed(script(page)))


def _most(what: str, limit: int, found: int) -> Row:
    return Row(what=what, bar=f"≤ {limit:,} B", measured=f"{found:,} B", is_met=found <= limit)


def colour_rows(sites: Sites) -> Iterator[Row]:
    """Yield how far the faintest text, shape and bar stand out."""
    schemes = colours(stylesheet(sites.page(PROBLEM)).decode()).values()
    bars = {
        "text contrast, both schemes, on every tint": (of_texts, 7),
        "shapes and bars on their ground": (of_shapes, 3),
    }
    for what, (pairs_of, least) in bars.items():
        value, pair = min((value, pair) for scheme in schemes for pair, value in pairs_of(scheme).items())
        yield Row(what=what, bar=f"≥ {least}:1", measured=f"lowest {value:.1f} ({pair})", is_met=value >= least)


def word_rows(sites: Sites) -> Iterator[Row]:
    """Yield how the program's own sentences read."""
    own = {
        kind: own_sentences(sites.page(kind), sites.folders[kind.site].parent)
        for kind in KINDS
        if kind.language == "en"  # Flesch counted English syllables
    }
    hardest = min(own, key=lambda kind: reading_ease(own[kind]))
    ease = reading_ease(own[hardest])
    yield Row(
        what="reading ease (Flesch)", bar="≥ 70", measured=f"lowest {ease:.0f} ({hardest.name})", is_met=ease >= 70
    )
    longest = max(word_count(each) for said in own.values() for each in said)
    yield Row(what="longest sentence", bar="≤ 22 words", measured=f"{longest} words", is_met=longest <= 22)
    twice = [kind.name for kind in KINDS if repeated(sentences(sites.page(kind)))]
    yield Row(what="pages with a sentence twice", bar="0", measured=", ".join(twice) or "0", is_met=not twice)
    banned = sum(len(BANNED.findall(sites.page(kind).decode())) for kind in KINDS)
    yield Row(what="banned phrases", bar="0", measured=str(banned), is_met=not banned)


def seen_rows(sites: Sites) -> Iterator[Row]:
    """Yield what a browser shows first, and when."""
    with _chromium() as browser:
        with context_of(browser, timezone_id="Asia/Tokyo", viewport={"width": 360, "height": 640}) as context:
            page = opened(context, sites, PROBLEM)
            for width, height in SMALL_SCREENS:
                end = max(bottoms(page, width, height).values())
                what = f"state, headline and next update end above the fold at {width}×{height}"
                yield Row(what=what, bar=f"≤ {height} px", measured=f"{end:.0f} px", is_met=end <= height)
            words = len(f"{page.inner_text('main .state')} {page.inner_text('h1')}".split())
            yield Row(what="state and headline", bar="≤ 12 words", measured=f"{words} words", is_met=words <= 12)
            shift = max(opened(context, sites, kind).evaluate(SHIFTS) for kind in KINDS)
            yield Row(
                what="layout shift (CLS), worst page", bar="≤ 0.01", measured=f"{shift:.4f}", is_met=shift <= 0.01
            )
        yield from _paint_rows(browser, sites)


def _paint_rows(browser: Browser, sites: Sites) -> Iterator[Row]:
    for kilobits, round_trip, limit in BAD_LINES:
        times = [_painted(browser, sites, PROBLEM, kilobits=kilobits, round_trip=round_trip) for _ in range(RUNS)]
        first, largest = (median(each) / 1000 for each in zip(*times, strict=True))
        what = f"first and largest paint at {kilobits} kbit/s, {round_trip / 1000:g} s round trip"
        measured = f"{first:.1f} s, {largest:.1f} s"
        yield Row(what=what, bar=f"≤ {limit:.1f} s", measured=measured, is_met=max(first, largest) <= limit)


def _painted(browser: Browser, sites: Sites, kind: Kind, *, kilobits: int, round_trip: int) -> tuple[float, float]:
    """Return milliseconds until the first and the largest paint of a page that is new to the browser."""
    with context_of(browser, viewport={"width": 360, "height": 640}) as context:
        page = context.new_page()
        throughput = kilobits * 1000 / 8
        line = {
            "offline": False,
            "latency": round_trip,
            "downloadThroughput": throughput,
            "uploadThroughput": throughput,
        }
        context.new_cdp_session(page).send("Network.emulateNetworkConditions", line)
        page.goto(sites.address(kind))
        first, largest = page.evaluate(PAINTED)
        return first, largest


@contextmanager
def _chromium() -> Iterator[Browser]:
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=shutil.which("chromium"), args=list(FLAGS))
        yield browser
        browser.close()
