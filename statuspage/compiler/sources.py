"""Which files of a site folder are not what they were: by a look at every one, or by names that were handed over."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from pathlib import Path

from statuspage.cache import Cache, faults_from, faults_json
from statuspage.errors import Fault
from statuspage.layout import INCIDENTS, SETTINGS, STATIC, VAR
from statuspage.source.folder import (
    Found,
    Scan,
    Stamp,
    has_incident_name,
    is_incident,
    is_leftover,
    is_plain_file,
    read_source,
    read_static,
    scan,
    stamp_of,
)
from statuspage.source.names import (
    IncidentName,
    incident_names,
    languages_of,
    plain_name,
    stem_path,
    translated_stem_path,
)

YOUNG_NANOSECONDS = 2_000_000_000
"""A file written so shortly before it was read may be written again without a new stamp: it is read again next time."""
_TIMED_ENDING = ".timed"
# What the cache keeps by name.
_OTHERS = "files that are no incident of their own"
_NAME_FAULTS = "faults of names"
_ODD_FAULTS = "faults of what is no incident"
_LANGUAGES = "languages of translations"


@dataclass(slots=True, kw_only=True)
class Look:
    """What a look at the files found."""

    names: dict[str, IncidentName] = field(default_factory=dict)
    """Incidents that may be new or differ, by path."""
    gone: list[str] = field(default_factory=list)
    """The files of incidents that are there no more."""
    static: list[Found] = field(default_factory=list)
    """Files of the site's own that may be new or differ."""
    static_gone: list[str] = field(default_factory=list)
    places: dict[str, Path] = field(default_factory=dict)
    """Where files lie whose name is not the one that messages show, or that are no files."""
    is_whole: bool = False
    """Every file was looked at."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Copied:
    """A file of the site's own, as it was read."""

    content: bytes | None
    """None when it cannot be copied."""
    stamp: str | None
    fault: Fault | None


class SourceFolder:
    """The files of one site folder, compared with what the cache knows of them."""

    def __init__(self, site_dir: Path) -> None:
        self._site_dir = site_dir

    def look(self, cache: Cache, changed: Iterable[str] | None) -> Look:
        """Return what may differ: of `changed`, paths below the site folder; for None, of every file."""
        if changed is not None:
            look = Look()
            if all(self._look_at(path, cache, look) for path in sorted(changed) if path != SETTINGS):
                return look
        return self._look_at_all(cache)

    def clock(self) -> int:
        """Return the time of the file system in nanoseconds, which may not be that of the machine.

        Where nothing can be written it is 0: every file is then too young for its stamp to be trusted.
        """
        file = self._site_dir / VAR / "clock"
        try:
            file.parent.mkdir(parents=True, exist_ok=True)
            file.touch()
            return file.stat().st_mtime_ns
        except OSError:
            return 0

    def read_static(self, found: Found) -> Copied:
        """Return a file of the site's own."""
        faults: list[Fault] = []
        stamp = stamp_of(found.place)
        content = read_static(found, faults)
        return Copied(content=content, stamp=trusted_stamp(stamp, self.clock()), fault=next(iter(faults), None))

    def languages(self, cache: Cache) -> tuple[str, ...]:
        """Return the languages in which there is a translation of anything."""
        return tuple(cache.get(_LANGUAGES).split())

    def faults(self, cache: Cache) -> list[Fault]:
        """Return what is wrong with names and with what is no incident."""
        return [fault for name in (_NAME_FAULTS, _ODD_FAULTS) for fault in faults_from(cache.get(name))]

    # --- names that were handed over

    def _look_at(self, path: str, cache: Cache, look: Look) -> bool:
        """Look at one file; return False when that is not enough, and every file is to be looked at."""
        if any(is_leftover(part) for part in path.split("/")):
            return True
        if path.startswith(f"{STATIC}/"):
            return self._look_at_static(path, look)
        if not path.startswith(f"{INCIDENTS}/") or not has_incident_name(path):
            return False
        is_there = is_plain_file(self._site_dir / path)
        if known := cache.name(path):
            look.names[path] = known
            return is_there
        if is_there and (base := self._translated(path, cache)):
            look.names[base.path] = base
            return True
        stem = stem_path(path)
        if stem.endswith(_TIMED_ENDING) and (base := cache.name(f"{stem.removesuffix(_TIMED_ENDING)}.md")):
            timed = path if is_there else None
            look.names[base.path] = replace(base, timed=timed)
            return True
        name = self._new_name(path, cache) if is_there else None
        if name:
            look.names[path] = name
        return name is not None

    def _translated(self, path: str, cache: Cache) -> IncidentName | None:
        """Return the incident that a file is known to be a translation of; None for any other file."""
        stem = translated_stem_path(path)
        base = cache.name(f"{stem}.md") if stem else None
        return base if base and path in base.translations else None

    def _new_name(self, path: str, cache: Cache) -> IncidentName | None:
        """Return the name of a file that is new, if it has nothing to do with any other name."""
        name, stem = plain_name(path), stem_path(path)
        if name is None or cache.has_slug(name.slug) or cache.has_odd_names():
            return None
        others = json.loads(cache.get(_OTHERS) or "[]")
        beside = self._site_dir / f"{stem}{_TIMED_ENDING}.md"
        has_company = any(other.startswith(f"{stem}.") for other in others) or beside.exists()
        return None if has_company or cache.has_path_between(f"{stem}.", f"{stem}/") else name

    def _look_at_static(self, path: str, look: Look) -> bool:
        place = self._site_dir / path
        if is_plain_file(place):
            look.static.append(Found(path=path, place=place))
            return True
        if place.exists() or place.is_symlink():
            return False
        look.static_gone.append(path)
        return True

    # --- every file

    def _look_at_all(self, cache: Cache) -> Look:
        look = Look(is_whole=True)
        found = scan(self._site_dir, INCIDENTS)
        paths = self._incident_paths(found, look, cache)
        differing, known = _compare(cache, found.stamps)
        known.update(json.loads(cache.get(_OTHERS) or "[]"))
        if paths != known:
            self._rename(paths, cache, look)
        gone = set(look.gone)
        for path in differing - look.names.keys() - gone:
            if name := cache.name(path):
                look.names[path] = name
        self._look_at_all_static(cache, look)
        return look

    def _incident_paths(self, found: Scan, look: Look, cache: Cache) -> set[str]:
        """Return every path that may be an incident; keep what is wrong with the others."""
        faults = list(found.faults)
        # Nearly every name ends so; only the others are looked at more closely.
        doubtful = (path for path in found.stamps if path[-3:] != ".md" or path[-9:-3].lower() == "readme")
        others = {path for path in doubtful if not has_incident_name(path)}
        paths = set(found.stamps) - others
        for each in (*found.odd, *(Found(path=path, place=self._site_dir / path) for path in sorted(others))):
            source = read_source(each).source
            if source and is_incident(source, faults):
                paths.add(each.path)
                look.places[each.path] = each.place
        cache.set(_ODD_FAULTS, faults_json(faults) or "")
        return paths

    def _rename(self, paths: set[str], cache: Cache, look: Look) -> None:
        """Go through all names anew, and note the incidents whose names differ."""
        names, faults = incident_names(paths)
        cache.set(_NAME_FAULTS, faults_json(faults) or "")
        before = {name.path: name for name in cache.names()}
        cache.set(_LANGUAGES, " ".join(languages_of(names)))
        used = {path for name in names for path in (name.path, name.timed, *name.translations)}
        cache.set(_OTHERS, json.dumps(sorted(paths - used)))
        # A file that was an incident may be a translation now: then it is an incident no more.
        look.gone = sorted(before.keys() - {name.path for name in names})
        look.names = {name.path: name for name in names if before.get(name.path) != name}

    def _look_at_all_static(self, cache: Cache, look: Look) -> None:
        found = scan(self._site_dir, STATIC)
        known = cache.static_stamps()
        differing = (path for path, stamp in found.stamps.items() if known.get(path) != stamp_text(stamp))
        look.static = [Found(path=path, place=self._site_dir / path) for path in differing] + list(found.odd)
        look.static_gone = sorted(known.keys() - found.stamps.keys() - {odd.path for odd in found.odd})


def stamp_text(stamp: Stamp) -> str:
    """Return a stamp as the cache keeps it."""
    return f"{stamp[0]}.{stamp[1]}.{stamp[2]}"


def trusted_stamp(stamp: Stamp | None, clock: int) -> str | None:
    """Return a stamp as the cache keeps it; None where it says too little: of no file, or one too young at `clock`."""
    return None if stamp is None or stamp[0] > clock - YOUNG_NANOSECONDS else stamp_text(stamp)


def _compare(cache: Cache, stamps: dict[str, Stamp]) -> tuple[set[str], set[str]]:
    """Return the incidents of which a file differs, and every path that incidents are made of."""
    texts = {path: stamp_text(stamp) for path, stamp in stamps.items()}
    kept = cache.stamps()
    # A hundred thousand comparisons in one step: what is kept and is not so any more.
    differing = {path for path, _ in kept.items() - texts.items()}
    known = set(kept)
    for path, other, stamp in (*cache.timed_stamps(), *cache.translation_stamps()):
        known.add(other)
        if stamp is None or texts.get(other) != stamp:
            differing.add(path)
    return differing, known
