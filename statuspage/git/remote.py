"""A repository elsewhere: its branch fetched, and a branch pushed to it, never by force, never without a limit."""

from __future__ import annotations

import os
import re
import zlib
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from http.client import HTTPException
from pathlib import Path

from dulwich.client import (
    GitClient,
    HTTPProxyUnauthorized,
    HTTPUnauthorized,
    LocalGitClient,
    SSHGitClient,
    Urllib3HttpGitClient,
)
from dulwich.errors import (
    ChecksumMismatch,
    FileFormatException,
    GitProtocolError,
    HangupException,
    NotGitRepository,
    ObjectFormatException,
    SendPackError,
)
from dulwich.objects import ObjectID
from dulwich.refs import Ref
from dulwich.repo import BaseRepo, Repo
from urllib3.exceptions import HTTPError

from statuspage.errors import GitRefused, Unreadable

ANSWER_LIMIT_SECONDS = 20.0
"""How long a remote may be silent."""
_SSH = "ssh -o BatchMode=yes -o ConnectTimeout=20 -o ServerAliveInterval=10 -o ServerAliveCountMax=2"
"""Asks nobody for a password, and gives up on a connection that is dead."""
_SCP_FORM = re.compile(r"(?P<user>[^@/:\s]+)@(?P<host>[^:/\s]+):(?P<path>.+)")
_SSH_FORM = re.compile(r"ssh://(?:(?P<user>[^@/:\s]+)@)?(?P<host>[^:/\s]+)(?::(?P<port>\d+))?(?P<path>/.+)")
_UNANSWERED = (
    GitProtocolError,
    HangupException,
    HTTPError,
    HTTPException,
    OSError,
    ValueError,
    KeyError,
    AssertionError,
    zlib.error,
    ChecksumMismatch,
    FileFormatException,
    ObjectFormatException,
)
"""What comes of a remote that is down, or that answers with something that is not git."""


class Moved(Exception):
    """The branch of the remote is not where it was thought to be."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Credentials:
    """What a remote is shown over HTTP."""

    user: str
    token: str = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Remote:
    """One branch of a repository elsewhere."""

    address: str
    branch: str
    credentials: Credentials | None = None

    @property
    def name(self) -> str:
        """Return the address as it may be shown, without a user or a password."""
        return re.sub(r"^([a-z+]+://)[^/@]*@", r"\1", self.address, flags=re.IGNORECASE)

    def fetch(self, target: BaseRepo) -> ObjectID | None:
        """Bring the branch with its history into `target`, and return its newest commit; None where it has none.

        No reference of `target` is moved. Raises GitRefused where the remote cannot be read.
        """
        tips: dict[Ref, ObjectID] = {}

        def wanted(refs: Mapping[Ref, ObjectID], _depth: int | None = None) -> list[ObjectID]:
            tips.update(refs)
            tip = refs.get(self._ref)
            return [tip] if tip and tip not in target.object_store else []

        with self._asked("read") as (client, path):
            # Its own types are narrower than what it calls with.
            client.fetch(path, target, determine_wants=wanted, ref_prefix=[self._ref])  # type: ignore[arg-type]
        return tips.get(self._ref)

    def push(self, source: BaseRepo, new: ObjectID, *, expected: ObjectID | None) -> None:
        """Move the branch of the remote from `expected` to `new`; None for a branch that is not there yet.

        Raises Moved where it stands elsewhere, and GitRefused where the remote does not take it.
        """

        def update(refs: dict[Ref, ObjectID]) -> dict[Ref, ObjectID]:
            if refs.get(self._ref) != expected:
                raise Moved
            return {self._ref: new}

        with self._asked("pushed to") as (client, path):
            self._refuse_checked_out(client, path)
            # The same: every client takes a str, and a repository's own generate_pack_data.
            result = client.send_pack(path, update, source.generate_pack_data)  # type: ignore[arg-type]
        status = (result.ref_status or {}).get(self._ref)
        if status and any(word in status for word in ("fast-forward", "fetch first", "lock", "unable to set", "stale")):
            raise Moved
        if status:
            raise GitRefused(f"{self.name} does not take a push to {self.branch}: {status[:200]}; allow it there")

    def tip(self) -> ObjectID | None:
        """Return the newest commit of the branch, and bring nothing; None where the remote has no such branch.

        Raises GitRefused where the remote cannot be read.
        """
        with self._asked("read") as (client, path):
            # The same: every client takes a str.
            return client.get_refs(path, ref_prefix=[self._ref]).refs.get(self._ref)  # type: ignore[arg-type]

    def ask_to_push(self, source: BaseRepo) -> None:
        """Ask the remote as for a push, and push nothing; raise GitRefused where it lets nobody in.

        What it has against a push to this one branch, it tells only when somebody pushes.
        """
        with self._asked("pushed to") as (client, path):
            self._refuse_checked_out(client, path)
            self._refuse_read_only(client, path)
            client.send_pack(path, lambda _: {}, source.generate_pack_data)  # type: ignore[arg-type]

    @property
    def _ref(self) -> Ref:
        return Ref(f"refs/heads/{self.branch}".encode())

    @contextmanager
    def _asked(self, verb: str) -> Iterator[tuple[GitClient, str]]:
        """Yield a client and the path to ask it for; what goes wrong is told without anything secret."""
        try:
            client, path = self._client()
            with closing(client):
                yield client, path
        except (HTTPUnauthorized, HTTPProxyUnauthorized) as error:
            named = "is not let in with the token" if self.credentials else "asks for a token; name one in token_env"
            raise GitRefused(f"{self.name} cannot be {verb}: this program {named}") from error
        except NotGitRepository as error:
            raise GitRefused(
                f"{self.name} cannot be {verb}: there is no repository, or none that may be seen with this token"
            ) from error
        except SendPackError as error:
            raise GitRefused(f"{self.name} cannot be {verb}: {self._without_secrets(error)}") from error
        except _UNANSWERED as error:
            raise GitRefused(f"{self.name} cannot be {verb}: {self._without_secrets(error)}") from error

    def _client(self) -> tuple[GitClient, str]:
        if re.match(r"https?://", self.address, re.IGNORECASE):
            shown = self.credentials
            user, token = (shown.user, shown.token) if shown else (None, None)
            client = Urllib3HttpGitClient(
                self.address, username=user, password=token, timeout=ANSWER_LIMIT_SECONDS, quiet=True
            )
            return client, self.address
        if ssh := _SSH_FORM.fullmatch(self.address) or _SCP_FORM.fullmatch(self.address):
            parts = ssh.groupdict()
            port = int(parts.get("port") or 22)
            return SSHGitClient(parts["host"], port, parts["user"], ssh_command=_SSH), parts["path"]
        if "://" in self.address and not self.address.startswith("file://"):
            raise Unreadable(f"{self.name} is no address for this program; use https://, ssh or a folder")
        return LocalGitClient(), self.address.removeprefix("file://")

    def _refuse_checked_out(self, client: GitClient, path: str) -> None:
        """Refuse to move a branch under the feet of somebody who works in that folder, as git does."""
        if isinstance(client, LocalGitClient):
            with Repo(path) as there:
                if not there.bare and there.refs.follow(Ref(b"HEAD"))[0][-1] == self._ref:
                    raise GitRefused(f"{self.name} has {self.branch} checked out; push to a bare repository")

    def _refuse_read_only(self, client: GitClient, path: str) -> None:
        """Refuse a folder that this program may read and not write."""
        if isinstance(client, LocalGitClient):
            with Repo(path) as there:
                if not os.access(Path(there.controldir()) / "objects", os.W_OK):
                    raise GitRefused(f"{self.name} cannot be pushed to: its folder cannot be written")

    def _without_secrets(self, error: Exception) -> str:
        words = " ".join(str(error).split()) or type(error).__name__
        if self.credentials and self.credentials.token:
            words = words.replace(self.credentials.token, "…")
        words = re.sub(r"://[^/@\s]*@", "://", words)
        return words if len(words) <= 300 else f"{words[:300]}…"


def absolute(address: str, site_dir: Path) -> str:
    """Return the address, that of a folder counted from the site folder."""
    return str(site_dir / address) if address.startswith(".") else address
