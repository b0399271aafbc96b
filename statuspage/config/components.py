"""Groups and components of the configuration, in the order of their lines."""

from __future__ import annotations

import re

from statuspage.config.toml_table import TomlTable
from statuspage.errors import Severity, Unreadable
from statuspage.model import INTERFACE_LANGUAGES, SPOKEN_LANGUAGES, Component, ComponentState, Group, api_id
from statuspage.vocabulary import parse_state

_COMPONENT_ID = re.compile(r"[a-z0-9_-]+")
_COMPONENT_KEYS = ("id", "name", "spoken", "description", "since", "state", "retired")


def read_rows(root: TomlTable, *, language: str) -> tuple[Group | Component, ...]:
    """Return groups and single components as they stand in the file; ids that appear twice become faults.

    Names and descriptions may be tables, with a text for each language: that of the site itself is `language`.
    """
    found: list[tuple[TomlTable, Group | Component]] = []
    found += [(table, _read_group(table, language)) for table in root.tables("group")]
    found += [(table, _read_component(table, language)) for table in root.tables("component")]
    found.sort(key=lambda pair: pair[0].line)
    _refuse_repeated_ids(root)
    return tuple(row for _, row in found)


def _read_group(table: TomlTable, language: str) -> Group:
    table.refuse_unknown("name", "id", "description", "component")
    if table.text("description"):
        what = "this version does nothing with the description of a group yet"
        table.note("description", what, severity=Severity.WARNING)
    name, names = _read_name(table, language)
    own_id = table.text("id")
    return Group(
        api_id=api_id(own_id, "group") if own_id else api_id(None, "group", name),
        name=name,
        components=tuple(_read_component(component, language) for component in table.tables("component")),
        names=names,
    )


def _read_component(table: TomlTable, language: str) -> Component:
    table.refuse_unknown(*_COMPONENT_KEYS)
    own_id = table.required_text("id")
    name, names = _read_name(table, language)
    description, descriptions = _read_in_languages(table, "description", language)
    if own_id and not _COMPONENT_ID.fullmatch(own_id):
        table.note("id", f'"{own_id}" is not an id; write it with a-z, 0-9, - and _ only, such as card-payments')
    spoken, spoken_in = _read_spoken(table, name)
    return Component(
        id=own_id,
        api_id=api_id(own_id, "component"),
        name=name,
        spoken=spoken,
        spoken_in=spoken_in,
        description=description,
        names=names,
        descriptions=descriptions,
        since=table.day("since"),
        state=_read_state(table),
        is_retired=table.flag("retired"),
    )


def _read_name(table: TomlTable, language: str) -> tuple[str, tuple[tuple[str, str], ...]]:
    if "name" not in table:
        return table.required_text("name"), ()
    name, names = _read_in_languages(table, "name", language)
    return name or "", names


def _read_in_languages(table: TomlTable, key: str, language: str) -> tuple[str | None, tuple[tuple[str, str], ...]]:
    """Return the text in the site's language, and pairs of another language and the text there."""
    if not isinstance(table.content.get(key), dict):
        return table.text(key), ()
    by_language = table.table(key)
    by_language.refuse_unknown(*dict.fromkeys((language, *INTERFACE_LANGUAGES)))
    texts = {each: text for each in by_language.content if (text := by_language.text(each))}
    if language not in by_language:
        by_language.note(language, f'is missing, the language of the site itself; write {language} = "…"')
    own = texts.pop(language, None)
    return own, tuple(texts.items())


def _read_spoken(table: TomlTable, name: str) -> tuple[str, tuple[tuple[str, str], ...]]:
    """Return how a voice says the name: one text for every language, or a table with one for each."""
    if not isinstance(table.content.get("spoken"), dict):
        return table.text("spoken") or name, ()
    by_language = table.table("spoken")
    by_language.refuse_unknown(*SPOKEN_LANGUAGES)
    said = tuple((language, words) for language in SPOKEN_LANGUAGES if (words := by_language.text(language)))
    return name, said


def _read_state(table: TomlTable) -> ComponentState:
    try:
        return parse_state(table.text("state") or ComponentState.OPERATIONAL)
    except Unreadable as error:
        table.note("state", str(error))
        return ComponentState.OPERATIONAL


def _refuse_repeated_ids(root: TomlTable) -> None:
    """Note each id that stands twice: two components of one id, or two rows of one id in the status API."""
    line_by_id: dict[str, int] = {}
    groups = list(_quietly(root, "group"))
    components = [c for table in (*groups, root) for c in _quietly(table, "component")]
    for table in sorted((*groups, *components), key=lambda table: table.line):
        own_id = table.content.get("id") or f"name {table.content.get('name')}"
        if own_id in line_by_id:
            what = f'"{own_id}" already stands on line {line_by_id[own_id]}; give one of the two another id'
            table.note("id" if "id" in table else "name", what)
        elif isinstance(own_id, str):
            line_by_id[own_id] = table.line_of("id")


def _quietly(table: TomlTable, key: str) -> list[TomlTable]:
    """Return the tables of that key where it is an array of tables; its form is somebody else's question."""
    value = table.content.get(key)
    is_array = isinstance(value, list) and all(isinstance(item, dict) for item in value)
    return list(table.tables(key)) if is_array else []
