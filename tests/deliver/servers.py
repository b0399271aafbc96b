"""Real servers on loopback ports that do as a script says: one for mail, one for webhooks and chats."""

from __future__ import annotations

import asyncio
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, Session

LIMIT_SECONDS = 20.0


@dataclass
class Postbox:
    """What a mail server took, and what it says to the next mails; after the script it takes all."""

    port: int
    script: list[str] = field(default_factory=list)
    refused: dict[str, str] = field(default_factory=dict)
    """Answers to recipients."""
    mails: list[tuple[str, EmailMessage]] = field(default_factory=list)
    """Recipient and mail; also of those that were answered with a drop."""
    came: threading.Condition = field(default_factory=threading.Condition)
    is_tls: list[bool] = field(default_factory=list)

    async def handle_RCPT(  # noqa: N802 - aiosmtpd calls it
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, _options: list[str]
    ) -> str:
        if address in self.refused:
            return self.refused[address]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(  # noqa: N802 - aiosmtpd calls it
        self, server: SMTP, session: Session, envelope: Envelope
    ) -> str:
        step = self.script.pop(0) if self.script else "250 taken"
        if step == "hang":
            await asyncio.sleep(LIMIT_SECONDS)
        mail = message_from_bytes(envelope.content or b"", policy=policy.default)  # type: ignore[arg-type]
        assert isinstance(mail, EmailMessage)
        self.is_tls.append(session.ssl is not None)
        if step == "drop" or step.startswith("250"):
            with self.came:
                self.mails.append((envelope.rcpt_tos[0], mail))
                self.came.notify_all()
        if step == "drop":
            assert isinstance(server.transport, asyncio.Transport)
            server.transport.abort()
        return step

    def wait_for(self, count: int) -> list[tuple[str, EmailMessage]]:
        with self.came:
            assert self.came.wait_for(lambda: len(self.mails) >= count, LIMIT_SECONDS)
            return list(self.mails)


def _may_enter(_server: SMTP, _session: Session, _envelope: Envelope, mechanism: str, auth_data: Any) -> AuthResult:
    is_right = mechanism in ("LOGIN", "PLAIN") and auth_data.password == b"open sesame"
    return AuthResult(success=is_right, handled=False)


@contextmanager
def mail_server(
    port: int, *, tls: ssl.SSLContext | None = None, is_tls_from_the_start: bool = False
) -> Iterator[Postbox]:
    """Yield a running mail server; with a certificate it offers STARTTLS, or speaks TLS from the start."""
    postbox = Postbox(port=port)
    controller = Controller(
        postbox,
        hostname="127.0.0.1",
        port=port,
        ssl_context=tls if is_tls_from_the_start else None,
        tls_context=None if is_tls_from_the_start else tls,
        authenticator=_may_enter,
        auth_require_tls=tls is not None and not is_tls_from_the_start,
    )
    controller.start()
    try:
        yield postbox
    finally:
        controller.stop()


@dataclass
class Request:
    path: str
    headers: dict[str, str]
    """By name in small letters."""
    body: bytes


@dataclass
class Receiver:
    """What a web server was sent, and what it answers next; after the script always 204."""

    port: int
    script: list[Callable[[BaseHTTPRequestHandler], None]] = field(default_factory=list)
    requests: list[Request] = field(default_factory=list)
    came: threading.Condition = field(default_factory=threading.Condition)
    released: threading.Event = field(default_factory=threading.Event)
    """Set when the test is over: whatever hangs goes on."""

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/hook?team=web"

    def wait_for(self, count: int) -> list[Request]:
        with self.came:
            assert self.came.wait_for(lambda: len(self.requests) >= count, LIMIT_SECONDS)
            return list(self.requests)

    def take(self, web: BaseHTTPRequestHandler) -> None:
        body = web.rfile.read(int(web.headers["Content-Length"]))
        headers = {name.lower(): value for name, value in web.headers.items()}
        with self.came:
            self.requests.append(Request(path=web.path, headers=headers, body=body))
            step = self.script.pop(0) if self.script else status(204)
            self.came.notify_all()
        step(web)


def status(code: int, **headers: str) -> Callable[[BaseHTTPRequestHandler], None]:
    """Return a step that answers with this status."""

    def answer(web: BaseHTTPRequestHandler) -> None:
        web.send_response(code)
        for name, value in headers.items():
            web.send_header(name.replace("_", "-"), value)
        web.send_header("Content-Length", "0")
        web.end_headers()

    return answer


@contextmanager
def web_server(port: int, *, tls: ssl.SSLContext | None = None) -> Iterator[Receiver]:
    """Yield a running web server."""
    receiver = Receiver(port=port)

    class Web(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            receiver.take(self)

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", port), Web)
    server.daemon_threads = True
    if tls is not None:
        server.socket = tls.wrap_socket(server.socket, server_side=True)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield receiver
    finally:
        receiver.released.set()
        server.shutdown()
        server.server_close()
        thread.join(LIMIT_SECONDS)
