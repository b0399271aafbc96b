"""What each kind of chat is sent."""

from __future__ import annotations

import json

import pytest

from statuspage.config.staff import ChannelKind
from statuspage.deliver.channels.chat import chat_body, send_chat
from statuspage.errors import NotDelivered
from tests.deliver.builders import NOON, hook, message
from tests.deliver.servers import Receiver, status

EVIL = "<!channel> @everyone @here [win](https://evil.example) *now* & <@U123>"
URL = "https://status.example.com/incidents/cards_down/"


def body(kind: ChannelKind, **changes: str) -> dict[str, object]:
    given = {"subject": "Cards_down", "text": f"Nobody wrote *it*.\n\n{URL}"} | changes
    document: dict[str, object] = json.loads(chat_body(message(**given), kind))
    return document


def test_slack_is_sent_a_text_without_formatting() -> None:
    assert body(ChannelKind.SLACK) == {"text": f"Cards_down\n\nNobody wrote *it*.\n\n{URL}", "mrkdwn": False}


def test_mattermost_is_sent_escaped_markdown() -> None:
    assert body(ChannelKind.MATTERMOST) == {"text": f"Cards\\_down\n\nNobody wrote \\*it\\*.\n\n{URL}"}


def test_discord_is_sent_a_content_that_mentions_nobody() -> None:
    assert body(ChannelKind.DISCORD) == {
        "content": f"Cards\\_down\n\nNobody wrote \\*it\\*.\n\n{URL}",
        "allowed_mentions": {"parse": []},
    }


def test_teams_is_sent_a_card() -> None:
    assert body(ChannelKind.TEAMS) == {
        "type": "message",
        "attachments": [
            {
                "contentType": "application/vnd.microsoft.card.adaptive",
                "contentUrl": None,
                "content": {
                    "$schema": "http://adaptivecards.io/schemas/adaptive-card.json",
                    "type": "AdaptiveCard",
                    "version": "1.4",
                    "body": [
                        {"type": "TextBlock", "text": "Cards\\_down", "weight": "Bolder", "wrap": True},
                        {"type": "TextBlock", "text": "Nobody wrote \\*it\\*.", "wrap": True},
                        {"type": "TextBlock", "text": URL, "wrap": True},
                    ],
                },
            }
        ],
    }


@pytest.mark.parametrize("kind", [kind for kind in ChannelKind if kind not in (ChannelKind.MAIL, ChannelKind.WEBHOOK)])
def test_no_title_calls_everybody(kind: ChannelKind) -> None:
    text = json.dumps(body(kind, subject=EVIL), ensure_ascii=False)

    for call in ("@everyone", "@here", "@channel", "@all", "@U123"):
        assert call not in text
    if kind is ChannelKind.SLACK:
        assert "<" not in text
    else:
        assert "[win]" not in text
        assert "\\<!" not in text.replace("\\\\<\\\\!", "")


@pytest.mark.parametrize(
    ("kind", "limit"),
    [
        (ChannelKind.SLACK, 4_000),
        (ChannelKind.MATTERMOST, 4_000),
        (ChannelKind.DISCORD, 2_000),
        (ChannelKind.TEAMS, 8_000),
    ],
)
def test_a_long_text_is_cut_and_its_page_is_kept(kind: ChannelKind, limit: int) -> None:
    text = json.dumps(body(kind, text="word " * 5_000, url=URL), ensure_ascii=False)

    assert len(text) < limit + 500
    assert "word …" in text
    assert URL in text


def test_a_room_that_is_gone_is_given_up(receiver: Receiver) -> None:
    receiver.script = [status(200), status(410)]
    room = hook(receiver.url, ChannelKind.SLACK)

    send_chat(message(), room, now=NOON)
    with pytest.raises(NotDelivered) as caught:
        send_chat(message(), room, now=NOON)

    assert caught.value.is_permanent
    assert receiver.requests[0].headers["content-type"] == "application/json"
    assert receiver.requests[0].body == chat_body(message(), ChannelKind.SLACK)
