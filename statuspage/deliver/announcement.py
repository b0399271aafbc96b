"""What is sent, and where to: the two values that everything in the outbox is made of."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass, field
from datetime import datetime
from urllib.parse import urlsplit

from statuspage.config.staff import ChannelKind
from statuspage.instants import utc_text

ID_BYTES = 16
_ADDRESS = re.compile(r"[^\s@<>\"',;:()]+@[^\s@<>\"',;:()]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """One thing that is said once to each of its destinations."""

    key: str
    """What makes it the same thing, whoever says it, and when."""
    type: str
    """Of whom it is for and what it is, `staff.notice`."""
    kind: str
    topic: str = ""
    """The id of the incident that it is about; empty for none."""
    at: datetime
    """The time that it speaks of, aware UTC."""
    priority: int = 0
    """The lowest goes first."""
    subject: str
    """One line."""
    text: str
    """Paragraphs, plain."""
    url: str
    """The page that says more."""
    expires_at: datetime
    """From when on it is of no use to anybody."""
    is_replaceable: bool = False
    """It is not sent any more once there is a newer message of its topic."""

    @property
    def id(self) -> str:
        """Return 32 hexadecimal digits, the same at every attempt: by them a receiver knows a repeat."""
        return hashlib.blake2b(f"{self.key}\n{utc_text(self.at)}".encode(), digest_size=ID_BYTES).hexdigest()


@dataclass(frozen=True, slots=True, kw_only=True)
class Destination:
    """One address that messages go to. Printed and logged, it does not give the address away."""

    kind: ChannelKind
    name: str
    address: str = field(repr=False)
    """Of mail the address, else the URL."""
    secret: str = field(default="", repr=False)
    """Of a webhook: what its messages are signed with."""

    @property
    def id(self) -> str:
        """Return what the outbox remembers of it: the same for the same address, which cannot be read from it."""
        return f"{self.kind}:{hashlib.blake2b(self.address.encode(), digest_size=ID_BYTES).hexdigest()}"

    @property
    def lane(self) -> str:
        """Return what it shares with others that one server receives: they are sent to one after the other."""
        return self.kind if self.kind is ChannelKind.MAIL else urlsplit(self.address).netloc.casefold()

    @property
    def masked(self) -> str:
        """Return the address as a log may have it: `mail o…@acme.example`, `slack hooks.slack.com`."""
        return f"{self.kind} {mask_addresses(self.address) if self.kind is ChannelKind.MAIL else self.lane}"


def mask_addresses(text: str) -> str:
    """Return the text with of every mail address only its first letter and its domain."""
    return _ADDRESS.sub(lambda match: f"{match[0][0]}…@{match[0].partition('@')[2]}", text)


def one_line(text: str) -> str:
    """Return the text as one line without control characters, as a header or a log may have it."""
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())
