"""A FastAGI server: tells the dialplan of a telephone system what is open, and plays the message of the page."""

from __future__ import annotations

import logging
import socket
import socketserver
import threading
from collections import OrderedDict
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from typing import TypeAlias

from statuspage.pbx.agi_call import AgiCall, CallEnded
from statuspage.pbx.following import Following
from statuspage.pbx.page import Summary, Wording

MOST_CALLS = 200
"""At once; more are refused, and their dialplan goes on."""
MOST_CALLS_REMEMBERED = 10_000
_Address: TypeAlias = tuple[str, int]

logger = logging.getLogger(__name__)


class AgiServer:
    """Answers calls for one page. Of whoever calls nothing is looked at but the language, and nothing is kept."""

    def __init__(self, url: str, *, host: str, port: int, language: str, clock: Callable[[], datetime]) -> None:
        """Begin to listen; raises OSError where the port is taken. `language` is the usual one; empty: the page's."""
        self._following = Following(url, clock=clock)
        self._language = language
        self._turns: OrderedDict[str, int] = OrderedDict()
        self._lock = threading.Lock()
        self._server = _Server((host, port), self._answer)
        self.port = int(self._server.server_address[1])

    def serve(self) -> None:
        """Follow the page and answer until `stop` is called."""
        self._following.start()
        self._server.serve_forever(poll_interval=0.2)

    def stop(self) -> None:
        """End it; calls that are answered end by themselves."""
        self._following.stop()
        self._server.shutdown()
        self._server.server_close()

    def _answer(self, connection: socket.socket) -> None:
        try:
            call = AgiCall(connection)
            told = self._following.now()
            wordings = self._wordings(call, told)
            number = self._turn(call, len(wordings))
            self._tell(call, told, wordings[number] if wordings else None, number)
        except CallEnded as error:
            logger.debug("call ended", extra={"reason": str(error)})

    def _tell(self, call: AgiCall, told: Summary | None, wording: Wording | None, number: int) -> None:
        """Set the variables of the dialplan, and play the wording where there is one."""
        until = told.valid_until if told else None
        for name, value in {
            "HOLD_ACTIVE": "1" if wording else "0",
            "HOLD_STATE": told.state if told else "unknown",
            "HOLD_EXPIRES": str(int(datetime.fromisoformat(until).timestamp())) if until else "",
            "HOLD_WORDING": str(number + 1) if wording else "",
            "HOLD_WORDS": wording.words if wording else "",
        }.items():
            call.set_variable(name, value)
        if wording and wording.sound:
            call.stream(f"{self._following.url}/{wording.sound}")

    def _wordings(self, call: AgiCall, told: Summary | None) -> tuple[Wording, ...]:
        """Return the wordings in the language that is asked for, else the caller's, the usual one, or the page's."""
        if told is None:
            return ()
        of_caller = call.told.get("agi_language", "").replace("_", "-").partition("-")[0]
        wanted = (call.request.get("lang", ""), self._language, of_caller, *told.wordings)
        return next((told.wordings[language] for language in wanted if language in told.wordings), ())

    def _turn(self, call: AgiCall, count: int) -> int:
        """Return which wording it is now: the one asked for, else the next after the one that the call heard last."""
        asked = call.request.get("wording", "")
        if asked.isascii() and asked.isdigit() and 1 <= int(asked) <= count:
            return int(asked) - 1
        name = call.told.get("agi_uniqueid", "")
        with self._lock:
            turn = self._turns.pop(name, 0)
            self._turns[name] = turn + 1
            if len(self._turns) > MOST_CALLS_REMEMBERED:
                self._turns.popitem(last=False)
        return turn % count if count else 0


class _Server(socketserver.ThreadingTCPServer):
    """Answers each connection in a thread of its own, a bounded number at once."""

    allow_reuse_address = True
    daemon_threads = True
    block_on_close = False

    def __init__(self, address: _Address, answer: Callable[[socket.socket], None]) -> None:
        self._free = threading.BoundedSemaphore(MOST_CALLS)
        self._answer = answer
        super().__init__(address, socketserver.BaseRequestHandler)

    def process_request(self, request: socket.socket | tuple[bytes, socket.socket], client_address: object) -> None:
        """Refuse one call too many at once."""
        if self._free.acquire(blocking=False):
            super().process_request(request, client_address)
        else:
            logger.warning("call refused", extra={"answered_at_once": MOST_CALLS})
            self.shutdown_request(request)

    def finish_request(
        self,
        request: socket.socket | tuple[bytes, socket.socket],
        client_address: object,  # noqa: ARG002 - who calls is nobody's business
    ) -> None:
        """Answer the call."""
        assert isinstance(request, socket.socket)
        try:
            with suppress(OSError):
                self._answer(request)
        finally:
            self._free.release()
