"""`new`, `update`, `resolve` and `maintenance`: an incident written without opening an editor."""

from __future__ import annotations

import sys
from datetime import datetime
from pathlib import Path

import click

from statuspage.characters import one_line
from statuspage.cli.options import Command, ImpactWord, Instant, StatusWord, json_option, now_option, site_option
from statuspage.model import Impact, Status


def _message_text(_ctx: click.Context, _param: click.Parameter, value: str | None) -> str | None:
    """Return the message, from standard input where it is `-`; wrong usage where there is nothing to read in it."""
    text = sys.stdin.read() if value == "-" else value
    if text is not None and not one_line(text):
        raise click.BadParameter("is blank; write what customers are to read")
    return text


def _title_text(_ctx: click.Context, _param: click.Parameter, value: str) -> str:
    if not one_line(value):
        raise click.BadParameter("is blank; write what customers notice")
    return value


_component_option = click.option(
    "--component",
    "components",
    multiple=True,
    metavar="ID[=STATE]",
    help="A component and its state, such as card-payments=major_outage; may be repeated.",
)
_impact_option = click.option(
    "--impact", type=ImpactWord(), help="none, minor, major or critical; default: what the components imply."
)
_next_option = click.option(
    "--next", "next_update", metavar="TIME", help="When the next word comes: 30m, 14:35, tomorrow 09:00 or none."
)
_MESSAGE_HELP = "What customers read, in Markdown; - reads it from standard input."


def _writing_options(command: Command) -> Command:
    at_option = click.option("--at", type=Instant(), help="The time of the update; default: now.")
    for option in (json_option, now_option, at_option, site_option):
        command = option(command)
    return command


@click.command()
@click.argument("title", callback=_title_text)
@_component_option
@_impact_option
@click.option("--status", type=StatusWord(), default="investigating", show_default=True, help="Where it stands.")
@click.option("--message", callback=_message_text, help=f"{_MESSAGE_HELP} Default: that you know about it.")
@_next_option
@_writing_options
@click.pass_context
def new(
    ctx: click.Context,
    title: str,
    *,
    components: tuple[str, ...],
    impact: Impact | None,
    status: Status | None,
    message: str | None,
    next_update: str | None,
    site_dir: Path,
    at: datetime | None,
    now: datetime,
    as_json: bool,
) -> None:
    """Write a new incident file.

    It is ready to commit; what customers will read and callers hear is printed.
    """
    from statuspage.cli.writing import Words, write_incident

    words = Words(components=components, impact=impact, status=status, message=message, next_update=next_update)
    written = write_incident(site_dir, title, words=words, at=at or now)
    ctx.exit(written.report(now, as_json=as_json))


@click.command()
@click.argument("slug")
@click.option("--status", type=StatusWord(), help="Where it stands now; default: unchanged.")
@click.option("--message", callback=_message_text, required=True, help=_MESSAGE_HELP)
@_next_option
@_component_option
@_impact_option
@_writing_options
@click.pass_context
def update(
    ctx: click.Context,
    slug: str,
    *,
    components: tuple[str, ...],
    impact: Impact | None,
    status: Status | None,
    message: str,
    next_update: str | None,
    site_dir: Path,
    at: datetime | None,
    now: datetime,
    as_json: bool,
) -> None:
    """Append an update to an incident.

    SLUG is the name of its file without .md; what customers will read and callers hear is printed.
    """
    from statuspage.cli.writing import Words, write_update

    words = Words(components=components, impact=impact, status=status, message=message, next_update=next_update)
    written = write_update(site_dir, slug, words=words, at=at or now)
    ctx.exit(written.report(now, as_json=as_json))


@click.command()
@click.argument("slug")
@click.option("--message", callback=_message_text, required=True, help=_MESSAGE_HELP)
@_component_option
@_writing_options
@click.pass_context
def resolve(
    ctx: click.Context,
    slug: str,
    *,
    message: str,
    components: tuple[str, ...],
    site_dir: Path,
    at: datetime | None,
    now: datetime,
    as_json: bool,
) -> None:
    """Say that an incident is over.

    All components that it touched work again, unless --component says otherwise.
    """
    from statuspage.cli.writing import Words, write_update

    words = Words(components=components, status=Status.RESOLVED, message=message)
    written = write_update(site_dir, slug, words=words, at=at or now)
    ctx.exit(written.report(now, as_json=as_json))


@click.command()
@click.argument("title", callback=_title_text)
@click.option("--starts", required=True, metavar="TIME", help="When it starts: 2026-11-28 22:00, in the site's zone.")
@click.option("--ends", required=True, metavar="TIME", help="When it ends, in the same form.")
@_component_option
@click.option("--message", callback=_message_text, help=f"{_MESSAGE_HELP} Default: that you will work on it.")
@_writing_options
@click.pass_context
def maintenance(
    ctx: click.Context,
    title: str,
    *,
    starts: str,
    ends: str,
    components: tuple[str, ...],
    message: str | None,
    site_dir: Path,
    at: datetime | None,
    now: datetime,
    as_json: bool,
) -> None:
    """Announce planned work.

    Its file is ready to commit; what customers will read and callers hear is printed.
    """
    from statuspage.cli.writing import Words, write_maintenance

    words = Words(components=components, impact=Impact.MAINTENANCE, message=message)
    written = write_maintenance(site_dir, title, words=words, window=(starts, ends), at=at or now)
    ctx.exit(written.report(now, as_json=as_json))
