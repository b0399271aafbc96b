"""The script that pages carry is the one that people read, shortened."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

NODE = Path(__file__).parent / "node"
LIMIT_SECONDS = 60


def test_what_pages_carry_is_what_terser_makes_of_the_source(repository: Path) -> None:
    node = shutil.which("node")
    if node is None:
        pytest.skip("node is not installed (on Debian: apt-get install nodejs npm)")
    if not (NODE / "node_modules" / "terser").is_dir():
        pytest.skip("terser is not installed; `make test` does it where npm is")
    assets = repository / "statuspage" / "render" / "assets"

    done = subprocess.run(
        [node, "minify.cjs", assets / "status.js"], cwd=NODE, capture_output=True, timeout=LIMIT_SECONDS, check=True
    )

    assert done.stdout == (assets / "status.min.js").read_bytes(), "make script writes it anew"
