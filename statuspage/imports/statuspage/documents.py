"""The documents of a status API as values: pages, components, incidents, each with what was left over."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime

from statuspage.errors import Fault
from statuspage.imports.statuspage.source import Document, JsonValue
from statuspage.model import ComponentState

Record = dict[str, JsonValue]

_COMPONENT_KEYS = frozenset(
    {
        "id",
        "name",
        "status",
        "position",
        "description",
        "start_date",
        "group_id",
        "page_id",
        "group",
        "components",
    }
)
_INCIDENT_KEYS = frozenset(
    {
        "id",
        "name",
        "status",
        "impact",
        "started_at",
        "page_id",
        "incident_updates",
        "components",
        "scheduled_for",
        "scheduled_until",
    }
)
_UPDATE_KEYS = frozenset(
    {
        "id",
        "status",
        "body",
        "incident_id",
        "display_at",
        "affected_components",
        "deliver_notifications",
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class SourcePage:
    """The `page` of a document."""

    id: str | None
    name: str
    url: str
    time_zone: str
    updated_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceComponent:
    """A component, or a row that groups some."""

    id: str
    name: str
    status: str = ""
    position: int = 0
    description: str | None = None
    start_date: date | None = None
    group_id: str | None = None
    is_group: bool = False
    left_over: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Affected:
    """A component as an update says it was and is."""

    code: str
    name: str
    old: ComponentState | None
    new: ComponentState | None
    """None for a word that is no state."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceUpdate:
    """One update."""

    id: str | None
    status: str
    body: str
    at: datetime | None
    """Its `display_at`; None when nothing says a time."""
    created_at: datetime | None
    affected: tuple[Affected, ...]
    notifies: bool
    left_over: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceIncident:
    """One incident or planned work."""

    origin: str
    id: str
    name: str
    status: str
    impact: str
    created_at: datetime | None
    updated_at: datetime | None
    started_at: datetime | None
    scheduled_for: datetime | None
    scheduled_until: datetime | None
    updates: tuple[SourceUpdate, ...]
    components: tuple[SourceComponent, ...]
    left_over: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class StatusDocument:
    """All that one document says."""

    origin: str
    page: SourcePage | None
    page_id: str | None
    components: tuple[SourceComponent, ...] | None
    """None when the document is not about components."""
    incidents: tuple[SourceIncident, ...]


def parse_document(document: Document) -> tuple[StatusDocument | None, tuple[Fault, ...]]:
    """Return what the document says, None when it is no document of a status API, with every fault in it."""
    content = document.content
    if not isinstance(content, dict):
        return None, (Fault(path=document.origin, what=_WANTED),)
    if "meta" in content or "component_update" in content:
        what = "a webhook message; export the incident itself, /api/v2/incidents/<id>.json"
        return None, (Fault(path=document.origin, what=what),)
    alone = [content] if "incident_updates" in content else []
    listed = [content.get("incident"), *_list(content, "incidents"), *_list(content, "scheduled_maintenances")]
    components = content.get("components") if not alone else None
    known = {"page", "status", "incident", "incidents", "scheduled_maintenances", "components"} & set(content)
    if not alone and not (known - {"status", "components"}):
        return None, (Fault(path=document.origin, what=_WANTED),)
    faults: list[Fault] = []
    incidents = _each([*alone, *(found for found in listed if found is not None)], "incident", document, faults)
    rows = None if components is None else _each(_list(content, "components"), "component", document, faults)
    page = _page(content.get("page"))
    return StatusDocument(
        origin=document.origin,
        page=page,
        page_id=page.id if page else _page_id(alone),
        components=None if rows is None else tuple(_component(row) for row in rows),
        incidents=tuple(_incident(record, document.origin) for record in incidents),
    ), tuple(faults)


_WANTED = "not a document of a status API; one with page, components, incidents or an incident is wanted"


def _each(found: Iterable[JsonValue], what: str, document: Document, faults: list[Fault]) -> list[Record]:
    """Return the records that have an id and a name; the others become faults."""
    fit: list[Record] = []
    for place, value in enumerate(found, start=1):
        if isinstance(value, dict) and all(isinstance(value.get(key), str) and value[key] for key in ("id", "name")):
            fit.append(value)
        else:
            faults.append(
                Fault(path=document.origin, where=f"{what} {place}", what='needs an "id" and a "name", both text')
            )
    return fit


def _page(value: JsonValue) -> SourcePage | None:
    if not isinstance(value, dict):
        return None
    return SourcePage(
        id=_text_or_none(value, "id"),
        name=_text(value, "name"),
        url=_text(value, "url"),
        time_zone=_text(value, "time_zone"),
        updated_at=_time(value, "updated_at") or datetime.min.replace(tzinfo=UTC),
    )


def _page_id(alone: list[Record]) -> str | None:
    return _text_or_none(alone[0], "page_id") if alone else None


def _component(record: Record) -> SourceComponent:
    position = record.get("position")
    return SourceComponent(
        id=_text(record, "id"),
        name=_text(record, "name"),
        status=_text(record, "status"),
        position=position if isinstance(position, int) else 0,
        description=_text_or_none(record, "description"),
        start_date=_date(record, "start_date"),
        group_id=_text_or_none(record, "group_id"),
        is_group=record.get("group") is True,
        left_over=_left_over(record, _COMPONENT_KEYS),
    )


def _incident(record: Record, origin: str) -> SourceIncident:
    fit = [row for row in _list(record, "components") if isinstance(row, dict) and _text(row, "id")]
    return SourceIncident(
        origin=origin,
        id=_text(record, "id"),
        name=_text(record, "name"),
        status=_text(record, "status"),
        impact=_text(record, "impact"),
        created_at=_time(record, "created_at"),
        updated_at=_time(record, "updated_at"),
        started_at=_time(record, "started_at"),
        scheduled_for=_time(record, "scheduled_for"),
        scheduled_until=_time(record, "scheduled_until"),
        updates=tuple(_update(u) for u in _list(record, "incident_updates") if isinstance(u, dict)),
        components=tuple(_component(row) for row in fit),
        left_over=_left_over(record, _INCIDENT_KEYS),
    )


def _update(record: Record) -> SourceUpdate:
    entries = [entry for entry in _list(record, "affected_components") if isinstance(entry, dict)]
    return SourceUpdate(
        id=_text_or_none(record, "id"),
        status=_text(record, "status"),
        body=_text(record, "body"),
        at=_time(record, "display_at") or _time(record, "created_at"),
        created_at=_time(record, "created_at"),
        affected=tuple(_affected(entry) for entry in entries if _text(entry, "code")),
        notifies=record.get("deliver_notifications") is not False,
        left_over=tuple(
            (key, value)
            for key, value in _left_over(record, _UPDATE_KEYS)
            # Most updates were never touched again: their three times are one.
            if value != json.dumps(record.get("display_at"))
        ),
    )


def _affected(entry: Record) -> Affected:
    return Affected(
        code=_text(entry, "code"),
        name=_text(entry, "name"),
        old=state_of(_text(entry, "old_status")),
        new=state_of(_text(entry, "new_status")),
    )


def state_of(word: str) -> ComponentState | None:
    """Return the component state of that word; None for any other word."""
    return ComponentState(word) if word in set(ComponentState) else None


def _left_over(record: Record, known: frozenset[str]) -> tuple[tuple[str, str], ...]:
    """Return what no field of ours holds, as JSON, except what says nothing (null, empty)."""
    return tuple(
        (key, json.dumps(value, ensure_ascii=False))
        for key, value in record.items()
        if key not in known and value not in (None, "", [], {})
    )


def _list(record: Record, key: str) -> list[JsonValue]:
    value = record.get(key)
    return value if isinstance(value, list) else []


def _text(record: Record, key: str) -> str:
    value = record.get(key)
    return value if isinstance(value, str) else ""


def _text_or_none(record: Record, key: str) -> str | None:
    return _text(record, key) or None


def _time(record: Record, key: str) -> datetime | None:
    try:
        at = datetime.fromisoformat(_text(record, key))
    except ValueError:
        return None
    return at if at.tzinfo else at.replace(tzinfo=UTC)


def _date(record: Record, key: str) -> date | None:
    at = _time(record, key)
    return at.date() if at else None
