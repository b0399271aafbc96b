"""`hold sync`: the hold message on the disk of a telephone system, which plays it also while the page is down."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import click

from statuspage.cli.options import site_option
from statuspage.cli.page_address import page_address


@click.command()
@site_option
@click.argument("places", nargs=-1, required=True, metavar="[URL] FOLDER")
@click.option("--lang", "languages", multiple=True, metavar="LANG", help="Only this language; may be given twice.")
def sync(site_dir: Path, places: tuple[str, ...], languages: tuple[str, ...]) -> None:
    """Bring the hold message of the page at URL into FOLDER.

    Run it every 15 seconds or so. Only what differs is fetched, its hash is checked, and each file changes whole. While
    the page is down the last good files stay until they may be believed no more; then callers hear silence. Without a
    URL it is the page of the site folder.
    """
    from statuspage.pbx import HoldCopy

    *urls, folder = places
    if len(urls) > 1:
        raise click.UsageError("too much is given; write hold sync https://status.example.com FOLDER")
    if Path(folder).is_file() or "://" in folder:
        raise click.BadParameter(f'"{folder}" is no folder', param_hint="FOLDER")
    url = urls[0] if urls else page_address(site_dir)
    outcome = HoldCopy(url=url, folder=Path(folder), languages=languages).bring(datetime.now(UTC))
    click.echo(outcome.sentence, err=not outcome.is_well)
    if not outcome.is_well:
        raise SystemExit(1)
