"""Links from one issue of a cState site to another, which has another address here."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from pathlib import PurePosixPath

from statuspage.characters import one_line
from statuspage.imports.drafts import DraftIncident, DraftUpdate


def with_own_links(drafts: Sequence[DraftIncident], *, url: str) -> list[DraftIncident]:
    """Return the drafts with links to issues of the site at `url` leading to the pages that they have here.

    A link to an issue that was not imported stays, with a note.
    """
    address_by_name = {PurePosixPath(one_line(draft.origin)).stem.casefold(): _address(draft) for draft in drafts}
    link = re.compile(rf"(?<=\]\()(?:{re.escape(url)})?/issues/(?P<name>[^/\s()#?]+)/?(?=[)#\s])", re.IGNORECASE)
    return [_relinked(draft, link, address_by_name) for draft in drafts]


def _relinked(draft: DraftIncident, link: re.Pattern[str], address_by_name: dict[str, str]) -> DraftIncident:
    strangers: list[str] = []

    def address(match: re.Match[str]) -> str:
        own = address_by_name.get(match["name"].casefold())
        if own is None:
            strangers.append(f"links to {match[0]}, which is no issue of the source; the link is kept")
        return own or match[0]

    def relinked(update: DraftUpdate) -> DraftUpdate:
        return replace(update, body=link.sub(address, update.body))

    updates = tuple(relinked(update) for update in draft.updates)
    return replace(draft, updates=updates, notes=(*draft.notes, *strangers))


def _address(draft: DraftIncident) -> str:
    return f"/{'maintenance' if draft.starts_at else 'incidents'}/{draft.slug}/"
