"""The hook of a forge: believed only with the right signature, and heeded by no more than a look at the remote."""

from __future__ import annotations

import hashlib
import hmac
import json
import socket
from collections.abc import Iterator
from pathlib import Path
from threading import Thread
from wsgiref.simple_server import WSGIRequestHandler, make_server

import pytest
from flask.testing import FlaskClient

from statuspage.web.app import create_app
from statuspage.web.hooks import LARGEST_BODY_BYTES, GitHook

SECRET = "It's a Secret to Everybody"  # noqa: S105 - of GitHub's own example
EXAMPLE_SIGNATURE = "sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17"
OURS = json.dumps({"ref": "refs/heads/main"}).encode()


class Bell:
    """Counts how often it was rung."""

    count = 0

    def ring(self) -> None:
        self.count += 1


@pytest.fixture
def bell() -> Bell:
    return Bell()


@pytest.fixture
def client(bell: Bell, tmp_path: Path) -> FlaskClient:
    return create_app(tmp_path, git_hook=GitHook(secret=SECRET, branch="main", wake=bell.ring)).test_client()


def signed(body: bytes, *, secret: str = SECRET) -> dict[str, str]:
    return {"X-Hub-Signature-256": f"sha256={hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()}"}


def test_the_example_of_github_is_believed(client: FlaskClient, bell: Bell) -> None:
    answer = client.post("/hooks/git", data=b"Hello, World!", headers={"X-Hub-Signature-256": EXAMPLE_SIGNATURE})

    assert (answer.status_code, bell.count) == (202, 1)


def test_the_token_of_gitlab_is_believed(client: FlaskClient, bell: Bell) -> None:
    answer = client.post("/hooks/git", data=OURS, headers={"X-Gitlab-Token": SECRET})

    assert (answer.status_code, bell.count) == (202, 1)


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"X-Hub-Signature-256": ""},
        {"X-Hub-Signature-256": "sha256="},
        {"X-Hub-Signature-256": "é"},
        {"X-Hub-Signature-256": signed(OURS)["X-Hub-Signature-256"][:-1]},
        {"X-Hub-Signature-256": signed(OURS)["X-Hub-Signature-256"].removeprefix("sha256=")},
        signed(OURS, secret="another"),
        signed(OURS + b" "),
        {"X-Hub-Signature": f"sha1={hmac.new(SECRET.encode(), OURS, hashlib.sha1).hexdigest()}"},
        {"X-Gitlab-Token": "another"},
        {"X-Gitlab-Token": SECRET[:-1]},
        signed(OURS, secret="another") | {"X-Gitlab-Token": SECRET},
    ],
)
def test_whoever_does_not_know_the_secret_gets_one_answer(
    headers: dict[str, str], client: FlaskClient, bell: Bell
) -> None:
    answer = client.post("/hooks/git", data=OURS, headers=headers)

    assert (answer.status_code, answer.text, bell.count) == (401, "The signature is missing or wrong.\n", 0)


@pytest.mark.parametrize(
    "body", [b'{"ref":"refs/heads/main"}', b'{"zen":"Keep it simple."}', b"no json", b"[" * 10_000]
)
def test_what_may_be_about_our_branch_is_worth_a_look(body: bytes, client: FlaskClient, bell: Bell) -> None:
    for count in (1, 2):  # a replay does no more than that
        answer = client.post("/hooks/git", data=body, headers=signed(body))
        assert (answer.status_code, bell.count) == (202, count)


def test_a_push_to_another_branch_wakes_nobody(client: FlaskClient, bell: Bell) -> None:
    body = b'{"ref":"refs/heads/draft"}'

    answer = client.post("/hooks/git", data=body, headers=signed(body))

    assert (answer.status_code, answer.text, bell.count) == (
        202,
        "Nothing to do: the page is made from main.\n",
        0,
    )


def test_a_body_without_its_length_or_too_long_is_not_read(client: FlaskClient, bell: Bell) -> None:
    chunked = client.post("/hooks/git", headers={"Transfer-Encoding": "chunked", **signed(OURS)})
    long = client.post("/hooks/git", data=bytes(LARGEST_BODY_BYTES + 1), headers=signed(OURS))

    assert (chunked.status_code, long.status_code, bell.count) == (411, 413, 0)


def test_nothing_else_is_answered_there(client: FlaskClient, tmp_path: Path) -> None:
    assert client.get("/hooks/git").status_code in (404, 405)
    assert create_app(tmp_path).test_client().post("/hooks/git", data=OURS, headers=signed(OURS)).status_code == 405


class Quiet(WSGIRequestHandler):
    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture
def address(bell: Bell, tmp_path: Path, free_port: int) -> Iterator[tuple[str, int]]:
    """Serve the hook with a thread for each request, and return where."""
    from socketserver import ThreadingMixIn
    from wsgiref.simple_server import WSGIServer

    class Threads(ThreadingMixIn, WSGIServer):
        daemon_threads = True

    app = create_app(tmp_path, git_hook=GitHook(secret=SECRET, branch="main", wake=bell.ring))
    with make_server("127.0.0.1", free_port, app.wsgi_app, server_class=Threads, handler_class=Quiet) as server:
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        yield "127.0.0.1", free_port
        server.shutdown()
        thread.join()


def test_a_body_that_comes_slowly_holds_up_one_reader_and_no_more(address: tuple[str, int], bell: Bell) -> None:
    def begun() -> socket.socket:
        connection = socket.create_connection(address, timeout=10)
        head = f"POST /hooks/git HTTP/1.1\r\nHost: x\r\nX-Gitlab-Token: {SECRET}\r\nContent-Length: {len(OURS)}\r\n\r\n"
        connection.sendall(head.encode())
        return connection

    slow = begun()
    slow.sendall(OURS[:5])
    answers: list[bytes] = []
    while not answers or b" 503 " not in answers[-1]:  # the slow one may not have been taken up yet
        with begun() as other:
            other.sendall(OURS)
            answers.append(other.recv(4096))
    slow.sendall(OURS[5:])

    assert b" 202 " in slow.recv(4096)
    assert bell.count == len(answers)
    slow.close()
