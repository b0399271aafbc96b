"""axe-core finds nothing on any kind of page, on three widths, in light and dark."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext

from tests.browser.kinds import KINDS, Kind, Sites
from tests.browser.visits import context_of, opened

AXE = Path(__file__).parent / "node" / "node_modules" / "axe-core" / "axe.min.js"
TAGS = ["wcag2a", "wcag2aa", "wcag2aaa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
WIDTHS = (320, 360, 1280)
RUN = "tags => axe.run(document, {runOnly: tags, resultTypes: ['violations'], elementRef: false})"


@pytest.fixture(scope="module")
def axe() -> str:
    if not AXE.is_file():
        pytest.skip("axe-core is not installed; `make test` does it where npm is")
    return AXE.read_text()


@pytest.fixture(scope="module")
def context(browser: Browser) -> Iterator[BrowserContext]:
    with context_of(browser, bypass_csp=True) as context:
        yield context


def violations(result: dict[str, Any]) -> list[str]:
    return [
        f"{rule['id']}: {' '.join(node['target'])} ({node['failureSummary'].splitlines()[1].strip()})"
        for rule in result["violations"]
        for node in rule["nodes"]
    ]


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.slug)
def test_axe_finds_no_violation(kind: Kind, context: BrowserContext, sites: Sites, axe: str) -> None:
    page = opened(context, sites, kind)
    page.evaluate(axe)

    found: dict[str, list[str]] = {}
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 640})
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme="light" if scheme == "light" else "dark")
            for violation in violations(page.evaluate(RUN, TAGS)):
                found.setdefault(violation, []).append(f"{width} {scheme}")

    assert [f"{violation} at {', '.join(where)}" for violation, where in found.items()] == []
