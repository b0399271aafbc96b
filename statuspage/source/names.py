"""Which file belongs to which incident, by their names: slugs, timed posts, translations."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from statuspage.errors import Fault, Severity
from statuspage.model import INTERFACE_LANGUAGES
from statuspage.slugs import free_slug, is_slug, slug_of

_LANGUAGE_ENDING = re.compile(r"(.+)\.([a-z]{2,3}(?:-[a-z0-9]{2,8}){0,2})", re.IGNORECASE)
_TIMED_ENDING = ".timed"


@dataclass(frozen=True, slots=True, kw_only=True)
class IncidentName:
    """What the names of files say about one incident."""

    path: str
    stem: str
    """The name of its file without `.md`."""
    slug: str
    timed: str | None
    """The path of its timed posts."""
    translations: tuple[str, ...] = ()
    """The paths of its translations, in their order."""


def incident_names(paths: Iterable[str]) -> tuple[tuple[IncidentName, ...], tuple[Fault, ...]]:
    """Return every incident's names in the order of their paths, whatever the order given; each slug once."""
    ordered = sorted(paths)
    stem_paths = {stem_path(path) for path in ordered}
    timed = {stem_path(path).removesuffix(_TIMED_ENDING): path for path in ordered if _is_timed(path)}
    translations = _translations(ordered, stem_paths)
    translated = {path for paths in translations.values() for path in paths}
    own = [path for path in ordered if not _is_timed(path) and path not in translated]
    slugs, faults = _slugs(own)
    found = tuple(
        IncidentName(
            path=path,
            stem=stem_of(path),
            slug=slug,
            timed=timed.pop(stem_path(path), None),
            translations=tuple(translations.pop(stem_path(path), ())),
        )
        for path, slug in slugs
    )
    for path in timed.values():
        what = "holds the timed posts of an incident that is not there; put its file beside this one"
        faults.append(Fault(path=path, what=what))
    # What is left translates timed posts, or another translation.
    for stem, paths in translations.items():
        what = f"is not shown: it translates {stem}.md, which is no incident of its own; translate that incident"
        faults += [Fault(path=path, what=what, severity=Severity.WARNING) for path in paths]
    return found, tuple(faults)


def plain_name(path: str) -> IncidentName | None:
    """Return what a name says by itself, where it is a slug and no other file has to do with it; None for any other.

    A file has to do with it when its path begins with the same stem and a dot, or its stem is the same.
    """
    stem = stem_of(path)
    return IncidentName(path=path, stem=stem, slug=stem, timed=None) if is_slug(stem) else None


def stem_path(path: str) -> str:
    """Return the path without `.md`."""
    return path[:-3] if path[-3:].lower() == ".md" else path


def stem_of(path: str) -> str:
    """Return the name of a file without `.md`."""
    return stem_path(path).rpartition("/")[2]


def _is_timed(path: str) -> bool:
    return stem_path(path).endswith(_TIMED_ENDING)


def language_ending(path: str) -> str:
    """Return the language that the name of a file ends in, `de` of `cards.de-AT.md`; empty where there is none."""
    match = _LANGUAGE_ENDING.fullmatch(stem_path(path))
    return match[2].split("-")[0].lower() if match else ""


def translated_stem_path(path: str) -> str:
    """Return the path without `.md` of what a file translates by its name; empty where it translates nothing."""
    name = stem_path(path)
    match = _LANGUAGE_ENDING.fullmatch(name) if "." in name and not _is_timed(path) else None
    return match[1] if match else ""


def languages_of(names: Iterable[IncidentName]) -> tuple[str, ...]:
    """Return the languages of all translations, whatever they hold, that pages can be in."""
    found = {language_ending(path) for name in names for path in name.translations}
    return tuple(language for language in INTERFACE_LANGUAGES if language in found)


def _translations(paths: list[str], stem_paths: set[str]) -> dict[str, list[str]]:
    """Return the translations of each file that there is, by its path without `.md`."""
    found: dict[str, list[str]] = {}
    for path in paths:
        base = translated_stem_path(path)
        if base in stem_paths:
            found.setdefault(base, []).append(path)
    return found


def _slugs(paths: list[str]) -> tuple[list[tuple[str, str]], list[Fault]]:
    """Return each path with its slug. Names that are slugs come first: a made one never takes theirs."""
    faults: list[Fault] = []
    slug_by_path: dict[str, str] = {}
    path_by_slug: dict[str, str] = {}
    stems = {path: stem_of(path) for path in paths}
    reserved = frozenset(stems.values())
    for path in sorted(paths, key=lambda path: not is_slug(stems[path])):
        wanted = slug_of(stems[path])
        if wanted != stems[path]:
            what = f'{_odd(path)}; its address ends in "{wanted}", rename it to that'
            faults.append(Fault(path=path, what=what, severity=Severity.WARNING))
        slug = wanted
        if wanted in path_by_slug:
            slug = free_slug(wanted, path_by_slug.keys() | reserved)
            what = f'has the same name as {path_by_slug[wanted]}; its address ends in "{slug}" until you rename it'
            faults.append(Fault(path=path, what=what))
        path_by_slug[slug] = path
        slug_by_path[path] = slug
    return [(path, slug_by_path[path]) for path in paths], faults


def _odd(path: str) -> str:
    """Return what is odd about a name that is no slug."""
    if base := translated_stem_path(path):
        return f"looks like a translation, but there is no {base}.md; it is shown as an incident of its own"
    return "the name is not made of a-z, 0-9, - and _ only"
