"""One request over a connection of its own, with a limit for all of it: in time and in bytes."""

from __future__ import annotations

import socket
import ssl
from collections.abc import Mapping
from dataclasses import dataclass
from http.client import HTTPException

from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.exceptions import HTTPError
from urllib3.util import Url, parse_url

from statuspage.characters import one_line
from statuspage.deadline import deadline

STEP_TIMEOUT_SECONDS = 10.0
"""For each step: connecting, and each piece of the answer."""
USER_AGENT = "statuspage"


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What a server answered."""

    status: int
    reason: str
    headers: Mapping[str, str]
    """Whatever the case of their names."""
    body: bytes
    """As far as its limit."""


class NoAnswer(Exception):
    """There is no answer, or not all of it; the message says why, without the address, which may be a secret."""


def ask(
    method: str,
    url: str,
    *,
    headers: Mapping[str, str],
    limit_seconds: float,
    limit_bytes: int,
    body: bytes | None = None,
) -> Answer:
    """Return the answer, whatever its status; raises NoAnswer. A redirect is not followed."""
    connection = _connection(parse_url(url))
    opened: list[socket.socket] = []
    with deadline(limit_seconds, lambda: opened[0] if opened else connection.sock) as is_over:
        try:
            connection.connect()
            # Kept by us: the connection lets go of it when the server closes behind its answer.
            opened.append(connection.sock)
            own = {"User-Agent": USER_AGENT, "Accept-Encoding": "identity"}
            answer = _answer(
                connection, method, parse_url(url).request_uri, own | dict(headers), body=body, limit_bytes=limit_bytes
            )
        except (HTTPError, HTTPException, OSError) as error:
            raise NoAnswer(_too_slow(limit_seconds) if is_over.is_set() else _reason(error)) from error
        finally:
            connection.close()
    if is_over.is_set():
        # Half of an answer may look like a whole one.
        raise NoAnswer(_too_slow(limit_seconds))
    return answer


def _answer(
    connection: HTTPConnection,
    method: str,
    target: str,
    headers: Mapping[str, str],
    *,
    body: bytes | None,
    limit_bytes: int,
) -> Answer:
    connection.request(method, target, body=body, headers=headers, preload_content=False)
    answer = connection.getresponse()
    try:
        content = answer.read(limit_bytes)
    finally:
        answer.close()
    return Answer(status=answer.status, reason=answer.reason or "", headers=answer.headers, body=content)


def _connection(place: Url) -> HTTPConnection:
    assert place.host is not None
    host = place.host.strip("[]")
    if place.scheme == "https":
        return HTTPSConnection(
            host, place.port or 443, timeout=STEP_TIMEOUT_SECONDS, ssl_context=ssl.create_default_context()
        )
    return HTTPConnection(host, place.port or 80, timeout=STEP_TIMEOUT_SECONDS)


def _too_slow(limit_seconds: float) -> str:
    return f"no answer within {limit_seconds:g} s"


def _reason(error: Exception) -> str:
    cause = error.__cause__ or error
    if isinstance(cause, ssl.SSLCertVerificationError):
        return f"the certificate is not accepted: {one_line(cause.verify_message)}"
    if isinstance(cause, OSError) and cause.strerror:
        return f"no connection: {one_line(cause.strerror)}"
    return f"no answer: {type(error).__name__}"
