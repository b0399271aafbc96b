"""Every service with its state, its 90 days and its figures, in the lists of the status page and of the history."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from statuspage.model import ComponentState, Group
from statuspage.render.kept import kept_by_identity
from statuspage.render.language import Language
from statuspage.render.pages.counting import Count, count_of
from statuspage.render.pages.frame import Frame
from statuspage.render.pages.strip import strip
from statuspage.shown import Shown, ShownComponent

FOLDED_FROM = 21
"""A group of so many services is one line while all is well there: nobody reads them all in a bad moment."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceRow:
    """One service in the list."""

    name: str
    component: ShownComponent
    strip: Markup
    count: Count


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceList:
    """Services under one heading; those outside any group have none."""

    name: str
    rows: tuple[ServiceRow, ...]

    @property
    def is_folded(self) -> bool:
        """Return True for many services that are all working."""
        working = ComponentState.OPERATIONAL
        return len(self.rows) >= FOLDED_FROM and all(row.component.state is working for row in self.rows)


def service_lists(shown: Shown, frame: Frame) -> tuple[ServiceList, ...]:
    """Return the services in the order of the configuration; neighbours outside any group share a list."""
    known = {component.source.id: component for component in shown.components}
    lists: list[ServiceList] = []
    for row in shown.rows:
        members = row.components if isinstance(row, Group) else (row,)
        shown_members = (known[member.id] for member in members if member.id in known)
        rows = tuple(_service_row(each, frame.language, frame.name_by_id[each.source.id]) for each in shown_members)
        name = frame.in_language(row.name, row.names) if isinstance(row, Group) else ""
        if rows and not name and lists and not lists[-1].name:
            rows = (*lists.pop().rows, *rows)
        if rows:
            lists.append(ServiceList(name=name, rows=rows))
    return tuple(lists)


@kept_by_identity
def _service_row(component: ShownComponent, language: Language, name: str) -> ServiceRow:
    uptime = component.uptime
    days, count = strip(uptime.days, language), count_of(uptime, language)
    return ServiceRow(name=name, component=component, strip=days, count=count)
