"""A page that stays open, in a real browser: past its time it says so and drops its green, and comes back."""

from __future__ import annotations

import functools
import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from statuspage.pipeline import build
from statuspage.render.heartbeat import render_heartbeat
from tests.web.servers import INCIDENT, SETTINGS

NOW = datetime(2026, 11, 21, 14, 10, tzinfo=UTC)
RESOLVED = f"{INCIDENT}\n## 2026-11-21 14:09 UTC — Resolved\n\nPayments work again.\n"
LONGEST_WAIT = timedelta(minutes=6)


GREEN, GREY, RED = "rgb(46, 125, 87)", "rgb(111, 106, 98)", "rgb(179, 38, 30)"
COLOURS = """\
[...new Set([
    getComputedStyle(document.querySelector('header')).borderTopColor,
    getComputedStyle(document.querySelector('.state .shape')).fill,
])]"""


@dataclass(kw_only=True)
class Published:
    """A site on a plain file server whose clock the test sets."""

    folder: Path
    now: datetime = NOW
    port: int = 0
    asked: list[str] = field(default_factory=list)

    def beats(self, *, at: datetime, update: str | None = None) -> None:
        """Put a heartbeat of that instant into the folder; without `update` it tells of no news."""
        update = update or json.loads((self.folder / "heartbeat.json").read_bytes())["update"]
        beat = render_heartbeat(now=at, next_change_at=at + timedelta(days=1), digest="x", update_word=update)
        (self.folder / "heartbeat.json").write_bytes(beat)

    def falls_silent(self) -> None:
        """Take the heartbeat away."""
        (self.folder / "heartbeat.json").unlink()


class _Handler(SimpleHTTPRequestHandler):
    def __init__(self, published: Published, *given: object, **named: object) -> None:
        self._published = published
        super().__init__(*given, directory=str(published.folder), **named)  # type: ignore[arg-type] # passed on

    def date_time_string(self, timestamp: float | None = None) -> str:  # noqa: ARG002 - as it is called there
        return format_datetime(self._published.now, usegmt=True)

    def do_GET(self) -> None:
        self._published.asked.append(self.path)
        super().do_GET()

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name that it has there
        """Say nothing."""


@contextmanager
def publishing(folder: Path, *incidents: str) -> Iterator[Published]:
    (folder / "incidents").mkdir(parents=True)
    (folder / "statuspage.toml").write_text(SETTINGS)
    for number, text in enumerate(incidents):
        (folder / "incidents" / f"trouble-{number}.md").write_text(text)
    build(folder, output=folder / "public", now=NOW)
    published = Published(folder=folder / "public")
    server = ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(_Handler, published))
    published.port = server.server_port
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield published
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture
def well(tmp_path: Path) -> Iterator[Published]:
    with publishing(tmp_path / "well") as published:
        yield published


@pytest.fixture
def troubled(tmp_path: Path) -> Iterator[Published]:
    with publishing(tmp_path / "troubled", INCIDENT) as published:
        yield published


@dataclass(kw_only=True)
class Visit:
    """An open page, what the browser said of it and what it asked for."""

    page: Page
    published: Published
    complaints: list[str] = field(default_factory=list)
    requests: list[str] = field(default_factory=list)

    def wait(self, length: timedelta) -> None:
        """Let time pass for the visitor and the server alike."""
        self.published.now += length
        self.page.clock.run_for(int(length.total_seconds() * 1000))

    def look(self) -> dict[str, object]:
        """Return what a visitor sees of the state."""
        return {
            "title": self.page.title(),
            "state": self.page.locator(".state").inner_text(),
            "headline": self.page.locator("h1").inner_text(),
            "service": self.page.locator(".word").first.inner_text(),
            "colours": self.page.evaluate(COLOURS),
            "icon": self.page.locator("[rel=icon]").get_attribute("href"),
        }


Visiting = Callable[..., Visit]


@pytest.fixture
def visiting(browser: Browser) -> Iterator[Visiting]:
    opened: list[Page] = []

    def visit(
        published: Published, path: str = "", *, clock: datetime = NOW, script: bool = True, before: str = ""
    ) -> Visit:
        page = browser.new_page(java_script_enabled=script)
        opened.append(page)
        visit = Visit(page=page, published=published)
        page.on("console", lambda message: visit.complaints.append(message.text))
        page.on("request", lambda request: visit.requests.append(request.url))
        page.clock.install(time=clock)
        page.add_init_script(before or "0")
        page.goto(f"http://127.0.0.1:{published.port}/{path}")
        return visit

    yield visit
    for page in opened:
        page.close()


def says(visit: Visit, text: str) -> None:
    expect(visit.page.locator("#news")).to_have_text(text)


def heard_again(visit: Visit) -> None:
    """Let time pass until the next heartbeat has been asked for and its answer was looked at."""
    with visit.page.expect_event("requestfinished"):
        visit.wait(LONGEST_WAIT)
    settled(visit)


def looks_again(visit: Visit) -> None:
    """Let the visitor come back to the page: it asks for the heartbeat at once."""
    visit.page.evaluate("document.onvisibilitychange()")
    settled(visit)


def settled(visit: Visit) -> None:
    """Wait until every answer that has come was looked at: the script's own comes before this one."""
    visit.page.evaluate("fetch('/heartbeat.json').then(answer => answer.text())")


def test_past_its_time_a_page_says_so_and_drops_its_green_until_it_is_fresh_again(
    well: Published, visiting: Visiting
) -> None:
    visit = visiting(well)
    before = visit.look()
    well.beats(at=NOW - timedelta(minutes=20))

    heard_again(visit)
    says(visit, "This page may be out of date. It was last checked at 13:50 UTC.")
    doubtful = visit.look()
    well.beats(at=well.now)
    heard_again(visit)

    says(visit, "")
    assert before["headline"] == "Everything is working"
    assert (doubtful["state"], doubtful["service"]) == ("Status unknown", "Status unknown")
    assert (before["colours"], doubtful["colours"]) == ([GREEN], [GREY])
    assert doubtful["headline"] == "We can’t tell how things are right now"
    assert doubtful["title"] == "Status unknown – Acme Status"
    assert "%236f6a62" in str(doubtful["icon"])
    assert "M7 12h10" in str(doubtful["icon"])
    assert visit.look() == before
    assert visit.complaints == []


def test_a_page_that_opens_past_its_time_says_so_at_once_with_the_day(well: Published, visiting: Visiting) -> None:
    well.now += timedelta(days=2)

    visit = visiting(well, clock=well.now)

    says(visit, "This page may be out of date. It was last checked at 2026-11-21 14:10 UTC.")


def test_on_a_small_screen_the_line_makes_nothing_scroll_sideways(well: Published, visiting: Visiting) -> None:
    well.now += timedelta(hours=1)

    visit = visiting(well, clock=well.now)
    visit.page.set_viewport_size({"width": 320, "height": 568})

    says(visit, "This page may be out of date. It was last checked at 14:10 UTC.")
    assert visit.page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") == 0


def test_a_heartbeat_that_cannot_be_read_is_believed_as_long_as_one_that_can(
    well: Published, visiting: Visiting
) -> None:
    well.falls_silent()

    visit = visiting(well)
    heard_again(visit)
    says(visit, "")
    heard_again(visit)
    heard_again(visit)

    says(visit, "This page may be out of date.")
    assert visit.look()["state"] == "Status unknown"


@pytest.mark.parametrize("wrong_by", [timedelta(days=1), timedelta(days=-1)])
def test_a_wrong_clock_of_the_visitor_is_no_alarm(well: Published, visiting: Visiting, wrong_by: timedelta) -> None:
    visit = visiting(well, clock=NOW + wrong_by)
    before = visit.look()
    heard_again(visit)

    says(visit, "")
    assert visit.look() == before


def test_a_page_past_its_time_keeps_what_it_says_of_a_problem(troubled: Published, visiting: Visiting) -> None:
    troubled.now += timedelta(hours=1)

    visit = visiting(troubled, clock=troubled.now)

    says(visit, "This page may be out of date. It was last checked at 14:10 UTC.")
    assert visit.look()["headline"] == "Card payments are failing"
    assert visit.look()["colours"] == [RED]


def test_a_resolved_incident_stays_resolved_and_loses_its_green(tmp_path: Path, visiting: Visiting) -> None:
    with publishing(tmp_path, RESOLVED) as published:
        published.now += timedelta(hours=1)
        visit = visiting(published, "incidents/trouble-0/", clock=published.now)

        says(visit, "This page may be out of date. It was last checked at 14:10 UTC.")
        assert visit.page.locator(".state").inner_text().startswith("Put right")
        assert visit.page.title() == "Card payments are failing – Acme Status"
        assert visit.page.evaluate(COLOURS) == [GREY]


def test_news_is_told_politely_with_a_link(troubled: Published, visiting: Visiting) -> None:
    visit = visiting(troubled, "incidents/trouble-0/")
    settled(visit)
    troubled.beats(at=NOW, update="two")
    heard_again(visit)

    says(visit, "There is a newer update. Show it")
    assert visit.page.locator("#news").get_attribute("role") == "status"
    assert visit.page.locator("#news a").get_attribute("href") == "/"


def test_a_promise_is_late_a_minute_after_its_time(troubled: Published, visiting: Visiting) -> None:
    visit = visiting(troubled)
    settled(visit)
    fact = visit.page.locator(".facts dd").first
    in_time = fact.inner_text()
    troubled.now = datetime(2026, 11, 21, 14, 35, 30, tzinfo=UTC)
    troubled.beats(at=troubled.now)
    looks_again(visit)
    still = fact.inner_text()
    troubled.now += timedelta(minutes=1)
    looks_again(visit)

    expect(fact).to_have_text("This update is late. We said 14:35 UTC.")
    assert in_time == "By 14:35 UTC (in 25 minutes)"
    assert still in ("By 14:35 UTC (this minute)", "By 14:35 UTC (1 minute ago)")


def test_without_script_a_page_is_complete(well: Published, troubled: Published, visiting: Visiting) -> None:
    for published in (well, troubled):
        with_script, without = visiting(published), visiting(published, script=False)

        settled(with_script)
        with_script.page.evaluate("document.querySelectorAll('[data-rel]').forEach(away => away.textContent = '')")
        assert without.page.inner_text("body") == with_script.page.inner_text("body")
        assert without.look() == with_script.look()


def test_a_visitor_who_saves_data_is_asked_for_none(well: Published, visiting: Visiting) -> None:
    visit = visiting(well, before="Object.defineProperty(navigator, 'connection', {value: {saveData: true}})")
    visit.wait(timedelta(minutes=20))

    assert well.asked == ["/"]
    says(visit, "")


def test_a_page_asks_nobody_but_its_own_site(well: Published, visiting: Visiting) -> None:
    visit = visiting(well)
    well.beats(at=NOW - timedelta(days=1))
    heard_again(visit)

    says(visit, "This page may be out of date. It was last checked at 2026-11-20 14:10 UTC.")
    assert {url.partition("/heartbeat.json")[0].rstrip("/") for url in visit.requests if "data:" not in url} == {
        f"http://127.0.0.1:{well.port}"
    }
    assert visit.complaints == []
