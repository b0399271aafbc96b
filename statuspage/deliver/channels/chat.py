"""A message in a room of a chat: Slack, Mattermost, Discord, Teams. Nothing in it calls everybody."""

from __future__ import annotations

import re
from datetime import datetime

from statuspage.config.staff import ChannelKind
from statuspage.deliver.announcement import Destination, Message
from statuspage.deliver.channels.posting import TOTAL_TIMEOUT_SECONDS, json_bytes, post_json

TEXT_LIMIT = {
    ChannelKind.SLACK: 3_500,
    ChannelKind.MATTERMOST: 3_500,
    ChannelKind.DISCORD: 1_900,
    ChannelKind.TEAMS: 7_000,
}
"""Characters, with room for what escaping adds; a longer text is cut, the address of the page is kept."""
MARKDOWN = re.compile(r"https?://\S+|[\\`*_~|\[\]()<>#!+]")
NO_BREAK = "\u200b"
"""Of no width: behind it an @ is an @, and no call."""


def send_chat(
    message: Message, destination: Destination, *, now: datetime, limit_seconds: float = TOTAL_TIMEOUT_SECONDS
) -> None:
    """Post the message into the room; raise NotDelivered where it did not arrive."""
    post_json(destination.address, chat_body(message, destination.kind), now=now, limit_seconds=limit_seconds)


def chat_body(message: Message, kind: ChannelKind) -> bytes:
    """Return the document that this kind of chat takes."""
    lines = _cut(message, TEXT_LIMIT[kind])
    if kind is ChannelKind.TEAMS:
        return json_bytes(_card([_escaped_markdown(line) for line in lines]))
    if kind is ChannelKind.DISCORD:
        text = "\n".join(_escaped_markdown(line) for line in lines)
        return json_bytes({"content": text, "allowed_mentions": {"parse": []}})
    if kind is ChannelKind.MATTERMOST:
        return json_bytes({"text": "\n".join(_escaped_markdown(line) for line in lines)})
    return json_bytes({"text": "\n".join(_escaped_slack(line) for line in lines), "mrkdwn": False})


def _cut(message: Message, limit: int) -> list[str]:
    text = f"{message.subject}\n\n{message.text}"
    if len(text) > limit:
        text = f"{text[:limit].rsplit(None, 1)[0]} …\n\n{message.url}"
    return text.split("\n")


def _escaped_slack(line: str) -> str:
    """Return the line without links and calls: both begin with `<` there."""
    return _silent(line.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;"))


def _escaped_markdown(line: str) -> str:
    """Return the line so that Markdown shows what stands in it; web addresses stay links."""
    return _silent(MARKDOWN.sub(lambda match: match[0] if len(match[0]) > 1 else f"\\{match[0]}", line))


def _silent(line: str) -> str:
    return line.replace("@", f"@{NO_BREAK}")


def _card(lines: list[str]) -> dict[str, object]:
    head, *rest = lines
    blocks: list[dict[str, object]] = [{"type": "TextBlock", "text": head, "weight": "Bolder", "wrap": True}]
    blocks += [{"type": "TextBlock", "text": line, "wrap": True} for line in rest if line]
    card = {
        "$schema": "http://adaptivecards.io/schemas/adaptive-card.json",
        "type": "AdaptiveCard",
        "version": "1.4",
        "body": blocks,
    }
    content_type = "application/vnd.microsoft.card.adaptive"
    return {"type": "message", "attachments": [{"contentType": content_type, "contentUrl": None, "content": card}]}
