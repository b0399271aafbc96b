"""Components and their states as front matter and field lines name them."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import tzinfo

from statuspage.config import Settings
from statuspage.errors import Unreadable
from statuspage.model import Component, ComponentChange, ComponentState, Group
from statuspage.source.notes import Notes
from statuspage.vocabulary import folded, parse_state

MOST_HINTS = 20
"""For so many unknown components of one file the one that was meant is looked for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """What the configuration lends to the reading of every file."""

    zone: tzinfo
    """Of times without one."""
    id_by_word: Mapping[str, str]
    """Component ids by what people call them, folded: the id and the display name."""
    language: str = "en"
    """The language that files are written in, without its country."""

    def find(self, word: str) -> str | None:
        """Return the id of the component that the word names; None where there is none."""
        return self.id_by_word.get(folded(word))


@dataclass(frozen=True, slots=True, kw_only=True)
class NamedState:
    """A component and its state as a file names them."""

    name: str
    state: str | None
    """None: only the component is named."""
    line: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadStates:
    """The states of one place in a file."""

    changes: tuple[ComponentChange, ...]
    lost: tuple[str, ...]
    """Known components whose state could not be read."""
    meant: tuple[str, ...] = ()
    """Known components that an unknown name is so near to that they were probably meant."""
    implied: tuple[str, ...] = ()
    """Known components that are only named, and got the implied state."""
    has_strangers: bool = False
    """True where a name is not known."""


def terms_of(settings: Settings) -> Terms:
    """Return what the settings lend to the reading of files; an id wins over a display name."""
    components: list[Component] = []
    for row in settings.rows:
        components += row.components if isinstance(row, Group) else (row,)
    by_name = {folded(component.name): component.id for component in components}
    by_id = {folded(component.id): component.id for component in components}
    language = settings.site.language.split("-")[0].lower()
    return Terms(zone=settings.site.zone, id_by_word={**by_name, **by_id}, language=language)


def read_states(
    named: Iterable[NamedState],
    *,
    implied: ComponentState,
    where: str,
    terms: Terms,
    notes: Notes,
) -> ReadStates:
    """Return the state of each known component; one that is only named gets the implied state."""
    states: dict[str, ComponentState] = {}
    lost: list[str] = []
    meant: list[str] = []
    only_named: list[str] = []
    has_strangers = False
    for item in named:
        component_id = terms.find(item.name)
        if component_id is None:
            has_strangers = True
            near = _nearest(item.name[:60], terms=terms, notes=notes)
            meant += [near] if near else []
            hint = f'; did you mean "{near}"?' if near else "; add it to statuspage.toml, or mend its id"
            notes.stranger(f'there is no component "{item.name[:60]}"{hint}', line=item.line, where=where)
        elif component_id in states or component_id in lost:
            notes.error(f'"{component_id}" is named twice; leave one of the two out', line=item.line, where=where)
        else:
            try:
                states[component_id] = implied if item.state is None else parse_state(item.state)
                only_named += [component_id] if item.state is None else []
            except Unreadable as error:
                notes.error(f"{component_id}: {error}", line=item.line, where=where)
                lost.append(component_id)
    changes = tuple(ComponentChange(component_id=component_id, state=state) for component_id, state in states.items())
    unnamed = (component_id for component_id in meant if component_id not in states)
    return ReadStates(
        changes=changes,
        lost=tuple(lost),
        meant=tuple(unnamed),
        implied=tuple(only_named),
        has_strangers=has_strangers,
    )


def _nearest(name: str, *, terms: Terms, notes: Notes) -> str | None:
    # Looking for the nearest takes its time, and a file may hold thousands of mistakes.
    if len(notes.strangers) >= MOST_HINTS:
        return None
    near = difflib.get_close_matches(folded(name), terms.id_by_word, n=1, cutoff=0.6)
    return terms.id_by_word[near[0]] if near else None
