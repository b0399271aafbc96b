"""The compiler that stays warm in one process, as the measurements use it."""

from __future__ import annotations

import importlib
from datetime import datetime
from pathlib import Path
from typing import Protocol, cast


class Publication(Protocol):
    """What one publication did."""

    @property
    def written(self) -> tuple[str, ...]:
        """Return the files written."""


class Build(Protocol):
    """One compilation."""

    @property
    def published(self) -> Publication:
        """Return what its publication did."""


class Compiler(Protocol):
    """Compiles one site again and again."""

    def compile(self, now: datetime, *, changed: frozenset[str] | None) -> Build:
        """Compile and publish what differs; `changed` names the files that were edited, None looks at all of them."""


def new_compiler(site: Path, output: Path) -> Compiler:
    """Return a compiler that knows nothing yet."""
    pipeline = importlib.import_module("statuspage.pipeline")
    return cast(Compiler, pipeline.Compiler(site, output))
