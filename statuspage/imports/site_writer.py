"""Putting an imported site into its folder: what is new or different, and nothing else."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from statuspage.authoring import rewrite, write_new
from statuspage.characters import even_lines
from statuspage.errors import Fault, Severity, Unreadable
from statuspage.imports.drafts import DraftComponent, DraftGroup, DraftIncident, DraftSite, Imported
from statuspage.imports.incident_text import ORIGIN, incident_text
from statuspage.imports.settings_text import settings_text, with_missing
from statuspage.layout import INCIDENTS, SETTINGS
from statuspage.slugs import free_slug

HEAD_BYTES = 20_000
"""Front matter is never longer, and the rest says nothing about whose file it is."""

_ID = re.compile(r'^id:[ \t]*["\']?([a-z0-9_-]+)["\']?[ \t]*$', re.MULTILINE)
_ORIGIN = re.compile(rf"^{ORIGIN}(.+)$", re.MULTILINE)


@dataclass(slots=True)
class _Shelf:
    """The incident files that are there, by what an import knows them again."""

    by_id: dict[str, Path] = field(default_factory=dict)
    by_origin: dict[str, Path] = field(default_factory=dict)
    slugs: set[str] = field(default_factory=set)


def write_site(
    site_dir: Path,
    site: DraftSite,
    incidents: Sequence[DraftIncident],
    *,
    notes: Iterable[Fault] = (),
    unreadable: Iterable[Fault] = (),
) -> Imported:
    """Write settings and incidents below `site_dir`, which is made if it is missing; return what was done.

    Existing settings are kept and missing components put at their end. An incident that was imported before keeps
    its file, which is rewritten only if it differs; a file of the same name that came from elsewhere is left alone.
    """
    all_notes = list(notes)
    errors = list(unreadable)
    site_dir.mkdir(parents=True, exist_ok=True)
    written = _write_settings(site_dir / SETTINGS, site, all_notes, errors)
    for draft, path in _places(site_dir / INCIDENTS, incidents):
        if _write_if_different(path, incident_text(draft)):
            written.append(path)
        where = path.relative_to(site_dir).as_posix()
        all_notes += [Fault(path=where, what=note, severity=Severity.WARNING) for note in draft.notes]
    return Imported(
        written=tuple(sorted(written)),
        notes=tuple(sorted(all_notes, key=lambda fault: (fault.path, fault.what))),
        unreadable=tuple(errors),
    )


def _write_settings(path: Path, site: DraftSite, notes: list[Fault], errors: list[Fault]) -> list[Path]:
    if not path.exists():
        write_new(path, settings_text(site))
        return [path]
    try:
        text, added = with_missing(even_lines(path.read_text(encoding="utf-8")), site.components)
    except (OSError, UnicodeDecodeError, Unreadable) as error:
        errors.append(Fault(path=SETTINGS, what=f"{error}; correct the file and import again"))
        return []
    if not added:
        return []
    rewrite(path, text)
    notes += _added_notes(site, set(added))
    return [path]


def _added_notes(site: DraftSite, added: set[str]) -> list[Fault]:
    def note(component: DraftComponent, group: DraftGroup | None) -> Fault:
        place = f' outside its group "{group.name}"' if group else ""
        what = f'component "{component.id}" was added at the end{place}; move it to where it belongs'
        return Fault(path=SETTINGS, what=what, severity=Severity.WARNING)

    return [
        note(component, row if isinstance(row, DraftGroup) else None)
        for row in site.rows
        for component in (row.components if isinstance(row, DraftGroup) else (row,))
        if component.id in added
    ]


def _places(folder: Path, incidents: Sequence[DraftIncident]) -> list[tuple[DraftIncident, Path]]:
    """Return each incident with its file, in order of origin; the same whatever the order of the input."""
    shelf = _read_shelf(folder)
    wanted = Counter(draft.slug for draft in incidents)
    places: list[tuple[DraftIncident, Path]] = []
    for draft in sorted(incidents, key=lambda draft: (draft.slug, draft.id or "", draft.origin)):
        known = shelf.by_id.get(draft.id) if draft.id else shelf.by_origin.get(draft.origin)
        if known is None:
            is_shared = wanted[draft.slug] > 1 or draft.slug in shelf.slugs
            slug = free_slug(f"{draft.slug}-{draft.id}" if is_shared and draft.id else draft.slug, shelf.slugs)
            shelf.slugs.add(slug)
            known = folder / draft.folder / f"{slug}.md"
        places.append((draft, known))
    return places


def _read_shelf(folder: Path) -> _Shelf:
    shelf = _Shelf()
    for path in sorted(folder.rglob("*.md")) if folder.is_dir() else ():
        shelf.slugs.add(path.stem)
        if path.is_symlink() or not path.is_file():
            continue
        with path.open("rb") as file:
            head = even_lines(file.read(HEAD_BYTES).decode("utf-8", errors="replace"))
        front = head.partition("\n---")[0]
        if found := _ID.search(front):
            shelf.by_id[found[1]] = path
        if found := _ORIGIN.search(front):
            shelf.by_origin[found[1]] = path
    return shelf


def _write_if_different(path: Path, text: str) -> bool:
    if not path.exists():
        write_new(path, text)
        return True
    if path.read_bytes() == text.encode():
        return False
    rewrite(path, text)
    return True
