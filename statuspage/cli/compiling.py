"""`build` and `check`: the site compiled once, and what is wrong with its files."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from statuspage.cli.faults import FORMATS, fault_object, faults_text, summary
from statuspage.cli.options import accept_option, json_option, now_option, site_option
from statuspage.cli.sentences import counted, next_change_sentence
from statuspage.errors import has_errors
from statuspage.instants import utc_text
from statuspage.layout import PUBLIC

if TYPE_CHECKING:
    from statuspage.errors import Fault
    from statuspage.pipeline import Built


@click.command()
@site_option
@click.option(
    "--output",
    type=click.Path(file_okay=False, path_type=Path),
    metavar="DIR",
    help="Where the compiled site goes; default: public in the site folder.",
)
@now_option
@click.option(
    "--jobs",
    type=click.IntRange(min=1),
    default=1,
    help="How many processes compile a large site, to the same bytes.",
)
@click.option("--git", "asks_git", is_flag=True, help="Ask git what has changed since the last build, for pipelines.")
@accept_option
@json_option
@click.pass_context
def build(
    ctx: click.Context,
    site_dir: Path,
    *,
    output: Path | None,
    now: datetime,
    jobs: int,
    asks_git: bool,
    accepts: bool,
    as_json: bool,
) -> None:
    """Compile the site once.

    Whatever is wrong with a file is said, everything else is published. Exit code 1 when a file has an error, or when
    a commit of the remote is held back.
    """
    from statuspage.cli.upkeep import fetched
    from statuspage.pipeline import build as build_site
    from statuspage.sound import SiteSound

    out = output or site_dir / PUBLIC
    source = fetched(site_dir, out, now=now, accepts=accepts)
    built = build_site(source.folder, output=out, now=now, jobs=jobs, asks_git=asks_git, sound=SiteSound(site_dir))
    for alarm in source.alarms:
        click.echo(alarm, err=True)
    faults = built.faults
    if built.note:
        click.echo(built.note, err=True)
    if faults:
        click.echo(faults_text(faults, "text"), err=True)
    click.echo(_build_json(built, faults) if as_json else _build_sentence(built, out, now))
    ctx.exit(1 if has_errors(faults) or source.alarms else 0)


@click.command()
@site_option
@now_option
@click.option(
    "--format", "form", type=click.Choice(FORMATS), default="text", help="For a person, a script, a pipeline."
)
@click.argument("files", metavar="[FILE]...", nargs=-1, type=click.Path(path_type=Path))
@click.pass_context
def check(ctx: click.Context, site_dir: Path, *, now: datetime, form: str, files: tuple[Path, ...]) -> None:
    """Say everything that is wrong with the files.

    Nothing is written. With FILE, only what is wrong with those. Exit code 1 when there is
    an error; a warning never does that.
    """
    del now  # what is wrong with the form of a file does not depend on the time
    from statuspage.cli.site_files import faults_of

    faults = _meant(faults_of(site_dir), site_dir, files)
    if text := faults_text(faults, form):
        click.echo(text)
    click.echo(summary(faults), err=True)
    ctx.exit(1 if has_errors(faults) else 0)


def _build_sentence(built: Built, out: Path, now: datetime) -> str:
    count = counted(built.published.count, "file")
    return f"Published {count} to {out}. {next_change_sentence(built.next_change_at, now)}"


def _build_json(built: Built, faults: Sequence[Fault]) -> str:
    import json

    report = {
        "files": built.published.count,
        "written": len(built.published.written),
        "removed": len(built.published.removed),
        "next_change_at": utc_text(built.next_change_at),
        "faults": [fault_object(fault) for fault in faults],
    }
    return json.dumps(report, indent=2, ensure_ascii=False)


def _meant(faults: Sequence[Fault], site_dir: Path, files: tuple[Path, ...]) -> Sequence[Fault]:
    """Return the faults of the files alone, which are named from here or from the site folder; of all for none."""
    if not files:
        return faults
    named = {_found(file, site_dir) for file in files}
    return [fault for fault in faults if (site_dir / fault.path).resolve() in named]


def _found(file: Path, site_dir: Path) -> Path:
    for place in (file, site_dir / file):
        if place.exists():
            return place.resolve()
    raise click.BadParameter(f'there is no file "{file}", neither here nor in {site_dir}', param_hint="FILE")
