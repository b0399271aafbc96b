"""Where `serve` listens."""

from __future__ import annotations

import socket
from contextlib import ExitStack

import pytest

from statuspage.cli.ports import reserved_port
from statuspage.errors import StatusPageError


def test_a_named_port_is_taken(free_port: int) -> None:
    with reserved_port("127.0.0.1", free_port) as port:
        assert port == free_port


def test_zero_is_any_port_that_is_free() -> None:
    with reserved_port("127.0.0.1", 0) as first, reserved_port("127.0.0.1", 0) as second:
        assert first != second
        assert min(first, second) > 1023


def test_a_port_that_another_program_has_is_refused_with_what_to_do(free_port: int) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", free_port))
        other.listen()

        with pytest.raises(StatusPageError) as refused, reserved_port("127.0.0.1", free_port):
            pass

    assert str(refused.value) == (
        f"port {free_port}: already in use; name another with --port, or 0 for any that is free"
    )


def test_without_a_port_the_next_usual_one_is_taken() -> None:
    with ExitStack() as stack:
        ports = [stack.enter_context(reserved_port("127.0.0.1", None)) for _ in range(2)]

        assert ports[0] < ports[1]
        assert ports[0] >= 8080
        assert ports[1] < 8100


def test_an_address_of_another_machine_is_refused() -> None:
    with pytest.raises(StatusPageError) as refused, reserved_port("192.0.2.1", 0):
        pass

    assert str(refused.value) == "192.0.2.1: cannot listen there: Cannot assign requested address"
