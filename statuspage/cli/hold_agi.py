"""`hold agi`: the hold message for the dialplan of a telephone system, by FastAGI."""

from __future__ import annotations

from pathlib import Path

import click

from statuspage.cli.options import site_option
from statuspage.cli.page_address import page_address


@click.command()
@site_option
@click.argument("url", required=False)
@click.option("--host", default="127.0.0.1", show_default=True, help="Where it listens.")
@click.option("--port", type=click.IntRange(0, 65535), default=4573, show_default=True, help="0: any that is free.")
@click.option("--lang", "language", default="", metavar="LANG", help="Spoken where the dialplan asks for none.")
def agi(site_dir: Path, url: str | None, host: str, port: int, language: str) -> None:
    """Answer FastAGI with the hold message of the page at URL; without one, of that of the site folder.

    In the dialplan, AGI(agi://127.0.0.1/de) plays the next wording in German, and sets HOLD_ACTIVE, HOLD_STATE,
    HOLD_EXPIRES, HOLD_WORDING and HOLD_WORDS. Nothing is played when nothing is open. Ctrl-C ends it.
    """
    import signal
    import sys
    from datetime import UTC, datetime

    from statuspage.cli.logs import start_logging
    from statuspage.pbx import AgiServer

    url = url or page_address(site_dir)
    try:
        server = AgiServer(url, host=host, port=port, language=language, clock=lambda: datetime.now(UTC))
    except OSError as error:
        raise click.UsageError(f"{host}:{port} cannot be listened at: {error.strerror}") from error
    start_logging()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    click.echo(f"Answering agi://{host}:{server.port} for {url}. Ctrl-C ends it.")
    try:
        server.serve()
    except KeyboardInterrupt:
        click.echo("Ended.")
