"""Where the files of a site come from and where its timed posts go: the folder itself, or a remote."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from contextlib import AbstractContextManager
from datetime import datetime
from pathlib import Path
from typing import Protocol

from statuspage.git.folder_origin import FolderOrigin
from statuspage.git.mirror_origin import MirrorOrigin
from statuspage.git.settings_file import read_git_settings


class Origin(Protocol):
    """Where the files of a site come from; only the one who compiles calls `bring_in` and `keep`."""

    @property
    def folder(self) -> Path:
        """Return where the site's files lie."""

    @property
    def read_at(self) -> datetime | None:
        """Return when a remote was last read; None without one, and before the first time."""

    def bring_in(self, open_paths: Collection[str]) -> frozenset[str] | None:
        """Put the files of the newest commit that may be published into the folder, before a compilation.

        `open_paths` are the files of open incidents, from the folder, as last compiled. Returns the files that may
        differ from the last call, from the folder; None for any. Raises GitRefused where there are no files yet.
        """

    def accept(self) -> None:
        """Let a commit pass that is held back, here and in every other program that serves this site."""

    def still(self) -> AbstractContextManager[object]:
        """Keep the origin from changing files inside the block: around the writing of timed posts and `keep`."""

    def keep(self, paths: Iterable[str], now: datetime) -> None:
        """Commit timed posts that were just written, named from the folder; what prevents that is an alarm."""

    def alarms(self) -> tuple[str, ...]:
        """Return what an operator should know, a sentence each."""

    def step(self) -> float:
        """Do the work with the network once, and return how many seconds may pass until the next time."""

    def start(self, poke: Callable[[], None]) -> None:
        """Do that work in a thread of its own; `poke` is called when there is something to bring in."""

    def wake(self) -> None:
        """Have that work done now: a hook says that there is something new."""

    def stop(self) -> None:
        """End that work."""


def origin_of(site_dir: Path, *, clock: Callable[[], datetime]) -> Origin:
    """Return the origin that `[git]` of the site folder names. Raises FaultyFiles where it cannot be made out."""
    settings = read_git_settings(site_dir)
    if settings.remote:
        return MirrorOrigin(site_dir, settings, clock=clock)
    return FolderOrigin(site_dir, clock=clock)
