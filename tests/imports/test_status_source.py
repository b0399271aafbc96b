"""Documents from the web, from a real server on this machine."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import ClassVar

import pytest

from statuspage.imports.statuspage import import_statuspage
from statuspage.imports.statuspage.source import SIZE_LIMIT
from tests.imports.documents import PAGE, incident, summary, update
from tests.imports.reading import only_incident


class _Page(BaseHTTPRequestHandler):
    answers: ClassVar[dict[str, tuple[int, dict[str, str], bytes]]] = {}

    def do_GET(self) -> None:
        status, headers, body = self.answers.get(self.path, (404, {}, b"nothing here"))
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)


@pytest.fixture
def page() -> Iterator[str]:
    """Yield the address of a page whose answers are `_Page.answers`."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Page)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    _Page.answers.clear()
    yield f"http://127.0.0.1:{server.server_address[1]}"
    server.shutdown()
    thread.join()
    server.server_close()


def answer(path: str, document: object) -> None:
    _Page.answers[f"/api/v2/{path}"] = (200, {}, json.dumps(document).encode())


def test_an_address_gives_the_four_documents_of_the_page(page: str, tmp_path: Path) -> None:
    told = incident(update("15:00", "resolved"), update("14:05", "investigating"))
    answer("summary.json", summary())
    answer("components.json", {"page": PAGE, "components": summary()["components"]})
    answer("incidents.json", {"page": PAGE, "incidents": [told]})
    answer("scheduled-maintenances.json", {"page": PAGE, "scheduled_maintenances": []})

    result = import_statuspage(f"{page}/api/v2/summary.json", tmp_path / "site")

    assert result.unreadable == ()
    assert only_incident(tmp_path / "site").title == "API fails"


def test_what_an_address_does_not_give_is_an_error_and_the_rest_is_imported(page: str, tmp_path: Path) -> None:
    answer("summary.json", summary(incident(update("14:05", "investigating"))))
    _Page.answers["/api/v2/components.json"] = (302, {"Location": "http://localhost/api/v2/components.json"}, b"")
    _Page.answers["/api/v2/incidents.json"] = (200, {}, b" " * (SIZE_LIMIT + 1))

    result = import_statuspage(page + "/", tmp_path / "site")

    assert [str(fault) for fault in result.unreadable] == [
        f"{page}/api/v2/components.json: redirects to another host;"
        " import from http://localhost/api/v2/components.json if that is the page meant",
        f"{page}/api/v2/incidents.json: larger than 10 MB; a document of the status API is smaller",
        f"{page}/api/v2/scheduled-maintenances.json: answers 404; a document of the status API is wanted",
    ]
    assert only_incident(tmp_path / "site").title == "API fails"


def test_redirects_on_the_same_host_are_followed_to_an_end(page: str, tmp_path: Path) -> None:
    answer("real.json", summary(incident(update("14:05", "investigating"))))
    _Page.answers["/api/v2/summary.json"] = (301, {"Location": "/api/v2/real.json"}, b"")
    _Page.answers["/api/v2/incidents.json"] = (301, {"Location": "/api/v2/incidents.json"}, b"")

    result = import_statuspage(page, tmp_path / "site")

    assert f"{page}/api/v2/incidents.json: redirects without end" in [str(fault) for fault in result.unreadable]
    assert only_incident(tmp_path / "site").title == "API fails"


def test_a_page_that_does_not_answer_is_an_error(free_port: int, tmp_path: Path) -> None:
    result = import_statuspage(f"http://127.0.0.1:{free_port}", tmp_path / "site")

    assert len(result.unreadable) == 4
    assert all("cannot be fetched: " in str(fault) for fault in result.unreadable)
    assert not (tmp_path / "site").exists()
