"""The git work tree that a site folder lies in: its branch, its index, and a commit of timed posts on top."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from dulwich.errors import NotGitRepository
from dulwich.file import FileLocked, GitFile
from dulwich.index import (
    ConflictedIndexEntry,
    IndexChecksumReader,
    IndexChecksumWriter,
    IndexEntry,
    index_entry_from_stat,
    read_index_dict_with_version,
    write_index_dict,
)
from dulwich.objects import Blob, ObjectID
from dulwich.refs import Ref
from dulwich.repo import Repo

from statuspage.config import GitSettings
from statuspage.errors import GitRefused
from statuspage.git.posts import is_timed, post_commit
from statuspage.git.trees import REGULAR, blob_at, tree_of
from statuspage.layout import INCIDENTS
from statuspage.source.folder import Found, read_source, scan

TRIES = 5
HEAD = Ref(b"HEAD")
_UNDER_WAY = {
    "MERGE_HEAD": "merge",
    "rebase-merge": "rebase",
    "rebase-apply": "rebase",
    "CHERRY_PICK_HEAD": "cherry-pick",
    "REVERT_HEAD": "revert",
}
_BUSY = "another git command is at work in {folder}, or one that was killed left {lock}; end it, or remove that file"

IndexEntries = dict[bytes, IndexEntry | ConflictedIndexEntry]


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkTree:
    """A branch that is checked out, and the site in it."""

    repo: Repo
    root: Path
    prefix: bytes
    """Of the paths of the site in the repository; empty where the site is its root."""
    branch: Ref

    def head(self) -> ObjectID:
        """Return the newest commit of the branch."""
        return self.repo.refs[self.branch]

    def path(self, name: str) -> bytes:
        """Return the path in the repository of a file below the site folder."""
        return self.prefix + os.fsencode(name)

    def move(self, old: ObjectID, new: ObjectID, *, author: str, at: datetime) -> bool:
        """Move the branch if it still is where it was seen; return False where it is not."""
        try:
            return self.repo.refs.set_if_equals(
                self.branch,
                old,
                new,
                committer=author.encode(),
                timestamp=int(at.timestamp()),
                timezone=0,
                message=b"statuspage: timed posts",
            )
        except FileLocked as error:
            raise GitRefused(_BUSY.format(folder=self.root, lock=_name(error))) from error

    @contextmanager
    def index(self) -> Iterator[IndexEntries]:
        """Yield the entries of the index to be changed, and write them; nobody else changes it in the meantime."""
        place = self.repo.index_path()
        try:
            lock = GitFile(place, "wb")
        except FileLocked as error:
            raise GitRefused(_BUSY.format(folder=self.root, lock=_name(error))) from error
        try:
            entries, version = self._read_index(place)
            yield entries
            writer = IndexChecksumWriter(lock, self.repo.object_format)
            # Extensions are left out: git makes them anew, and one that is out of date would mislead it.
            write_index_dict(writer, entries, version=version, object_format=self.repo.object_format)
            writer.close()
        finally:
            lock.abort()

    def _read_index(self, place: str) -> tuple[IndexEntries, int | None]:
        if not Path(place).exists():
            raise GitRefused(f"{self.root} has no index; check its files out, with git reset")
        with GitFile(place, "rb") as file:
            reader = IndexChecksumReader(file, self.repo.object_format)
            entries, version, extensions = read_index_dict_with_version(reader, self.repo.object_format)
        if any(extension.signature[:1].islower() for extension in extensions):
            raise GitRefused(
                f"{self.root} has a split or sparse index; make it whole: git update-index --no-split-index"
            )
        return entries, version

    def stage(self, contents: Mapping[bytes, bytes]) -> None:
        """Put files, which lie in the work tree as they are given, into the index; everything else in it stays."""
        with self.index() as entries:
            for path, content in contents.items():
                status = (self.root / os.fsdecode(path)).lstat()
                entries[path] = index_entry_from_stat(status, Blob.from_string(content).id, mode=REGULAR)


@contextmanager
def work_tree(site_dir: Path, settings: GitSettings) -> Iterator[WorkTree]:
    """Yield the work tree that the site lies in; raise GitRefused where nothing can be committed there now."""
    site = site_dir.resolve()
    try:
        repo = Repo.discover(str(site))
    except NotGitRepository as error:
        raise GitRefused(f"{site_dir} lies in no git repository; make one: git init, git add, git commit") from error
    with repo:
        root = Path(repo.path).resolve()
        if repo.bare:
            raise GitRefused(f"{root} is a bare repository; serve from a clone of it, or set [git] remote")
        prefix = site.relative_to(root).as_posix()
        branch = _branch(repo, root, settings)
        yield WorkTree(repo=repo, root=root, prefix=b"" if prefix == "." else os.fsencode(prefix) + b"/", branch=branch)


def commit_posts(site_dir: Path, paths: Iterable[str], *, settings: GitSettings, now: datetime) -> str | None:
    """Commit files of timed posts, named from the site folder, and nothing else; return the commit.

    None where the branch has them already. Raises GitRefused where it cannot be done now: then the files stay as they
    are, and `uncommitted_posts` names them later.
    """
    with work_tree(site_dir, settings) as work:
        contents = {work.path(name): content for name, content in posts_on_disk(site_dir, paths).items()}
        for _ in range(TRIES):
            head = work.head()
            commit = post_commit(work.repo.object_store, head, contents, author=settings.author, at=now)
            if commit is None:
                return None
            # The index first: were the branch first and this ended in between, the next commit would undo the posts.
            work.stage(contents)
            if work.move(head, commit, author=settings.author, at=now):
                return commit.decode()
    raise GitRefused(f"{work.root} gets new commits all the time; the timed posts are committed later")


def uncommitted_posts(site_dir: Path, *, settings: GitSettings) -> tuple[str, ...]:
    """Return the files of timed posts that are not on the branch as they are, named from the site folder.

    Raises GitRefused where nothing can be committed now.
    """
    with work_tree(site_dir, settings) as work:
        store, tree = work.repo.object_store, tree_of(work.repo.object_store, work.head())
        found = posts_on_disk(site_dir, sorted(filter(is_timed, scan(site_dir, INCIDENTS).stamps)))
        return tuple(name for name, content in found.items() if blob_at(store, tree, work.path(name)) != content)


def posts_on_disk(site_dir: Path, names: Iterable[str]) -> dict[str, bytes]:
    """Return the content of files of timed posts by their names; those that are gone or cannot be read are left out."""
    found = {}
    for name in names:
        assert is_timed(name), name
        source = read_source(Found(path=name, place=site_dir / name)).source
        if source and source.data is not None and not source.fault:
            found[name] = source.data
    return found


def _name(error: FileLocked) -> str:
    return os.path.basename(os.fsdecode(error.lockfilename))  # noqa: PTH119 - it may be bytes


def _branch(repo: Repo, root: Path, settings: GitSettings) -> Ref:
    """Return the branch that is checked out; raise GitRefused for none, and while somebody is in the middle of it."""
    control = Path(repo.controldir())
    for name, work in _UNDER_WAY.items():
        if (control / name).exists():
            raise GitRefused(f"a {work} is under way in {root}; finish it, and the timed posts are committed")
    branch = repo.refs.follow(HEAD)[0][-1]
    if branch == HEAD:
        raise GitRefused(f"no branch is checked out in {root}; check one out, and the timed posts are committed")
    name = branch.decode("utf-8", "replace").removeprefix("refs/heads/")
    if settings.branch and settings.branch != name:
        raise GitRefused(f"{root} has {name} checked out, and [git] branch is {settings.branch}; make them the same")
    if branch not in repo.refs:
        raise GitRefused(f"{root} has no commit yet; commit the files of the site first")
    return branch
