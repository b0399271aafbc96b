"""`init` and `import`: where the files of a site come from."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from statuspage.cli.sentences import counted

if TYPE_CHECKING:
    from statuspage.imports.drafts import Imported


def _from_statuspage(source: str, site_dir: Path) -> Imported:
    from statuspage.imports.statuspage import import_statuspage

    return import_statuspage(source, site_dir)


def _from_cstate(source: str, site_dir: Path) -> Imported:
    from statuspage.imports.cstate import import_cstate

    return import_cstate(source, site_dir)


IMPORTERS = {"statuspage": _from_statuspage, "cstate": _from_cstate}


@click.command()
@click.argument("folder", metavar="[DIR]", type=click.Path(file_okay=False, path_type=Path), default=".")
def init(folder: Path) -> None:
    """Make a new site folder.

    It builds and serves as it is. Default: this folder.
    """
    from statuspage.cli.samples import copy_samples

    written = copy_samples(folder)
    click.echo(f"Wrote {counted(len(written), 'file')} to {folder}. Look at it: statuspage serve --site {folder}")


@click.command("import")
@click.argument("system", type=click.Choice(tuple(IMPORTERS)))
@click.argument("source")
@click.option(
    "--site",
    "site_dir",
    type=click.Path(file_okay=False, path_type=Path),
    default=".",
    metavar="DIR",
    help="The site folder, made if it is missing; default: this folder.",
)
@click.pass_context
def import_site(ctx: click.Context, system: str, source: str, *, site_dir: Path) -> None:
    """Turn another system's incidents into files.

    SOURCE is a folder or file of its documents; for statuspage also the address of a page. What cannot be mapped is
    kept as text and said. Exit code 1 when an input could not be read.
    """
    imported = IMPORTERS[system](source, site_dir)
    for fault in (*imported.unreadable, *imported.notes):
        click.echo(str(fault), err=True)
    click.echo(
        f"Wrote {counted(len(imported.written), 'file')} to {site_dir}. See them: statuspage serve --site {site_dir}"
    )
    ctx.exit(1 if imported.unreadable else 0)
