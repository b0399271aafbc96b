"""Who is told: secrets in place, an outbox that can be used, a mail server that lets us in; nothing is sent."""

from __future__ import annotations

import ssl
from pathlib import Path

import pytest

from statuspage.deliver.outbox import Outbox
from tests.deliver.builders import NOON, SECRET, mail_to, message
from tests.deliver.servers import mail_server, web_server
from tests.doctor.sites import said_of, write_site

STAFF = '\n[staff]\nemail = ["ann@acme.example"]\n'
PAGER = """
[[channel]]
audience = "staff"
kind = "webhook"
name = "pager"
url = "http://127.0.0.1:{port}/hook"
secret_file = "secret"
"""


def mail(port: int, *, security: str = "none", more: str = "") -> str:
    return f'\n[mail]\nhost = "localhost"\nport = {port}\nsecurity = "{security}"\nfrom = "us@acme.example"\n{more}'


LOGIN = 'user = "bob@acme.example"\npassword_env = "MAIL_PASSWORD"\n'
RIGHT, WRONG = {"MAIL_PASSWORD": "open sesame"}, {"MAIL_PASSWORD": "swordfish"}


def test_what_a_site_does_not_use_is_not_looked_at(site: Path) -> None:
    assert said_of("staff", site) == ["not used  neither [staff] nor a [[channel]] names anybody"]
    assert said_of("store", site) == ["not used  nobody is to be told anything"]
    assert said_of("mail", site) == ["not used  there is no [mail]"]


def test_a_mail_server_is_entered_and_given_no_mail(tmp_path: Path, free_port: int) -> None:
    site = write_site(tmp_path / "site", more=STAFF + mail(free_port))

    with mail_server(free_port) as postbox:
        lines = said_of("mail", site)

    assert lines == [f"well      localhost:{free_port} lets us in without encryption; nothing was sent"]
    assert postbox.mails == []


@pytest.mark.parametrize(("security", "how"), [("starttls", "over STARTTLS"), ("tls", "over TLS")])
def test_a_mail_server_is_entered_over_tls_with_the_password(
    tmp_path: Path, free_port: int, certificate: ssl.SSLContext, security: str, how: str
) -> None:
    site = write_site(tmp_path / "site", more=STAFF + mail(free_port, security=security, more=LOGIN))

    with mail_server(free_port, tls=certificate, is_tls_from_the_start=security == "tls"):
        right, wrong = said_of("mail", site, environ=RIGHT), said_of("mail", site, environ=WRONG)

    assert right == [f"well      localhost:{free_port} lets us in {how}, with the password; nothing was sent"]
    by_hand = "openssl s_client -starttls smtp" if security == "starttls" else "openssl s_client"
    assert wrong == [
        f"wrong     localhost:{free_port}: the server answered 535 5.7.8 Authentication credentials invalid; "
        f"set [mail] right; what the server says: {by_hand} -connect localhost:{free_port}"
    ]


def test_a_mail_server_that_is_not_there_is_wrong(tmp_path: Path, free_port: int) -> None:
    site = write_site(tmp_path / "site", more=STAFF + mail(free_port))

    assert said_of("mail", site) == [
        f"wrong     localhost:{free_port}: no connection: Connection refused; "
        f"set [mail] right; what the server says: nc -v localhost {free_port}"
    ]


def test_a_password_that_is_not_there_is_wrong_once(tmp_path: Path, free_port: int) -> None:
    site = write_site(tmp_path / "site", more=STAFF + mail(free_port, more=LOGIN))

    assert said_of("mail", site) == [
        "wrong     [mail] password_env: the environment has no MAIL_PASSWORD; set it and start again"
    ]
    assert said_of("staff", site) == ["well      can be told: 1 by mail; nothing was sent to them"]


def test_channels_are_counted_and_sent_nothing(tmp_path: Path, free_port: int) -> None:
    site = write_site(tmp_path / "site", more=PAGER.format(port=free_port))
    (site / "secret").write_text(SECRET)
    (site / "secret").chmod(0o600)

    with web_server(free_port) as receiver:
        lines = said_of("staff", site)

    assert lines == ["well      can be told: 1 by webhook; nothing was sent to them"]
    assert receiver.requests == []


def test_a_secret_that_is_missing_or_open_to_others_is_said(tmp_path: Path) -> None:
    site = write_site(tmp_path / "site", more=PAGER.format(port=9))

    missing = said_of("staff", site)
    (site / "secret").write_text(SECRET)
    (site / "secret").chmod(0o644)
    is_open = said_of("staff", site)

    assert missing == ["wrong     [[channel]] secret_file: secret cannot be read: No such file or directory"]
    assert is_open == [
        f"note      [[channel]] secret_file: others on this machine can read secret; run: chmod 600 {site}/secret",
        "well      can be told: 1 by webhook; nothing was sent to them",
    ]


def test_the_outbox_is_looked_at_and_stays_as_it_is(tmp_path: Path) -> None:
    site = write_site(tmp_path / "site", more=PAGER.format(port=9))
    file = site / "var" / "outbox.sqlite"

    before = said_of("store", site)
    outbox = Outbox(file)
    outbox.enqueue([message()], [mail_to()], now=NOON)
    during = said_of("store", site)
    outbox.close()
    file.write_bytes(b"no database" * 1000)
    damaged = said_of("store", site)

    assert before == ["well      var/outbox.sqlite is made when there is something to tell"]
    assert during == ["well      var/outbox.sqlite opens and is whole"]
    assert damaged == [
        "wrong     var/outbox.sqlite: file is not a database; "
        "serve sets a damaged one aside when it starts, begins a new one, and may tell again what was told"
    ]
    assert file.read_bytes() == b"no database" * 1000
