"""Mail, handed in to one SMTP server: one message, one recipient, one connection."""

from __future__ import annotations

import smtplib
import ssl
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import UTC
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP

from statuspage.config.mail import MailSecurity, MailServer
from statuspage.deadline import deadline
from statuspage.deliver.announcement import Destination, Message, mask_addresses, one_line
from statuspage.errors import NotDelivered

STEP_TIMEOUT_SECONDS = 10.0
TOTAL_TIMEOUT_SECONDS = 40.0
GREETING = 220
PERMANENT_FROM = 500


def send_mail(
    message: Message,
    destination: Destination,
    *,
    server: MailServer,
    password: str,
    limit_seconds: float = TOTAL_TIMEOUT_SECONDS,
) -> None:
    """Hand the mail in; raise NotDelivered where the server did not take it.

    It may have taken it all the same, when the connection broke after the last byte: the next attempt has the same
    Message-ID.
    """
    mail = composed(message, destination, server)

    def hand_in(smtp: smtplib.SMTP) -> None:
        smtp.send_message(mail, from_addr=server.sender, to_addrs=[destination.address])

    _converse(server, password, hand_in, limit_seconds=limit_seconds)


def enter_mail_server(server: MailServer, *, password: str, limit_seconds: float = TOTAL_TIMEOUT_SECONDS) -> None:
    """Enter the server as whoever hands mail in, and leave with nothing sent; raise NotDelivered where one cannot."""
    _converse(server, password, smtplib.SMTP.ehlo_or_helo_if_needed, limit_seconds=limit_seconds)


def _converse(
    server: MailServer, password: str, say: Callable[[smtplib.SMTP], object], *, limit_seconds: float
) -> None:
    """Say something to the server once it has let us in; raise NotDelivered where it does not, or refuses that."""
    smtp = _client(server)
    with deadline(limit_seconds, lambda: smtp.sock) as is_over:
        try:
            with _refusals():
                _greet(smtp, server, password)
                say(smtp)
        except OSError as error:
            reason = f"no answer within {limit_seconds:g} s" if is_over.is_set() else _reason(error)
            raise NotDelivered(reason) from error
        else:
            # It has arrived: what goes wrong from here on changes nothing.
            with suppress(smtplib.SMTPException, OSError):
                smtp.quit()
        finally:
            smtp.close()


def composed(message: Message, destination: Destination, server: MailServer) -> EmailMessage:
    """Return the mail, the same at every attempt, with nothing in a header that would begin another."""
    mail = EmailMessage(policy=SMTP)
    mail["From"] = Address(display_name=one_line(server.sender_name), addr_spec=server.sender)
    mail["To"] = Address(addr_spec=destination.address)
    mail["Subject"] = one_line(message.subject)
    mail["Date"] = message.at.astimezone(UTC).replace(microsecond=0)
    mail["Message-ID"] = f"<{message.id}@{server.sender.partition('@')[2]}>"
    mail["Auto-Submitted"] = "auto-generated"
    text = "".join(c for c in message.text if c == "\n" or c.isprintable())
    mail.set_content(f"{text}\n", cte="quoted-printable")
    return mail


def _client(server: MailServer) -> smtplib.SMTP:
    """Return a client that is not connected yet: so the deadline holds for the greeting as well."""
    own_name = server.sender.partition("@")[2]
    smtp: smtplib.SMTP
    if server.security is MailSecurity.TLS:
        context = ssl.create_default_context()
        smtp = smtplib.SMTP_SSL(timeout=STEP_TIMEOUT_SECONDS, local_hostname=own_name, context=context)
    else:
        smtp = smtplib.SMTP(timeout=STEP_TIMEOUT_SECONDS, local_hostname=own_name)
    # `connect` does not keep the name, and the certificate is checked against this one.
    smtp._host = server.host  # type: ignore[attr-defined] # noqa: SLF001 - not in the stubs, and no other way to it
    return smtp


def _greet(smtp: smtplib.SMTP, server: MailServer, password: str) -> None:
    code, said = smtp.connect(server.host, server.port)
    if code != GREETING:
        raise smtplib.SMTPConnectError(code, said)
    if server.security is MailSecurity.STARTTLS:
        smtp.starttls(context=ssl.create_default_context())
    if server.user:
        smtp.login(server.user, password)


@contextmanager
def _refusals() -> Iterator[None]:
    """Turn what the server refused into NotDelivered: for good when it says so of this mail."""
    try:
        yield
    except smtplib.SMTPRecipientsRefused as error:
        ((code, said),) = error.recipients.values()
        raise _refused(code, said) from error
    except (smtplib.SMTPAuthenticationError, smtplib.SMTPHeloError, smtplib.SMTPConnectError) as error:
        # Nothing is wrong with the mail, and somebody may mend the settings before it expires.
        raise NotDelivered(_said(error.smtp_code, error.smtp_error)) from error
    except smtplib.SMTPResponseException as error:
        raise _refused(error.smtp_code, error.smtp_error) from error


def _refused(code: int, said: bytes | str) -> NotDelivered:
    return NotDelivered(_said(code, said), is_permanent=code >= PERMANENT_FROM)


def _said(code: int, said: bytes | str) -> str:
    """Return what the server said, with no address of a person in it."""
    text = said.decode("utf-8", "replace") if isinstance(said, bytes) else said
    return f"the server answered {code} {mask_addresses(one_line(text))[:200]}".rstrip()


def _reason(error: OSError) -> str:
    if isinstance(error, ssl.SSLCertVerificationError):
        return f"the certificate is not accepted: {one_line(error.verify_message)}"
    if isinstance(error, smtplib.SMTPException):
        return f"the mail was not taken: {mask_addresses(one_line(str(error)))[:200]}"
    return f"no connection: {one_line(error.strerror or type(error).__name__)}"
