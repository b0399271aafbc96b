"""What is kept of one incident: all that lists, counts and components need of it, as plain values and as JSON."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from decimal import Decimal

from statuspage.errors import Fault, Severity
from statuspage.model import ComponentState, Status, Window
from statuspage.shown import HistoryRow, Level
from statuspage.source.claims import Claim, ClaimKind
from statuspage.source.names import IncidentName
from statuspage.source.notes import Breaking
from statuspage.source.page import ReadIncident
from statuspage.timeline.told import Told
from statuspage.uptime import Span

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)
_KINDS_OF_FAULT = {"fault": Fault, "breaking": Breaking}


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What one incident says at an instant, as far as anything beside its own pages depends on it."""

    path: str
    """Of its file."""
    slug: str
    timed: str | None
    translations: tuple[str, ...]
    digest: bytes
    """Of the bytes of its files."""
    id: str
    """Empty while nothing of it is public, as in the next three."""
    row: HistoryRow | None
    spans: tuple[tuple[str, Span], ...]
    touched: tuple[str, ...]
    """The components that it has touched."""
    feed_at: datetime
    said_at: datetime | None
    """When its newest update came; None where there is none."""
    word: int
    valid_from: datetime
    valid_until: datetime
    claims: tuple[Claim, ...]
    lost: tuple[tuple[Claim, str], ...]
    faults: tuple[Fault, ...]
    is_doubtful: bool
    """It also depends on earlier versions of its file, and is read anew each time."""

    @property
    def is_public(self) -> bool:
        """Return True when the public sees something of it."""
        return self.row is not None


def facts_of(
    read: ReadIncident, told: Told | None, *, name: IncidentName, digest: bytes, lost: Mapping[Claim, str]
) -> Facts:
    """Return what is kept of an incident that was read and told."""
    shown = told.shown if told else None
    return Facts(
        path=name.path,
        slug=name.slug,
        timed=name.timed,
        translations=name.translations,
        digest=digest,
        id=shown.source.id if shown else "",
        row=shown.row if shown else None,
        spans=told.spans if told else (),
        touched=tuple(component_id for component_id, _ in shown.states) if shown else (),
        feed_at=shown.feed_at if shown else EPOCH,
        said_at=shown.updated_at if shown and shown.updates else None,
        word=shown.word if shown else 0,
        valid_from=told.valid_from if told else EPOCH,
        valid_until=told.valid_until if told else datetime.max.replace(tzinfo=UTC),
        claims=read.claims,
        lost=tuple(sorted(lost.items())),
        faults=read.faults,
        is_doubtful=read.is_doubtful,
    )


def ticks(at: datetime) -> int:
    """Return an instant as microseconds since 1970, which sort and compare as it does."""
    return (at - EPOCH) // _MICROSECOND


def instant(number: int) -> datetime:
    """Return the instant of so many microseconds since 1970."""
    return EPOCH + timedelta(microseconds=number)


def row_json(row: HistoryRow) -> str:
    """Return a row as it is kept."""
    return json.dumps(
        [
            row.path,
            row.title,
            row.titles,
            row.is_maintenance,
            row.status,
            row.level,
            ticks(row.created_at),
            ticks(row.listed_at),
            ticks(row.updated_at),
            _ticks_or_none(row.resolved_at),
            _ticks_or_none(row.starts_at),
            _ticks_or_none(row.ends_at),
            None if row.lasted is None else row.lasted // _MICROSECOND,
        ]
    )


def row_from(text: str) -> HistoryRow:
    """Return the row that was kept."""
    path, title, titles, is_maintenance, status, level, *times, lasted = json.loads(text)
    created_at, listed_at, updated_at, resolved_at, starts_at, ends_at = map(_instant_or_none, times)
    assert created_at is not None
    assert listed_at is not None
    assert updated_at is not None
    return HistoryRow(
        path=path,
        title=title,
        titles=tuple((language, text) for language, text in titles),
        is_maintenance=is_maintenance,
        status=Status(status),
        level=Level(level),
        created_at=created_at,
        listed_at=listed_at,
        updated_at=updated_at,
        resolved_at=resolved_at,
        starts_at=starts_at,
        ends_at=ends_at,
        lasted=None if lasted is None else timedelta(microseconds=lasted),
    )


def span_json(span: Span) -> str:
    """Return a span as it is kept."""
    return json.dumps(
        [
            ticks(span.start),
            _ticks_or_none(span.end),
            span.state,
            None if span.share is None else str(span.share),
            span.announced and [ticks(span.announced.starts_at), ticks(span.announced.ends_at)],
            span.is_counted,
        ]
    )


def span_from(text: str) -> Span:
    """Return the span that was kept."""
    start, end, state, share, announced, is_counted = json.loads(text)
    return Span(
        start=instant(start),
        end=_instant_or_none(end),
        state=ComponentState(state),
        share=None if share is None else Decimal(share),
        announced=announced and Window(starts_at=instant(announced[0]), ends_at=instant(announced[1])),
        is_counted=is_counted,
    )


def faults_json(faults: Iterable[Fault]) -> str | None:
    """Return faults as they are kept; None for none."""
    rows = [
        ["breaking" if isinstance(f, Breaking) else "fault", f.path, f.line, f.where, f.what, f.severity]
        for f in faults
    ]
    return json.dumps(rows) if rows else None


def faults_from(text: str | None) -> Iterator[Fault]:
    """Yield the faults that were kept."""
    for kind, path, line, where, what, severity in json.loads(text or "[]"):
        yield _KINDS_OF_FAULT[kind](path=path, line=line, where=where, what=what, severity=Severity(severity))


def claims_json(claims: Iterable[Claim]) -> str:
    """Return claims as they are kept."""
    return json.dumps([[claim.kind, claim.id] for claim in claims])


def claims_from(text: str) -> tuple[Claim, ...]:
    """Return the claims that were kept."""
    return tuple(Claim(ClaimKind(kind), name) for kind, name in json.loads(text))


def lost_json(lost: Iterable[tuple[Claim, str]]) -> str:
    """Return lost claims as they are kept."""
    return json.dumps([[claim.kind, claim.id, owner] for claim, owner in lost])


def lost_from(text: str) -> tuple[tuple[Claim, str], ...]:
    """Return the lost claims that were kept."""
    if text == "[]":
        return ()
    return tuple((Claim(ClaimKind(kind), name), owner) for kind, name, owner in json.loads(text))


def _ticks_or_none(at: datetime | None) -> int | None:
    return None if at is None else ticks(at)


def _instant_or_none(number: int | None) -> datetime | None:
    return None if number is None else instant(number)
