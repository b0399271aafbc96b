"""What a process keeps from one compilation to the next, to be faster."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from statuspage.compiler import Tellings
from statuspage.config import Settings
from statuspage.errors import Fault, FaultyFiles
from statuspage.shown import ShownComponent
from statuspage.source.folder import Found, SourceFile, read_settings_file, read_static
from statuspage.source.last_good import LastGood
from statuspage.source.settings_file import read_settings, with_brand_files

if TYPE_CHECKING:
    from statuspage.render.site import Renderer


@dataclass(slots=True)
class Memory:
    """What a process keeps: nothing depends on its being there."""

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

    def settings_in_force(self) -> tuple[Settings, tuple[Fault, ...], SourceFile | None]:
        """Return the settings, their faults, and their file where it is not the one known before.

        Raises FaultyFiles when there are none to work with, neither good ones nor earlier ones.
        """
        file, new = read_settings_file(self.site_dir), None
        if self.settings is None or self.settings[0] != file.data or file.data is None:
            self.settings = (file.data, read_settings(file, last_good=self.last_good.versions))
            new = file
        settings, faults = self.settings[1]
        if settings is None:
            raise FaultyFiles(faults)
        settings, brand_faults = with_brand_files(settings, self._static_content)
        return settings, (*faults, *brand_faults), new

    def _static_content(self, path: str) -> bytes | None:
        return read_static(Found(path=path, place=self.site_dir / path), [])
