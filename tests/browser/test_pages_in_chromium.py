"""The pages in a real browser: nothing from elsewhere, nothing refused by the policy, no sideways scroll."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.sample import SAMPLE_NOW, copy_sample
from tests.web.servers import Server, serving

PAGES = (
    "",
    "incidents/2026-10-15-boarding-gates/",
    "maintenance/2026-10-21-ticket-shop/",
    "components/card-payments/",
    "history/",
    "hold/",
    "nowhere/",
)


@pytest.fixture(scope="module")
def server(repository: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    site = copy_sample(repository, tmp_path_factory.mktemp("sample"))
    with serving(site, "--now", SAMPLE_NOW) as server:
        yield server


@pytest.mark.parametrize("width", [320, 1280])
@pytest.mark.parametrize("path", PAGES)
def test_a_page_is_one_request_beside_the_heartbeat_fits_and_breaks_no_policy(
    server: Server, browser: Browser, path: str, width: int
) -> None:
    page = browser.new_page(viewport={"width": width, "height": 640})
    requests: list[str] = []
    complaints: list[str] = []
    page.on("request", lambda request: requests.append(request.url))
    page.on("console", lambda message: complaints.append(message.text))
    address = f"http://127.0.0.1:{server.port}/{path}"

    page.goto(address)
    page.evaluate("fetch('/heartbeat.json').then(answer => answer.text())")  # after the script's own
    news = page.inner_text("#news")
    scrolled = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    page.close()

    beat = f"http://127.0.0.1:{server.port}/heartbeat.json"
    assert [url for url in requests if not url.startswith("data:")] == [address, beat, beat]
    assert news == ""  # the answers bear the sample's time
    assert [text for text in complaints if "404" not in text] == []
    assert scrolled == 0
