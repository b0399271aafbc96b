"""Draw the picture that shared links show: neutral, because a preview is kept for days and must not say how things are.

Run as `python bench/neutral_picture.py static/picture.png …`; needs Chromium. Drawn once and kept in git.
"""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

WIDTH, HEIGHT = 1200, 630
FLAGS = ["--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"]
DRAWING = f"""\
<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" width="{WIDTH}" height="{HEIGHT}">
<path fill="#fcfbf9" d="M0 0h{WIDTH}v{HEIGHT}H0z"/><path fill="#4f4b45" d="M0 0h{WIDTH}v16H0z"/>
<path d="M120 420h952" stroke="#4f4b45" stroke-width="44" stroke-dasharray="8 8"/>
<g font-family="DejaVu Sans, sans-serif" fill="#1c1b19"><text x="120" y="230" font-size="84" font-weight="700">
Service status</text>
<text x="120" y="310" font-size="42" fill="#4f4b45">Open the page to see how things are now.</text></g>
</svg>"""


def main(targets: list[Path]) -> None:
    """Write the picture to each target."""
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=shutil.which("chromium"), args=FLAGS)
        page = browser.new_page(viewport={"width": WIDTH, "height": HEIGHT})
        page.set_content(f"<!DOCTYPE html><style>body{{margin:0}}svg{{display:block}}</style>{DRAWING}")
        picture = page.screenshot()
        browser.close()
    for target in targets:
        target.write_bytes(picture)


if __name__ == "__main__":
    main([Path(target) for target in sys.argv[1:]])
