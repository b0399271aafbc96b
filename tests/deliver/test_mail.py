"""Mail over real connections: what arrives, and what is made of every refusal."""

from __future__ import annotations

import ssl
from collections.abc import Callable

import pytest

from statuspage.config.mail import MailSecurity
from statuspage.deliver.channels.mail import composed, send_mail
from statuspage.errors import NotDelivered
from tests.deliver.builders import mail_server_at, mail_to, message
from tests.deliver.servers import Postbox, mail_server

RIGHT, WRONG = "open sesame", "guess"


def attempt(send: Callable[[], None]) -> tuple[str, bool]:
    with pytest.raises(NotDelivered) as caught:
        send()
    return str(caught.value), caught.value.is_permanent


def test_a_mail_arrives_whole(postbox: Postbox) -> None:
    said = message(text="Grüße.\n\nstatuspage update cards")

    send_mail(said, mail_to(), server=mail_server_at(postbox.port), password="")

    ((recipient, mail),) = postbox.wait_for(1)
    assert recipient == "ops@acme.example"
    assert {name: value for name, value in mail.items() if not name.startswith("X-")} == {
        "From": "Acme Status <status@acme.example>",
        "To": "ops@acme.example",
        "Subject": "[Example] No update came: Cards",
        "Date": "Thu, 15 Oct 2026 12:00:00 +0000",
        "Message-ID": f"<{said.id}@acme.example>",
        "Auto-Submitted": "auto-generated",
        "Content-Type": 'text/plain; charset="utf-8"',
        "Content-Transfer-Encoding": "quoted-printable",
        "MIME-Version": "1.0",
    }
    assert mail.get_content().splitlines() == ["Grüße.", "", "statuspage update cards"]


@pytest.mark.parametrize(
    ("step", "reason", "is_permanent"),
    [
        ("451 4.7.1 greylisted", "the server answered 451 4.7.1 greylisted", False),
        ("421 too busy", "the server answered 421 too busy", False),
        ("550 5.7.1 spam", "the server answered 550 5.7.1 spam", True),
        ("552 5.3.4 too big", "the server answered 552 5.3.4 too big", True),
    ],
)
def test_a_refused_mail_is_tried_again_or_not_as_the_server_says(
    postbox: Postbox, step: str, reason: str, is_permanent: bool
) -> None:
    postbox.script = [step]

    said = attempt(lambda: send_mail(message(), mail_to(), server=mail_server_at(postbox.port), password=""))

    assert said == (reason, is_permanent)
    assert postbox.mails == []


@pytest.mark.parametrize(
    ("answer", "reason", "is_permanent"),
    [
        ("550 5.1.1 <ops@acme.example>: unknown", "the server answered 550 5.1.1 <o…@acme.example>: unknown", True),
        ("450 4.2.1 try later", "the server answered 450 4.2.1 try later", False),
    ],
)
def test_a_refused_recipient_is_named_in_no_reason(
    postbox: Postbox, answer: str, reason: str, is_permanent: bool
) -> None:
    postbox.refused = {"ops@acme.example": answer}

    said = attempt(lambda: send_mail(message(), mail_to(), server=mail_server_at(postbox.port), password=""))

    assert said == (reason, is_permanent)


def test_after_a_drop_the_same_mail_is_sent_again(postbox: Postbox) -> None:
    postbox.script = ["drop"]

    said = attempt(lambda: send_mail(message(), mail_to(), server=mail_server_at(postbox.port), password=""))
    send_mail(message(), mail_to(), server=mail_server_at(postbox.port), password="")

    assert said[1] is False
    (_, first), (_, second) = postbox.wait_for(2)
    assert first["Message-ID"] == second["Message-ID"]
    assert bytes(first) == bytes(second)


def test_a_server_that_hangs_is_left_after_the_limit(postbox: Postbox) -> None:
    postbox.script = ["hang"]
    server = mail_server_at(postbox.port)

    said = attempt(lambda: send_mail(message(), mail_to(), server=server, password="", limit_seconds=0.3))

    assert said == ("no answer within 0.3 s", False)


def test_no_server_is_a_reason_to_try_again(free_port: int) -> None:
    said = attempt(lambda: send_mail(message(), mail_to(), server=mail_server_at(free_port), password=""))

    assert said == ("no connection: Connection refused", False)


@pytest.mark.usefixtures("trusted")
@pytest.mark.parametrize("security", [MailSecurity.STARTTLS, MailSecurity.TLS])
def test_mail_is_handed_in_over_tls_with_a_password(
    free_port: int, certificate: ssl.SSLContext, security: MailSecurity
) -> None:
    server = mail_server_at(free_port, security=security, user="status")
    with mail_server(free_port, tls=certificate, is_tls_from_the_start=security is MailSecurity.TLS) as postbox:
        wrong = attempt(lambda: send_mail(message(), mail_to(), server=server, password=WRONG))
        send_mail(message(), mail_to(), server=server, password=RIGHT)

        assert len(postbox.wait_for(1)) == 1
    assert wrong == ("the server answered 535 5.7.8 Authentication credentials invalid", False)


@pytest.mark.parametrize("security", [MailSecurity.STARTTLS, MailSecurity.TLS])
def test_a_certificate_that_nobody_vouches_for_is_not_accepted(
    free_port: int, certificate: ssl.SSLContext, security: MailSecurity
) -> None:
    server = mail_server_at(free_port, security=security)
    with mail_server(free_port, tls=certificate, is_tls_from_the_start=security is MailSecurity.TLS) as postbox:
        said = attempt(lambda: send_mail(message(), mail_to(), server=server, password=""))

    assert said == ("the certificate is not accepted: unable to get local issuer certificate", False)
    assert postbox.mails == []


@pytest.mark.usefixtures("trusted")
def test_a_certificate_for_another_name_is_not_accepted(free_port: int, certificate: ssl.SSLContext) -> None:
    server = mail_server_at(free_port, host="127.0.0.1", security=MailSecurity.STARTTLS)
    with mail_server(free_port, tls=certificate):
        said = attempt(lambda: send_mail(message(), mail_to(), server=server, password=""))

    assert said[0].startswith("the certificate is not accepted: IP address mismatch")


def test_a_server_without_starttls_is_given_no_mail(postbox: Postbox) -> None:
    server = mail_server_at(postbox.port, security=MailSecurity.STARTTLS)

    said = attempt(lambda: send_mail(message(), mail_to(), server=server, password=""))

    assert said == ("the mail was not taken: STARTTLS extension not supported by server.", False)


@pytest.mark.parametrize("break_", ["\n", "\r\n", "\r", "\x0b", "\x85", "\u2028", "\x00"])
def test_no_title_begins_another_header(break_: str) -> None:
    said = message(subject=f"Cards{break_}Bcc: all@acme.example", text=f"Body\x00 and\x1b more{break_}")

    mail = composed(said, mail_to(), mail_server_at(25))

    assert mail["Bcc"] is None
    assert mail["Subject"] == "Cards Bcc: all@acme.example"
    assert b"\x00" not in bytes(mail)
    assert bytes(mail).count(b"Bcc") == 1
