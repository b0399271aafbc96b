"""Any YAML to entries of front matter in which every value is text: strict, never deep, each key with its line."""

from __future__ import annotations

from collections.abc import Iterator

import yaml

from statuspage.source.front_matter import UnreadableFrontMatter, YamlValue

_DEEPEST = 6
NULLS = ("", "~", "null", "Null", "NULL")
"""Values without quotes that are none."""


def read_yaml(block: str, *, first_line: int) -> tuple[dict[str, YamlValue], tuple[tuple[str, int], ...]]:
    """Return the entries, and the keys that stood there already with their line; raise UnreadableFrontMatter."""
    builder = _Builder(block, first_line=first_line)
    return builder.mapping(), tuple(builder.repeated)


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
        is_null = not event.style and event.value in NULLS
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
