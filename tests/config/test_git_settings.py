"""`[git]`: what it says, and everything that is wrong with it at once."""

from __future__ import annotations

from datetime import timedelta

import pytest

from statuspage.compiler import program_key
from statuspage.config import GitSettings, parse_git_settings, parse_settings

SITE = '[site]\ntitle = "Acme"\nurl = "https://status.acme.example"\n'


def test_without_the_section_nothing_is_committed() -> None:
    settings, faults = parse_settings(SITE)

    assert settings is not None
    assert settings.git == GitSettings()
    assert (settings.git.commit, settings.git.remote, faults) == (False, None, ())


def test_everything_that_it_may_say() -> None:
    text = """
[git]
commit = true
push = true
remote = "git@git.example:acme/status.git"
branch = "status/live"
author = "Status bot <bot@acme.example>"
fetch_every = "5m"
user = "bot"
token_env = "STATUS_TOKEN"
token_file = "/run/secrets/token"
hook_secret_env = "STATUS_HOOK"
hook_secret_file = "/run/secrets/hook"
"""

    settings, faults = parse_settings(SITE + text)

    assert faults == ()
    assert settings is not None
    assert settings.git == GitSettings(
        commit=True,
        push=True,
        remote="git@git.example:acme/status.git",
        branch="status/live",
        author="Status bot <bot@acme.example>",
        fetch_every=timedelta(minutes=5),
        user="bot",
        token_env="STATUS_TOKEN",
        token_file="/run/secrets/token",
        hook_secret_env="STATUS_HOOK",
        hook_secret_file="/run/secrets/hook",
    )


def test_every_fault_is_told_at_once_and_no_secret_is_repeated() -> None:
    text = """\
[git]
remote = "https://ann:hunter2@git.example/acme"
branch = "a..b"
author = "Ann"
push = "yes"
token_env = "hunter2-the-token"
fetch_every = "soon"
brunch = "main"
"""

    settings, faults = parse_git_settings(text)

    assert settings is None
    assert sorted(map(str, faults)) == [
        "statuspage.toml:2: [git] remote: holds a user or a password; write the user under user, "
        "and name the password in token_env",
        'statuspage.toml:3: [git] branch: "a..b" is not the name of a branch; write it as "main"',
        'statuspage.toml:4: [git] author: "Ann" is not an author; write it as "Name <name@acme.example>"',
        "statuspage.toml:5: [git] push: must be true or false, without quotes",
        "statuspage.toml:6: [git] token_env: is not the name of an environment variable; "
        'write token_env = "STATUSPAGE_TOKEN"',
        'statuspage.toml:7: [git] fetch_every: "soon" is not a length of time; write it as 20m, 2h or 1h30m',
        'statuspage.toml:8: [git] brunch: unknown key; did you mean "branch"?',
    ]


@pytest.mark.parametrize("remote", ["https://git.example/a", "ssh://git@git.example/a", "/srv/git/a.git", "../a.git"])
def test_an_address_of_a_repository_is_taken(remote: str) -> None:
    settings, faults = parse_git_settings(f'[git]\nremote = "{remote}"\n')

    assert faults == ()
    assert settings is not None
    assert settings.remote == remote


@pytest.mark.parametrize(
    "remote", ["git.example/a", "ext::sh -c x", "-oProxyCommand=x", "git://git.example/a", "a@-b:c"]
)
def test_what_is_no_address_of_a_repository_is_a_fault(remote: str) -> None:
    assert parse_git_settings(f'[git]\nremote = "{remote}"\n')[0] is None


def test_to_push_without_committing_is_a_fault() -> None:
    _, faults = parse_git_settings("[git]\npush = true\n")

    assert [str(fault) for fault in faults] == [
        "statuspage.toml:2: [git] push: nothing is pushed that is not committed; write commit = true as well"
    ]


def test_it_is_read_from_a_file_that_says_nothing_else() -> None:
    settings, faults = parse_git_settings('[git]\nremote = "/srv/a.git"\n[sight]\nx = 1\n')

    assert faults == ()
    assert settings is not None
    assert settings.fetched_branch == "main"


def test_what_is_cached_does_not_depend_on_it() -> None:
    plain, _ = parse_settings(SITE)
    with_git, _ = parse_settings(f"{SITE}[git]\ncommit = true\n")

    assert plain is not None
    assert with_git is not None
    assert program_key(plain) == program_key(with_git)
