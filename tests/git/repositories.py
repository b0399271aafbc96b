"""Real repositories: people who use the git program, a bare one on disk, and the same over HTTP."""

from __future__ import annotations

import base64
import os
import shutil
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

NOW = datetime(2026, 11, 21, 14, 40, tzinfo=UTC)
AUTHOR = "statuspage <statuspage@localhost>"
SETTINGS = """\
[site]
title = "Acme Status"
url = "https://status.acme.example"

[[component]]
id = "cards"
name = "Cards"
"""
INCIDENT = """\
---
title: {title}
components: {{cards: major_outage}}
---

## 2026-11-21 14:05 UTC — Investigating

We know.
"""
CLOSED = f"""{INCIDENT}
## 2026-11-21 14:30 UTC — Resolved

Over.
"""
ENVIRONMENT = {
    "PATH": os.environ["PATH"],
    "HOME": "/nonexistent",
    "GIT_CONFIG_NOSYSTEM": "1",
    "GIT_AUTHOR_NAME": "Ann",
    "GIT_AUTHOR_EMAIL": "ann@acme.example",
    "GIT_COMMITTER_NAME": "Ann",
    "GIT_COMMITTER_EMAIL": "ann@acme.example",
    "GIT_TERMINAL_PROMPT": "0",
}


def post(post_id: str, *, minute: int = 35, words: str = "We are still at it.") -> str:
    """Return one timed post."""
    return f"## 2026-11-21 14:{minute} UTC — Update\n\n{words}\n\nId: {post_id}\n"


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Somebody who works in a clone, with the git program."""

    folder: Path

    def git(self, *arguments: str, given: str | None = None) -> str:
        """Run git and return what it prints."""
        command = ["git", "-c", "protocol.file.allow=always", *arguments]
        done = subprocess.run(
            command, cwd=self.folder, env=ENVIRONMENT, input=given, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, (command, done.stdout, done.stderr)
        return done.stdout.strip()

    def write(self, name: str, text: str) -> Path:
        """Write a file."""
        file = self.folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
        return file

    def commit(self, words: str = "Change") -> str:
        """Commit everything and return the commit."""
        self.git("add", "-A")
        self.git("commit", "--allow-empty", "-m", words)
        return self.head()

    def push(self, *options: str) -> str:
        """Push what is checked out and return the commit."""
        self.git("push", *options, "origin", "HEAD:main")
        return self.head()

    def head(self) -> str:
        """Return the commit that is checked out."""
        return self.git("rev-parse", "HEAD")

    def shown(self, path: str, commit: str = "HEAD") -> str:
        """Return a file as a commit has it."""
        return self.git("show", f"{commit}:{path}")

    def pull(self) -> None:
        """Take what the remote has, whatever was here."""
        self.git("fetch", "origin")
        self.git("reset", "--hard", "origin/main")


def bare(folder: Path) -> Path:
    """Make a bare repository."""
    folder.mkdir(parents=True)
    Person(folder=folder).git("init", "--bare", "-b", "main")
    Person(folder=folder).git("config", "http.receivepack", "true")
    return folder


def clone(remote: Path | str, folder: Path) -> Person:
    """Clone a repository, whose branch may be empty."""
    folder.mkdir(parents=True)
    person = Person(folder=folder)
    person.git("init", "-b", "main")
    person.git("remote", "add", "origin", str(remote))
    if person.git("ls-remote", "origin", "main"):
        person.pull()
        person.git("branch", "--set-upstream-to", "origin/main")
    return person


def write_site(person: Person, *, closed: int = 0) -> None:
    """Write a site with one open incident and as many closed ones, and commit it."""
    person.write("statuspage.toml", SETTINGS)
    person.write("incidents/cards.md", INCIDENT.format(title="Cards fail"))
    for number in range(closed):
        person.write(f"incidents/old-{number}.md", CLOSED.format(title=f"Old {number}"))
    person.commit("Site")


@dataclass(slots=True)
class Ticking:
    """A clock that goes on by a minute whenever it is read."""

    at: datetime = NOW

    def __call__(self) -> datetime:
        self.at += timedelta(minutes=1)
        return self.at


@dataclass(slots=True, kw_only=True)
class Served:
    """Repositories below a folder, over HTTP."""

    port: int
    asked: list[tuple[str, str | None]] = field(default_factory=list)
    """Each path with its Authorization header."""

    def address(self, name: str) -> str:
        """Return the address of a repository."""
        return f"http://127.0.0.1:{self.port}/{name}"


@contextmanager
def over_http(root: Path, *, password: str | None = None) -> Iterator[Served]:
    """Serve the bare repositories below a folder with git's own program, until the block ends."""
    asked: list[tuple[str, str | None]] = []

    class Backend(BaseHTTPRequestHandler):
        def log_message(self, *_: object) -> None:
            """Say nothing."""

        def do_GET(self) -> None:
            self._answer(b"")

        def do_POST(self) -> None:
            self._answer(_body(self))

        def _answer(self, body: bytes) -> None:
            shown = self.headers.get("Authorization")
            asked.append((self.path, shown))
            expected = password and "Basic " + base64.b64encode(f"git:{password}".encode()).decode()
            if expected and shown != expected:
                self.send_response(401)
                self.send_header("WWW-Authenticate", 'Basic realm="git"')
                self.send_header("Content-Length", "0")
                self.end_headers()
                return
            head, _, content = _backend(self, root, body).partition(b"\r\n\r\n")
            fields = dict(line.split(b": ", 1) for line in head.split(b"\r\n"))
            self.send_response(int(fields.pop(b"Status", b"200").split()[0]))
            for name, value in fields.items():
                self.send_header(name.decode(), value.decode())
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

    server = ThreadingHTTPServer(("127.0.0.1", 0), Backend)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield Served(port=server.server_port, asked=asked)
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def _body(request: BaseHTTPRequestHandler) -> bytes:
    if request.headers.get("Transfer-Encoding") != "chunked":
        return request.rfile.read(int(request.headers.get("Content-Length") or 0))
    parts = []
    while size := int(request.rfile.readline(), 16):
        parts.append(request.rfile.read(size))
        request.rfile.readline()
    request.rfile.readline()
    return b"".join(parts)


def _backend(request: BaseHTTPRequestHandler, root: Path, body: bytes) -> bytes:
    path, _, query = request.path.partition("?")
    environment = {
        **ENVIRONMENT,
        "GIT_PROJECT_ROOT": str(root),
        "GIT_HTTP_EXPORT_ALL": "1",
        "PATH_INFO": path,
        "QUERY_STRING": query,
        "REQUEST_METHOD": request.command,
        "CONTENT_TYPE": request.headers.get("Content-Type", ""),
        "CONTENT_LENGTH": str(len(body)),
        "GIT_PROTOCOL": request.headers.get("Git-Protocol", ""),
    }
    command = [shutil.which("git") or "git", "http-backend"]
    return subprocess.run(command, env=environment, input=body, capture_output=True, check=False).stdout
