"""Ids that files want for themselves, and which file loses one that another has already."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from enum import StrEnum
from typing import NamedTuple

Lost = Mapping["Claim", str]
"""The claims that a file has lost, each with the path of the file that keeps the id."""


class ClaimKind(StrEnum):
    """What an id is claimed for."""

    OWN = "own"
    """`id:` in the front matter: the updates of the incident are named after it."""
    INCIDENT = "incident"
    """The id of the incident in feeds and API."""
    UPDATE = "update"
    """`Id:` of an update."""


class Claim(NamedTuple):
    """An id that a file wants for itself."""

    kind: ClaimKind
    id: str


def lost_claims(claims_by_path: Mapping[str, Iterable[Claim]]) -> dict[str, dict[Claim, str]]:
    """Return what each of these files has lost: of those that claim an id, the first path keeps it."""
    paths: dict[Claim, list[str]] = defaultdict(list)
    for path, claims in claims_by_path.items():
        for claim in set(claims):
            paths[claim].append(path)
    lost: dict[str, dict[Claim, str]] = defaultdict(dict)
    for claim, rivals in paths.items():
        owner = min(rivals)
        for path in rivals:
            if path != owner:
                lost[path][claim] = owner
    return dict(lost)
