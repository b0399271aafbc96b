"""A signed webhook, as Standard Webhooks describes it."""

from __future__ import annotations

from datetime import UTC, datetime

from standardwebhooks import Webhook

from statuspage.deliver.announcement import Destination, Message
from statuspage.deliver.channels.posting import TOTAL_TIMEOUT_SECONDS, json_bytes, post_json
from statuspage.instants import utc_text


def send_webhook(
    message: Message, destination: Destination, *, now: datetime, limit_seconds: float = TOTAL_TIMEOUT_SECONDS
) -> None:
    """Post the message, signed; raise NotDelivered where it did not arrive."""
    body = webhook_body(message)
    headers = signed_headers(message.id, body, destination.secret, now=now)
    post_json(destination.address, body, headers=headers, now=now, limit_seconds=limit_seconds)


def webhook_body(message: Message) -> bytes:
    """Return the document that is posted, the same at every attempt."""
    return json_bytes(
        {
            "type": message.type,
            "timestamp": utc_text(message.at),
            "data": {
                "kind": message.kind,
                "subject": message.subject,
                "text": message.text,
                "url": message.url,
                "incident_id": message.topic or None,
            },
        }
    )


def signed_headers(message_id: str, body: bytes, secret: str, *, now: datetime) -> dict[str, str]:
    """Return the three headers by which a receiver knows who sent it, when, and whether it was there before."""
    return {
        "webhook-id": message_id,
        "webhook-timestamp": str(int(now.timestamp())),
        "webhook-signature": Webhook(secret).sign(message_id, now.astimezone(UTC), body.decode()),
    }
