"""The field lines of an update: `Key: value` lines that form its first or its last paragraph."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from statuspage.source.notes import Notes

FIELD_NAMES = (
    "Next update",
    "Components",
    "Impact",
    "What you can do",
    "Still working",
    "Share",
    "Hold",
    "Notify",
    "Ends",
    "Id",
)
_NAME_BY_KEY = {name.casefold(): name for name in FIELD_NAMES}
_FIELD = re.compile(r"[ \t]*[*_]{0,3}([A-Za-z][A-Za-z ]{0,24}?)[ \t]*[*_]{0,3}:[*_]{0,3}[ \t]*(.*)")
_MEANT_AS_FIELD = ("Next update", "Components", "What you can do", "Still working")
"""Keys that no sentence of an update begins with by chance."""
_MAY_BE_MEANT = re.compile(r"\n[ \t]*[*_]{0,3}(?:next|components|what|still)", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """One field line."""

    name: str
    """As in FIELD_NAMES."""
    value: str
    line: int


def split_fields(body: str, *, line: int, notes: Notes) -> tuple[tuple[Field, ...], str]:
    """Return the fields and the body without them; `line` is that of the body's first line."""
    lines = body.split("\n")
    fields: list[Field] = []
    for paragraph in _outer_paragraphs(lines):
        found = _fields_of(lines[paragraph], line=line + paragraph.start, notes=notes)
        if found:
            fields += found
            lines[paragraph] = [""] * (paragraph.stop - paragraph.start)
    text = "\n".join(lines)
    if _MAY_BE_MEANT.search(f"\n{text}"):
        _warn_of_fields_in_prose(lines, line=line, notes=notes)
    return _only_first_of_each(fields, notes), text.strip("\n").rstrip()


def _outer_paragraphs(lines: list[str]) -> tuple[slice, ...]:
    """Return where the first and the last paragraph stand; one where they are the same."""
    first = _places_of_next_paragraph(lines, range(len(lines)))
    last = _places_of_next_paragraph(lines, reversed(range(len(lines))))
    if not first:
        return ()
    top, bottom = slice(first[0], first[-1] + 1), slice(last[-1], last[0] + 1)
    return (top,) if top == bottom else (top, bottom)


def _places_of_next_paragraph(lines: list[str], places: Iterable[int]) -> list[int]:
    """Return the places of the first run of lines that are not blank, on the way along the places."""
    run: list[int] = []
    for place in places:
        if lines[place].strip():
            run.append(place)
        elif run:
            break
    return run


def _fields_of(lines: list[str], *, line: int, notes: Notes) -> list[Field]:
    """Return the fields of a paragraph that consists of nothing else; an empty list for prose."""
    if not all(":" in one for one in lines):
        return []
    matches = [_FIELD.fullmatch(one) for one in lines]
    keys = [_key(match) for match in matches]
    if not all(key in _NAME_BY_KEY or (key and _hint(key)) for key in keys):
        return []
    found = []
    for place, (match, key) in enumerate(zip(matches, keys, strict=True)):
        assert match is not None
        if key not in _NAME_BY_KEY:
            notes.error(f'"{match[1]}" is not a field{_hint(key)}', line=line + place)
        else:
            found.append(Field(name=_NAME_BY_KEY[key], value=match[2].strip(), line=line + place))
    return found


def _key(match: re.Match[str] | None) -> str:
    return " ".join(match[1].split()).casefold() if match else ""


@lru_cache(maxsize=256)
def _hint(key: str) -> str:
    """Return the field that was meant, for a key so near to one that it is a slip of the hand."""
    near = difflib.get_close_matches(key, _NAME_BY_KEY, n=1, cutoff=0.8)
    return f'; did you mean "{_NAME_BY_KEY[near[0]]}"?' if near else ""


def _warn_of_fields_in_prose(lines: list[str], *, line: int, notes: Notes) -> None:
    for place, one in enumerate(lines):
        name = _NAME_BY_KEY.get(_key(_FIELD.fullmatch(one)))
        if name in _MEANT_AS_FIELD:
            what = "stands inside other text and is shown as text; set it apart, with an empty line, as first or last"
            notes.warning(what, line=line + place, where=f"{name}:")


def _only_first_of_each(fields: list[Field], notes: Notes) -> tuple[Field, ...]:
    first: dict[str, Field] = {}
    for field in fields:
        if field.name in first:
            what = f"already stands on line {first[field.name].line}; leave one of the two out"
            notes.error(what, line=field.line, where=f"{field.name}:")
        elif not field.value:
            notes.error("is empty; write a value or leave the line out", line=field.line, where=f"{field.name}:")
        else:
            first[field.name] = field
    return tuple(first.values())
