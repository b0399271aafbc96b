"""Which commit comes before which: exact, whatever the dates of commits say, and content with a shallow clone."""

from __future__ import annotations

from dulwich.object_store import BaseObjectStore
from dulwich.objects import Commit, ObjectID


def is_ancestor(store: BaseObjectStore, older: ObjectID, newer: ObjectID) -> bool:
    """Return True when `older` is in the history of `newer`, or is `newer` itself."""
    seen = {newer}
    level = [newer]
    while level:
        if older in seen:
            return True
        # Level by level, so that what lies a few commits back is found without a walk through years.
        level = [parent for parent in dict.fromkeys(_parents_of_all(store, level)) if parent not in seen]
        seen.update(level)
    return False


def only_in(store: BaseObjectStore, tip: ObjectID, other: ObjectID) -> list[Commit]:
    """Return the commits in the history of `tip` that are not in that of `other`, parents before their children."""
    known = _history(store, other)
    found: dict[ObjectID, Commit] = {}
    waiting = [(tip, False)]
    while waiting:
        commit_id, are_parents_done = waiting.pop()
        if commit_id in known or commit_id in found:
            continue
        commit = _commit(store, commit_id)
        if commit is None:
            continue
        if are_parents_done:
            found[commit_id] = commit
            continue
        waiting.append((commit_id, True))
        waiting += [(parent, False) for parent in commit.parents]
    return list(found.values())


def _history(store: BaseObjectStore, tip: ObjectID) -> set[ObjectID]:
    seen = {tip}
    waiting = [tip]
    while waiting:
        for parent in _parents_of_all(store, [waiting.pop()]):
            if parent not in seen:
                seen.add(parent)
                waiting.append(parent)
    return seen


def _parents_of_all(store: BaseObjectStore, commits: list[ObjectID]) -> list[ObjectID]:
    return [parent for each in commits if (commit := _commit(store, each)) for parent in commit.parents]


def _commit(store: BaseObjectStore, commit_id: ObjectID) -> Commit | None:
    """Return the commit; None for one before the beginning of a shallow clone."""
    try:
        commit = store[commit_id]
    except KeyError:
        return None
    return commit if isinstance(commit, Commit) else None
