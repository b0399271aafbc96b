"""Many documents of one page as one: each incident, update and component in its newest version."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from statuspage.errors import Fault
from statuspage.imports.statuspage.documents import (
    SourceComponent,
    SourceIncident,
    SourcePage,
    SourceUpdate,
    StatusDocument,
)

_LONG_AGO = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceSite:
    """All that the documents say of one page."""

    page: SourcePage | None
    """As of its newest document."""
    listed: tuple[SourceComponent, ...] | None
    """The page's own list of components; None when no document has one."""
    seen: tuple[SourceComponent, ...]
    """Components of incidents as last seen there, by position, then id."""
    incidents: tuple[SourceIncident, ...]
    """In order of their id."""


def merge_documents(documents: Sequence[StatusDocument]) -> tuple[SourceSite, tuple[Fault, ...]]:
    """Return the page that most documents are about; documents of other pages become faults."""
    counted = Counter(document.page_id for document in documents if document.page_id)
    page_id = min(counted, key=lambda found: (-counted[found], found)) if counted else None
    own = [document for document in documents if document.page_id in (page_id, None)]
    faults = tuple(
        Fault(
            path=document.origin,
            what=f"is about another page ({document.page_id}) than most ({page_id}); give it a folder of its own",
        )
        for document in documents
        if document.page_id not in (page_id, None)
    )
    # Oldest first, so that what comes later is newer; the name decides between two of the same time.
    ordered = sorted(own, key=lambda document: (_captured_at(document), document.origin))
    lists = [document.components for document in ordered if document.components is not None]
    return SourceSite(
        page=next((document.page for document in reversed(ordered) if document.page), None),
        listed=lists[-1] if lists else None,
        seen=_seen(ordered),
        incidents=_incidents(found for document in ordered for found in document.incidents),
    ), faults


def _captured_at(document: StatusDocument) -> datetime:
    if document.page:
        return document.page.updated_at
    return max((i.updated_at for i in document.incidents if i.updated_at), default=_LONG_AGO)


def _seen(ordered: Iterable[StatusDocument]) -> tuple[SourceComponent, ...]:
    newest = {c.id: c for document in ordered for i in document.incidents for c in i.components if not c.is_group}
    return tuple(sorted(newest.values(), key=lambda component: (component.position, component.id)))


def _incidents(found: Iterable[SourceIncident]) -> tuple[SourceIncident, ...]:
    merged: dict[str, SourceIncident] = {}
    for incident in found:
        earlier = merged.get(incident.id)
        merged[incident.id] = _merged(earlier, incident) if earlier else incident
    return tuple(merged[name] for name in sorted(merged))


def _merged(earlier: SourceIncident, later: SourceIncident) -> SourceIncident:
    """Return the version that changed last, with the updates of both."""
    older, newer = earlier, later
    if (later.updated_at or _LONG_AGO) < (earlier.updated_at or _LONG_AGO):
        older, newer = later, earlier
    known = {update.id for update in newer.updates}
    extra: tuple[SourceUpdate, ...] = tuple(u for u in older.updates if u.id is not None and u.id not in known)
    return replace(newer, updates=(*newer.updates, *extra)) if extra else newer
