"""`[mail]`, `[staff]` and `[[channel]]`: what they say, and everything that is wrong with them at once."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from statuspage.compiler import program_key
from statuspage.config import Settings, parse_settings
from statuspage.config.mail import MailSecurity, MailServer
from statuspage.config.secret import SecretPlace
from statuspage.config.staff import Channel, ChannelKind, Staff
from statuspage.model import StaffRules

SHORTEST = '[site]\ntitle = "Acme Status"\nurl = "https://status.acme.example"\n'
WEBHOOK = '[[channel]]\naudience = "staff"\nkind = "webhook"\n'
SENDER = 'from = "a@b.example"\n'
WHOLE = """\
[mail]
host = "mail.acme.example"
port = 465
user = "status"
password_env = "MAIL_PASSWORD"
from = "Acme Status <status@acme.example>"

[staff]
email = ["ops@acme.example", "lead@acme.example", "ops@acme.example"]
postmortem_days = 3
maintenance_reminders = ["1h", "2d"]

[[channel]]
audience = "staff"
kind = "webhook"
name = "pager"
url = "https://pager.acme.example/hook?team=web"
secret_file = "/run/secrets/pager"

[[channel]]
audience = "staff"
kind = "slack"
url_env = "SLACK_URL"
"""


def settings_of(text: str) -> Settings:
    settings, faults = parse_settings(SHORTEST + text)
    assert settings is not None, faults
    return settings


def faults_of(text: str) -> list[str]:
    _, faults = parse_settings(SHORTEST + text)
    return [str(fault).removeprefix("statuspage.toml:") for fault in faults]


def test_everything_that_can_be_said_is_read() -> None:
    settings = settings_of(WHOLE)

    assert settings.mail == MailServer(
        host="mail.acme.example",
        port=465,
        security=MailSecurity.TLS,
        user="status",
        password=SecretPlace(where="[mail] password_env", variable="MAIL_PASSWORD"),
        sender="status@acme.example",
        sender_name="Acme Status",
    )
    assert settings.staff == Staff(
        emails=("ops@acme.example", "lead@acme.example"),
        channels=(
            Channel(
                kind=ChannelKind.WEBHOOK,
                name="pager",
                url="https://pager.acme.example/hook?team=web",
                secret_place=SecretPlace(where="[[channel]] secret_file", file="/run/secrets/pager"),
            ),
            Channel(
                kind=ChannelKind.SLACK,
                name="slack",
                url_place=SecretPlace(where="[[channel]] url_env", variable="SLACK_URL"),
            ),
        ),
        rules=StaffRules(postmortem_days=3, maintenance_reminders=(timedelta(days=2), timedelta(hours=1))),
    )


def test_without_a_word_nobody_is_told() -> None:
    settings = settings_of("")

    assert settings.mail is None
    assert settings.staff == Staff()
    assert settings.staff.rules == StaffRules(
        postmortem_days=5, maintenance_reminders=(timedelta(hours=24), timedelta(hours=1))
    )


@pytest.mark.parametrize(
    ("lines", "security", "port"),
    [
        ("", "starttls", 587),
        ("port = 465", "tls", 465),
        ("port = 25", "starttls", 25),
        ('security = "none"', "none", 587),
    ],
)
def test_the_port_says_how_the_connection_is_kept_secret(lines: str, security: str, port: int) -> None:
    mail = settings_of(f'[mail]\nhost = "localhost"\nfrom = "a@b.example"\n{lines}\n').mail

    assert mail is not None
    assert (mail.security, mail.port, mail.sender_name) == (security, port, "")


def test_reminders_can_be_switched_off() -> None:
    staff = settings_of("[staff]\nemail = []\nmaintenance_reminders = []\npostmortem_days = 0\n").staff

    assert staff == Staff(rules=StaffRules(postmortem_days=0, maintenance_reminders=()))


def test_all_that_is_wrong_is_said_at_once() -> None:
    text = """\
[mail]
host = "mail acme"
port = 99999
security = "ssl"
password = "hunter2"
user = "status"
from = "a@b.example, c@d.example"
[staff]
email = ["a@b.example\\nBcc: x@y.example", "ops"]
postmortem_days = 11
maintenance_reminders = ["soon"]
mobile = "1"
[[channel]]
kind = "webhook"
[[channel]]
audience = "staff"
kind = "slak"
[[channel]]
audience = "staff"
kind = "webhook"
url = "ftp://acme.example"
secret = "whsec_x"
[[channel]]
audience = "staff"
kind = "discord"
url = "https://discord.example/api/webhooks/1/token"
secret_env = "S"
[[channel]]
audience = "subscribers"
kind = "fax"
"""

    assert faults_of(text) == [
        '5: [mail] host: "mail acme" is not the name of a server; write it as mail.acme.example',
        "6: [mail] port: must be a number from 1 to 65535, such as port = 587",
        '7: [mail] security: "ssl" is not known; choose from starttls, tls, none',
        "8: [mail] password: is a secret, and this file is no place for it; "
        'write password_env = "STATUSPAGE_PASSWORD" and put it there, or password_file = "/run/secrets/password"',
        '10: [mail] from: "a@b.example, c@d.example" is not a mail address; '
        "write it as Acme Status <status@acme.example>",
        '12: [staff] email: "a@b.example Bcc: x@y.example" is not a mail address; write it as ops@acme.example',
        '12: [staff] email: "ops" is not a mail address; write it as ops@acme.example',
        "13: [staff] postmortem_days: must be at most 10 working days; 0 switches it off",
        '14: [staff] maintenance_reminders: "soon" is not a length of time; write it as 20m, 2h or 1h30m',
        "15: [staff] mobile: unknown key; known are email, postmortem_days, maintenance_reminders",
        '16: [[channel]] audience: is missing; write audience = "…"',
        '20: [[channel]] kind: "slak" is not known; did you mean "slack"?; '
        "choose from webhook, slack, mattermost, discord, teams",
        '24: [[channel]] url: "ftp://acme.example" is not a web address; '
        "write it as https://acme.example/hook, without a password",
        "25: [[channel]] secret: is a secret, and this file is no place for it; "
        'write secret_env = "STATUSPAGE_SECRET" and put it there, or secret_file = "/run/secrets/secret"',
        "29: [[channel]] url: is a secret, and this file is no place for it; "
        'write url_env = "STATUSPAGE_URL" and put it there, or url_file = "/run/secrets/url"',
        "30: [[channel]] secret_env: belongs to a webhook; a chat has no signature, its address is the secret",
        '32: warning: [[channel]] audience: this version does nothing with a channel for "subscribers" yet, '
        'only with one for "staff"',
    ]


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        (
            '[staff]\nemail = ["a@b.example"]\n',
            '5: [staff] email: needs a server that sends the mail; write [mail] with host = "…" and from = "…"',
        ),
        (
            '[staff]\nemail = "a@b.example"\n',
            '5: [staff] email: must be a list of texts, such as email = ["ops@acme.example"]',
        ),
        (
            '[mail]\nhost = "h"\nfrom = "a@b.example"\nuser = "u"\n',
            '7: [mail] user: needs a password; write password_env = "STATUSPAGE_PASSWORD" and put it there, '
            'or password_file = "/run/secrets/password"',
        ),
        (
            '[mail]\nhost = "h"\nfrom = "a@b.example"\npassword_env = "P"\n',
            '4: [mail] user: is missing beside a password; write user = "…"',
        ),
        (
            '[mail]\nhost = "h"\nfrom = "a@b.example"\nuser = "u"\npassword_env = "hunter 2"\n',
            "8: [mail] password_env: is not the name of a variable of the environment, such as STATUSPAGE_SECRET",
        ),
        (
            '[mail]\nhost = "h"\nfrom = "a@b.example"\nuser = "u"\npassword_env = "P"\npassword_file = "f"\n',
            "9: [mail] password_file: stands beside password_env; keep one of the two",
        ),
        (
            f'{WEBHOOK}secret_env = "S"\n',
            '4: [[channel]] url: is missing; write url = "https://…"; where nobody may see it, '
            'write url_env = "STATUSPAGE_URL" and put it there, or url_file = "/run/secrets/url"',
        ),
        (
            f'{WEBHOOK}url = "https://a.example"\n',
            '4: [[channel]] secret_env: is missing: a webhook is signed; '
            'write secret_env = "STATUSPAGE_SECRET" and put it there, or secret_file = "/run/secrets/secret"',
        ),
        (
            f'{WEBHOOK}url = "https://a.example"\nurl_env = "U"\nsecret_env = "S"\n',
            "8: [[channel]] url_env: stands beside url; keep one of the two",
        ),
        (
            '[[channel]]\naudience = "staff"\nkind = "teams"\n',
            '4: [[channel]] url: is missing; write url_env = "STATUSPAGE_URL" and put it there, '
            'or url_file = "/run/secrets/url"',
        ),
        (
            "channel = 1\n",
            "4: [site] channel: unknown key; known are title, url, language, languages, timezone, id, support",
        ),
    ],
)  # fmt: skip
def test_each_fault_says_what_would_be_right(text: str, fault: str) -> None:
    assert faults_of(text)[-1:] == [fault]


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        (
            f'[mail]\nhost = "mail.acme.example"\n{SENDER}user = "u"\npassword_env = "P"\nsecurity = "none"\n',
            "9: warning: [mail] security: sends the password so that others can read it",
        ),
        (
            f'{WEBHOOK}url = "http://a.example"\nsecret_env = "S"\n',
            "7: warning: [[channel]] url: sends every message so that others can read it; write https",
        ),
    ],
)
def test_what_others_can_read_is_warned_of(text: str, fault: str) -> None:
    assert faults_of(text) == [fault]
    assert settings_of(text) is not None


def test_an_address_on_this_machine_needs_no_encryption() -> None:
    text = f'{WEBHOOK}url = "http://127.0.0.1:8080/hook"\nsecret_env = "S"\n'

    assert faults_of(text) == []


def test_a_side_file_that_is_no_list_is_a_fault() -> None:
    assert faults_of('[publish]\nside_files = "gzip"\n') == [
        '5: [publish] side_files: must be a list of texts, such as side_files = ["gzip"]'
    ]


def test_who_is_told_changes_nothing_that_is_compiled() -> None:
    settings = settings_of("")

    assert program_key(settings_of(WHOLE)) == program_key(settings)
    assert program_key(replace(settings, side_files=("gzip",))) != program_key(settings)
