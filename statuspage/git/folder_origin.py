"""A site folder as the origin of its own files: timed posts are committed and pushed, if `[git]` says so."""

from __future__ import annotations

import threading
from collections.abc import Callable, Collection, Iterable
from contextlib import AbstractContextManager
from datetime import datetime
from pathlib import Path

from statuspage.config import GitSettings
from statuspage.errors import GitRefused
from statuspage.git.pushing import push
from statuspage.git.rounds import Rounds, pause_seconds
from statuspage.git.secrets import credentials_of
from statuspage.git.settings_file import read_git_settings
from statuspage.git.work_tree import commit_posts, uncommitted_posts


class FolderOrigin:
    """The site folder itself; in a git work tree its timed posts are committed and pushed, if `[git]` says so."""

    read_at: datetime | None = None

    def __init__(self, site_dir: Path, *, clock: Callable[[], datetime]) -> None:
        self.folder = site_dir
        self._clock = clock
        self._alarms: dict[str, str] = {}
        self._still = threading.RLock()
        self._failures = 0
        self._rounds = Rounds(self.step, name="git-push")

    def bring_in(self, open_paths: Collection[str]) -> frozenset[str] | None:  # noqa: ARG002 - nothing can vanish here
        """Return no names: what lies in the folder is what counts."""
        return frozenset()

    def accept(self) -> None:
        """Do nothing: of a folder nothing is ever held back."""

    def still(self) -> AbstractContextManager[object]:
        """Keep files from being brought forward after a push."""
        return self._still

    def keep(self, paths: Iterable[str], now: datetime) -> None:
        """Commit the posts if `[git] commit` says so; what is refused is tried again at each round."""
        settings = read_git_settings(self.folder)
        if settings.commit:
            self._try("commit", lambda: commit_posts(self.folder, paths, settings=settings, now=now))
            self._rounds.wake()

    def alarms(self) -> tuple[str, ...]:
        """Return why posts are not committed or not pushed."""
        return tuple(self._alarms.values())

    def step(self) -> float:
        """Commit what is not committed, push what is not pushed."""
        settings, now = read_git_settings(self.folder), self._clock()
        is_done = True
        if settings.commit:
            is_done = self._try("commit", lambda: self._commit_all(settings, now))
        if settings.commit and settings.push:
            is_done = self._try("push", lambda: self._push(settings, now)) and is_done
        self._failures = 0 if is_done else self._failures + 1
        return pause_seconds(settings, self._failures)

    def start(self, poke: Callable[[], None]) -> None:  # noqa: ARG002 - a watcher sees what is brought forward
        """Begin the rounds; without `[git] commit` they do nothing."""
        self._rounds.start()

    def wake(self) -> None:
        """Have the next round begin now."""
        self._rounds.wake()

    def stop(self) -> None:
        """End the rounds."""
        self._rounds.stop()

    def _commit_all(self, settings: GitSettings, now: datetime) -> None:
        with self._still:
            left = uncommitted_posts(self.folder, settings=settings)
            commit_posts(self.folder, left, settings=settings, now=now)

    def _push(self, settings: GitSettings, now: datetime) -> None:
        credentials = credentials_of(settings, self.folder)
        note = push(self.folder, settings=settings, credentials=credentials, now=now, still=self.still)
        if note:
            raise GitRefused(note)

    def _try(self, what: str, attempt: Callable[[], object]) -> bool:
        try:
            attempt()
        except GitRefused as error:
            self._alarms[what] = str(error)
            return False
        self._alarms.pop(what, None)
        return True
