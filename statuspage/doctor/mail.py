"""The mail server: whether it lets us in, as for a mail, with nothing sent."""

from __future__ import annotations

from collections.abc import Iterator

from statuspage.config.mail import MailSecurity, MailServer
from statuspage.deliver.channels.mail import enter_mail_server
from statuspage.deliver.directory import read_secret
from statuspage.doctor.finding import Finding, Verdict
from statuspage.doctor.subject import Subject
from statuspage.errors import NotDelivered, Unreadable

ABOUT = "mail"
LIMIT_SECONDS = 15.0
_BY_HAND = {
    MailSecurity.STARTTLS: "openssl s_client -starttls smtp -connect {host}:{port}",
    MailSecurity.TLS: "openssl s_client -connect {host}:{port}",
    MailSecurity.NONE: "nc -v {host} {port}",
}
_KEPT_SECRET_BY = {
    MailSecurity.STARTTLS: "over STARTTLS",
    MailSecurity.TLS: "over TLS",
    MailSecurity.NONE: "without encryption",
}


def look_at_mail(subject: Subject, server: MailServer | None) -> Iterator[Finding]:
    """Yield whether the server takes us, with the password where one is named."""
    if server is None:
        yield Finding(about=ABOUT, verdict=Verdict.UNUSED, what="there is no [mail]")
        return
    name = f"{server.host}:{server.port}"
    try:
        password = (
            read_secret(server.password, site_dir=subject.folder, environ=subject.environ) if server.password else ""
        )
        enter_mail_server(server, password=password, limit_seconds=LIMIT_SECONDS)
    except Unreadable as error:
        yield Finding(about=ABOUT, verdict=Verdict.WRONG, what=str(error))
    except NotDelivered as error:
        by_hand = _BY_HAND[server.security].format(host=server.host, port=server.port)
        remedy = f"set [mail] right; what the server says: {by_hand}"
        yield Finding(about=ABOUT, verdict=Verdict.WRONG, what=f"{name}: {error}", remedy=remedy)
    else:
        how = f"{_KEPT_SECRET_BY[server.security]}{', with the password' if server.user else ''}"
        what = f"{name} lets us in {how}; nothing was sent"
        yield Finding(about=ABOUT, verdict=Verdict.WELL, what=what)
