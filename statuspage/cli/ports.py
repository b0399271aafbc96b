"""Where `serve` listens: a port that nobody else has."""

from __future__ import annotations

import errno
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from statuspage.errors import StatusPageError

if TYPE_CHECKING:
    import socket

USUAL_PORT = 8080
USUAL_PORTS = range(USUAL_PORT, USUAL_PORT + 20)


@contextmanager
def reserved_port(host: str, port: int | None) -> Iterator[int]:
    """Hold a free port of `host` for the server and give its number: `port`, any for 0, else the first usual one."""
    wanted = USUAL_PORTS if port is None else (port,)
    for number in wanted:
        try:
            held = _held(host, number)
        except OSError as error:
            if error.errno == errno.EADDRINUSE and number != wanted[-1]:
                continue
            raise StatusPageError(_reason(host, wanted, error)) from error
        with held:
            yield held.getsockname()[1]
        return


def _held(host: str, port: int) -> socket.socket:
    """Return a socket bound to the port that does not listen; OSError when another program has it."""
    import socket

    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        # A server that shares its port would share ours too, so the port must be free for one that does not.
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        probe.bind((host, port))
        number = probe.getsockname()[1]
    held = socket.socket(family)
    # The server listens beside it; without SO_REUSEADDR the probe of another `serve` sees that the port is held.
    held.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
    try:
        held.bind((host, number))
    except OSError:
        held.close()
        raise
    return held


def _reason(host: str, wanted: range | tuple[int, ...], error: OSError) -> str:
    if error.errno != errno.EADDRINUSE:
        return f"{host}: cannot listen there: {error.strerror}"
    ports = f"{wanted[0]}" if len(wanted) == 1 else f"{wanted[0]} to {wanted[-1]}"
    return f"port {ports}: already in use; name another with --port, or 0 for any that is free"
