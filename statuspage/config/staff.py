"""`[staff]` and `[[channel]]`: who is told what customers do not see yet, and by what."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import timedelta
from enum import StrEnum

from statuspage.config.durations import parse_duration
from statuspage.config.mail import is_mail_address
from statuspage.config.secret import SecretPlace, read_secret_place, secret_hint, without_secret
from statuspage.config.toml_table import TomlTable
from statuspage.errors import Severity, Unreadable, did_you_mean
from statuspage.model import StaffRules

LONGEST_POSTMORTEM_DAYS = 10
"""Working days: an incident is looked at for 15 days after its end."""
STAFF = "staff"
_WEB_ADDRESS = re.compile(
    r"(?P<scheme>https?)://(?P<host>[A-Za-z0-9._-]+|\[[0-9A-Fa-f:.]+\])(?::\d{1,5})?(?:[/?][!-~]*)?", re.IGNORECASE
)
_LOCAL = re.compile(r"localhost|127(?:\.\d+){3}|\[::1\]")


class ChannelKind(StrEnum):
    """What a message travels by."""

    MAIL = "mail"
    WEBHOOK = "webhook"
    SLACK = "slack"
    MATTERMOST = "mattermost"
    DISCORD = "discord"
    TEAMS = "teams"


CHAT_KINDS = (ChannelKind.SLACK, ChannelKind.MATTERMOST, ChannelKind.DISCORD, ChannelKind.TEAMS)


@dataclass(frozen=True, slots=True, kw_only=True)
class Channel:
    """One webhook or room of a chat."""

    kind: ChannelKind
    name: str
    """As people call it; it may stand in logs."""
    url: str = ""
    """Of a webhook; empty where `url_place` says where it lies."""
    url_place: SecretPlace | None = None
    secret_place: SecretPlace | None = None
    """Of a webhook: what its messages are signed with."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Staff:
    """Who is told, and when."""

    emails: tuple[str, ...] = ()
    channels: tuple[Channel, ...] = ()
    rules: StaffRules = field(default_factory=StaffRules)


def read_staff(root: TomlTable) -> Staff:
    """Return who `[staff]` and every `[[channel]]` for staff name."""
    table = root.table("staff")
    table.refuse_unknown("email", "postmortem_days", "maintenance_reminders")
    channels = tuple(_read_channel(channel) for channel in root.tables("channel") if _is_for_staff(channel))
    return Staff(
        emails=_read_emails(table, has_mail="mail" in root),
        channels=tuple(channel for channel in channels if channel is not None),
        rules=StaffRules(postmortem_days=_read_postmortem_days(table), maintenance_reminders=_read_reminders(table)),
    )


def is_web_address(text: str) -> bool:
    """Return True for the address of a server that a message can be posted to."""
    return _WEB_ADDRESS.fullmatch(text) is not None


def _read_emails(table: TomlTable, *, has_mail: bool) -> tuple[str, ...]:
    emails = table.texts("email", default=(), example="ops@acme.example", may_be_empty=True)
    for email in emails:
        if not is_mail_address(email):
            table.note("email", f'"{" ".join(email.split())}" is not a mail address; write it as ops@acme.example')
    if emails and not has_mail:
        table.note("email", 'needs a server that sends the mail; write [mail] with host = "…" and from = "…"')
    return tuple(dict.fromkeys(emails))


def _read_postmortem_days(table: TomlTable) -> int:
    usual = StaffRules().postmortem_days
    days = table.number("postmortem_days", default=usual)
    if days > LONGEST_POSTMORTEM_DAYS:
        table.note("postmortem_days", f"must be at most {LONGEST_POSTMORTEM_DAYS} working days; 0 switches it off")
        return usual
    return days


def _read_reminders(table: TomlTable) -> tuple[timedelta, ...]:
    key = "maintenance_reminders"
    if key not in table:
        return StaffRules().maintenance_reminders
    found = set()
    for text in table.texts(key, default=(), example="24h", may_be_empty=True):
        try:
            found.add(parse_duration(text))
        except Unreadable as error:
            table.note(key, str(error))
    return tuple(sorted(found, reverse=True))


def _is_for_staff(table: TomlTable) -> bool:
    audience = table.required_text("audience")
    if audience and audience != STAFF:
        what = f'this version does nothing with a channel for "{audience}" yet, only with one for "{STAFF}"'
        table.note("audience", what, severity=Severity.WARNING)
    return audience == STAFF


def _read_channel(table: TomlTable) -> Channel | None:
    """Return the channel; None where its kind is not known."""
    without_secret(table, "secret").refuse_unknown(
        "audience", "kind", "name", "url", "url_env", "url_file", "secret_env", "secret_file"
    )
    kinds = (ChannelKind.WEBHOOK, *CHAT_KINDS)
    word = table.required_text("kind")
    if word not in kinds:
        if word:
            table.note("kind", f'"{word}" is not known{did_you_mean(word, kinds)}; choose from {", ".join(kinds)}')
        return None
    kind = ChannelKind(word)
    return Channel(
        kind=kind,
        name=table.text("name") or word,
        url=_read_webhook_url(table) if kind is ChannelKind.WEBHOOK else "",
        url_place=_read_url_place(table, is_chat=kind in CHAT_KINDS),
        secret_place=_read_signing(table, is_chat=kind in CHAT_KINDS),
    )


def _read_webhook_url(table: TomlTable) -> str:
    url = table.text("url") or ""
    match = _WEB_ADDRESS.fullmatch(url)
    if url and match is None:
        table.note("url", f'"{url}" is not a web address; write it as https://acme.example/hook, without a password')
    elif match and match["scheme"].lower() == "http" and not _LOCAL.fullmatch(match["host"]):
        table.note("url", "sends every message so that others can read it; write https", severity=Severity.WARNING)
    return url


def _read_url_place(table: TomlTable, *, is_chat: bool) -> SecretPlace | None:
    """Return where the address lies: whoever knows that of a chat can write into it."""
    is_written = "url" in table
    if is_chat or not is_written:
        place = read_secret_place(table, "url")
        if place is None and not any(key in table for key in ("url", "url_env", "url_file")):
            own = "" if is_chat else 'write url = "https://…"; where nobody may see it, '
            table.note("url", f"is missing; {own}{secret_hint('url')}")
        return place
    for key in ("url_env", "url_file"):
        if key in table:
            table.note(key, "stands beside url; keep one of the two")
    return None


def _read_signing(table: TomlTable, *, is_chat: bool) -> SecretPlace | None:
    place = read_secret_place(table, "secret")
    if is_chat and place is not None:
        table.note(place.where.split()[-1], "belongs to a webhook; a chat has no signature, its address is the secret")
    if not is_chat and not any(key in table for key in ("secret", "secret_env", "secret_file")):
        table.note("secret_env", f"is missing: a webhook is signed; {secret_hint('secret')}")
    return None if is_chat else place
