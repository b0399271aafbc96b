"""Webhooks over real connections: the signature, and what is made of every answer."""

from __future__ import annotations

import json
import ssl
import time
from collections.abc import Callable
from datetime import timedelta
from http.server import BaseHTTPRequestHandler

import pytest
import time_machine
from standardwebhooks import Webhook

from statuspage.deliver.channels.webhook import send_webhook, signed_headers, webhook_body
from statuspage.errors import NotDelivered
from tests.deliver.builders import NOON, SECRET, hook, message
from tests.deliver.servers import Receiver, status, web_server

Step = Callable[[BaseHTTPRequestHandler], None]


def attempt(receiver: Receiver, *, limit_seconds: float = 20) -> NotDelivered:
    with pytest.raises(NotDelivered) as caught:
        send_webhook(message(), hook(receiver.url), now=NOON, limit_seconds=limit_seconds)
    return caught.value


def test_a_webhook_arrives_signed(receiver: Receiver) -> None:
    send_webhook(message(), hook(receiver.url), now=NOON + timedelta(minutes=1))

    (request,) = receiver.requests
    assert request.path == "/hook?team=web"
    assert request.headers["content-type"] == "application/json"
    assert request.headers["webhook-id"] == message().id
    assert request.headers["webhook-timestamp"] == "1792065660"
    with time_machine.travel(NOON + timedelta(minutes=2)):
        assert Webhook(SECRET).verify(request.body, request.headers) == {
            "type": "staff.notice",
            "timestamp": "2026-10-15T12:00:00Z",
            "data": {
                "kind": "promise_missed",
                "subject": "[Example] No update came: Cards",
                "text": "Nobody wrote it.\n\nhttps://status.example.com/incidents/cards/",
                "url": "https://status.example.com/incidents/cards/",
                "incident_id": "abc",
            },
        }


def test_the_signature_is_that_of_the_specification() -> None:
    secret, body = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", b'{"test": 2432232314}'
    at = NOON.replace(year=2021, month=2, day=25, hour=14, minute=38, second=52)

    headers = signed_headers("msg_p5jXN8AQM9LWM0D4loKWxJek", body, secret, now=at.replace(hour=12))

    assert headers["webhook-signature"].startswith("v1,")
    with time_machine.travel(at.replace(hour=12)):
        Webhook(secret).verify(body, headers)


def test_a_repeat_has_the_same_id_and_body_and_a_time_of_its_own(receiver: Receiver) -> None:
    for minute in (0, 5):
        send_webhook(message(), hook(receiver.url), now=NOON + timedelta(minutes=minute))

    first, second = receiver.requests
    assert first.headers["webhook-id"] == second.headers["webhook-id"]
    assert first.body == second.body == webhook_body(message())
    assert int(second.headers["webhook-timestamp"]) - int(first.headers["webhook-timestamp"]) == 300


@pytest.mark.parametrize(
    ("step", "reason", "is_permanent", "retry_after"),
    [
        (status(302, Location="/elsewhere"), "302 Found", False, None),
        (status(410), "410 Gone", True, None),
        (status(429, Retry_After="120"), "429 Too Many Requests", False, 120),
        (status(503, Retry_After="Thu, 15 Oct 2026 12:10:00 GMT"), "503 Service Unavailable", False, 600),
        (status(503, Retry_After="86400"), "503 Service Unavailable", False, 3600),
        (status(503, Retry_After="Thu, 15 Oct 2026 11:00:00 GMT"), "503 Service Unavailable", False, 0),
        (status(503, Retry_After="tomorrow"), "503 Service Unavailable", False, None),
        (status(500), "500 Internal Server Error", False, None),
        (status(404), "404 Not Found", False, None),
    ],
)
def test_every_answer_but_2xx_is_a_failure(
    receiver: Receiver, step: Step, reason: str, is_permanent: bool, retry_after: int | None
) -> None:
    receiver.script = [step]

    error = attempt(receiver)

    assert str(error) == f"the server answered {reason}"
    assert error.is_permanent is is_permanent
    assert error.retry_after == (None if retry_after is None else timedelta(seconds=retry_after))
    assert len(receiver.requests) == 1


def test_a_server_that_hangs_is_left_after_the_limit(receiver: Receiver) -> None:
    def hang(_: BaseHTTPRequestHandler) -> None:
        receiver.released.wait(20)

    receiver.script = [hang]

    assert str(attempt(receiver, limit_seconds=0.3)) == "no answer within 0.3 s"


@pytest.mark.parametrize(
    "head",
    [b"HTTP/1.1 200 OK\r\nX-Slow: ", b"HTTP/1.0 200 OK\r\n\r\n", b"HTTP/1.1 200 OK\r\nContent-Length: 999\r\n\r\n"],
)
def test_a_server_that_answers_a_byte_at_a_time_is_left_after_the_limit(receiver: Receiver, head: bytes) -> None:
    def drip(web: BaseHTTPRequestHandler) -> None:
        web.wfile.write(head)
        while not receiver.released.wait(0.02):
            web.wfile.write(b"x")

    receiver.script = [drip]
    began = time.monotonic()

    assert str(attempt(receiver, limit_seconds=0.4)) == "no answer within 0.4 s"
    assert time.monotonic() - began < 5


def test_of_a_huge_answer_no_more_than_64_kilobytes_are_read(receiver: Receiver) -> None:
    sent = []

    def flood(web: BaseHTTPRequestHandler) -> None:
        web.send_response(200)
        web.send_header("Content-Length", str(2**30))
        web.end_headers()
        try:
            for _ in range(2**14):
                web.wfile.write(bytes(2**16))
                sent.append(1)
        except OSError:
            pass

    receiver.script = [flood]

    send_webhook(message(), hook(receiver.url), now=NOON)

    assert len(sent) < 2**10


def test_a_connection_that_breaks_is_a_reason_to_try_again(receiver: Receiver) -> None:
    receiver.script = [lambda web: web.connection.close()]

    error = attempt(receiver)

    assert (str(error), error.is_permanent) == ("no answer: RemoteDisconnected", False)


def test_what_is_no_answer_is_a_reason_to_try_again(receiver: Receiver) -> None:
    receiver.script = [lambda web: web.connection.sendall(b"hello\r\n\r\n")]

    error = attempt(receiver)

    assert (str(error), error.is_permanent) == ("no answer: BadStatusLine", False)


def test_no_server_is_a_reason_to_try_again(free_port: int) -> None:
    error = attempt(Receiver(port=free_port))

    assert (str(error), error.is_permanent) == ("no connection: Connection refused", False)


@pytest.mark.usefixtures("trusted")
def test_a_webhook_goes_over_tls(free_port: int, certificate: ssl.SSLContext) -> None:
    with web_server(free_port, tls=certificate) as receiver:
        send_webhook(message(), hook(f"https://localhost:{free_port}/"), now=NOON)

    assert len(receiver.requests) == 1


def test_a_certificate_that_nobody_vouches_for_is_not_accepted(free_port: int, certificate: ssl.SSLContext) -> None:
    with web_server(free_port, tls=certificate) as receiver, pytest.raises(NotDelivered) as caught:
        send_webhook(message(), hook(f"https://localhost:{free_port}/"), now=NOON)

    assert str(caught.value) == "the certificate is not accepted: unable to get local issuer certificate"
    assert receiver.requests == []


def test_the_body_is_small_json() -> None:
    assert json.loads(webhook_body(message(topic="")))["data"]["incident_id"] is None
