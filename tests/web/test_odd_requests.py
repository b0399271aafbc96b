"""Odd, hostile and slow requests to a real server: none makes it do more work, stop, or show what is not public."""

from __future__ import annotations

import resource
import socket
from collections.abc import Iterator
from contextlib import ExitStack, suppress
from pathlib import Path

import pytest

from tests.web.servers import NOW, Server, serving, write_site

CONNECTIONS_OF_SLOW_CLIENTS = 1_500
"""More than Granian takes unless told otherwise."""
LIMIT_SECONDS = 10.0


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("site")
    write_site(folder)
    return folder


@pytest.fixture(scope="module")
def server(site: Path) -> Iterator[Server]:
    with serving(site, "--now", NOW) as server:
        yield server


def sent(server: Server, request: bytes) -> tuple[int, bytes]:
    """Send exactly these bytes and return the status of the answer and what followed its head."""
    with socket.create_connection(("127.0.0.1", server.port), timeout=LIMIT_SECONDS) as connection:
        answer = b""
        with suppress(ConnectionError):  # of a request out of bounds the server reads no more than it must
            connection.sendall(request)
        with suppress(ConnectionError):
            while piece := connection.recv(65_536):
                answer += piece
    head, _, body = answer.partition(b"\r\n\r\n")
    return int(head.split(b" ", 2)[1]) if head else 0, body


@pytest.mark.parametrize(
    "target",
    [
        b"/static%2f..%2f..%2fstatuspage.toml",
        b"/static/%2e%2e/%2e%2e/statuspage.toml",
        b"/..%5c..%5cstatuspage.toml",
        b"/%00",
        b"/index.html%00.txt",
        b"/%ff%fe/",
        b"/%c0%ae%c0%ae/statuspage.toml",
        b"/static//../statuspage.toml",
        b"/.hidden",
        b"/incidents/",
        b"/%2findex.html",
        b"/" + b"a" * 8_000,
        b"/" + b"a/" * 4_000,
        b"/%e2%80%ae",
        b"/index.html.gz",
    ],
)
def test_an_odd_address_gets_the_404_page(server: Server, target: bytes) -> None:
    status, body = sent(server, b"GET " + target + b" HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")

    assert (status, body) == (404, server.ask("/404.html").body)


@pytest.mark.parametrize(
    ("request_line", "headers", "status"),
    [
        (b"GET /" + b"a" * 100_000 + b" HTTP/1.1", b"", 431),
        (b"GET / HTTP/1.1", b"X-Long: " + b"a" * 100_000 + b"\r\n", 431),
        (b"GET / HTTP/1.1", b"".join(b"X-%d: a\r\n" % number for number in range(200)), 431),
        (b"GET / HTTP/1.1", b"No colon\r\n", 400),
        (b"BREW / HTTP/1.1", b"", 405),
        (b"TRACE / HTTP/1.1", b"", 405),
    ],
)
def test_a_request_out_of_bounds_is_refused(server: Server, request_line: bytes, headers: bytes, status: int) -> None:
    request = request_line + b"\r\nHost: x\r\nConnection: close\r\n" + headers + b"\r\n"

    assert sent(server, request)[0] == status
    assert server.ask("/").status == 200


def test_ranges_are_not_made_and_not_promised(server: Server) -> None:
    whole = server.ask("/")

    answer = server.ask("/", Range="bytes=0-10, 5-6, 7-")

    assert (answer.status, answer.body) == (200, whole.body)
    assert "accept-ranges" not in answer.headers


@pytest.mark.parametrize("method", ["GET", "HEAD"])
@pytest.mark.parametrize("address", ["/", "/incidents/2026-11-21-card-payments/", "/hold/en.txt", "/hold/hold.json"])
def test_head_and_304_have_the_headers_of_a_get(server: Server, method: str, address: str) -> None:
    whole = server.ask(address, Accept_Encoding="gzip")

    asked = server.ask(address, method=method, Accept_Encoding="gzip", If_None_Match=whole.headers["etag"])
    head = server.ask(address, method="HEAD", Accept_Encoding="gzip")

    of_body = {"content-length", "content-type", "content-encoding"}
    expected = {name: value for name, value in whole.headers.items() if name not in {*of_body, "date"}}
    assert (asked.status, asked.body) == (304, b"")
    assert {name: value for name, value in asked.headers.items() if name not in {*of_body, "date"}} == expected
    assert not of_body & asked.headers.keys()
    assert (head.status, head.body) == (200, b"")
    assert {**head.headers, "date": ""} == {**whole.headers, "date": ""}


def test_no_request_writes_or_compiles_anything(server: Server, site: Path) -> None:
    server.ask("/")
    before = files_of(site)
    compiled_before = sum("published" in line for line in server.logged)

    for number in range(50):
        server.ask(f"/?refresh={number}", Cache_Control="no-cache", Accept_Encoding=f"gzip, x-{number}")
        server.ask(f"/nothing-{number}", If_None_Match=f'"{number}"', User_Agent=f"x{number}")

    assert files_of(site) == before
    assert sum("published" in line for line in server.logged) == compiled_before


@pytest.fixture
def many_files() -> Iterator[None]:
    """Let this process have as many open files as it may."""
    before = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (before[1], before[1]))
    yield
    resource.setrlimit(resource.RLIMIT_NOFILE, before)


@pytest.mark.usefixtures("many_files")
def test_clients_that_never_finish_a_request_stop_nobody_else(server: Server) -> None:
    with ExitStack() as slow:
        for number in range(CONNECTIONS_OF_SLOW_CLIENTS):
            connection = slow.enter_context(socket.create_connection(("127.0.0.1", server.port), timeout=LIMIT_SECONDS))
            if number % 2:
                connection.sendall(b"GET / HTTP/1.1\r\nHost: x\r\nX-Slow: ")

        answers = [server.ask(address).status for address in ("/", "/healthz", "/nothing")]

    assert answers == [200, 200, 404]


def test_clients_that_never_read_stop_nobody_else(server: Server) -> None:
    asked = b"GET / HTTP/1.1\r\nHost: x\r\n\r\n" * 200
    with ExitStack() as slow:
        for _ in range(20):
            connection = slow.enter_context(socket.create_connection(("127.0.0.1", server.port), timeout=LIMIT_SECONDS))
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4_096)
            connection.sendall(asked)

        answers = [server.ask(address).status for address in ("/", "/healthz", "/nothing")]

    assert answers == [200, 200, 404]


def files_of(site: Path) -> dict[Path, tuple[int, int]]:
    return {file: (file.stat().st_mtime_ns, file.stat().st_size) for file in site.rglob("*") if file.is_file()}
