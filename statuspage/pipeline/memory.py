"""What a process keeps from one compilation to the next."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from statuspage.compiler import Tellings
from statuspage.config import Settings
from statuspage.errors import Fault
from statuspage.shown import ShownComponent
from statuspage.source.last_good import LastGood

if TYPE_CHECKING:
    from statuspage.render.site import Renderer


@dataclass(slots=True)
class Memory:
    """What a process keeps from one compilation to the next, to be faster: nothing depends on its being there."""

    site_dir: Path
    tellings: Tellings = field(default_factory=Tellings)
    components: dict[str, ShownComponent] = field(default_factory=dict)
    version: tuple[object, ...] = ()
    """Of what the components were counted from."""
    renderer: tuple[object, Renderer] | None = None
    settings: tuple[bytes | None, tuple[Settings | None, tuple[Fault, ...]]] | None = None
    last_good: LastGood = field(init=False)

    def __post_init__(self) -> None:
        self.last_good = LastGood(self.site_dir)
