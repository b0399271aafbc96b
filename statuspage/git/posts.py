"""Timed posts in git: the blocks of a file, those that another copy of it lacks, and commits that hold nothing else."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime

from dulwich.object_store import BaseObjectStore
from dulwich.objects import Commit, ObjectID

from statuspage.authoring import append_update
from statuspage.git.trees import Difference, blob_at, commit_of, differences, entry_at, tree_of, tree_with
from statuspage.source.fields import split_fields
from statuspage.source.headings import Block, split_blocks
from statuspage.source.notes import Notes

TIMED = ".timed.md"


def is_timed(path: str) -> bool:
    """Return True for the name of a file of timed posts."""
    return path.endswith(TIMED)


def with_posts(text: str, posts: Iterable[str]) -> str:
    """Return the file's text with those posts added that it does not have; a post is known by its `Id:`."""
    present = posts_of(text)
    for post in posts:
        if _key_of(post) not in present:
            text = append_update(text, post)
            present = posts_of(text)
    return text


def posts_of(text: str) -> dict[str, str]:
    """Return the posts of a file as they are written, by their `Id:`; one without is known by all its words."""
    blocks = split_blocks(text.replace("\r\n", "\n"), line=1)[1:]
    return {_key(block): _written(block) for block in blocks}


def added_posts(before: bytes | None, after: bytes | None) -> tuple[str, ...]:
    """Return the posts that the second version of a file has and the first has not, in the order of the file."""
    known = posts_of(_text(before))
    return tuple(post for key, post in posts_of(_text(after)).items() if key not in known)


def post_commit(
    store: BaseObjectStore, parent: ObjectID, contents: Mapping[bytes, bytes], *, author: str, at: datetime
) -> ObjectID | None:
    """Return a commit on top of `parent` with these files and nothing else changed, stored; None if nothing differs."""
    tree = tree_of(store, parent)
    assert tree is not None
    changed = tree_with(store, tree, contents)
    if changed == tree:
        return None
    commit = Commit()
    commit.tree = changed
    commit.parents = [parent]
    commit.author = commit.committer = author.encode()
    commit.author_time = commit.commit_time = int(at.timestamp())
    commit.author_timezone = commit.commit_timezone = 0
    commit.encoding = b"UTF-8"
    commit.message = f"Timed posts: {', '.join(map(_slug, sorted(contents)))}\n".encode()
    store.add_object(commit)
    return commit.id


def is_ours(commit: Commit, author: str) -> bool:
    """Return True for a commit that post_commit made with that author line."""
    return commit.author == commit.committer == author.encode() and len(commit.parents) == 1


def again_on(store: BaseObjectStore, tip: ObjectID, own: Iterable[ObjectID], *, author: str) -> ObjectID:
    """Return the commit that has, on top of `tip`, what commits of ours added; `tip` itself when it has it all.

    `own` are commits of post_commit, oldest first. A post that `tip` has already is left alone, whoever wrote it, and
    so are posts of an incident whose file is gone.
    """
    for commit_id in own:
        commit = commit_of(store, commit_id)
        contents = _added_to(store, tip, commit)
        tip = _same_again(store, tip, contents, commit, author=author) or tip
    return tip


def _added_to(store: BaseObjectStore, tip: ObjectID, commit: Commit) -> dict[bytes, bytes]:
    """Return the files of the tip as they are with what the commit added."""
    tree = tree_of(store, tip)
    contents = {}
    for each in _timed(differences(store, tree_of(store, commit.parents[0]), commit.tree)):
        incident = each.path.removesuffix(TIMED.encode()) + b".md"
        before, after = (blob_at(store, side, each.path) for side in (tree_of(store, commit.parents[0]), commit.tree))
        posts = added_posts(before, after)
        is_gone = entry_at(store, commit.tree, incident) and not entry_at(store, tree, incident)
        if posts and not is_gone:
            theirs = blob_at(store, tree, each.path) or b""
            merged = with_posts(_text(theirs), posts).encode("utf-8", "surrogateescape")
            if posts_of(_text(merged)) != posts_of(_text(theirs)):
                contents[each.path] = merged
    return contents


def _same_again(
    store: BaseObjectStore, parent: ObjectID, contents: Mapping[bytes, bytes], like: Commit, *, author: str
) -> ObjectID | None:
    """Return a commit of the same time as another one; None where nothing would be in it."""
    at = datetime.fromtimestamp(like.commit_time, UTC)
    return post_commit(store, parent, contents, author=author, at=at) if contents else None


def _timed(differing: Iterable[Difference]) -> Iterable[Difference]:
    return sorted((each for each in differing if each.path.endswith(TIMED.encode())), key=lambda each: each.path)


def _text(content: bytes | None) -> str:
    return (content or b"").decode("utf-8", "surrogateescape")


def _key_of(post: str) -> str:
    return next(iter(posts_of(post)), post)


def _key(block: Block) -> str:
    fields, _ = split_fields(block.body, line=block.body_line, notes=Notes(path=""))
    written = next((field.value for field in fields if field.name == "Id"), None)
    return f"Id: {written}" if written else _written(block)


def _written(block: Block) -> str:
    return f"## {block.heading}\n{block.body.rstrip()}\n"


def _slug(path: bytes) -> str:
    name = path.rpartition(b"/")[2].removesuffix(TIMED.encode()).decode("utf-8", "replace")
    return "".join(character if character.isprintable() else "?" for character in name)
