"""Take pictures of the pages, as a browser shows them at the instant of their site.

Run as `python bench/picture.py docs/pictures` for those of the README, the first view of the sample site, or as
`python bench/picture.py --all FOLDER` for every kind of page on a phone and on a desk, light and dark. Needs Chromium.
"""

from __future__ import annotations

import re
import shutil
import sys
import tempfile
from datetime import datetime
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from statuspage.pipeline import build
from tests.browser.conftest import FLAGS
from tests.browser.kinds import KINDS, serving_sites
from tests.browser.loopback import serving_folder
from tests.browser.visits import context_of, opened

REPOSITORY = Path(__file__).resolve().parents[1]
WIDTH, HEIGHT = 1080, 860
RESOLVED = "incidents/2026-10-02-charged-twice/"
FIRST_VIEWS = (
    ("index", "", (WIDTH, HEIGHT), "light"),
    ("phone", "", (360, 760), "light"),
    ("phone-resolved", RESOLVED, (360, 760), "dark"),
    ("phone-german", "de/", (360, 760), "light"),
)
"""What the README shows: name, page, size and scheme."""
PHONE_AND_DESK = (360, 1280)


def take_first_views(browser: Browser, target: Path) -> None:
    """Write what a browser shows first of pages of the sample site."""
    written = re.search(r"^SAMPLE_NOW \?= (.*)$", (REPOSITORY / "Makefile").read_text(), re.MULTILINE)
    assert written is not None
    now = datetime.fromisoformat(written[1])
    with tempfile.TemporaryDirectory() as folder:
        build(REPOSITORY, output=Path(folder), now=now)
        with serving_folder(Path(folder), now=now) as served, context_of(browser) as context:
            page = context.new_page()
            page.clock.set_fixed_time(now)
            for name, path, (width, height), scheme in FIRST_VIEWS:
                page.set_viewport_size({"width": width, "height": height})
                page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
                page.goto(served.address + path)
                page.screenshot(path=target / f"{name}.png")


def take_all(browser: Browser, target: Path) -> None:
    """Write every kind of page, whole, as `index-all-well-360-dark.png`."""
    target.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, serving_sites(Path(folder)) as sites:
        for width in PHONE_AND_DESK:
            with context_of(browser, viewport={"width": width, "height": HEIGHT}) as context:
                for kind in KINDS:
                    page = opened(context, sites, kind)
                    page.emulate_media(color_scheme="light")
                    page.screenshot(path=target / f"{kind.slug}-{width}-light.png", full_page=True)
                    page.emulate_media(color_scheme="dark")
                    page.screenshot(path=target / f"{kind.slug}-{width}-dark.png", full_page=True)


def main(*arguments: str) -> None:
    """Take what the arguments name."""
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=shutil.which("chromium"), args=list(FLAGS))
        if arguments[0] == "--all":
            take_all(browser, Path(arguments[1]))
        else:
            take_first_views(browser, Path(arguments[0]))
        browser.close()


if __name__ == "__main__":
    main(*sys.argv[1:])
