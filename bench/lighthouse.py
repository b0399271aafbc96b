"""Ask Lighthouse for its four scores of each kind of page, as a phone, and take the median of three.

Run as `python bench/lighthouse.py docs/design.md`, which writes the table there, or with slugs of kinds in place of it:
then it is only printed. `make lighthouse` installs Lighthouse first. Needs Chromium and node.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from statistics import median

from bench.targets import with_table
from tests.browser.conftest import FLAGS
from tests.browser.kinds import KINDS, Kind, Sites, serving_sites

REPOSITORY = Path(__file__).resolve().parents[1]
LIGHTHOUSE = REPOSITORY / "tests/browser/node/node_modules/lighthouse/cli/index.js"
CATEGORIES = ("performance", "accessibility", "best-practices", "seo")
ASKED = [kind for kind in KINDS if kind.name != "not found"]
"""Lighthouse judges no answer of 404."""
SECTION = "make lighthouse"
RUNS, TRIES = 3, 3
LIMIT_SECONDS = 180
HEAD = f"| page | {' | '.join(CATEGORIES)} |\n| --- |{' --- |' * len(CATEGORIES)}"


def main(arguments: Sequence[str]) -> None:
    """Print a row for each kind, and put all of them into the page if one is named."""
    pages = [Path(each) for each in arguments if each.endswith(".md")]
    slugs = [each for each in arguments if not each.endswith(".md")]
    kinds = [kind for kind in ASKED if kind.slug in slugs or not slugs]
    rows = []
    print(HEAD, flush=True)
    with tempfile.TemporaryDirectory() as folder, serving_sites(Path(folder)) as sites:
        for kind in kinds:
            rows.append(f"| {kind.name} | {' | '.join(map(str, scores(kind, sites)))} |")
            print(rows[-1], flush=True)
    text = "\n".join([HEAD, *rows])
    for page in pages:
        page.write_text(with_table(page.read_text(encoding="utf-8"), section=SECTION, text=text), encoding="utf-8")


def scores(kind: Kind, sites: Sites) -> list[int]:
    """Return the median of each category, from 0 to 100, in the order of CATEGORIES."""
    runs = [asked(sites.address(kind)) for _ in range(RUNS)]
    return [round(median(each)) for each in zip(*runs, strict=True)]


def asked(address: str) -> list[float]:
    """Return the scores of one run; a run of which Lighthouse itself says that it went wrong is made again."""
    for _ in range(TRIES):
        with tempfile.TemporaryDirectory() as profile:
            ended = lighthouse(address, profile)
        if not ended.returncode:
            categories = json.loads(ended.stdout)["categories"]
            return [100 * (categories[name]["score"] or 0) for name in CATEGORIES]
    raise SystemExit(ended.stderr)


def lighthouse(address: str, profile: str) -> subprocess.CompletedProcess[str]:
    """Run Lighthouse in a browser that has never been anywhere."""
    flags = " ".join([*FLAGS, f"--user-data-dir={profile}"])
    command = ["node", str(LIGHTHOUSE), address, "--quiet", "--output=json", f"--chrome-flags={flags}"]
    command.append(f"--only-categories={','.join(CATEGORIES)}")
    environment = {**os.environ, "CHROME_PATH": shutil.which("chromium") or ""}
    return subprocess.run(command, env=environment, capture_output=True, text=True, timeout=LIMIT_SECONDS, check=False)


if __name__ == "__main__":
    main(sys.argv[1:])
