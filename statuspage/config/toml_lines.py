"""On which line each key of a TOML text stands, which the parser does not tell."""

from __future__ import annotations

import re

TomlPath = tuple[str | int, ...]
"""The way to a key: `("group", 0, "component", 1, "name")`."""

_HEADER = re.compile(r"\s*(\[\[?)([^\[\]]+)\]\]?\s*(?:#.*)?")
_KEY = re.compile(r"\s*([\w.\"'-]+)\s*=")


class TomlLines:
    """The lines of the keys and tables of one text."""

    def __init__(self, text: str) -> None:
        self._line_by_path: dict[TomlPath, int] = {}
        self._lengths: dict[TomlPath, int] = {}
        table: TomlPath = ()
        open_quote = ""
        for number, line in enumerate(text.split("\n"), start=1):
            is_inside = bool(open_quote)
            open_quote = _quote_left_open(line, open_quote)
            if is_inside:
                continue
            if header := _HEADER.fullmatch(line):
                table = self._open(_names(header[2]), is_array=header[1] == "[[")
                self._line_by_path.setdefault(table, number)
                if header[1] == "[[":
                    self._line_by_path.setdefault(table[:-1], number)
            elif key := _KEY.match(line):
                self._line_by_path.setdefault(table + _names(key[1]), number)

    def line_of(self, path: TomlPath) -> int | None:
        """Return the line of the key, else of the nearest table around it; None when only the whole file is left."""
        while path:
            if path in self._line_by_path:
                return self._line_by_path[path]
            path = path[:-1]
        return None

    def _open(self, names: tuple[str, ...], *, is_array: bool) -> TomlPath:
        path: TomlPath = ()
        for name in names[:-1]:
            path += (name,)
            if path in self._lengths:
                path += (self._lengths[path] - 1,)
        path += names[-1:]
        if not is_array:
            return path
        self._lengths[path] = self._lengths.get(path, 0) + 1
        return (*path, self._lengths[path] - 1)


def _names(dotted: str) -> tuple[str, ...]:
    return tuple(part.strip().strip("\"'") for part in dotted.split("."))


def _quote_left_open(line: str, quote: str) -> str:
    """Return the mark of the many-line text that is still open after the line."""
    marks = re.findall(r'"""|\'\'\'', line.split("#", 1)[0] if not quote else line)
    for mark in marks:
        if not quote:
            quote = mark
        elif mark == quote:
            quote = ""
    return quote
