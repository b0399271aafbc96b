"""All files of a site to one page: every incident that can be read, and an acknowledgement of every one that cannot."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from statuspage.characters import decode
from statuspage.config import Settings
from statuspage.errors import Fault, Unreadable, in_order
from statuspage.model import Incident, Page, derived_id
from statuspage.source.acknowledgement import BrokenFile, acknowledgement, with_doubt
from statuspage.source.arrangement import incident_of
from statuspage.source.components import Terms, terms_of
from statuspage.source.folder import SourceFile
from statuspage.source.incident import FileContent, read_file, read_timed_file
from statuspage.source.mending import with_earlier_values
from statuspage.source.names import IncidentFile, incident_files
from statuspage.source.notes import Breaking

EarlierVersions = Callable[[str], Iterable[bytes]]
"""From the path of a file to its earlier versions, newest first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What the files of a site say, and everything that is wrong with them."""

    page: Page
    faults: tuple[Fault, ...]
    """By path, then by line."""
    path_by_slug: Mapping[str, str]
    """The file of each incident, drafts too."""


def read_page(settings: Settings, files: Iterable[SourceFile], *, last_good: EarlierVersions) -> Reading:
    """Return the page that the files say; the same for any order of the files.

    A file that cannot be read keeps its last good version, with a word that more follows where that is over and the
    file may say otherwise; one that is new is acknowledged, unless it is a draft.
    """
    terms = terms_of(settings)
    found, name_faults = incident_files(files)
    faults: list[Fault] = list(name_faults)
    incidents: list[tuple[str, Incident]] = []
    path_by_own_id: dict[str, str] = {}
    for file in found:
        reader = _IncidentReader(
            file=file, terms=terms, last_good=last_good, faults=faults, path_by_own_id=path_by_own_id
        )
        if incident := reader.incident():
            incidents.append((file.source.path, incident))
    distinct = _with_distinct_ids(incidents, faults)
    page = Page(
        site=settings.site,
        rows=settings.rows,
        clock=settings.clock,
        hold=settings.hold,
        incidents=tuple(sorted(distinct, key=lambda incident: incident.slug)),
    )
    return Reading(page=page, faults=in_order(faults), path_by_slug={file.slug: file.source.path for file in found})


@dataclass(frozen=True, slots=True, kw_only=True)
class _IncidentReader:
    """Reads the files of one incident, and earlier versions of them where these do not do."""

    file: IncidentFile
    terms: Terms
    last_good: EarlierVersions
    faults: list[Fault]
    path_by_own_id: dict[str, str]
    """The files read before, by the id in their front matter."""

    def incident(self) -> Incident | None:
        """Return what is to be published; None for a draft that cannot be read."""
        content = self._read(self.file.source)
        if content.is_broken:
            return self._instead_of(content)
        self.faults.extend(content.faults)
        return self._incident_of(content, self._earlier(self.file.source.path))

    def _instead_of(self, content: FileContent) -> Incident | None:
        """Return the last good version of a broken file; if it is new, an acknowledgement."""
        if content.header.is_draft:
            self._note(content, "it is a draft and stays out of the page")
            return None
        source = self.file.source
        broken = self._broken(content, source)
        earlier = list(self._earlier(source.path))
        good = next((version for version in earlier if not version.is_broken), None)
        if good and not good.header.is_draft:
            return self._last_good(good, broken, earlier)
        known = self._with_own_id(with_earlier_values(content, ()))
        shown = acknowledgement(replace(broken, content=known), timed=self._timed(known)[0])
        as_what = "as planned work" if shown.is_maintenance else "as Investigating"
        self._note(content, f'the page shows "{shown.title[:80]}" {as_what}')
        return shown

    def _broken(self, content: FileContent, source: SourceFile | None) -> BrokenFile:
        return BrokenFile(
            content=content,
            stem=self.file.stem,
            slug=self.file.slug,
            zone=self.terms.zone,
            is_cut=source is not None and source.fault is not None and bool(source.data),
        )

    def _last_good(self, good: FileContent, broken: BrokenFile, earlier: list[FileContent]) -> Incident:
        incident = self._incident_of(good, earlier)
        shown = with_doubt(incident, content=good, broken=broken)
        doubt = "" if shown == incident else ", and says that more follows"
        self._note(broken.content, f"the page shows its last good version{doubt}")
        return shown

    def _incident_of(self, content: FileContent, earlier: Iterable[FileContent]) -> Incident:
        if content.has_lost_values:
            content = with_earlier_values(content, earlier)
        content = self._with_own_id(content)
        timed, doubtful = self._timed(content)
        incident = incident_of(content, slug=self.file.slug, timed=timed)
        if timed is None or doubtful is None:
            return incident
        return with_doubt(incident, content=timed, broken=self._broken(doubtful, self.file.timed))

    def _with_own_id(self, content: FileContent) -> FileContent:
        """Return the content without an id of its own that another file has already."""
        own_id, path = content.header.id, self.file.source.path
        if own_id is None or self.path_by_own_id.setdefault(own_id, path) == path:
            return content
        self.faults.append(_repeated(own_id, path, self.path_by_own_id[own_id], where="id"))
        return replace(content, header=replace(content.header, id=None))

    def _timed(self, incident: FileContent) -> tuple[FileContent | None, FileContent | None]:
        """Return the timed posts to show, and those that stand in the file where they cannot be read as they are."""
        if self.file.timed is None:
            return None, None
        content = self._read(self.file.timed, incident=incident)
        if not content.is_broken:
            self.faults.extend(content.faults)
            return content, None
        versions = self._earlier(self.file.timed.path, incident=incident)
        good = next((version for version in versions if not version.is_broken), None)
        self._note(content, "the page shows its last good version" if good else "the posts that can be read are shown")
        return good or content, content

    def _note(self, broken: FileContent, consequence: str) -> None:
        """Take over the faults of a broken file, the first of them with what the page shows until it is mended."""
        first, *others = broken.faults
        self.faults.append(replace(first, what=f"{first.what}; until then {consequence}"))
        self.faults.extend(others)

    def _read(self, source: SourceFile, *, incident: FileContent | None = None) -> FileContent:
        """Return what the file, or the timed posts of an incident, say; of what is not even text what can be made out.

        Of that, only this one fault is told.
        """
        data = source.data or b""
        try:
            text, reason = decode(data), source.fault
        except Unreadable as error:
            text, reason = data.decode("utf-8", "replace"), source.fault or str(error)
        if incident:
            header, is_closed = incident.header, incident.is_closed
            content = read_timed_file(text, path=source.path, incident=header, is_closed=is_closed, terms=self.terms)
        else:
            content = read_file(text, path=source.path, terms=self.terms)
        if reason is None:
            return content
        breaking = (Breaking(path=source.path, what=reason),)
        return replace(content, faults=breaking, breaking=breaking)

    def _earlier(self, path: str, *, incident: FileContent | None = None) -> Iterator[FileContent]:
        for data in self.last_good(path):
            yield self._read(SourceFile(path=path, data=data), incident=incident)


def _with_distinct_ids(incidents: list[tuple[str, Incident]], faults: list[Fault]) -> list[Incident]:
    """Return the incidents, in the order given; an id that an earlier one has is replaced by one of its own."""
    path_by_id: dict[str, str] = {}
    distinct = []
    for path, incident in incidents:
        if incident.id in path_by_id:
            faults.append(_repeated(incident.id, path, path_by_id[incident.id], where="id"))
            incident = replace(incident, id=derived_id(incident.slug))
        path_by_id.setdefault(incident.id, path)
        distinct.append(incident)
    path_by_update: dict[str, str] = {}
    return [
        _with_distinct_update_ids(incident, path, path_by_update, faults)
        for (path, _), incident in zip(incidents, distinct, strict=True)
    ]


def _with_distinct_update_ids(
    incident: Incident, path: str, path_by_update: dict[str, str], faults: list[Fault]
) -> Incident:
    ids = [update.id for update in incident.updates]
    if len(set(ids)) == len(ids) and path_by_update.keys().isdisjoint(ids):
        path_by_update.update(dict.fromkeys(ids, path))
        return incident
    updates = []
    for place, update in enumerate(incident.updates):
        if update.id in path_by_update:
            faults.append(_repeated(update.id, path, path_by_update[update.id], where="Id:"))
            update = replace(update, id=derived_id(incident.slug, "repeated", update.at.isoformat(), str(place)))
        path_by_update[update.id] = path
        updates.append(update)
    return replace(incident, updates=tuple(updates))


def _repeated(own_id: str, path: str, other: str, *, where: str) -> Fault:
    place = "in this file" if path == other else f"in {other}"
    return Fault(path=path, where=where, what=f'"{own_id}" already stands {place}; leave one of the two out')
