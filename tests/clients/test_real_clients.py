"""Clients that other people wrote, run unchanged against `statuspage serve`: what they see is what we publish."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import feedparser
import pytest

from tests.sample import SAMPLE_NOW, copy_sample
from tests.web.servers import Server, serving

HERE = Path(__file__).parent
FEEDS = (
    "history.atom",
    "history.rss",
    "updates.atom",
    "updates.rss",
    "components/card-payments/history.atom",
    "components/card-payments/history.rss",
)
LIMIT_SECONDS = 60


@pytest.fixture(scope="module")
def server(repository: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    site = copy_sample(repository, tmp_path_factory.mktemp("sample"))
    with serving(site, "--now", SAMPLE_NOW) as server:
        yield server


def address(server: Server, path: str = "") -> str:
    return f"http://127.0.0.1:{server.port}/{path}"


def published(server: Server, name: str) -> Any:
    return json.loads(server.ask(f"/api/v2/{name}.json").text)


def run_node(script: str, *arguments: str) -> Any:
    """Return what a script of this folder prints, as JSON; skip where node or the clients are not installed."""
    node = shutil.which("node")
    if node is None:
        pytest.skip("node is not installed (on Debian: apt-get install nodejs npm)")
    if not (HERE / "node_modules").is_dir():
        pytest.skip("the clients are not installed; `make test` does it where npm is")
    done = subprocess.run(
        [node, script, *arguments], cwd=HERE, capture_output=True, text=True, timeout=LIMIT_SECONDS, check=False
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_the_prometheus_exporter_counts_our_incidents_and_components(server: Server, tmp_path: Path) -> None:
    services = tmp_path / "services.json"
    services.write_text(json.dumps({"ours": {"url": address(server, "api/v2/summary.json"), "name": "Ours"}}))
    metrics = tmp_path / "metrics.prom"
    asked = {"RUN_MODE": "once", "SERVICES_JSON_PATH": str(services), "METRICS_TEXTFILE_PATH": str(metrics)}

    done = subprocess.run(
        [Path(sys.executable).with_name("statuspage-prometheus-exporter")],
        cwd=tmp_path,
        env={**os.environ, **asked},
        capture_output=True,
        text=True,
        timeout=LIMIT_SECONDS,
        check=False,
    )

    assert done.returncode == 0, done.stderr
    lines = metrics.read_text().splitlines()
    summary = published(server, "summary")
    for incident in summary["incidents"]:
        assert any(incident["id"] in line for line in lines), incident["name"]
    for component in summary["components"]:
        if not component["group"]:
            assert any(f'"{component["name"]}"' in line for line in lines), component["name"]


def test_statuspage_io_gets_what_we_publish(server: Server) -> None:
    answers = run_node("ask_statuspage_io.cjs", address(server))

    assert answers == {
        # The client asks upcoming.json for all three.
        "active": published(server, "scheduled-maintenances/upcoming"),
        "components": published(server, "components"),
        "incidents": published(server, "incidents"),
        "maintenances": published(server, "scheduled-maintenances/upcoming"),
        "status": published(server, "status"),
        "summary": published(server, "summary"),
        "unresolved": published(server, "incidents/unresolved"),
        "upcoming": published(server, "scheduled-maintenances/upcoming"),
    }


def test_rss_parser_reads_every_feed(server: Server) -> None:
    feeds = run_node("read_feeds.cjs", *(address(server, path) for path in FEEDS))

    ours = [feedparser.parse(server.ask(f"/{path}").body) for path in FEEDS]
    assert [[item["title"] for item in feed["items"]] for feed in feeds] == [
        [entry.title for entry in feed.entries] for feed in ours
    ]
    assert any("maintenanceEndDate" in item for item in feeds[1]["items"])


@pytest.mark.parametrize("path", FEEDS)
def test_feedparser_finds_nothing_wrong_with_a_feed(server: Server, path: str) -> None:
    feed = feedparser.parse(server.ask(f"/{path}").body)

    assert feed.bozo == 0
    assert feed.entries
    assert all(entry.link.startswith("https://status.ternsea.example/") for entry in feed.entries)
