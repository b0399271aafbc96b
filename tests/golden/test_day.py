"""A day of the repository's own site, minute by minute: what page, feed and callers are told, and when.

`day.txt` is the day as it was. In `silent-day.txt` nobody writes a word after 14:10, in the middle of two incidents:
the clock speaks for them, and then says that it does not any more. `pytest tests/golden --update-golden` writes both
anew; the difference is reviewed like code.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from statuspage.render.site import render
from statuspage.shown import Shown
from statuspage.source.headings import read_heading, split_blocks
from tests.clock.in_memory import SiteInMemory
from tests.render_pages.reading import document, visible_text

STORIES = Path(__file__).parent
SILENT_FROM = datetime.fromisoformat("2026-10-15T14:10:00+01:00")
MIDNIGHT = datetime.fromisoformat("2026-10-15T00:00:00+01:00")
MINUTES = 24 * 60
WATCHED = ("page", "feed", "phone")


def replayed(site: SiteInMemory) -> Iterator[str]:
    """Yield a paragraph for each minute at which a customer is told something else."""
    told: dict[str, list[str]] = {name: [] for name in WATCHED}
    next_change_at = MIDNIGHT
    for now in (MIDNIGHT + timedelta(minutes=minute) for minute in range(MINUTES)):
        if now < next_change_at:
            continue  # law 2: nothing public differs
        shown = site.visit(now)
        next_change_at = shown.next_change_at
        telling = dict(zip(WATCHED, (page_lines(shown), feed_lines(shown), hold_lines(shown)), strict=True))
        news = [f"  {name}: {line}" for name in WATCHED for line in telling[name] if line not in told[name]]
        silent = [f"  {name}: (nothing)" for name in WATCHED if told[name] and not telling[name]]
        if news or silent:
            yield "\n".join([f"{now:%H:%M}", *news, *silent])
        told = telling


def page_lines(shown: Shown) -> list[str]:
    """Return what stands in the band at the top of the page."""
    text = visible_text(document(render(shown, {})["index.html"]))
    band = text.partition("Report a problem")[2].partition("Hear when there is news")[0]
    band = band.partition("Every service")[0]
    return [line.strip() for line in band.splitlines() if line.strip()]


def feed_lines(shown: Shown) -> list[str]:
    """Return the entries of the feed of updates, without their text."""
    items = json.loads(render(shown, {})["feed.json"])["items"]
    return [f"{item['date_published'][11:16]} {item['title']}" for item in reversed(items)]


def hold_lines(shown: Shown) -> list[str]:
    """Return what callers hear first."""
    return render(shown, {})["hold/en.txt"].decode().splitlines()[:1]


def files_of(repository: Path, *, silent_from: datetime | None) -> dict[str, str]:
    """Return the files of the site; of its updates only those before that instant."""
    files = [repository / "statuspage.toml", *(repository / "incidents").rglob("*.md")]
    texts = {str(file.relative_to(repository)): file.read_text(encoding="utf-8") for file in files}
    if silent_from is None:
        return texts
    return {path: _until(silent_from, text) if path.endswith(".md") else text for path, text in texts.items()}


def _until(silent_from: datetime, text: str) -> str:
    """Return the file without the updates that come later."""
    preamble, *blocks = split_blocks(text, line=1)
    parts = [preamble.body]
    for block in blocks:
        heading = read_heading(block.heading, silent_from.tzinfo or UTC)
        if heading is None or heading.time.at < silent_from:
            parts.append(f"## {block.heading}\n{block.body}")
    return "\n".join(parts)


@pytest.mark.parametrize(("name", "silent_from"), [("day.txt", None), ("silent-day.txt", SILENT_FROM)])
def test_the_day_is_told_as_it_was(
    name: str, silent_from: datetime | None, repository: Path, request: pytest.FixtureRequest
) -> None:
    site = SiteInMemory(files_of(repository, silent_from=silent_from))

    story = "\n\n".join(replayed(site)) + "\n"

    if request.config.getoption("--update-golden"):
        (STORIES / name).write_text(story, encoding="utf-8")
    assert story == (STORIES / name).read_text(encoding="utf-8")
