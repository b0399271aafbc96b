"""A site without incidents, a mail server's certificate that is trusted here, and somebody who pushes."""

from __future__ import annotations

import ssl
from pathlib import Path

import pytest
import trustme

from tests.doctor.sites import write_site


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """Return a site folder."""
    return write_site(tmp_path / "site")


@pytest.fixture
def certificate(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ssl.SSLContext:
    """Return a server's side of TLS for `localhost`, trusted in this test."""
    authority, context = trustme.CA(), ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("localhost").configure_cert(context)
    authority.cert_pem.write_to_path(str(tmp_path / "authority.pem"))
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "authority.pem"))
    return context
