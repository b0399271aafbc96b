"""`hold`: the message that callers hear."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import click

from statuspage.cli.options import now_option, site_option

PATH_OF_FORMAT = {"text": "hold/{language}.txt", "ssml": "hold/{language}.ssml", "json": "hold/hold.json"}


@click.command()
@site_option
@now_option
@click.option("--lang", "language", metavar="LANG", help="The language, such as en; default: the site's first.")
@click.option(
    "--format", "form", type=click.Choice(tuple(PATH_OF_FORMAT)), default="text", show_default=True, help="The form."
)
def hold(site_dir: Path, *, now: datetime, language: str | None, form: str) -> None:
    """Print the message that callers hear on hold.

    It has three wordings; nothing is printed when nothing is to be said.
    """
    from statuspage.pipeline import preview
    from statuspage.render.hold import hold_messages_by_language, render_hold

    shown = preview(site_dir, now).shown
    spoken = shown.hold.languages
    if language not in (None, *spoken):
        raise click.BadParameter(
            f'"{language}" is not spoken; this site speaks {", ".join(spoken)}', param_hint="--lang"
        )
    words = render_hold(shown, hold_messages_by_language(shown))[
        PATH_OF_FORMAT[form].format(language=language or spoken[0])
    ].decode()
    if form == "text" and not words:
        click.echo("Nothing is open: callers hear no message.", err=True)
    click.echo(words, nl=bool(words) and not words.endswith("\n"))
