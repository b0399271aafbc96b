"""A remote as the origin of a site's files: fetched, judged, brought in, with our own timed posts on top."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from contextlib import AbstractContextManager
from datetime import datetime
from pathlib import Path

from dulwich.objects import ObjectID

from statuspage.config import GitSettings
from statuspage.errors import Fault, GitRefused
from statuspage.git.mirror import Mirror, Standing
from statuspage.git.remote import Moved
from statuspage.git.rounds import Rounds, pause_seconds
from statuspage.git.secrets import credentials_of
from statuspage.git.trees import short
from statuspage.instants import utc_text


class MirrorOrigin:
    """One commit of a remote, with our own timed posts on top until they are pushed."""

    def __init__(self, site_dir: Path, settings: GitSettings, *, clock: Callable[[], datetime]) -> None:
        self._site_dir = site_dir
        self._settings = settings
        self._clock = clock
        self._mirror = Mirror(site_dir, settings)
        self._alarms: dict[str, str] = {}
        self._left_out: tuple[Fault, ...] = ()
        self._failures = 0
        self._brought: ObjectID | None = None
        self._held: ObjectID | None = None
        self._poke: Callable[[], None] = _nobody
        self._rounds = Rounds(self.step, name="git-fetch")
        self.folder = self._mirror.inner.folder
        self.read_at: datetime | None = None

    @property
    def is_held(self) -> bool:
        """Return True while a commit of the remote waits for a person."""
        return "held" in self._alarms

    def accept(self) -> None:
        """Let the commit pass that was fetched last, here and in every other program that serves this site."""
        self._mirror.accept()

    def bring_in(self, open_paths: Collection[str]) -> frozenset[str] | None:
        """Judge what was fetched, publish it or hold it back, and bring what is published into the folder."""
        before = self._mirror.inner.commit()
        if self._brought is None:
            self._mirror.keep_stray(self._clock())
        self._set("held", self._against(open_paths))
        brought = self._mirror.bring()
        self._left_out = brought.faults
        is_known = self._brought is not None and self._brought == before
        self._brought = self._mirror.inner.commit()
        if brought.names != frozenset() and self._settings.push:
            self._rounds.wake()
        return brought.names if is_known else None

    def still(self) -> AbstractContextManager[object]:
        """Keep every program from bringing in another commit."""
        return self._mirror.held()

    def keep(self, paths: Iterable[str], now: datetime) -> None:
        """Commit the posts to the mirror: what is fetched later goes below them."""
        try:
            self._mirror.keep(paths, now)
            self._brought = self._mirror.inner.commit()
            self._set("commit", "")
        except GitRefused as error:
            self._set("commit", str(error))
        if self._settings.push:
            self._rounds.wake()

    def alarms(self) -> tuple[str, ...]:
        """Return what keeps the page from following the remote, and the remote from getting the posts."""
        return (*self._alarms.values(), *map(str, self._left_out))

    def step(self) -> float:
        """Fetch, and push what is ours and not there yet."""
        is_done = self._fetch()
        standing = self._mirror.standing()
        if self._has_news(standing):
            self._poke()
        elif is_done and self._settings.push:
            is_done = self._push()
        self._failures = 0 if is_done else self._failures + 1
        return pause_seconds(self._settings, self._failures)

    def start(self, poke: Callable[[], None]) -> None:
        """Begin the rounds."""
        self._poke = poke
        self._rounds.start()

    def wake(self) -> None:
        """Have the next round begin now."""
        self._rounds.wake()

    def stop(self) -> None:
        """End the rounds."""
        self._rounds.stop()

    def _has_news(self, standing: Standing) -> bool:
        """Return True when there is something to bring in: not a commit that was judged and held already."""
        is_moved = self._brought is not None and self._brought != standing.published
        is_unseen = standing.tip != self._held or self._mirror.is_accepted(standing.tip)
        return is_moved or (standing.has_news and is_unseen)

    def _fetch(self) -> bool:
        try:
            self._mirror.fetch(credentials_of(self._settings, self._site_dir))
        except GitRefused as error:
            self._set("remote", f"{error}; {self._goes_on()}")
            return False
        self.read_at = self._clock()
        self._set("remote", "")
        return True

    def _push(self) -> bool:
        try:
            self._mirror.push(credentials_of(self._settings, self._site_dir))
        except Moved:
            self._rounds.wake()
            return True
        except GitRefused as error:
            self._set("push", f"{error}; the timed posts stay here, and are pushed when it can be done")
            return False
        self._set("push", "")
        return True

    def _against(self, open_paths: Collection[str]) -> str:
        reason = self._mirror.advance(open_paths)
        self._held = self._mirror.standing().tip if reason else None
        return f"{reason}; {self._goes_on()}" if reason else ""

    def _goes_on(self) -> str:
        published = self._mirror.standing().published
        commit = f"the page goes on from commit {short(published)}" if published else "there is no commit to go on from"
        read = f"source last read at {utc_text(self.read_at)}" if self.read_at else "source not read since the start"
        return f"{commit}, {read}"

    def _set(self, what: str, alarm: str) -> None:
        if alarm:
            self._alarms[what] = alarm
        else:
            self._alarms.pop(what, None)


def _nobody() -> None:
    """Nobody waits for what is fetched."""
