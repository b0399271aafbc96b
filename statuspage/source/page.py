"""The files of a site to what they say: each incident, or an acknowledgement of what cannot be read."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from statuspage.characters import decode
from statuspage.config import Settings
from statuspage.errors import Fault, Unreadable, in_order
from statuspage.model import Incident, Page, Update, api_id, derived_id
from statuspage.source.acknowledgement import BrokenFile, acknowledgement, with_doubt
from statuspage.source.arrangement import incident_of
from statuspage.source.claims import Claim, ClaimKind, Lost, lost_claims
from statuspage.source.components import Terms, terms_of
from statuspage.source.folder import SourceFile
from statuspage.source.incident import FileContent, read_file, read_timed_file
from statuspage.source.mending import with_earlier_values
from statuspage.source.names import incident_names, languages_of, stem_of
from statuspage.source.notes import Breaking
from statuspage.source.translation import with_translations

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


@dataclass(frozen=True, slots=True, kw_only=True)
class IncidentFile:
    """The file of one incident and its timed posts."""

    source: SourceFile
    slug: str
    timed: SourceFile | None = None
    translations: tuple[SourceFile, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadIncident:
    """What the files of one incident say by themselves."""

    incident: Incident | None
    """None for a draft that cannot be read."""
    faults: tuple[Fault, ...]
    claims: tuple[Claim, ...]
    """The ids that it wants, those that it has lost among them."""
    is_doubtful: bool
    """True where earlier versions of the files were asked for: then it depends on them too."""


def read_page(settings: Settings, files: Iterable[SourceFile], *, last_good: EarlierVersions) -> Reading:
    """Return the page that the files say; the same for any order of the files.

    A file that cannot be read keeps its last good version, with a word that more follows where that is over and the
    file may say otherwise; one that is new is acknowledged, unless it is a draft.
    """
    by_path = {file.path: file for file in files}
    names, name_faults = incident_names(by_path)
    found = [
        IncidentFile(
            source=by_path[name.path],
            slug=name.slug,
            timed=by_path[name.timed] if name.timed else None,
            translations=tuple(by_path[path] for path in name.translations),
        )
        for name in names
    ]
    read = _without_rivals(found, terms_of(settings), last_good=last_good)
    incidents = (one.incident for one in read.values() if one.incident)
    page = replace(
        settings_page(settings, translated=languages_of(names)),
        incidents=tuple(sorted(incidents, key=lambda incident: incident.slug)),
    )
    faults = in_order([*name_faults, *(fault for one in read.values() for fault in one.faults)])
    return Reading(page=page, faults=faults, path_by_slug={name.slug: name.path for name in names})


def settings_page(settings: Settings, *, translated: tuple[str, ...] = ()) -> Page:
    """Return the page that the settings alone say, without an incident, but in these languages too."""
    return Page(site=settings.site, rows=settings.rows, clock=settings.clock, hold=settings.hold, translated=translated)


def _without_rivals(
    files: Iterable[IncidentFile], terms: Terms, *, last_good: EarlierVersions
) -> dict[str, ReadIncident]:
    """Return what each file says, by path, without the ids that an earlier path has."""
    by_path = {file.source.path: file for file in files}
    read = {path: read_incident(file, terms, last_good=last_good) for path, file in by_path.items()}
    lost: dict[str, dict[Claim, str]] = {}
    while (now_lost := lost_claims({path: one.claims for path, one in read.items()})) != lost:
        for path in now_lost.keys() | lost.keys():
            if now_lost.get(path) != lost.get(path):
                own = now_lost.get(path, {})
                read[path] = read_incident(by_path[path], terms, last_good=last_good, lost=own)
        lost = now_lost
    return read


def read_incident(
    file: IncidentFile, terms: Terms, *, last_good: EarlierVersions, lost: Lost | None = None
) -> ReadIncident:
    """Return what the files of one incident say, without the ids that it has lost to other files."""
    reader = _IncidentReader(file=file, terms=terms, last_good=last_good, lost=lost or {})
    incident = reader.incident()
    faults = reader.faults
    if incident:
        incident = reader.with_distinct_ids(incident)
        if file.translations:
            incident, more = with_translations(incident, file.translations, terms)
            faults += more
    return ReadIncident(
        incident=incident,
        faults=tuple(faults),
        claims=tuple(dict.fromkeys(reader.claims)),
        is_doubtful=reader.asked_for_earlier,
    )


@dataclass(slots=True, kw_only=True)
class _IncidentReader:
    """Reads the files of one incident, and earlier versions of them where these do not do."""

    file: IncidentFile
    terms: Terms
    last_good: EarlierVersions
    lost: Lost
    faults: list[Fault] = field(default_factory=list)
    claims: list[Claim] = field(default_factory=list)
    asked_for_earlier: bool = False

    def incident(self) -> Incident | None:
        """Return what is to be published; None for a draft that cannot be read."""
        content = self._read(self.file.source)
        if content.is_broken:
            return self._instead_of(content)
        self.faults.extend(content.faults)
        return self._incident_of(content, self._earlier(self.file.source.path))

    def with_distinct_ids(self, incident: Incident) -> Incident:
        """Return the incident with an id of its own, and each of its updates too."""
        claim = Claim(ClaimKind.INCIDENT, incident.id)
        self.claims.append(claim)
        if claim in self.lost:
            self._say_repeated(claim, where="id")
            incident = replace(incident, id=derived_id(incident.slug, "repeated"))
        ids = [update.id for update in incident.updates]
        if len(set(ids)) == len(ids) and not any(claim.kind is ClaimKind.UPDATE for claim in self.lost):
            return incident
        return replace(incident, updates=tuple(self._distinct_updates(incident)))

    def _distinct_updates(self, incident: Incident) -> Iterator[Update]:
        taken: set[str] = set()
        for place, update in enumerate(incident.updates):
            claim = Claim(ClaimKind.UPDATE, update.id)
            if update.id in taken or claim in self.lost:
                self._say_repeated(claim, where="Id:", is_own=update.id in taken)
                own = derived_id(incident.slug, "repeated", update.at.isoformat(), str(place))
                update = replace(update, id=own)
            taken.add(update.id)
            yield update

    def _say_repeated(self, claim: Claim, *, where: str, is_own: bool = False) -> None:
        place = "in this file" if is_own else f"in {self.lost[claim]}"
        what = f'"{claim.id}" already stands {place}; leave one of the two out'
        self.faults.append(Fault(path=self.file.source.path, where=where, what=what))

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
        timed, _ = self._timed(known)
        self._claim_updates(known, timed)
        shown = acknowledgement(replace(broken, content=known), timed=timed)
        as_what = "as planned work" if shown.is_maintenance else "as Investigating"
        self._note(content, f'the page shows "{shown.title[:80]}" {as_what}')
        return shown

    def _broken(self, content: FileContent, source: SourceFile | None) -> BrokenFile:
        return BrokenFile(
            content=content,
            stem=stem_of(self.file.source.path),
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
        self._claim_updates(content, timed)
        incident = incident_of(content, slug=self.file.slug, timed=timed)
        if timed is None or doubtful is None:
            return incident
        return with_doubt(incident, content=timed, broken=self._broken(doubtful, self.file.timed))

    def _with_own_id(self, content: FileContent) -> FileContent:
        """Return the content without an id of its own that another file has already."""
        own_id = content.header.id
        if own_id is None:
            return content
        claim = Claim(ClaimKind.OWN, own_id)
        self.claims.append(claim)
        if claim not in self.lost:
            return content
        self._say_repeated(claim, where="id")
        return replace(content, header=replace(content.header, id=None))

    def _claim_updates(self, *contents: FileContent | None) -> None:
        """Claim the ids that people wrote; those that are derived are of this incident alone."""
        written = (update.own_id for content in contents if content for update in content.updates)
        self.claims.extend(Claim(ClaimKind.UPDATE, api_id(own, "update")) for own in written if own)

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
        self.asked_for_earlier = True
        for data in self.last_good(path):
            yield self._read(SourceFile(path=path, data=data), incident=incident)
