"""Golden stories: small sites and what the public gets of them, compared byte for byte.

`pytest tests/golden --update-golden` writes `expected/` anew; the difference is reviewed like code.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

import pytest

from statuspage.pipeline.whole import compile_site
from tests.render_pages.reading import document, visible_text

STORIES = sorted(path.parent for path in Path(__file__).parent.glob("*/statuspage.toml"))
WHOLE = (
    "api/v2/summary.json",
    "api/v1/promises.json",
    "api/v1/status.json",
    "history.atom",
    "feed.json",
    "calendar.ics",
    "badge.svg",
    "hold/en.txt",
)


def golden(story: Path) -> dict[str, bytes]:
    """Return what is compared: documents as they are, pages as the text that a reader sees, and the faults."""
    compiled = compile_site(story, datetime.fromisoformat((story / "now").read_text().strip()))
    faults = "".join(f"{fault}\n" for fault in compiled.faults)
    return {
        **{path: compiled.files[path] for path in WHOLE},
        **{f"{path}.txt": visible_text(document(compiled.files[path])).encode() for path in pages(compiled.files)},
        "faults.txt": faults.encode(),
    }


def pages(files: Mapping[str, bytes]) -> list[str]:
    leaves = [path for path in files if path.startswith(("incidents/", "maintenance/"))]
    return ["index.html", *leaves, "components/dashboard/index.html"]


@pytest.mark.parametrize("story", STORIES, ids=lambda story: story.name)
def test_the_public_gets_what_it_got(story: Path, request: pytest.FixtureRequest) -> None:
    expected = story / "expected"

    found = golden(story)

    if request.config.getoption("--update-golden"):
        for path, content in found.items():
            (expected / path).parent.mkdir(parents=True, exist_ok=True)
            (expected / path).write_bytes(content)
    kept = {str(file.relative_to(expected)): file.read_bytes() for file in expected.rglob("*") if file.is_file()}
    assert found == kept
