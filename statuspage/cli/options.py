"""Options that several commands share, and the one place where the command line reads the clock."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, TypeVar

import click

from statuspage.errors import Unreadable
from statuspage.model import Impact, Status

Command = TypeVar("Command", bound=Callable[..., Any])
"""A function that click calls with the values of its options."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Clock:
    """The time of the machine, or one that was set apart from it and runs on."""

    offset: timedelta = timedelta(0)

    @classmethod
    def starting_at(cls, now: datetime | None) -> Clock:
        """Return a clock that shows `now` at this moment; None: the time of the machine."""
        return cls(offset=now - datetime.now(UTC)) if now else cls()

    def now(self) -> datetime:
        """Return its time, aware UTC."""
        return datetime.now(UTC) + self.offset


class Instant(click.ParamType[datetime]):
    """An ISO 8601 instant with a zone, as aware UTC."""

    name = "ISO"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> datetime:
        """Return the instant; wrong usage where it is none or names no zone."""
        if isinstance(value, datetime):
            return value
        try:
            at = datetime.fromisoformat(str(value).strip())
            instant = at.astimezone(UTC) if at.tzinfo else None
        except (ValueError, OverflowError):
            self.fail(f'"{value}" is not an ISO 8601 instant; write it as 2026-11-21T14:05Z', param, ctx)
        if instant is None:
            self.fail(f'"{value}" has no zone; write it as {value}Z or {value}+01:00', param, ctx)
        return instant


def clock_now() -> datetime:
    """Return the time of the machine, without its fraction of a second."""
    return datetime.now(UTC).replace(microsecond=0)


def site_option(command: Command) -> Command:
    """Add `--site DIR`, given on as `site_dir`."""
    return click.option(
        "--site",
        "site_dir",
        type=click.Path(exists=True, file_okay=False, path_type=Path),
        default=".",
        metavar="DIR",
        help="The site folder; default: this folder.",
    )(command)


def now_option(command: Command) -> Command:
    """Add `--now ISO`, given on as `now`; default: the time of the machine."""
    return click.option(
        "--now", type=Instant(), default=clock_now, help="Take this instant for now, such as 2026-11-21T14:05Z."
    )(command)


def json_option(command: Command) -> Command:
    """Add `--json`, given on as `as_json`."""
    return click.option("--json", "as_json", is_flag=True, help="Print one JSON document for a script.")(command)


def accept_option(command: Command) -> Command:
    """Add `--accept`, given on as `accepts`."""
    help_text = "Publish a commit of the remote that was held back because incidents vanish with it."
    return click.option("--accept", "accepts", is_flag=True, help=help_text)(command)


@contextmanager
def wrong_usage_of(parameter: str) -> Iterator[None]:
    """Make what cannot be read inside the block wrong usage of that option or argument."""
    try:
        yield
    except Unreadable as error:
        raise click.BadParameter(str(error), param_hint=parameter) from error


class StatusWord(click.ParamType[Status | None]):
    """A status as people write it; None for `Update`."""

    name = "STATUS"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> Status | None:
        """Return the status; wrong usage where it is none."""
        from statuspage.vocabulary import parse_status

        try:
            return parse_status(str(value))
        except Unreadable as error:
            self.fail(str(error), param, ctx)


class ImpactWord(click.ParamType[Impact]):
    """An impact as people write it."""

    name = "IMPACT"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> Impact:
        """Return the impact; wrong usage where it is none."""
        from statuspage.vocabulary import parse_impact

        try:
            return parse_impact(str(value))
        except Unreadable as error:
            self.fail(str(error), param, ctx)
