"""The `statuspage.toml` of an imported site, or what is missing in one that is there."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterable, Iterator

from statuspage.characters import clean_text, one_line
from statuspage.errors import Unreadable
from statuspage.imports.drafts import DraftComponent, DraftGroup, DraftSite
from statuspage.model import ComponentState


def settings_text(site: DraftSite) -> str:
    """Return a whole `statuspage.toml`: who they are, and every component in its order."""
    lines = ["[site]"]
    lines += [f"id = {_quoted(site.id)}"] if site.id else []
    lines += [
        f"title = {_quoted(site.title)}",
        f"url = {_quoted(site.url)}",
        f"language = {_quoted(site.language)}",
        f"timezone = {_quoted(site.zone)}",
        *_comments(site.kept),
    ]
    for row in site.rows:
        lines += ["", *(_group(row) if isinstance(row, DraftGroup) else _component(row, table="component"))]
    return "\n".join(lines) + "\n"


def with_missing(text: str, components: Iterable[DraftComponent]) -> tuple[str, tuple[str, ...]]:
    """Return the settings with every component that they lack at their end, and the ids of those.

    Raise Unreadable where the settings are no TOML, or hold their components in a form that cannot be added to.
    """
    known = _known_ids(_parsed(text))
    missing = [component for component in components if component.id not in known]
    if not missing:
        return text, ()
    blocks = ["\n".join(["", *_component(component, table="component")]) for component in missing]
    longer = text.rstrip("\n") + "\n" + "\n".join(blocks) + "\n"
    _parsed(longer)
    return longer, tuple(component.id for component in missing)


def _parsed(text: str) -> dict[str, object]:
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise Unreadable(f"the imported components cannot be added: {error}") from error


def _known_ids(settings: dict[str, object]) -> set[str]:
    return {
        found
        for table in (*_tables(settings, "component"), *_tables(settings, "group"))
        for entry in (table, *_tables(table, "component"))
        if isinstance(found := entry.get("id"), str)
    }


def _tables(parent: dict[str, object], key: str) -> Iterator[dict[str, object]]:
    found = parent.get(key)
    if isinstance(found, list):
        yield from (entry for entry in found if isinstance(entry, dict))


def _group(group: DraftGroup) -> list[str]:
    lines = ["[[group]]", f"name = {_quoted(group.name)}"]
    lines += [f"id = {_quoted(group.id)}"] if group.id else []
    lines += _comments(group.kept)
    for component in group.components:
        lines += ["", *_component(component, table="group.component")]
    return lines


def _component(component: DraftComponent, *, table: str) -> list[str]:
    lines = [f"[[{table}]]", f"id = {_quoted(component.id)}", f"name = {_quoted(component.name)}"]
    if component.description:
        lines.append(f"description = {_quoted(component.description)}")
    if component.since:
        lines.append(f"since = {component.since.isoformat()}")
    if component.state is not ComponentState.OPERATIONAL:
        lines.append(f"state = {_quoted(component.state)}")
    if component.is_retired:
        lines.append("retired = true")
    return [*lines, *_comments(component.kept)]


def _comments(kept: Iterable[str]) -> list[str]:
    return [f"# {one_line(line)}" for line in kept]


def _quoted(text: str) -> str:
    """Return a basic string of TOML, whose escapes are those of JSON."""
    return json.dumps(clean_text(text), ensure_ascii=False)
