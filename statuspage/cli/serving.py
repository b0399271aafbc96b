"""`serve`: the whole program in one command."""

from __future__ import annotations

from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from statuspage.cli.connections import HEAD_LIMIT_SECONDS, LARGEST_HEAD_BYTES, connections_at_once
from statuspage.cli.options import Clock, Instant, accept_option, site_option
from statuspage.cli.ports import USUAL_PORT, reserved_port

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIApplication

    from statuspage.cli.worker import Service

STOP_LIMIT_SECONDS = 4
ANSWERING_THREADS = 2
"""Two, so that one that waits stops nobody; they share one interpreter, and each more spends more on taking turns."""


@click.command()
@site_option
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen on.")
@click.option(
    "--port",
    type=click.IntRange(0, 65535),
    help=f"The port to listen on, 0 for any that is free; default: {USUAL_PORT} or the next free one.",
)
@click.option("--now", type=Instant(), help="Start the clock at this instant and let it run on.")
@accept_option
def serve(site_dir: Path, *, host: str, port: int | None, now: datetime | None, accepts: bool) -> None:
    """Compile, serve, and follow every change.

    The page changes with its files and with the clock; nothing else has to be started.
    """
    from granian import Granian
    from granian.constants import HTTPModes, Interfaces
    from granian.http import HTTP1Settings
    from granian.log import LogLevels

    from statuspage.cli.worker import Service

    clock = Clock.starting_at(now)
    with reserved_port(host, port) as number:
        service = Service(site_dir=site_dir, host=host, port=number, clock=clock, accepts=accepts)
        server = Granian(
            "statuspage",
            address=host,
            port=number,
            interface=Interfaces.WSGI,
            http=HTTPModes.http1,
            http1_settings=HTTP1Settings(
                header_read_timeout=HEAD_LIMIT_SECONDS * 1000, max_buffer_size=LARGEST_HEAD_BYTES
            ),
            websockets=False,
            backpressure=connections_at_once(),
            blocking_threads=ANSWERING_THREADS,
            log_level=LogLevels.error,
            respawn_failed_workers=True,
            workers_kill_timeout=STOP_LIMIT_SECONDS,
        )
        server.serve(target_loader=partial(_load, service))


def _load(service: Service, target: str) -> WSGIApplication:
    """Return the application of a server process; with a clock of its own, its answers bear that clock's time."""
    from statuspage.cli.worker import load
    from statuspage.web.dated import dated

    application = load(service, target)
    return dated(application, service.clock.now) if service.clock.offset else application
