"""One JSON document posted to one address, over a connection of its own."""

from __future__ import annotations

import json
import socket
import ssl
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from http.client import HTTPException

from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.exceptions import HTTPError
from urllib3.response import HTTPResponse
from urllib3.util import Url, parse_url

from statuspage.deliver.announcement import one_line
from statuspage.deliver.channels.deadline import deadline
from statuspage.errors import NotDelivered

STEP_TIMEOUT_SECONDS = 10.0
"""For each step: connecting, and each piece of the answer."""
TOTAL_TIMEOUT_SECONDS = 20.0
ANSWER_LIMIT_BYTES = 64 * 1024
GONE = 410
LONGEST_REST = timedelta(hours=1)
USER_AGENT = "statuspage"


def json_bytes(document: Mapping[str, object]) -> bytes:
    """Return the document as it is posted and signed."""
    return json.dumps(document, ensure_ascii=False, separators=(",", ":")).encode()


def post_json(
    url: str,
    body: bytes,
    *,
    now: datetime,
    headers: Mapping[str, str] | None = None,
    limit_seconds: float = TOTAL_TIMEOUT_SECONDS,
) -> None:
    """Post the document; raise NotDelivered unless the answer is a 2xx. A redirect is not followed.

    The server may be one of our own network: whoever writes the settings says where messages go.
    """
    connection = _connection(parse_url(url))
    own = {"Content-Type": "application/json", "User-Agent": USER_AGENT, "Accept-Encoding": "identity"}
    opened: list[socket.socket] = []
    with deadline(limit_seconds, lambda: opened[0] if opened else connection.sock) as is_over:
        try:
            connection.connect()
            # Kept by us: the connection lets go of it when the server closes behind its answer.
            opened.append(connection.sock)
            answer = _answer(connection, parse_url(url).request_uri, body, headers=own | dict(headers or {}))
        except (HTTPError, HTTPException, OSError) as error:
            reason = _too_slow(limit_seconds) if is_over.is_set() else _reason(error)
            raise NotDelivered(reason) from error
        finally:
            connection.close()
    if is_over.is_set():
        # Half of an answer may look like a whole one.
        raise NotDelivered(_too_slow(limit_seconds))
    if not 200 <= answer.status < 300:
        raise NotDelivered(
            f"the server answered {answer.status} {one_line(answer.reason or '')}".rstrip(),
            is_permanent=answer.status == GONE,
            retry_after=_rest(answer, now),
        )


def _answer(connection: HTTPConnection, target: str, body: bytes, *, headers: Mapping[str, str]) -> HTTPResponse:
    """Return the answer, read as far as its limit."""
    connection.request("POST", target, body=body, headers=headers, preload_content=False)
    answer = connection.getresponse()
    try:
        answer.read(ANSWER_LIMIT_BYTES)
    finally:
        answer.close()
    return answer


def _too_slow(limit_seconds: float) -> str:
    return f"no answer within {limit_seconds:g} s"


def _connection(place: Url) -> HTTPConnection:
    assert place.host is not None
    host = place.host.strip("[]")
    if place.scheme == "https":
        return HTTPSConnection(
            host, place.port or 443, timeout=STEP_TIMEOUT_SECONDS, ssl_context=ssl.create_default_context()
        )
    return HTTPConnection(host, place.port or 80, timeout=STEP_TIMEOUT_SECONDS)


def _reason(error: Exception) -> str:
    """Return what went wrong, without the address: that of a chat is a secret."""
    cause = error.__cause__ or error
    if isinstance(cause, ssl.SSLCertVerificationError):
        return f"the certificate is not accepted: {one_line(cause.verify_message)}"
    if isinstance(cause, OSError) and cause.strerror:
        return f"no connection: {one_line(cause.strerror)}"
    return f"no answer: {type(error).__name__}"


def _rest(answer: HTTPResponse, now: datetime) -> timedelta | None:
    """Return how long the server wants to be left alone, an hour at most; None when it does not say."""
    said = answer.headers.get("Retry-After", "").strip()
    try:
        if said.isascii() and said.isdigit():
            rest = timedelta(seconds=min(int(said[:9]), 2**31))
        else:
            until = parsedate_to_datetime(said)
            rest = (until if until.tzinfo else until.replace(tzinfo=UTC)) - now
    except ValueError:
        return None
    return min(max(rest, timedelta(0)), LONGEST_REST)
