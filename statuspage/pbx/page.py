"""What a page answers about its hold message: asked within limits, and believed only as far as it makes sense.

The page may be somebody else's, or somebody else may answer in its place: no name that it gives leads out of the
folder, no answer is longer than its limit, and none is waited for longer than its time.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, TypeGuard
from urllib.parse import urljoin, urlsplit

from statuspage.one_request import Answer, NoAnswer, ask

OWN_FOLDER = "hold/"
LARGEST_FILE_BYTES = 8 * 1024 * 1024
LIMIT_SECONDS = 30.0
"""For one answer, all of it."""
MOST_FILES = 500
_MOST_REDIRECTS = 3
_PATH = re.compile(r"hold/(?:[A-Za-z0-9][A-Za-z0-9-]*/)?[A-Za-z0-9][A-Za-z0-9._-]{0,99}")
"""A file, or one in the folder of a language; hidden files are the folder's own."""
_REDIRECTS = (301, 302, 303, 307, 308)


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """What `hold.json` says, as far as a copy needs it."""

    etag: str
    valid_until: str | None
    """An instant with its zone."""
    sha256: Mapping[str, str]
    """The hash of each file, in hexadecimal digits, by its path below the site."""
    state: str = ""
    """`incident`, `maintenance`, `resolved` or `silent`."""
    wordings: Mapping[str, tuple[Wording, ...]] = field(default_factory=dict)
    """By language, in the order of the page; none where nothing is to be said."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wording:
    """One of the wordings of the message."""

    words: str
    sound: str
    """The path of its sound below the site, in µ-law; empty for none."""


class Unanswered(Exception):
    """The page cannot be asked, or what it answers is not what it promised."""


def ask_summary(url: str, etag: str) -> Summary | None:
    """Return what the page says; None where it is what the tag stands for. Raises Unanswered.

    State and wordings are empty where the page tells them in no way that this program knows.
    """
    answer = _get(url, "hold/hold.json", {"If-None-Match": etag} if etag else {})
    if answer.status == 304:
        return None
    try:
        summary = json.loads(answer.body)
    except (ValueError, RecursionError) as error:
        raise Unanswered("hold.json is no JSON") from error
    hashes = summary.get("sha256") if isinstance(summary, dict) else None
    if not are_hashes(hashes) or not is_instant_or_none(summary.get("valid_until")):
        raise Unanswered("hold.json is not one of a page that this program knows")
    return Summary(
        etag=answer.headers.get("ETag", ""),
        valid_until=summary.get("valid_until"),
        sha256=hashes,
        state=str(summary.get("state", "")),
        wordings=_wordings(summary),
    )


def ask_file(url: str, path: str) -> bytes:
    """Return what the page holds at the path. Raises Unanswered."""
    return _get(url, path, {}).body


def are_hashes(value: Any) -> TypeGuard[dict[str, str]]:
    """Return whether this is a hash for each of some files, all of whose names stay in the folder."""
    return (
        isinstance(value, dict)
        and len(value) <= MOST_FILES
        and all(_PATH.fullmatch(path) and isinstance(digest, str) for path, digest in value.items())
    )


def is_instant_or_none(value: Any) -> bool:
    """Return whether this is null or an instant that says its zone."""
    if value is None:
        return True
    try:
        return datetime.fromisoformat(value).tzinfo is not None
    except (TypeError, ValueError):
        return False


def _wordings(summary: dict[str, Any]) -> dict[str, tuple[Wording, ...]]:
    try:
        return {
            str(language): tuple(
                _wording(text, f"{OWN_FOLDER}{language}/message-{number}.ulaw", summary["sha256"])
                for number, text in enumerate(told["texts"], start=1)
                if text and isinstance(text, str)
            )
            for language, told in summary["languages"].items()
        }
    except (AttributeError, LookupError, TypeError):
        return {}


def _wording(text: str, path: str, files: Mapping[str, str]) -> Wording:
    return Wording(words=text, sound=path if path in files else "")


def _get(url: str, path: str, headers: Mapping[str, str]) -> Answer:
    """Return an answer of 200 or 304; a redirect is followed, but never from https to what anybody may change."""
    address = f"{url.rstrip('/')}/{path}"
    for _ in range(_MOST_REDIRECTS + 1):
        answer = _answer(address, path, headers)
        if answer.status not in _REDIRECTS:
            break
        further = urljoin(address, answer.headers.get("Location", ""))
        if urlsplit(address).scheme == "https" != urlsplit(further).scheme:
            raise Unanswered(f"{path} leads away from https")
        address = further
    if answer.status not in (200, 304):
        raise Unanswered(f"{path}: the answer is {answer.status}")
    return answer


def _answer(address: str, path: str, headers: Mapping[str, str]) -> Answer:
    try:
        place = urlsplit(address)
        if place.scheme not in ("http", "https") or not place.hostname:
            raise Unanswered(f"{path}: {address} is no address, such as https://status.example.com is one")
        answer = ask("GET", address, headers=headers, limit_seconds=LIMIT_SECONDS, limit_bytes=LARGEST_FILE_BYTES + 1)
    except (NoAnswer, ValueError) as error:
        raise Unanswered(f"{path}: {error}") from error
    if len(answer.body) > LARGEST_FILE_BYTES:
        raise Unanswered(f"{path} is larger than {LARGEST_FILE_BYTES // 1024**2} MB")
    return answer
