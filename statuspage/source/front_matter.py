"""The block between two `---` lines on top of a file, as strict YAML in which every value is text."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import yaml

from statuspage.errors import Unreadable

LARGEST_FRONT_MATTER_BYTES = 16 * 1024
_DEEPEST = 6
_NULLS = ("", "~", "null", "Null", "NULL")


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
    lines = text.split("\n")
    top = next((number for number, line in enumerate(lines) if line.strip()), 0)
    if lines[top].rstrip() != "---":
        raise UnreadableFrontMatter('has no front matter; begin it with "---", "title: …" and "---"', line=top + 1)
    end = next((number for number in range(top + 1, len(lines)) if lines[number].rstrip() in ("---", "...")), None)
    if end is None:
        raise UnreadableFrontMatter('front matter has no end; write "---" on a line of its own below it', line=top + 1)
    block = "\n".join(lines[top + 1 : end])
    if len(block.encode()) > LARGEST_FRONT_MATTER_BYTES:
        what = f"front matter has more than {LARGEST_FRONT_MATTER_BYTES // 1024} kB; the text belongs below it"
        raise UnreadableFrontMatter(what, line=top + 1)
    # A tab is no indentation in YAML; two spaces are what its writer meant.
    builder = _Builder(block.replace("\t", "  "), first_line=top + 2)
    return FrontMatter(
        entries=builder.mapping(),
        repeated=tuple(builder.repeated),
        body="\n".join(lines[end + 1 :]),
        body_line=end + 2,
    )


class _Builder:
    """Entries from the events of the parser, which know the line of each key and are never nested deep."""

    def __init__(self, block: str, *, first_line: int) -> None:
        self.repeated: list[tuple[str, int]] = []
        self._first_line = first_line
        self._events = self._checked_events(block)

    def mapping(self) -> dict[str, YamlValue]:
        """Return the keys of the block, which must be one mapping."""
        try:
            top = next((self._entry(event) for event in self._events), None)
            rest = next(self._events, None)
        except yaml.MarkedYAMLError as error:
            mark = error.problem_mark or error.context_mark
            line = self._first_line + (mark.line if mark else 0)
            what = f"front matter is not YAML: {error.problem}; a text with a colon or a quote needs quotes around it"
            raise UnreadableFrontMatter(what, line=line) from error
        except (yaml.YAMLError, ValueError, RecursionError) as error:
            raise UnreadableFrontMatter(f"front matter is not YAML: {error}", line=self._first_line) from error
        if top is None or top.value is None:
            return {}
        if not isinstance(top.value, dict) or rest is not None:
            raise UnreadableFrontMatter('front matter must be lines of "key: value"', line=top.line)
        return top.value

    def _checked_events(self, block: str) -> Iterator[yaml.Event]:
        depth = 0
        for event in yaml.parse(block, Loader=yaml.CSafeLoader):
            if isinstance(event, yaml.CollectionStartEvent):
                depth += 1
            elif isinstance(event, yaml.CollectionEndEvent):
                depth -= 1
            if depth > _DEEPEST:
                raise self._refusal(event, "is nested too deeply; keep to one list or mapping below a key")
            if isinstance(event, yaml.NodeEvent):
                self._refuse_references(event)
                yield event
            elif isinstance(event, yaml.CollectionEndEvent):
                yield event

    def _refuse_references(self, event: yaml.NodeEvent) -> None:
        if isinstance(event, yaml.AliasEvent) or event.anchor is not None:
            raise self._refusal(event, "holds a YAML reference (& or *); put the text in quotes, or write it out")
        if isinstance(event, yaml.ScalarEvent | yaml.CollectionStartEvent) and event.tag is not None:
            raise self._refusal(event, f"holds a YAML tag ({event.tag}); leave it out")

    def _refusal(self, event: yaml.Event, what: str) -> UnreadableFrontMatter:
        return UnreadableFrontMatter(f"front matter {what}", line=self._line(event))

    def _line(self, event: yaml.Event) -> int:
        mark = event.start_mark
        return self._first_line + (mark.line if mark else 0)

    def _entry(self, event: yaml.Event) -> YamlValue:
        if isinstance(event, yaml.MappingStartEvent):
            return YamlValue(line=self._line(event), value=self._keys())
        if isinstance(event, yaml.SequenceStartEvent):
            return YamlValue(line=self._line(event), value=tuple(self._items()))
        assert isinstance(event, yaml.ScalarEvent)
        is_null = not event.style and event.value in _NULLS
        return YamlValue(line=self._line(event), value=None if is_null else str(event.value))

    def _items(self) -> Iterator[YamlValue]:
        for event in self._events:
            if isinstance(event, yaml.SequenceEndEvent):
                return
            yield self._entry(event)

    def _keys(self) -> dict[str, YamlValue]:
        entries: dict[str, YamlValue] = {}
        for event in self._events:
            if isinstance(event, yaml.MappingEndEvent):
                break
            key = self._entry(event)
            entry = self._entry(next(self._events))
            if not isinstance(key.value, str | None):
                raise UnreadableFrontMatter("front matter has a list or mapping as a key; write text", line=key.line)
            name = key.value or ""
            if name in entries:
                self.repeated.append((name, key.line))
            else:
                entries[name] = YamlValue(line=key.line, value=entry.value)
        return entries
