"""`import cstate`: a cState site, its systems and its issues, as a site of ours."""

from __future__ import annotations

import stat
import tomllib
from collections import Counter
from collections.abc import Iterable, Mapping
from pathlib import Path
from zoneinfo import ZoneInfo

from statuspage.characters import even_lines, one_line
from statuspage.config import is_zone
from statuspage.errors import Fault, Severity, Unreadable
from statuspage.imports.cstate.incident import affected_names, draft_issue
from statuspage.imports.cstate.links import with_own_links
from statuspage.imports.drafts import NO_URL, DraftComponent, DraftGroup, DraftIncident, DraftSite, Imported
from statuspage.imports.plain_yaml import parse_yaml
from statuspage.imports.site_writer import write_site
from statuspage.model import derived_id
from statuspage.slugs import free_slug, slug_words

CONFIG_NAMES = ("config.yml", "config.yaml", "config.toml", "hugo.yml", "hugo.yaml", "hugo.toml")
ISSUES = "content/issues"
SIZE_LIMIT = 256_000

Table = Mapping[str, object]


def import_cstate(source: str, site_dir: Path) -> Imported:
    """Write the cState site in the folder `source` below `site_dir`, and return what was written and could not be.

    Every name under `affected` that is no system of the configuration becomes a retired component.
    """
    root = Path(source)
    try:
        config, config_name = _config(root)
    except Unreadable as reason:
        return Imported(written=(), notes=(), unreadable=(Fault(path=source, what=str(reason)),))
    texts, unreadable = _issue_texts(root)
    site, ids, notes = _site(config, (name for text in texts.values() for name in affected_names(text)))
    drafts: list[DraftIncident] = []
    for path, text in texts.items():
        try:
            drafts.append(draft_issue(text, path=path, zone=ZoneInfo(site.zone), component_ids=ids))
        except Unreadable as reason:
            unreadable.append(Fault(path=path, what=str(reason)))
    notes += [] if texts else [_note(f"no issue in {ISSUES} of the source", path=config_name)]
    return write_site(site_dir, site, with_own_links(drafts, url=site.url), notes=notes, unreadable=unreadable)


def _config(root: Path) -> tuple[Table, str]:
    name = next((name for name in CONFIG_NAMES if (root / name).is_file()), None)
    if name is None:
        raise Unreadable("has no config.yml; name the folder of the cState site, which holds config.yml and content/")
    text = _text(root / name)
    try:
        read = tomllib.loads(text) if name.endswith(".toml") else parse_yaml(text)
    except (Unreadable, tomllib.TOMLDecodeError) as error:
        raise Unreadable(f"{name} {error}") from error
    if not isinstance(read, dict):
        raise Unreadable(f'{name} must be lines of "key: value"')
    return read, name


def _issue_texts(root: Path) -> tuple[dict[str, str], list[Fault]]:
    """Return the text of every issue by its path in the source, and what could not be read."""
    texts: dict[str, str] = {}
    faults: list[Fault] = []
    for file in sorted((root / ISSUES).rglob("*.md")):
        path = file.relative_to(root).as_posix()
        if file.name == "_index.md":
            continue
        try:
            texts[path] = _text(file)
        except Unreadable as reason:
            faults.append(Fault(path=path, what=str(reason)))
    return texts, faults


def _text(path: Path) -> str:
    try:
        found = path.lstat()
        if not stat.S_ISREG(found.st_mode):
            raise Unreadable("not a regular file; give the file itself")
        if found.st_size > SIZE_LIMIT:
            raise Unreadable(f"larger than {SIZE_LIMIT // 1000} kB; an incident is shorter")
        return even_lines(path.read_bytes().decode("utf-8"))
    except UnicodeDecodeError as error:
        raise Unreadable("not UTF-8 text") from error
    except OSError as error:
        raise Unreadable(f"cannot be read: {error.strerror or error}") from error


def _site(config: Table, affected: Iterable[str]) -> tuple[DraftSite, dict[str, str], list[Fault]]:
    """Return the site with its components, our id for every name of a system, and what had to be guessed."""
    params = _table(config, "params")
    systems = {name: system for system in _tables(params, "systems") if (name := _word(system, "name"))}
    counted = Counter(affected)
    # The most used name first, so that a slip of the hand does not get the better id.
    gone = sorted(set(counted) - set(systems), key=lambda name: (-counted[name], name))
    ids: dict[str, str] = {}
    for name in (*systems, *gone):
        ids[name] = free_slug(slug_words(name) or derived_id(name), set(ids.values()))
    notes = [_note(f'"{name}" is affected by incidents but no system of the source; retired') for name in gone]
    url, zone = _word(config, "baseURL").rstrip("/"), _word(config, "timeZone")
    if not url.startswith(("http://", "https://")):
        notes.append(_note(f'baseURL "{url}" is no address; "{NO_URL}" stands for it, write the right one'))
        url = NO_URL
    site = DraftSite(
        id=None,
        title=one_line(_word(config, "title")) or "Status",
        url=url,
        zone=zone if is_zone(zone) else "UTC",
        language=_word(config, "languageCode") or _word(config, "defaultContentLanguage") or "en",
        rows=(
            *_rows(params, systems, ids, notes),
            *(DraftComponent(id=ids[name], name=name, is_retired=True) for name in sorted(gone)),
        ),
        kept=tuple(f"description {one_line(text)}" for text in (_word(params, "description"),) if text),
    )
    return site, ids, notes


def _rows(
    params: Table, systems: Mapping[str, Table], ids: Mapping[str, str], notes: list[Fault]
) -> list[DraftGroup | DraftComponent]:
    """Return the categories in their order; what stands in an untitled one, or in none, stands outside any group."""
    rows: list[DraftGroup | DraftComponent] = []
    placed: set[str] = set()
    for category in _tables(params, "categories"):
        title = _word(category, "name")
        members = [name for name, system in systems.items() if _word(system, "category") == title]
        components = tuple(_component(name, systems[name], ids) for name in members if name not in placed)
        placed.update(members)
        if _word(category, "untitled").casefold() == "true":
            rows += components
        elif components:
            about = _word(category, "description")
            kept = (f"description {one_line(about)}",) if about else ()
            rows.append(DraftGroup(id=None, name=title, components=components, kept=kept))
    for name in (name for name in systems if name not in placed):
        notes.append(_note(f'system "{name}" is in no category of the source; it stands outside any group'))
        rows.append(_component(name, systems[name], ids))
    return rows


def _component(name: str, system: Table, ids: Mapping[str, str]) -> DraftComponent:
    description = _word(system, "description")
    kept = tuple(f"{key} {_word(system, key)}" for key in ("link", "partial", "special") if _word(system, key))
    return DraftComponent(id=ids[name], name=name, description=one_line(description) or None, kept=kept)


def _table(parent: Table, key: str) -> Table:
    found = parent.get(key)
    return found if isinstance(found, dict) else {}


def _tables(parent: Table, key: str) -> list[Table]:
    found = parent.get(key)
    return [entry for entry in found if isinstance(entry, dict)] if isinstance(found, list) else []


def _word(table: Table, key: str) -> str:
    found = table.get(key)
    return "" if found is None or isinstance(found, list | dict) else str(found).strip()


def _note(what: str, *, path: str = "statuspage.toml") -> Fault:
    return Fault(path=path, what=what, severity=Severity.WARNING)
