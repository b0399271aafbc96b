"""Git: whether posts can be committed, the remote can be read, and somebody would be let in to push."""

from __future__ import annotations

from collections.abc import Iterator

from dulwich.repo import MemoryRepo

from statuspage.doctor.finding import Finding, Verdict
from statuspage.doctor.subject import Subject
from statuspage.errors import GitRefused
from statuspage.git.pushing import upstream
from statuspage.git.remote import Remote, absolute
from statuspage.git.secrets import credentials_of, hook_secret
from statuspage.git.trees import short
from statuspage.git.work_tree import work_tree

ABOUT = "git"


def look_at_git(subject: Subject) -> Iterator[Finding]:
    """Yield what `[git]` asks for, each with how it was found; nothing is fetched, committed or pushed."""
    git = subject.git
    if not git.remote and not git.commit:
        yield Finding(about=ABOUT, verdict=Verdict.UNUSED, what="[git] names no remote, and commits nothing")
        return
    remote: Remote | None = None
    try:
        remote = remote_of(subject)
        if git.commit and not git.remote:
            yield _well("timed posts can be committed")
        if remote:
            yield _read(remote)
        if remote and git.push:
            remote.ask_to_push(MemoryRepo())
            yield _well(f"{remote.name} lets us in to push; nothing was pushed")
    except GitRefused as error:
        yield Finding(about=ABOUT, verdict=Verdict.WRONG, what=str(error), remedy=_by_hand(remote))
    if git.remote:
        yield from _hook(subject)


def remote_of(subject: Subject) -> Remote | None:
    """Return the repository that files come from or posts go to; None for none.

    Raises GitRefused where the token cannot be read, or nothing can be committed.
    """
    git = subject.git
    if not git.remote:
        with work_tree(subject.folder, git) as work:
            return upstream(work, credentials_of(git, subject.folder))[0] if git.push else None
    return Remote(
        address=absolute(git.remote, subject.folder),
        branch=git.fetched_branch,
        credentials=credentials_of(git, subject.folder),
    )


def _read(remote: Remote) -> Finding:
    tip = remote.tip()
    if tip is None:
        return Finding(
            about=ABOUT,
            verdict=Verdict.WRONG,
            what=f"{remote.name} has no branch {remote.branch}",
            remedy="push one, or name another as [git] branch",
        )
    return _well(f"{remote.name} can be read: {remote.branch} is at {short(tip)}")


def _hook(subject: Subject) -> Iterator[Finding]:
    try:
        if hook_secret(subject.git, subject.folder):
            yield _well("the secret of the hook is in place")
    except GitRefused as error:
        yield Finding(about=ABOUT, verdict=Verdict.WRONG, what=str(error))


def _by_hand(remote: Remote | None) -> str:
    return f"what git says: git ls-remote {remote.name} {remote.branch}" if remote else ""


def _well(what: str) -> Finding:
    return Finding(about=ABOUT, verdict=Verdict.WELL, what=what)
