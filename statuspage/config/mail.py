"""`[mail]`: the server that sends our mail."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from statuspage.config.secret import SecretPlace, read_secret_place, secret_hint, without_secret
from statuspage.config.toml_table import TomlTable
from statuspage.errors import Severity

SUBMISSION_PORT = 587
TLS_PORT = 465
HIGHEST_PORT = 65535
LOCAL_HOSTS = ("localhost", "127.0.0.1", "::1")
_ADDRESS = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*")
_NAMED = re.compile(r"(?P<name>[^<>@,;:\"\\]*?) *<(?P<address>[^<>]*)>")
_HOST = re.compile(r"[A-Za-z0-9._-]+|[0-9A-Fa-f:.]+")


class MailSecurity(StrEnum):
    """How the connection to the server is kept secret."""

    STARTTLS = "starttls"
    TLS = "tls"
    NONE = "none"


@dataclass(frozen=True, slots=True, kw_only=True)
class MailServer:
    """Where mail is handed in, and in whose name."""

    host: str
    port: int = SUBMISSION_PORT
    security: MailSecurity = MailSecurity.STARTTLS
    user: str | None = None
    password: SecretPlace | None = None
    sender: str
    """An address."""
    sender_name: str = ""


def read_mail(root: TomlTable) -> MailServer | None:
    """Return the server that `[mail]` names; None where there is no such section."""
    if "mail" not in root:
        return None
    table = root.table("mail")
    without_secret(table, "password").refuse_unknown(
        "host", "port", "security", "user", "password_env", "password_file", "from"
    )
    port = _read_port(table)
    user, password = table.text("user"), read_secret_place(table, "password")
    if user and password is None and "password" not in table:
        table.note("user", f"needs a password; {secret_hint('password')}")
    if password and not user:
        table.note("user", 'is missing beside a password; write user = "…"')
    host, security = _read_host(table), _read_security(table, port)
    if security is MailSecurity.NONE and password and host not in LOCAL_HOSTS:
        table.note("security", "sends the password so that others can read it", severity=Severity.WARNING)
    name, sender = _read_sender(table)
    return MailServer(
        host=host, port=port, security=security, user=user, password=password, sender=sender, sender_name=name
    )


def is_mail_address(text: str) -> bool:
    """Return True for one address without a name, in plain ASCII."""
    return _ADDRESS.fullmatch(text) is not None


def _read_host(table: TomlTable) -> str:
    host = table.required_text("host")
    if host and not _HOST.fullmatch(host):
        table.note("host", f'"{host}" is not the name of a server; write it as mail.acme.example')
    return host


def _read_port(table: TomlTable) -> int:
    port = table.content.get("port", SUBMISSION_PORT)
    if isinstance(port, bool) or not isinstance(port, int) or not 0 < port <= HIGHEST_PORT:
        table.note("port", f"must be a number from 1 to {HIGHEST_PORT}, such as port = {SUBMISSION_PORT}")
        return SUBMISSION_PORT
    return port


def _read_security(table: TomlTable, port: int) -> MailSecurity:
    usual = MailSecurity.TLS if port == TLS_PORT else MailSecurity.STARTTLS
    text = table.text("security")
    if text is None:
        return usual
    if text not in tuple(MailSecurity):
        table.note("security", f'"{text}" is not known; choose from {", ".join(MailSecurity)}')
        return usual
    return MailSecurity(text)


def _read_sender(table: TomlTable) -> tuple[str, str]:
    """Return the name, which may be empty, and the address."""
    text = table.required_text("from")
    named = _NAMED.fullmatch(text)
    name, address = (named["name"], named["address"]) if named else ("", text)
    if text and not is_mail_address(address):
        table.note("from", f'"{text}" is not a mail address; write it as Acme Status <status@acme.example>')
    return name, address
