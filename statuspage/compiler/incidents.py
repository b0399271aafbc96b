"""Incidents read from their files and told at an instant, in batches that need nothing of one another."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path

from statuspage.cache import Facts, Stamps, facts_of
from statuspage.compiler.sources import trusted_stamp
from statuspage.config import Settings
from statuspage.errors import Fault
from statuspage.shown import ShownIncident
from statuspage.source.claims import Claim
from statuspage.source.components import terms_of
from statuspage.source.folder import Found, ReadSource, SourceFile, read_source
from statuspage.source.last_good import LastGood
from statuspage.source.names import IncidentName
from statuspage.source.page import IncidentFile, read_incident, settings_page
from statuspage.timeline.told import tell

_DIGEST_BYTES = 16


@dataclass(frozen=True, slots=True, kw_only=True)
class Work:
    """An incident that is to be read and told."""

    name: IncidentName
    lost: Mapping[Claim, str] = field(default_factory=dict)
    """The ids that it has lost to other files."""
    known: bytes | None = None
    """The digest of its files when they were read last, if nothing else can make it differ."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fresh:
    """An incident that was read and told."""

    path: str
    stamps: Stamps
    facts: Facts | None
    """None where its files are what they were."""
    shown: ShownIncident | None = None
    """What the public sees of it; None for nothing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Files:
    """The files of one incident, as they were read."""

    own: ReadSource
    timed: ReadSource
    translations: tuple[ReadSource, ...]
    digest: bytes

    def as_one(self, own: SourceFile, *, slug: str) -> IncidentFile:
        """Return them as the reader wants them; a translation that has vanished meanwhile is none."""
        translations = tuple(file.source for file in self.translations if file.source)
        return IncidentFile(source=own, slug=slug, timed=self.timed.source, translations=translations)


class Teller:
    """Reads and tells incidents of one site under one configuration at one instant."""

    def __init__(self, site_dir: Path, settings: Settings, now: datetime, *, clock: int, last_good: LastGood) -> None:
        """Prepare it; `clock` is the time of the file system in nanoseconds."""
        self._site_dir = site_dir
        self.page = settings_page(settings)
        self.now = now
        self._terms = terms_of(settings)
        self._clock = clock
        self.places: Mapping[str, Path] = {}
        """Where files lie that have no ordinary name."""
        self._last_good = last_good
        self._good: list[SourceFile] = []
        self._faults: list[Fault] = []

    def tell(self, work: Work) -> Fresh | None:
        """Return the incident; None when its file has vanished."""
        files = self._read(work.name)
        own, timed, digest = files.own, files.timed, files.digest
        if own.source is None:
            return None
        path, stamps = work.name.path, self._stamps(files)
        if work.known == digest:
            return Fresh(path=path, stamps=stamps, facts=None)
        file = files.as_one(own.source, slug=work.name.slug)
        read = read_incident(file, self._terms, last_good=self._last_good.versions, lost=work.lost)
        told = tell(read.incident, self.page, self.now) if read.incident else None
        name = work.name if timed.source else replace(work.name, timed=None)
        facts = facts_of(read, told, name=name, digest=digest, lost=work.lost)
        self._good += [source for source in (own.source, timed.source) if source]
        self._faults += read.faults
        return Fresh(path=path, stamps=stamps, facts=facts, shown=told.shown if told else None)

    def remember(self) -> None:
        """Keep a copy of everything that was told and could be read, for worse days."""
        self._last_good.remember(self._good, faults=self._faults)
        self._good, self._faults = [], []

    def close(self) -> None:
        """Close the copies of good versions; they are opened again when they are wanted."""
        self._last_good.close()

    def retell(self, name: IncidentName, *, digest: bytes, lost: Mapping[Claim, str]) -> ShownIncident | None:
        """Return what the public sees of an incident that was told before; raises Moved when its files differ now."""
        files = self._read(name)
        if files.own.source is None or files.digest != digest:
            raise Moved(name.path)
        file = files.as_one(files.own.source, slug=name.slug)
        read = read_incident(file, self._terms, last_good=self._last_good.versions, lost=lost)
        return tell(read.incident, self.page, self.now).shown if read.incident else None

    def _read(self, name: IncidentName) -> _Files:
        own = self._read_file(name.path)
        timed = self._read_file(name.timed) if name.timed else ReadSource(source=None)
        translations = tuple(map(self._read_file, name.translations))
        digest = hashlib.blake2b(digest_size=_DIGEST_BYTES)
        for each in (own.source, timed.source, *(file.source for file in translations)):
            digest.update(repr(each and (each.fault, len(each.data or b""))).encode() + ((each and each.data) or b""))
        return _Files(own=own, timed=timed, translations=translations, digest=digest.digest())

    def _read_file(self, path: str) -> ReadSource:
        return read_source(Found(path=path, place=self.places.get(path) or self._site_dir / path))

    def _stamps(self, files: _Files) -> Stamps:
        return Stamps(
            own=trusted_stamp(files.own.stamp, self._clock),
            timed=trusted_stamp(files.timed.stamp, self._clock),
            translations=tuple(trusted_stamp(file.stamp, self._clock) for file in files.translations),
        )


class Moved(Exception):
    """A file is not what it was when its facts were kept: they are to be told anew."""

    def __init__(self, path: str) -> None:
        super().__init__(path)
        self.path = path
