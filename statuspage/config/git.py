"""`[git]`: where the files come from, and what becomes of the timed posts that the scheduler writes."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from datetime import timedelta

from statuspage.config.toml_lines import TomlLines
from statuspage.config.toml_table import TomlFile, TomlTable
from statuspage.errors import Fault, Severity, Unreadable
from statuspage.layout import SETTINGS

USUAL_BRANCH = "main"
"""Of a remote; a work folder has the one that is checked out."""
_AUTHOR = re.compile(r"[^<>\n]*[^<>\s] <[^<>@\s]+@[^<>@\s]+>")
_BRANCH = re.compile(r"(?![-/.@])(?!.*(?:\.\.|//|@\{|\.lock(?:/|$)|/\.))[^\x00-\x20\x7f~^:?*\[\\]+(?<![/.])")
_VARIABLE = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
_WEB_REMOTE = re.compile(r"https?://[^\s/?#@]+/[^\s?#]*", re.IGNORECASE)
_SSH_REMOTE = re.compile(r"(?:ssh://)?(?!-)[A-Za-z0-9._-]+@(?!-)[^\s:/@]+[:/][^\s-][^\s]*")
_FOLDER_REMOTE = re.compile(r"(?:file://)?[/.][^\n]*")


@dataclass(frozen=True, slots=True, kw_only=True)
class GitSettings:
    """What `[git]` says; secrets are named here, and never stand here."""

    commit: bool = False
    """Commit the timed posts."""
    push: bool = False
    """Push these commits."""
    remote: str | None = None
    """The repository that the site is published from; None: from the site folder itself."""
    branch: str | None = None
    """None: `main` of a remote, else the branch that is checked out."""
    author: str = "statuspage <statuspage@localhost>"
    """Of the commits of timed posts, `Name <mail>`."""
    fetch_every: timedelta = timedelta(minutes=1)
    user: str = "git"
    """Sent with the token; most servers look at the token only."""
    token_env: str | None = None
    token_file: str | None = None
    hook_secret_env: str | None = None
    hook_secret_file: str | None = None

    @property
    def fetched_branch(self) -> str:
        """Return the branch of the remote that is published."""
        return self.branch or USUAL_BRANCH


def read_git(table: TomlTable) -> GitSettings:
    """Return what the table says; every fault in it is noted."""
    table.refuse_unknown(*GitSettings.__slots__)
    usual = GitSettings()
    return GitSettings(
        commit=table.flag("commit"),
        push=_read_push(table),
        remote=_read_remote(table),
        branch=_matching(table, "branch", _BRANCH, 'is not the name of a branch; write it as "main"'),
        author=_matching(table, "author", _AUTHOR, 'is not an author; write it as "Name <name@acme.example>"')
        or usual.author,
        fetch_every=table.duration("fetch_every", default=usual.fetch_every),
        user=table.text("user") or usual.user,
        token_env=_read_variable(table, "token_env"),
        token_file=table.text("token_file"),
        hook_secret_env=_read_variable(table, "hook_secret_env"),
        hook_secret_file=table.text("hook_secret_file"),
    )


def parse_git_settings(text: str, *, path: str = SETTINGS) -> tuple[GitSettings | None, tuple[Fault, ...]]:
    """Return what `[git]` of a settings file says, whatever else the file says or lacks, and the faults of that part.

    None for the settings when any fault is an error.
    """
    text = text.removeprefix("\ufeff").replace("\r\n", "\n")
    try:
        content = tomllib.loads(text)
    except (ValueError, RecursionError) as error:
        return None, (Fault(path=path, what=f"cannot be read as TOML: {str(error)[:200]}"),)
    file = TomlFile(path=path, lines=TomlLines(text))
    settings = read_git(TomlTable(file=file, place=(), name="", content=content).table("git"))
    is_usable = all(fault.severity is Severity.WARNING for fault in file.faults)
    return settings if is_usable else None, tuple(file.faults)


def check_remote(address: str) -> None:
    """Raise Unreadable for what is no address of a repository, or holds a password."""
    if re.match(r"https?://[^/@]*@", address, re.IGNORECASE):
        raise Unreadable("holds a user or a password; write the user under user, and name the password in token_env")
    if not any(form.fullmatch(address) for form in (_WEB_REMOTE, _SSH_REMOTE, _FOLDER_REMOTE)):
        # What stands before an @ may be a password.
        raise Unreadable(
            f'"{address.rpartition("@")[2]}" is not the address of a repository; write it as '
            "https://git.example/acme/status.git, git@git.example:acme/status.git or /srv/git/status.git"
        )


def _read_push(table: TomlTable) -> bool:
    pushes = table.flag("push")
    if pushes and "remote" not in table and table.content.get("commit") is not True:
        table.note("push", "nothing is pushed that is not committed; write commit = true as well")
    return pushes


def _read_remote(table: TomlTable) -> str | None:
    remote = table.text("remote")
    try:
        if remote:
            check_remote(remote)
    except Unreadable as error:
        table.note("remote", str(error))
        return None
    return remote


def _read_variable(table: TomlTable, key: str) -> str | None:
    # What was written is not repeated: someone may have put the secret itself here.
    variable = table.text(key)
    if variable and not _VARIABLE.fullmatch(variable):
        table.note(key, f'is not the name of an environment variable; write {key} = "STATUSPAGE_{key[:-4].upper()}"')
        return None
    return variable


def _matching(table: TomlTable, key: str, form: re.Pattern[str], complaint: str) -> str | None:
    text = table.text(key)
    if text and not form.fullmatch(text):
        table.note(key, f'"{text}" {complaint}')
        return None
    return text
