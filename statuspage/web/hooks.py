"""`POST /hooks/git`: a forge says that there is something new. The hook only wakes who fetches; nothing of it is used.

GitHub signs the bytes of the body (`X-Hub-Signature-256`, HMAC-SHA256), GitLab sends the secret (`X-Gitlab-Token`).
"""

from __future__ import annotations

import hashlib
import hmac
import json
import threading
from collections.abc import Callable
from dataclasses import dataclass, field

from flask import Flask, Request, Response, request

LARGEST_BODY_BYTES = 5 * 1024 * 1024
GITHUB_SIGNATURE, GITLAB_TOKEN = "X-Hub-Signature-256", "X-Gitlab-Token"


@dataclass(frozen=True, slots=True, kw_only=True)
class GitHook:
    """Whom the hook believes, and whom it wakes."""

    secret: str = field(repr=False)
    branch: str
    wake: Callable[[], None]


def add_git_hook(app: Flask, hook: GitHook) -> None:
    """Have the application answer at `/hooks/git`."""
    # Two threads answer everything: a body that comes slowly may hold one of them, and never both.
    reading = threading.Lock()

    @app.post("/hooks/git")
    def git_hook() -> Response:
        if refusal := _refusal(request):
            return refusal
        if not reading.acquire(blocking=False):
            return _said("Another hook is being read; try again.", 503, {"Retry-After": "5"})
        try:
            body = request.get_data(cache=False)
        finally:
            reading.release()
        if len(body) != request.content_length or not _is_genuine(request, body, hook.secret.encode()):
            return _not_ours()
        return _woken(hook, body)


def _refusal(asked: Request) -> Response | None:
    """Return why a request is refused before its body is read; None where it may be read."""
    if asked.content_length is None:
        return _said("Send the length of the body.", 411)
    if asked.content_length > LARGEST_BODY_BYTES:
        return _said(f"Send no more than {LARGEST_BODY_BYTES // 1024**2} MB.", 413)
    if not (asked.headers.get(GITHUB_SIGNATURE) or asked.headers.get(GITLAB_TOKEN)):
        return _not_ours()
    return None


def _is_genuine(asked: Request, body: bytes, secret: bytes) -> bool:
    """Return True where the sender knows the secret; how long it takes does not tell how near a wrong one comes."""
    signature, token = asked.headers.get(GITHUB_SIGNATURE, ""), asked.headers.get(GITLAB_TOKEN, "")
    right = f"sha256={hmac.new(secret, body, hashlib.sha256).hexdigest()}"
    if signature:
        return hmac.compare_digest(right.encode(), signature.encode("utf-8", "replace"))
    return hmac.compare_digest(secret, token.encode("utf-8", "replace"))


def _woken(hook: GitHook, body: bytes) -> Response:
    branch = _branch_in(body)
    if branch is not None and branch != hook.branch:
        return _said(f"Nothing to do: the page is made from {hook.branch}.", 202)
    hook.wake()
    return _said("Thank you.", 202)


def _branch_in(body: bytes) -> str | None:
    """Return the branch that was pushed; None where the body does not say: then it is worth a look all the same."""
    try:
        told = json.loads(body)
        ref = told.get("ref") if isinstance(told, dict) else None
    except (ValueError, RecursionError):
        return None
    return ref.removeprefix("refs/heads/") if isinstance(ref, str) else None


def _not_ours() -> Response:
    return _said("The signature is missing or wrong.", 401)


def _said(words: str, status: int, headers: dict[str, str] | None = None) -> Response:
    return Response(f"{words}\n", status, headers, mimetype="text/plain")
