"""A limit for the whole of a conversation: a server that answers a byte a second never runs into a timeout."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress


@contextmanager
def deadline(seconds: float, current_socket: Callable[[], socket.socket | None]) -> Iterator[threading.Event]:
    """Shut the connection after so long, so that whoever waits on it fails; the event that is yielded is set then."""
    is_over = threading.Event()

    def cut() -> None:
        is_over.set()
        connection = current_socket()
        if connection is not None:
            with suppress(OSError):
                # Below TLS: its own shutdown would wait for the other side, and disturb a reader.
                socket.socket.shutdown(connection, socket.SHUT_RDWR)

    timer = threading.Timer(seconds, cut)
    timer.daemon = True
    timer.start()
    try:
        yield is_over
    finally:
        timer.cancel()
