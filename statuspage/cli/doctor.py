"""`doctor`: whether everything that the site uses is in place."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import click

from statuspage.cli.options import json_option, now_option, site_option


@click.command()
@site_option
@now_option
@json_option
@click.pass_context
def doctor(ctx: click.Context, site_dir: Path, *, now: datetime, as_json: bool) -> None:
    """Say whether everything that this site uses is in place.

    Settings, folders, clock, git, words, staff, store, mail, sound, serve: a line each, with what would be right.
    Servers are asked, nothing is sent or changed. Exit code 1 when something is not in place.
    """
    import json
    import os

    from statuspage.doctor import as_object, as_text, examine, is_anything_wrong

    findings = examine(site_dir, now=now, environ=os.environ)
    click.echo(json.dumps(as_object(findings), indent=2, ensure_ascii=False) if as_json else as_text(findings))
    ctx.exit(1 if is_anything_wrong(findings) else 0)
