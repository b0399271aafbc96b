"""One table of a TOML file, read key by key, with a fault at the line of whatever is not as it should be."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from statuspage.characters import first_unfit
from statuspage.config.durations import parse_duration
from statuspage.config.toml_lines import TomlLines, TomlPath
from statuspage.errors import Fault, Severity, Unreadable, did_you_mean


@dataclass(frozen=True, slots=True, kw_only=True)
class TomlFile:
    """Where the tables of one file stand, and what was found wrong with it so far."""

    path: str
    lines: TomlLines
    faults: list[Fault] = field(default_factory=list)


@dataclass(frozen=True, slots=True, kw_only=True)
class TomlTable:
    """One table; every question notes its fault and answers with the default."""

    file: TomlFile
    place: TomlPath
    name: str
    """As a person writes it, `[[group.component]]`; empty for the whole file."""
    content: Mapping[str, object]

    @property
    def line(self) -> int:
        """Return the line of its header; 0 for the whole file."""
        return self.file.lines.line_of(self.place) or 0

    def line_of(self, key: str) -> int:
        """Return the line of the key, or of the table where the key is missing."""
        return self.file.lines.line_of((*self.place, key)) or 0

    def __contains__(self, key: str) -> bool:
        return key in self.content

    def note(self, key: str, what: str, *, severity: Severity = Severity.ERROR) -> None:
        """Note a fault at the line of the key, or of the table where the key is missing."""
        where = f"{self.name} {key}".strip()
        line = self.file.lines.line_of((*self.place, key) if key else self.place)
        self.file.faults.append(Fault(path=self.file.path, line=line, where=where, what=what, severity=severity))

    def refuse_unknown(self, *known: str) -> None:
        """Note every key that is not among the known ones."""
        for key in self.content:
            if key not in known:
                hint = did_you_mean(key, known) or f"; known are {', '.join(known)}"
                self.note(key, f"unknown key{hint}")

    def text(self, key: str) -> str | None:
        """Return the text of the key; None when it is absent, empty or no text."""
        value = self.content.get(key)
        if value is None:
            return None
        if not isinstance(value, str) or not value.strip():
            self.note(key, f'must be a text in quotes, such as {key} = "…"')
            return None
        if unfit := first_unfit(value):
            self.note(key, f"holds a character that no page can show, {unfit[1]}; take it out")
            return None
        return value.strip()

    def required_text(self, key: str) -> str:
        """Return the text of the key; an empty one, with a fault, where it is missing."""
        if key not in self.content:
            self.note(key, f'is missing; write {key} = "…"')
        return self.text(key) or ""

    def flag(self, key: str) -> bool:
        """Return True or False as written; False when absent."""
        value = self.content.get(key, False)
        if not isinstance(value, bool):
            self.note(key, "must be true or false, without quotes")
        return value is True

    def day(self, key: str) -> date | None:
        """Return the day, written as a TOML date or as a text."""
        value = self.content.get(key)
        if value is None or type(value) is date:
            return value
        try:
            return date.fromisoformat(value if isinstance(value, str) else "")
        except ValueError:
            self.note(key, f"must be a day, such as {key} = 2026-03-01")
            return None

    def duration(self, key: str, *, default: timedelta) -> timedelta:
        """Return the length of time."""
        text = self.text(key)
        try:
            return default if text is None else parse_duration(text)
        except Unreadable as error:
            self.note(key, str(error))
            return default

    def number(self, key: str, *, default: int) -> int:
        """Return the whole number, 0 or more."""
        value = self.content.get(key, default)
        if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= 1000:
            self.note(key, f"must be a whole number from 0 to 1000, such as {key} = {default}")
            return default
        return value

    def texts(
        self, key: str, *, default: tuple[str, ...], example: str = "", may_be_empty: bool = False
    ) -> tuple[str, ...]:
        """Return the list of texts; `example` is one of them, where the default has none."""
        value = self.content.get(key)
        if value is None:
            return default
        if isinstance(value, list) and (value or may_be_empty) and all(isinstance(item, str) for item in value):
            return tuple(str(item) for item in value)
        example = example or next(iter(default), "…")
        self.note(key, f'must be a list of texts, such as {key} = ["{example}"]')
        return default

    def table(self, key: str) -> TomlTable:
        """Return the table of that key; an empty one when it is absent."""
        value = self.content.get(key, {})
        name = f"[{key}]" if not self.name else f"{self.name} {key}"
        if not isinstance(value, dict):
            self.note(key, f"must be a table, such as {key} = {{ … }}")
            value = {}
        return TomlTable(file=self.file, place=(*self.place, key), name=name, content=value)

    def tables(self, key: str) -> Iterator[TomlTable]:
        """Yield every table of an array of tables, `[[key]]`."""
        value = self.content.get(key, [])
        name = f"[[{self.name.strip('[]')}.{key}]]" if self.name else f"[[{key}]]"
        if not isinstance(value, list) or not all(isinstance(item, dict) for item in value):
            self.note(key, f"must be written as {name}, once for each")
            return
        for place, item in enumerate(value):
            yield TomlTable(file=self.file, place=(*self.place, key, place), name=name, content=item)
