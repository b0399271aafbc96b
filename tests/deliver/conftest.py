"""Servers that run for one test, and a certificate that only the test trusts."""

from __future__ import annotations

import ssl
from collections.abc import Iterator
from pathlib import Path

import pytest
import trustme

from tests.deliver.servers import Postbox, Receiver, mail_server, web_server


@pytest.fixture
def postbox(free_port: int) -> Iterator[Postbox]:
    """Return a mail server without encryption."""
    with mail_server(free_port) as running:
        yield running


@pytest.fixture
def receiver(free_port: int) -> Iterator[Receiver]:
    """Return a web server."""
    with web_server(free_port) as running:
        yield running


@pytest.fixture(scope="session")
def authority() -> trustme.CA:
    """Return who signs certificates here."""
    return trustme.CA()


@pytest.fixture
def certificate(authority: trustme.CA) -> ssl.SSLContext:
    """Return a server's side of TLS for `localhost`."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("localhost").configure_cert(context)
    return context


@pytest.fixture
def trusted(authority: trustme.CA, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Have the machine trust the certificates of this test."""
    file = tmp_path / "authority.pem"
    authority.cert_pem.write_to_path(str(file))
    monkeypatch.setenv("SSL_CERT_FILE", str(file))
