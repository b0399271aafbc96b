"""One JSON document posted to one address, over a connection of its own."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

from statuspage.deliver.announcement import one_line
from statuspage.errors import NotDelivered
from statuspage.one_request import Answer, NoAnswer, ask

TOTAL_TIMEOUT_SECONDS = 20.0
ANSWER_LIMIT_BYTES = 64 * 1024
GONE = 410
LONGEST_REST = timedelta(hours=1)


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
    try:
        answer = ask(
            "POST",
            url,
            body=body,
            headers={"Content-Type": "application/json"} | dict(headers or {}),
            limit_seconds=limit_seconds,
            limit_bytes=ANSWER_LIMIT_BYTES,
        )
    except NoAnswer as error:
        raise NotDelivered(str(error)) from error
    if not 200 <= answer.status < 300:
        raise NotDelivered(
            f"the server answered {answer.status} {one_line(answer.reason)}".rstrip(),
            is_permanent=answer.status == GONE,
            retry_after=_rest(answer, now),
        )


def _rest(answer: Answer, now: datetime) -> timedelta | None:
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
