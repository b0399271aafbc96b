"""Compiles the catalogues of the pages' languages when the program is built or installed."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from hatchling.builders.hooks.plugin.interface import BuildHookInterface

CATALOGUES = Path("statuspage/render/language/catalogues")


class CatalogueHook(BuildHookInterface[Any]):
    """Puts `de.mo` beside each `de.po`."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:  # noqa: ARG002 - Hatchling hands them over
        """Compile each catalogue, for an installed program and for one that is worked on alike."""
        for source in sorted((Path(self.root) / CATALOGUES).glob("*.po")):
            with source.open("rb") as text, source.with_suffix(".mo").open("wb") as compiled:
                write_mo(compiled, read_po(text))
