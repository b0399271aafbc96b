"""`import statuspage`: the public documents of a status API as a site of ours."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from zoneinfo import ZoneInfo

from statuspage.config import is_zone
from statuspage.errors import Fault, Severity
from statuspage.imports.drafts import NO_URL, DraftIncident, DraftSite, Imported
from statuspage.imports.site_writer import write_site
from statuspage.imports.statuspage.components import captured_states, component_rows, with_standing_states
from statuspage.imports.statuspage.documents import StatusDocument, parse_document
from statuspage.imports.statuspage.incidents import draft_incident
from statuspage.imports.statuspage.merge import SourceSite, merge_documents
from statuspage.imports.statuspage.source import read_documents
from statuspage.model import ComponentState


def import_statuspage(source: str, site_dir: Path) -> Imported:
    """Write what the documents at `source` say below `site_dir`, and return what was written and could not be.

    `source` is a document, a folder of documents, or the address of a page (`https://status.example.com`). The result
    does not depend on the order of the documents; importing the same again writes nothing.
    """
    documents, unreadable = read_documents(source)
    parsed: list[StatusDocument] = []
    faults = list(unreadable)
    for document in documents:
        found, wrong = parse_document(document)
        faults += wrong
        parsed += [found] if found else []
    if not parsed:
        return Imported(written=(), notes=(), unreadable=tuple(faults))
    merged, strangers = merge_documents(parsed)
    site, incidents, notes = _drafts(merged)
    return write_site(site_dir, site, incidents, notes=notes, unreadable=(*faults, *strangers))


def _drafts(source: SourceSite) -> tuple[DraftSite, tuple[DraftIncident, ...], tuple[Fault, ...]]:
    site, site_notes = _site(source)
    captured = captured_states(source)
    told = [
        draft_incident(incident, page_url=site.url, zone=ZoneInfo(site.zone), captured=captured)
        for incident in source.incidents
    ]
    explained = _worst_of([states for _, states in told])
    rows, row_notes = component_rows(source)
    rows, state_notes = with_standing_states(rows, source, explained)
    incidents = tuple(draft for draft, _ in told)
    notes = (*site_notes, *row_notes, *state_notes, *_note_on_comments(incidents))
    return replace(site, rows=rows), incidents, notes


def _site(source: SourceSite) -> tuple[DraftSite, list[Fault]]:
    """Return who they are, without components, and what had to be guessed."""
    page, notes = source.page, []
    if page is None or not page.url:
        notes.append(_note(f'no document says the address of the page; "{NO_URL}" stands for it, write the right one'))
    zone = page.time_zone if page else ""
    if not is_zone(zone):
        notes.append(_note(f'"{zone}" is no time zone of the IANA list; "UTC" stands for it, write the right one'))
    return DraftSite(
        id=page.id if page else None,
        title=page.name if page and page.name else "Status",
        url=page.url.rstrip("/") if page and page.url else NO_URL,
        zone=zone if is_zone(zone) else "UTC",
        rows=(),
    ), notes


def _worst_of(all_states: Sequence[dict[str, ComponentState]]) -> dict[str, ComponentState]:
    worst: dict[str, ComponentState] = {}
    for states in all_states:
        for name, state in states.items():
            worst[name] = max(state, worst.get(name, state), key=lambda s: s.severity)
    return worst


def _note_on_comments(incidents: Sequence[DraftIncident]) -> list[Fault]:
    count = sum(bool(incident.kept) for incident in incidents)
    if not count:
        return []
    what = (
        f"{count} files keep short links and the times at which records were created and changed as comments in"
        " their front matter: nothing of ours states them"
    )
    return [Fault(path="incidents", what=what, severity=Severity.WARNING)]


def _note(what: str) -> Fault:
    return Fault(path="statuspage.toml", what=what, severity=Severity.WARNING)
