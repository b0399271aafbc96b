"""`hold sync`: the hold message on the disk of a telephone system, which plays it also while the page is down."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import click


@click.command()
@click.argument("url")
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
@click.option("--lang", "languages", multiple=True, metavar="LANG", help="Only this language; may be given twice.")
def sync(url: str, folder: Path, languages: tuple[str, ...]) -> None:
    """Bring the hold message of the page at URL into FOLDER.

    Run it every 15 seconds or so. Only what differs is fetched, its hash is checked, and each file changes whole. While
    the page is down the last good files stay until they may be believed no more; then callers hear silence.
    """
    from statuspage.pbx import HoldCopy

    outcome = HoldCopy(url=url, folder=folder, languages=languages).bring(datetime.now(UTC))
    click.echo(outcome.sentence, err=not outcome.is_well)
    if not outcome.is_well:
        raise SystemExit(1)
