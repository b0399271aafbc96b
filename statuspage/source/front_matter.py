"""The block between two `---` lines on top of a file, as strict YAML in which every value is text."""

from __future__ import annotations

import re
from dataclasses import dataclass

from statuspage.errors import Unreadable

LARGEST_FRONT_MATTER_BYTES = 16 * 1024
_BLOCK = re.compile(
    r"(?P<above>(?:[^\S\n]*\n)*)---[^\S\n]*\n(?P<block>(?:.*\n)*?)(?P<end>(?:---|\.\.\.)[^\S\n]*(?:\n|\Z))"
)
_SIGNS = r"\w .,;()/+=%&?!'\u2018\u2019\u2013\u2014\-"
_PLAIN_LINE = re.compile(
    r"(?P<indent> *)(?P<key>\w[\w -]{0,100}(?<=\w)):"
    rf"(?: +(?:(?P<plain>[\w(][{_SIGNS}\"]*(?::[\w/][{_SIGNS}\"]*)*)|\"(?P<quoted>[{_SIGNS}:#]+)\" *)?)?"
)
"""`key: value` in which no sign but the quotes around the value has a meaning of its own in YAML."""
_NULL_WORDS = frozenset({"null", "Null", "NULL"})


class UnreadableFrontMatter(Unreadable):
    """The front matter cannot be read at all; `line` says where."""

    def __init__(self, what: str, *, line: int) -> None:
        super().__init__(what)
        self.line = line


@dataclass(frozen=True, slots=True, kw_only=True)
class YamlValue:
    """One value and its line in the file. Scalars are text as written; None is an empty value."""

    line: int
    value: str | tuple[YamlValue, ...] | dict[str, YamlValue] | None


@dataclass(frozen=True, slots=True, kw_only=True)
class FrontMatter:
    """The keys of one file, and what stands below them."""

    entries: dict[str, YamlValue]
    repeated: tuple[tuple[str, int], ...]
    """Keys that stood there already, and their line; the first one counts."""
    body: str
    body_line: int
    """The line of the file on which the body begins."""


def read_front_matter(text: str) -> FrontMatter:
    """Return keys and body of a file; raise UnreadableFrontMatter where the block or its YAML cannot be read."""
    found = _BLOCK.match(text)
    if found is None:
        raise _without_block(text)
    top = found["above"].count("\n") + 1
    block = found["block"].removesuffix("\n")
    if len(block.encode()) > LARGEST_FRONT_MATTER_BYTES:
        what = f"front matter has more than {LARGEST_FRONT_MATTER_BYTES // 1024} kB; the text belongs below it"
        raise UnreadableFrontMatter(what, line=top)
    # A tab is no indentation in YAML; two spaces are what its writer meant.
    entries, repeated = _read_block(block.replace("\t", "  "), first_line=top + 1)
    return FrontMatter(
        entries=entries,
        repeated=repeated,
        body=text[found.end() :],
        body_line=text.count("\n", 0, found.start("end")) + 2,
    )


def _without_block(text: str) -> UnreadableFrontMatter:
    lines = text.split("\n")
    top = next((number for number, line in enumerate(lines) if line.strip()), 0)
    if lines[top].rstrip() != "---":
        return UnreadableFrontMatter('has no front matter; begin it with "---", "title: …" and "---"', line=top + 1)
    return UnreadableFrontMatter('front matter has no end; write "---" on a line of its own below it', line=top + 1)


def _read_block(block: str, *, first_line: int) -> tuple[dict[str, YamlValue], tuple[tuple[str, int], ...]]:
    """Return the entries, and the keys that stood there already with their line."""
    entries = plain_entries(block, first_line=first_line)
    if entries is not None:
        return entries, ()
    # Imported here: a parser of all YAML takes longer to load than two hundred plain files to read.
    from statuspage.source.strict_yaml import read_yaml

    return read_yaml(block, first_line=first_line)


def plain_entries(block: str, *, first_line: int) -> dict[str, YamlValue] | None:
    """Return what lines of `key: value`, some of them below a key, mean in YAML; None where they may mean more."""
    found: dict[str, tuple[int, str | dict[str, YamlValue]]] = {}
    below: dict[str, YamlValue] = {}
    indent_below, takes_more = "", False
    for line, text in enumerate(block.split("\n"), start=first_line):
        match = _PLAIN_LINE.fullmatch(text)
        if match is None:
            return None
        indent, key, plain, quoted = match.groups()
        value = plain.rstrip(" ") if plain else quoted
        if key in _NULL_WORDS or value in _NULL_WORDS:
            return None
        if not indent and key not in found:
            below, indent_below, takes_more = {}, "", not value
            found[key] = (line, value or below)
        elif takes_more and key not in below and indent and indent == (indent_below or indent):
            indent_below = indent
            below[key] = YamlValue(line=line, value=value)
        else:
            return None
    return {key: YamlValue(line=line, value=value or None) for key, (line, value) in found.items()}
