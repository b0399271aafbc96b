"""Answers dated by a clock that is not the machine's, so that a page of that clock believes its heartbeat."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime
from email.utils import format_datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from _typeshed import OptExcInfo
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment


def dated(application: WSGIApplication, now: Callable[[], datetime]) -> WSGIApplication:
    """Return the application with `now` as the `Date` of each answer; the server would put the machine's time there."""

    def answer(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        def start(
            status: str, headers: list[tuple[str, str]], exc_info: OptExcInfo | None = None, /
        ) -> Callable[[bytes], object]:
            dated_headers = [*headers, ("Date", format_datetime(now(), usegmt=True))]
            return start_response(status, dated_headers, exc_info)

        return application(environ, start)

    return answer
