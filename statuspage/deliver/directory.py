"""Who is told, by the settings: addresses and secrets taken from where the settings say they lie."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from statuspage.config import Settings
from statuspage.config.secret import SecretPlace
from statuspage.config.staff import Channel, ChannelKind, is_web_address
from statuspage.deliver.announcement import Destination
from statuspage.errors import Unreadable

SECRET_PREFIX = "whsec_"  # noqa: S105 - what every such secret begins with
SHORTEST_SECRET_BYTES = 24
LONGEST_SECRET_BYTES = 64


@dataclass(frozen=True, slots=True, kw_only=True)
class Directory:
    """Where messages for staff go."""

    destinations: tuple[Destination, ...]
    password: str
    """Of the mail server; empty where it needs none."""
    problems: tuple[str, ...]
    """What cannot be used as the settings say it."""

    def find(self, destination: str) -> Destination | None:
        """Return the destination with that id; None when it is none any more."""
        return next((place for place in self.destinations if place.id == destination), None)


def staff_directory(settings: Settings, *, site_dir: Path, environ: Mapping[str, str]) -> Directory:
    """Return every destination of staff that can be used, and what is wrong with the others."""
    problems: list[str] = []
    password = ""
    if settings.mail is not None and settings.mail.password is not None:
        try:
            password = read_secret(settings.mail.password, site_dir=site_dir, environ=environ)
        except Unreadable as error:
            problems.append(str(error))
    mails = [Destination(kind=ChannelKind.MAIL, name=email, address=email) for email in settings.staff.emails]
    channels = [*_channels(settings.staff.channels, problems, site_dir=site_dir, environ=environ)]
    by_id = {place.id: place for place in (*mails, *channels)}
    return Directory(destinations=tuple(by_id.values()), password=password, problems=tuple(problems))


def read_secret(place: SecretPlace, *, site_dir: Path, environ: Mapping[str, str]) -> str:
    """Return the secret without the space around it; raise Unreadable where it is not there."""
    if place.variable:
        secret = environ.get(place.variable, "").strip()
        if not secret:
            raise Unreadable(f"{place.where}: the environment has no {place.variable}; set it and start again")
        return secret
    try:
        secret = (site_dir / place.file).read_text(encoding="utf-8").strip()
    except OSError as error:
        raise Unreadable(f"{place.where}: {place.file} cannot be read: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise Unreadable(f"{place.where}: {place.file} is no text; write the secret into it as one line") from error
    if not secret:
        raise Unreadable(f"{place.where}: {place.file} is empty; write the secret into it as one line")
    return secret


def _channels(
    channels: tuple[Channel, ...], problems: list[str], *, site_dir: Path, environ: Mapping[str, str]
) -> Iterator[Destination]:
    """Yield the channels that can be used, and note what is wrong with the others."""
    for channel in channels:
        try:
            yield Destination(
                kind=channel.kind,
                name=channel.name,
                address=_url(channel, site_dir=site_dir, environ=environ),
                secret=_signing_secret(channel, site_dir=site_dir, environ=environ),
            )
        except Unreadable as error:
            problems.append(str(error))


def _url(channel: Channel, *, site_dir: Path, environ: Mapping[str, str]) -> str:
    if channel.url_place is None:
        return channel.url
    url = read_secret(channel.url_place, site_dir=site_dir, environ=environ)
    if not is_web_address(url):
        raise Unreadable(f"{channel.url_place.where}: holds no web address; it begins with https://")
    return url


def _signing_secret(channel: Channel, *, site_dir: Path, environ: Mapping[str, str]) -> str:
    if channel.secret_place is None:
        return ""
    secret = read_secret(channel.secret_place, site_dir=site_dir, environ=environ)
    try:
        key = base64.b64decode(secret.removeprefix(SECRET_PREFIX), validate=True)
    except binascii.Error:
        key = b""
    if not secret.startswith(SECRET_PREFIX) or not SHORTEST_SECRET_BYTES <= len(key) <= LONGEST_SECRET_BYTES:
        raise Unreadable(
            f"{channel.secret_place.where}: holds no secret of a webhook; it is {SECRET_PREFIX} and "
            f"{SHORTEST_SECRET_BYTES} to {LONGEST_SECRET_BYTES} random bytes in base64"
        )
    return secret
