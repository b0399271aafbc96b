"""A remote as a bare mirror, and the one commit of it that is published: fetched, judged, brought to disk, pushed."""

from __future__ import annotations

import os
import secrets
import threading
from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from dulwich.errors import NotGitRepository
from dulwich.objects import ObjectID
from dulwich.refs import Ref
from dulwich.repo import Repo

from statuspage.config import GitSettings
from statuspage.errors import GitRefused
from statuspage.git.bringing import Brought, InnerSite
from statuspage.git.judging import objection
from statuspage.git.leftovers import locked, sweep
from statuspage.git.places import accepted_path, fetch_lock_path, inner_site, lock_path, mirror_path, state_path
from statuspage.git.posts import added_posts, again_on, is_ours, is_timed, post_commit, with_posts
from statuspage.git.remote import Credentials, Remote, absolute
from statuspage.git.trees import blob_at, commit_of, files_in, tree_of
from statuspage.git.work_tree import HEAD, posts_on_disk
from statuspage.layout import INCIDENTS
from statuspage.source.folder import scan
from statuspage.whole_file import write_whole

_TAKEN = Ref(b"refs/statuspage/taken")
"""The commit of the remote that the published one was made from."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """Which commits there are."""

    tip: ObjectID | None
    """What the remote had when it was last read."""
    taken: ObjectID | None
    published: ObjectID | None
    """`taken` with our own posts on top that are not pushed; None: nothing yet."""

    @property
    def has_news(self) -> bool:
        """Return True when the remote has something that is not published."""
        return self.tip is not None and self.tip != self.taken

    @property
    def has_own(self) -> bool:
        """Return True when posts of ours are not pushed, and could be."""
        return self.published is not None and self.published != self.taken and not self.has_news


class Mirror:
    """The mirror of one site, made where it is missing; several processes may use it at once."""

    def __init__(self, site_dir: Path, settings: GitSettings) -> None:
        assert settings.remote
        self._site_dir = site_dir
        self._settings = settings
        self._address = absolute(settings.remote, site_dir)
        self._branch = settings.fetched_branch.encode()
        self._published = Ref(b"refs/heads/" + self._branch)
        self._tip = Ref(b"refs/remotes/origin/" + self._branch)
        self._thread_lock = threading.RLock()
        self._depth = 0
        self.inner = InnerSite(folder=inner_site(site_dir), state=state_path(site_dir))
        with self.held():
            self._prepare()

    @property
    def name(self) -> str:
        """Return the address of the remote as it may be shown."""
        return self._remote(None).name

    def fetch(self, credentials: Credentials | None) -> None:
        """Read the branch of the remote; what is published stays. Raises GitRefused where it cannot be read."""
        remote = self._remote(credentials)
        with self._opened() as repo:
            with locked(fetch_lock_path(self._site_dir)):
                tip = remote.fetch(repo)
            if tip is None:
                raise GitRefused(
                    f"{remote.name} has no branch {remote.branch}; push one, or name another as [git] branch"
                )
            commit_of(repo.object_store, tip)
            with self.held():
                repo.refs[self._tip] = tip

    def standing(self) -> Standing:
        """Return which commits there are now."""
        with self._opened() as repo:
            return self._standing(repo)

    def advance(self, open_paths: Collection[str]) -> str:
        """Publish from what was fetched, our own posts on top, where nothing speaks against it; return what does.

        The files are not touched. Raises GitRefused while nothing was ever fetched.
        """
        with self.held(), self._opened() as repo:
            at = self._standing(repo)
            if at.tip is None and at.published is None:
                raise GitRefused(f"nothing of {self.name} was ever fetched; there is nothing to publish yet")
            if at.tip is None or at.tip == at.taken:
                return ""
            try:
                against = self._objection(repo, at, open_paths)
                if against:
                    return against
                # What cannot be brought in later is found before it is published.
                files_in(repo.object_store, tree_of(repo.object_store, at.tip))
            except GitRefused as error:
                return f"commit {at.tip[:10].decode()} is held back: {error}"
            self._take(repo, at)
            return ""

    def bring(self) -> Brought:
        """Bring the published commit into the inner site."""
        with self.held(), self._opened() as repo:
            return self._bring(repo)

    def keep(self, names: Iterable[str], now: datetime) -> None:
        """Commit files of timed posts of the inner site on top of what is published; files that have them are left."""
        with self.held(), self._opened() as repo:
            published = self._standing(repo).published
            assert published, "posts are written into a site that was brought in"
            store = repo.object_store
            contents = {}
            for name, content in posts_on_disk(self.inner.folder, names).items():
                path = os.fsencode(name)
                contents[path] = _merged(blob_at(store, tree_of(store, published), path), content)
            commit = post_commit(store, published, contents, author=self._settings.author, at=now)
            if commit:
                self._move(repo, self._published, published, commit)
            # Only when a bring-in ended half way does this do more than note the commit.
            self._bring(repo)

    def keep_stray(self, now: datetime) -> None:
        """Commit posts that were written just before the program ended, and never committed."""
        # Anything else than what is published: then files are on their way, and a post is not to be told from them.
        published = self.standing().published
        if published and published == self.inner.commit():
            self.keep(sorted(filter(is_timed, scan(self.inner.folder, INCIDENTS).stamps)), now)

    def push(self, credentials: Credentials | None) -> None:
        """Push our own posts. Raises Moved where the remote has something newer, GitRefused where it refuses."""
        with self._opened() as repo:
            at = self._standing(repo)
            if not at.has_own:
                return
            assert at.published
            assert at.taken
            self._remote(credentials).push(repo, at.published, expected=at.taken)
            with self.held():
                repo.refs[self._tip] = at.published
                repo.refs.set_if_equals(_TAKEN, at.taken, at.published)

    def accept(self) -> None:
        """Let the commit pass that was fetched last, whatever speaks against it."""
        at = self.standing()
        if at.tip and at.has_news:
            write_whole(accepted_path(self._site_dir), at.tip + b"\n")

    def is_accepted(self, tip: ObjectID | None) -> bool:
        """Return True for the commit that a person let pass."""
        try:
            return tip is not None and accepted_path(self._site_dir).read_bytes().strip() == tip
        except OSError:
            return False

    @contextmanager
    def held(self) -> Iterator[None]:
        """Keep every other process and thread from moving commits and files inside the block; it may be nested."""
        with self._thread_lock:
            if self._depth:
                yield
                return
            with locked(lock_path(self._site_dir)):
                self._depth = 1
                try:
                    yield
                finally:
                    self._depth = 0

    def _remote(self, credentials: Credentials | None) -> Remote:
        return Remote(address=self._address, branch=self._settings.fetched_branch, credentials=credentials)

    def _standing(self, repo: Repo) -> Standing:
        found = (repo.refs.read_ref(ref) for ref in (self._tip, _TAKEN, self._published))
        tip, taken, published = (ObjectID(each) if each else None for each in found)
        return Standing(tip=tip, taken=taken, published=published)

    def _objection(self, repo: Repo, at: Standing, open_paths: Collection[str]) -> str:
        if at.published is None or at.taken is None or self.is_accepted(at.tip):
            return ""
        assert at.tip
        store = repo.object_store
        return objection(store, at.tip, published=at.published, taken=at.taken, open_paths=open_paths)

    def _take(self, repo: Repo, at: Standing) -> None:
        """Publish from the tip, with the posts of ours on top that it has not."""
        assert at.tip
        own = self._own(repo, at)
        new = again_on(repo.object_store, at.tip, own, author=self._settings.author)
        self._move(repo, self._published, at.published, new)
        repo.refs[_TAKEN] = at.tip
        with suppress(FileNotFoundError):
            accepted_path(self._site_dir).unlink()

    def _own(self, repo: Repo, at: Standing) -> list[ObjectID]:
        """Return the commits of ours on top of the one that was taken, oldest first."""
        own: list[ObjectID] = []
        commit_id = at.published
        while commit_id and commit_id != at.taken:
            commit = commit_of(repo.object_store, commit_id)
            if not is_ours(commit, self._settings.author):
                break
            own.insert(0, commit_id)
            commit_id = commit.parents[0]
        return own

    def _move(self, repo: Repo, ref: Ref, old: ObjectID | None, new: ObjectID) -> None:
        if old is None:
            repo.refs[ref] = new
        elif not repo.refs.set_if_equals(ref, old, new):
            raise GitRefused(f"{mirror_path(self._site_dir)} was changed by another program; leave it to this one")

    def _bring(self, repo: Repo) -> Brought:
        published = self._standing(repo).published
        if published is None:
            raise GitRefused(f"nothing of {self.name} was ever fetched; there is nothing to publish yet")
        return self.inner.bring(repo.object_store, published)

    def _opened(self) -> Repo:
        return Repo(str(mirror_path(self._site_dir)))

    def _prepare(self) -> None:
        """Make the mirror where it is missing or no repository, and have it stand for the branch of the settings."""
        path = mirror_path(self._site_dir)
        try:
            repo = self._opened()
        except NotGitRepository:
            if path.exists():
                path.rename(path.with_name(f"{path.name}.{secrets.token_hex(4)}.broken"))
            path.parent.mkdir(parents=True, exist_ok=True)
            repo = Repo.init_bare(str(path), mkdir=True)
        with repo:
            sweep(path, fetching=fetch_lock_path(self._site_dir))
            before = repo.refs.follow(HEAD)[0][-1]
            if before != self._published:
                # Another branch was published so far: the new one is judged by what that had.
                current = repo.refs.read_ref(before)
                if current:
                    repo.refs[self._published] = ObjectID(current)
                repo.refs.set_symbolic_ref(HEAD, self._published)
        # Through this, earlier versions of a file are found from the inner site as from any work tree.
        write_whole(self.inner.folder / ".git", f"gitdir: ../{path.name}\n".encode())


def _merged(published: bytes | None, written: bytes) -> bytes:
    """Return the file with every post of both: as it was written, where it lacks none that is published."""
    if not added_posts(written, published):
        return written
    text = (published or b"").decode("utf-8", "surrogateescape")
    return with_posts(text, added_posts(published, written)).encode("utf-8", "surrogateescape")
