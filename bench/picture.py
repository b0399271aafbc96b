"""Take the picture of the README: the sample site at its instant, as a browser on a desk shows it.

Run as `python bench/picture.py docs/pictures/index.png`; needs Chromium.
"""

from __future__ import annotations

import functools
import re
import shutil
import sys
import tempfile
import threading
from datetime import datetime
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from playwright.sync_api import sync_playwright

from statuspage.pipeline import build

REPOSITORY = Path(__file__).resolve().parents[1]
WIDTH, HEIGHT = 1080, 860
FLAGS = ["--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"]


def main(target: Path) -> None:
    """Write the picture to `target`."""
    written = re.search(r"^SAMPLE_NOW \?= (.*)$", (REPOSITORY / "Makefile").read_text(), re.MULTILINE)
    assert written is not None
    with tempfile.TemporaryDirectory() as folder:
        build(REPOSITORY, output=Path(folder), now=datetime.fromisoformat(written[1]))
        serve = functools.partial(SimpleHTTPRequestHandler, directory=folder)
        server = ThreadingHTTPServer(("127.0.0.1", 0), serve)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        take(f"http://127.0.0.1:{server.server_port}/", target)
        server.shutdown()


def take(address: str, target: Path) -> None:
    """Write what a browser shows first at `address`."""
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=shutil.which("chromium"), args=FLAGS)
        # The sample is of another day, and the script of the page would say so.
        page = browser.new_page(viewport={"width": WIDTH, "height": HEIGHT}, java_script_enabled=False)
        page.goto(address)
        page.screenshot(path=target)
        browser.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
