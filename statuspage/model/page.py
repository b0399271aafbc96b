"""All that the files of a site say."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property

from statuspage.model.incident import Incident
from statuspage.model.languages import INTERFACE_LANGUAGES, interface_language
from statuspage.model.site import Component, Group, HoldStyle, PromiseClock, Site


@dataclass(frozen=True, kw_only=True)
class Page:
    """Everything that the files of a site say."""

    site: Site
    rows: tuple[Group | Component, ...]
    """Top-level rows in the order of the configuration."""
    clock: PromiseClock
    hold: HoldStyle
    incidents: tuple[Incident, ...] = field(default=())
    """In order of slug."""
    translated: tuple[str, ...] = ()
    """The languages in which there is a translation of anything."""

    @property
    def languages(self) -> tuple[str, ...]:
        """Return the languages that there are pages in: the site's own first, then in the order of the catalogues."""
        own = interface_language(self.site.language)
        wanted = {*self.site.languages, *self.translated}
        return (own, *(each for each in INTERFACE_LANGUAGES if each in wanted and each != own))

    @cached_property
    def components(self) -> tuple[Component, ...]:
        """Return every component, retired ones too, in the order of the configuration."""
        return tuple(
            component for row in self.rows for component in (row.components if isinstance(row, Group) else (row,))
        )

    @cached_property
    def current_count(self) -> int:
        """Return how many components are not retired."""
        return sum(not component.is_retired for component in self.components)

    @cached_property
    def group_by_component_id(self) -> dict[str, Group]:
        """Return the group of every component that stands in one."""
        return {component.id: row for row in self.rows if isinstance(row, Group) for component in row.components}

    @cached_property
    def component_by_id(self) -> dict[str, Component]:
        """Return every component by the id that the files use."""
        return {component.id: component for component in self.components}
