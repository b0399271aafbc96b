"""What the one process that holds a site's lock does at each wake-up: files in, promises kept, page out, staff told."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from statuspage.layout import PUBLIC, SETTINGS
from statuspage.pipeline import Built, Compiler, Keeper

if TYPE_CHECKING:
    from statuspage.config import GitSettings, Settings
    from statuspage.deliver.desk import StaffDesk
    from statuspage.git.origin import Origin
    from statuspage.sound import Follower

Names = frozenset[str]
Show = Callable[[Built, datetime], None]
POST_AGAIN_AFTER = timedelta(seconds=30)
"""A post that could not be written is tried again so soon."""


class Upkeep:
    """Keeps one site. `run` is called from one thread; what is slow, such as networks, has threads of its own."""

    def __init__(
        self,
        site_dir: Path,
        *,
        clock: Callable[[], datetime],
        show: Show,
        poke: Callable[[], None],
        accepts: bool = False,
    ) -> None:
        """Prepare it; `show` is given each publication, `poke` is called when `run` is wanted.

        With `accepts`, a commit that was held back is published.
        """
        self._site_dir = site_dir
        self._accepts = accepts
        self._clock = clock
        self._show = show
        self._poke = poke
        self._keeper: Keeper | None = None
        self._origin: Origin | None = None
        self._desk: StaffDesk | None = None
        self._follower: Follower | None = None
        self._desk_settings: Settings | None = None
        self._built: Built | None = None

    def run(self, now: datetime, changed: Names | None) -> datetime:
        """Do what is due at `now`; return when there is something to do again, if no file changes before."""
        self._keeper = self._keeper or self._begun()
        try:
            for built in self._keeper.keep(now, changed):
                self._built = built
                self._show(built, now)
        except Exception as error:
            self._tell_staff(now, f"the page cannot be compiled: {error}")
            raise
        self._tell_staff(now)
        return min(self._wakings(self._keeper, self._built, now))

    def wake_origin(self) -> None:
        """Have the files looked for now where they come from: a hook says that there is something new."""
        if self._origin:
            self._origin.wake()

    def stop(self) -> None:
        """End what has threads of its own."""
        for part in (self._origin, self._desk, self._follower):
            if part:
                part.stop()

    def troubles(self) -> tuple[str, ...]:
        """Return what an operator should know beside the faults of files, a sentence each."""
        alarms = self._alarms()
        return (*alarms, *self._desk.problems()) if self._desk else alarms

    def _begun(self) -> Keeper:
        if self._origin is None:
            self._origin = site_origin(self._site_dir, clock=self._clock)
            if self._origin and self._accepts:
                self._origin.accept()
        from statuspage.sound import Follower, SiteSound

        self._follower = Follower(self._site_dir, on_made=self._poke)
        sound = SiteSound(self._site_dir, follower=self._follower)
        keeper = Keeper(self._site_dir, self._site_dir / PUBLIC, origin=self._origin, sound=sound)
        if self._origin:
            self._origin.start(self._poke)
        return keeper

    def _alarms(self) -> tuple[str, ...]:
        troubles = [part.trouble for part in (self._keeper, self._follower) if part]
        return tuple(filter(None, (*troubles, *(self._origin.alarms() if self._origin else ()))))

    def _tell_staff(self, now: datetime, *alarms: str) -> None:
        if self._built is None:
            return
        desk = self._desk_for(self._built.settings)
        if desk:
            incidents = [each.shown for each in self._built.in_hand]
            desk.tell(incidents, faults=self._built.faults, alarms=(*alarms, *self._alarms()), now=now)

    def _desk_for(self, settings: Settings) -> StaffDesk | None:
        """Return the desk that goes by these settings; None while they name nobody to tell."""
        if self._desk:
            if settings is not self._desk_settings:
                self._desk.use(settings)
        elif settings.staff.emails or settings.staff.channels:
            from statuspage.deliver.desk import StaffDesk

            self._desk = StaffDesk(self._site_dir, settings, self._clock)
            self._desk.start()
        self._desk_settings = settings
        return self._desk

    def _wakings(self, keeper: Keeper, built: Built | None, now: datetime) -> Iterator[datetime]:
        assert built is not None
        yield built.next_change_at
        if keeper.trouble:
            yield now + POST_AGAIN_AFTER
        if self._desk and (notice_at := self._desk.next_at([each.shown for each in built.in_hand], now)):
            yield notice_at


def site_origin(site_dir: Path, *, clock: Callable[[], datetime]) -> Origin | None:
    """Return where the site's files come from and its posts go; None where `statuspage.toml` says nothing of git."""
    if not _may_speak_of_git(site_dir):
        return None
    from statuspage.git.origin import origin_of

    return origin_of(site_dir, clock=clock)


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetched:
    """Where the files of a site lie that is to be compiled once."""

    folder: Path
    alarms: tuple[str, ...] = ()
    """What keeps the newest commit of a remote from being published, or our posts from getting there."""


def fetched(site_dir: Path, public: Path, *, now: datetime, accepts: bool) -> Fetched:
    """Return the site folder; of a site that comes from a remote, with the newest commit brought in that may be.

    Raises GitRefused where nothing of the remote was ever fetched.
    """
    settings = git_settings(site_dir)
    origin = site_origin(site_dir, clock=lambda: now) if settings and settings.remote else None
    if origin is None:
        return Fetched(folder=site_dir)
    origin.step()
    if accepts:
        origin.accept()
    with closing(Compiler(origin.folder, public)) as compiler:
        origin.bring_in(compiler.open_paths())
    return Fetched(folder=origin.folder, alarms=origin.alarms())


def git_settings(site_dir: Path) -> GitSettings | None:
    """Return what `statuspage.toml` says of git; None for nothing."""
    if not _may_speak_of_git(site_dir):
        return None
    from statuspage.git.settings_file import read_git_settings

    return read_git_settings(site_dir)


def _may_speak_of_git(site_dir: Path) -> bool:
    """Return False where the file can be read and does not: then nothing of git has to be loaded."""
    try:
        return "git" in tomllib.loads((site_dir / SETTINGS).read_text("utf-8"))
    except (OSError, ValueError):
        # What it said when it could be read counts.
        return True
