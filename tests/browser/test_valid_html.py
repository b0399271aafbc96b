"""html-validate, as its authors recommend it and with its rules of accessibility, finds no error on any page."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.browser.kinds import KINDS, Kind, Sites

NODE = Path(__file__).parent / "node"
LIMIT_SECONDS = 60


@pytest.fixture(scope="module")
def errors(sites: Sites) -> dict[str, list[str]]:
    """Return what is wrong with each file; node starts once for all of them."""
    node = shutil.which("node")
    if node is None:
        pytest.skip("node is not installed (on Debian: apt-get install nodejs npm)")
    if not (NODE / "node_modules" / "html-validate").is_dir():
        pytest.skip("html-validate is not installed; `make test` does it where npm is")
    files = [str(sites.folders[kind.site] / kind.file) for kind in KINDS]
    done = subprocess.run(
        [node, "validate.cjs", *files], cwd=NODE, capture_output=True, text=True, timeout=LIMIT_SECONDS, check=False
    )
    assert done.returncode == 0, done.stderr
    errors: dict[str, list[str]] = {file: [] for file in files}
    for each in json.loads(done.stdout):
        errors[each["file"]].append(each["what"])
    return errors


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.slug)
def test_html_validate_finds_no_error(kind: Kind, errors: dict[str, list[str]], sites: Sites) -> None:
    assert errors[str(sites.folders[kind.site] / kind.file)] == []
