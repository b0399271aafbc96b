"""A plain server of published files on a loopback port, whose clock stands still and which packs what it sends."""

from __future__ import annotations

import functools
import gzip
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import format_datetime
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import unquote, urlsplit

from statuspage.web.headers import headers_of, page_policy


@dataclass(kw_only=True)
class Loopback:
    """A served folder, and what was asked of it."""

    folder: Path
    now: datetime
    port: int = 0
    asked: list[str] = field(default_factory=list)

    @property
    def address(self) -> str:
        """Return where the folder is found, with a slash at the end."""
        return f"http://127.0.0.1:{self.port}/"


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    # Without it an answer in two parts waits for the visitor's acknowledgement of the first.
    disable_nagle_algorithm = True

    def __init__(self, served: Loopback, *given: object) -> None:
        self._served = served
        super().__init__(*given)  # type: ignore[arg-type] # passed on

    def date_time_string(self, timestamp: float | None = None) -> str:  # noqa: ARG002 - as it is called there
        return format_datetime(self._served.now, usegmt=True)

    def do_GET(self) -> None:
        self._served.asked.append(self.path)
        path = unquote(urlsplit(self.path).path).lstrip("/")
        path = f"{path}index.html" if path.endswith("/") or not path else path
        is_there = (self._served.folder / path).is_file()
        path = path if is_there else "404.html"
        body = (self._served.folder / path).read_bytes()
        headers = headers_of(path, page_policy(body) if path.endswith(".html") else "")
        if "gzip" in self.headers.get("Accept-Encoding", ""):
            body = gzip.compress(body, 9, mtime=0)
            headers = (*headers, ("Content-Encoding", "gzip"), ("Vary", "Accept-Encoding"))
        self.send_response(HTTPStatus.OK if is_there else HTTPStatus.NOT_FOUND)
        for name, value in (*headers, ("Content-Length", str(len(body)))):
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name that it has there
        """Say nothing."""


@contextmanager
def serving_folder(folder: Path, *, now: datetime) -> Iterator[Loopback]:
    """Serve a folder of published files on a free port, at an instant that stands still."""
    served = Loopback(folder=folder, now=now.astimezone(UTC))
    server = ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(_Handler, served))
    server.daemon_threads = True
    served.port = server.server_port
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    try:
        yield served
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
