"""Commits of a work tree to where its branch comes from: never by force, and nobody else's commit touched."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from datetime import datetime
from pathlib import Path

from dulwich.config import StackedConfig
from dulwich.objects import Commit, ObjectID
from dulwich.refs import Ref

from statuspage.config import GitSettings
from statuspage.errors import GitRefused
from statuspage.git.forward import bring_forward
from statuspage.git.history import is_ancestor, only_in
from statuspage.git.posts import again_on, is_ours
from statuspage.git.remote import Credentials, Moved, Remote
from statuspage.git.work_tree import TRIES, WorkTree, work_tree


def push(
    site_dir: Path,
    *,
    settings: GitSettings,
    credentials: Credentials | None,
    now: datetime,
    still: Callable[[], AbstractContextManager[object]] = nullcontext,
) -> str:
    """Push the branch to where it comes from; return what a person should know of it, mostly nothing.

    Where the remote has commits that the branch lacks, the timed posts of the branch are committed anew on top of
    these. The branch then follows, unless it holds other people's commits or edits; inside `still` nobody else of
    this program writes. Raises GitRefused where nothing could be pushed.
    """
    with work_tree(site_dir, settings) as work:
        remote, tracking = upstream(work, credentials)
        for _ in range(TRIES):
            try:
                local, new, others = _push_once(work, remote, tracking, author=settings.author)
            except Moved:
                continue
            if new is None:
                return ""
            with still():
                return _follow(work, local, new, others=others, author=settings.author, now=now)
    raise GitRefused(f"{remote.name} gets new commits all the time; the timed posts are pushed later")


def _push_once(
    work: WorkTree, remote: Remote, tracking: Ref, *, author: str
) -> tuple[ObjectID, ObjectID | None, list[Commit]]:
    """Return the branch as it was, what the remote has instead of it now, and commits of others that it lacks.

    None for the second where the branch itself was pushed, or has nothing that the remote lacks.
    """
    store, local = work.repo.object_store, work.head()
    tip = remote.fetch(work.repo)
    if tip is not None:
        work.repo.refs[tracking] = tip
    if tip is None or (tip != local and is_ancestor(store, tip, local)):
        remote.push(work.repo, local, expected=tip)
        work.repo.refs[tracking] = local
        return local, None, []
    if is_ancestor(store, local, tip):
        return local, None, []
    commits = only_in(store, local, tip)
    own = [commit.id for commit in commits if is_ours(commit, author)]
    new = again_on(store, tip, own, author=author)
    if new != tip:
        remote.push(work.repo, new, expected=tip)
        work.repo.refs[tracking] = new
    return local, new, [commit for commit in commits if commit.id not in own]


def _follow(work: WorkTree, local: ObjectID, new: ObjectID, *, others: list[Commit], author: str, now: datetime) -> str:
    """Bring the branch to the commit that the remote has now; return why not."""
    if others:
        reason = "it holds commits that are not pushed"
    else:
        reason = bring_forward(work, local, new, author=author, at=now)
    name = work.branch.decode("utf-8", "replace").removeprefix("refs/heads/")
    return f"{name} in {work.root} stays behind its remote, because {reason}; pull it with --rebase" if reason else ""


def upstream(work: WorkTree, credentials: Credentials | None) -> tuple[Remote, Ref]:
    """Return where the branch is pushed to, and the reference that remembers what is there.

    Raises GitRefused where it comes from nowhere.
    """
    config = work.repo.get_config_stack()
    branch = work.branch.removeprefix(b"refs/heads/")
    name = _value(config, (b"branch", branch), b"remote") or b"origin"
    there = (_value(config, (b"branch", branch), b"merge") or work.branch).removeprefix(b"refs/heads/")
    section = (b"remote", name)
    address = _value(config, section, b"pushurl") or _value(config, section, b"url")
    if address is None:
        raise GitRefused(f"{work.root} has no remote {name.decode()}; add one: git remote add {name.decode()} …")
    text = address.decode("utf-8", "surrogateescape")
    if "://" not in text and ":" not in text.partition("/")[0]:
        text = str(work.root / text)
    remote = Remote(address=text, branch=there.decode("utf-8", "surrogateescape"), credentials=credentials)
    return remote, Ref(b"refs/remotes/" + name + b"/" + there)


def _value(config: StackedConfig, section: tuple[bytes, bytes], key: bytes) -> bytes | None:
    try:
        return config.get(section, key)
    except KeyError:
        return None
