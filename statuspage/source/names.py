"""Which file belongs to which incident, by their names: slugs, timed posts, translations."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import PurePosixPath

from statuspage.errors import Fault, Severity
from statuspage.slugs import free_slug, is_slug, slug_of
from statuspage.source.folder import SourceFile

_LANGUAGE_ENDING = re.compile(r"(.+)\.([a-z]{2,3}(?:-[a-z0-9]{2,8}){0,2})", re.IGNORECASE)
_TIMED_ENDING = ".timed"


@dataclass(frozen=True, slots=True, kw_only=True)
class IncidentFile:
    """The file of one incident and its timed posts."""

    source: SourceFile
    stem: str
    """Its name without `.md`."""
    slug: str
    timed: SourceFile | None


def incident_files(files: Iterable[SourceFile]) -> tuple[tuple[IncidentFile, ...], tuple[Fault, ...]]:
    """Return every incident's files in the order of their paths, whatever the order given; each slug once."""
    ordered = sorted(files, key=lambda file: file.path)
    stems = {_stem_path(file) for file in ordered}
    timed = {_stem_path(file).removesuffix(_TIMED_ENDING): file for file in ordered if _is_timed(file)}
    own = [file for file in ordered if not _is_timed(file) and not _is_translation(file, stems)]
    slugs, faults = _slugs(own)
    found = tuple(
        IncidentFile(
            source=file,
            stem=PurePosixPath(_stem_path(file)).name,
            slug=slugs[place],
            timed=timed.pop(_stem_path(file), None),
        )
        for place, file in enumerate(own)
    )
    for file in timed.values():
        what = "holds the timed posts of an incident that is not there; put its file beside this one"
        faults.append(Fault(path=file.path, what=what))
    return found, tuple(faults)


def _stem_path(file: SourceFile) -> str:
    return re.sub(r"\.md\Z", "", file.path, flags=re.IGNORECASE)


def _is_timed(file: SourceFile) -> bool:
    return _stem_path(file).endswith(_TIMED_ENDING)


def _is_translation(file: SourceFile, stems: set[str]) -> bool:
    match = _LANGUAGE_ENDING.fullmatch(_stem_path(file))
    return match is not None and match[1] in stems


def _slugs(files: list[SourceFile]) -> tuple[dict[int, str], list[Fault]]:
    """Return the slug of each place in the list. Names that are slugs come first: a made one never takes theirs."""
    faults: list[Fault] = []
    slugs: dict[int, str] = {}
    path_by_slug: dict[str, str] = {}
    stems = [PurePosixPath(_stem_path(file)).name for file in files]
    reserved = frozenset(stems)
    for place in sorted(range(len(files)), key=lambda place: (not is_slug(stems[place]), place)):
        path, wanted = files[place].path, slug_of(stems[place])
        if wanted != stems[place]:
            what = f'the name is not made of a-z, 0-9, - and _ only; its address ends in "{wanted}", rename it to that'
            faults.append(Fault(path=path, what=what, severity=Severity.WARNING))
        slug = wanted
        if wanted in path_by_slug:
            slug = free_slug(wanted, path_by_slug.keys() | reserved)
            what = f'has the same name as {path_by_slug[wanted]}; its address ends in "{slug}" until you rename it'
            faults.append(Fault(path=path, what=what))
        path_by_slug[slug] = path
        slugs[place] = slug
    return slugs, faults
