"""A page that is served on loopback, for what follows pages."""

from __future__ import annotations

import time
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

from statuspage.render.hold import Sounds, hold_messages_by_language, render_hold
from tests.hold.builders import at, shown

NOW = at("13:10")


class Page:
    """A page that is served on loopback, and may be down, slow or elsewhere."""

    def __init__(self) -> None:
        self.files: dict[str, bytes] = {}
        self.redirects: dict[str, str] = {}
        self.is_down = False
        self.is_slow = False
        self.asked: list[str] = []
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), type("Served", (Handler,), {"page": self}))
        Thread(target=self.server.serve_forever, daemon=True).start()
        self.url = f"http://127.0.0.1:{self.server.server_port}"

    def tells(self, *incidents: object, played: Sounds | None = None) -> None:
        told = shown(*incidents, now=NOW)  # type: ignore[arg-type]  # as the builders take them
        self.files = render_hold(told, hold_messages_by_language(told), played or {})


class Handler(BaseHTTPRequestHandler):
    page: Page

    def do_GET(self) -> None:
        path = self.path.lstrip("/")
        self.page.asked.append(path)
        content = self.page.files.get(path)
        if path in self.page.redirects:
            self.answer(302, b"", {"Location": self.page.redirects[path]})
        elif self.page.is_slow:
            self.drip()
        elif self.page.is_down or content is None:
            self.send_error(503 if self.page.is_down else 404)
        else:
            tag = f'"{hash(content)}"'
            is_known = self.headers.get("If-None-Match") == tag
            self.answer(304 if is_known else 200, b"" if is_known else content, {"ETag": tag})

    def answer(self, status: int, content: bytes, headers: dict[str, str]) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        if status != 304:
            self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def drip(self) -> None:
        with suppress(OSError):
            while True:
                self.wfile.write(b"H")
                time.sleep(0.05)

    def log_message(self, *_: object) -> None:
        """Say nothing."""
