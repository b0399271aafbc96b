"""Whether a commit that was fetched may take the place of the published one, or waits for a person."""

from __future__ import annotations

import os
from collections.abc import Collection, Iterable

from dulwich.object_store import BaseObjectStore
from dulwich.objects import ObjectID

from statuspage.git.bringing import shown
from statuspage.git.history import is_ancestor
from statuspage.git.posts import TIMED
from statuspage.git.trees import Difference, differences, files_in, short, tree_of
from statuspage.layout import INCIDENTS
from statuspage.source.folder import has_incident_name

LARGEST_SHARE_GONE = 0.3
"""Of the incident files: when more vanish at once, somebody pushed the wrong thing."""
_NAMED = 3
_HOW_TO_GO_ON = "If that is meant, run statuspage build --accept; else push a commit"


def objection(
    store: BaseObjectStore, tip: ObjectID, *, published: ObjectID, taken: ObjectID, open_paths: Collection[str]
) -> str:
    """Return why `tip` is held back, and how to go on; empty when it may be published.

    `taken` is the commit of the remote that `published` was made from; `open_paths` are the files of open incidents.
    """
    if not is_ancestor(store, taken, tip) and is_ancestor(store, tip, taken):
        return (
            f"commit {short(tip)} is held back: it is older than the one that is published, {short(published)}. "
            f"{_HOW_TO_GO_ON} on top of the newer one, as git revert makes it"
        )
    before, after = tree_of(store, published), tree_of(store, tip)
    differing = [each for each in differences(store, before, after) if is_incident(each.path)]
    gone = _vanished(differing)
    if not gone:
        return ""
    opened = {os.fsencode(path) for path in open_paths}.intersection(gone)
    count = sum(map(is_incident, files_in(store, before)))
    if not opened and len(gone) <= LARGEST_SHARE_GONE * count:
        return ""
    named = [f"{shown(path)} (open)" for path in sorted(opened)]
    named += [shown(path) for path in sorted(gone - opened)]
    more = f" and {len(named) - _NAMED} more" if len(named) > _NAMED else ""
    return (
        f"commit {short(tip)} is held back: {len(gone)} of {count} incident files are not in it: "
        f"{', '.join(named[:_NAMED])}{more}. {_HOW_TO_GO_ON} that has them"
    )


def is_incident(path: bytes) -> bool:
    """Return True for the file of an incident, False for its timed posts and for everything else."""
    name = os.fsdecode(path)
    return name.startswith(f"{INCIDENTS}/") and has_incident_name(name) and not name.endswith(TIMED)


def _vanished(differing: Iterable[Difference]) -> set[bytes]:
    """Return the files that are gone, but for those that only moved: the same name or content is new elsewhere."""
    gone, names, contents = {}, set(), set()
    for each in differing:
        if each.new is None and each.old:
            gone[each.path] = each.old.object_id
        elif each.old is None and each.new:
            names.add(_name(each.path))
            contents.add(each.new.object_id)
    return {path for path, content in gone.items() if _name(path) not in names and content not in contents}


def _name(path: bytes) -> bytes:
    return path.rpartition(b"/")[2]
