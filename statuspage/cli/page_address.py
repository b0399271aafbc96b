"""The address of a site's page, for commands that follow one."""

from __future__ import annotations

from pathlib import Path

import click

from statuspage.cli.site_files import read_site_files
from statuspage.errors import FaultyFiles


def page_address(site_dir: Path) -> str:
    """Return the address in the settings of the folder; wrong usage where there are none that can be used."""
    try:
        return read_site_files(site_dir).reading.page.site.url
    except FaultyFiles as error:
        raise click.UsageError(f"there is no site at {site_dir}; say the URL of the page, or --site DIR") from error
