"""Messages and destinations with good defaults."""

from __future__ import annotations

import base64
from datetime import UTC, datetime, timedelta
from typing import Any

from statuspage.config.mail import MailSecurity, MailServer
from statuspage.config.staff import ChannelKind
from statuspage.deliver.announcement import Destination, Message

NOON = datetime(2026, 10, 15, 12, 0, tzinfo=UTC)
SECRET = "whsec_" + base64.b64encode(bytes(range(32))).decode()


def message(key: str = "promise_missed abc", **changes: Any) -> Message:
    given: dict[str, Any] = {
        "key": key,
        "type": "staff.notice",
        "kind": "promise_missed",
        "topic": "abc",
        "at": NOON,
        "subject": "[Example] No update came: Cards",
        "text": "Nobody wrote it.\n\nhttps://status.example.com/incidents/cards/",
        "url": "https://status.example.com/incidents/cards/",
        "expires_at": NOON + timedelta(hours=6),
    }
    return Message(**given | changes)


def mail_to(address: str = "ops@acme.example") -> Destination:
    return Destination(kind=ChannelKind.MAIL, name=address, address=address)


def hook(url: str = "https://acme.example/hook", kind: ChannelKind = ChannelKind.WEBHOOK) -> Destination:
    return Destination(kind=kind, name="hook", address=url, secret=SECRET if kind is ChannelKind.WEBHOOK else "")


def mail_server_at(port: int, **changes: Any) -> MailServer:
    given: dict[str, Any] = {
        "host": "localhost",
        "port": port,
        "security": MailSecurity.NONE,
        "sender": "status@acme.example",
        "sender_name": "Acme Status",
    }
    return MailServer(**given | changes)
