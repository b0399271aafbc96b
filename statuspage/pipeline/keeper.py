"""Keeping a site: compiled as it is now, with the holding updates that fell due, each written and published once."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing, nullcontext
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from statuspage.errors import StatusPageError
from statuspage.pipeline.trip import Built, Compiler, Preview
from statuspage.posts.due import DuePost, due_posts, write_posts
from statuspage.posts.unseen import Unseen

if TYPE_CHECKING:
    from statuspage.git.origin import Origin
    from statuspage.sound import SiteSound

Names = frozenset[str]
"""Files below the folder where the site's files lie."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Posted:
    """The timed posts that were written at an instant."""

    posts: tuple[DuePost, ...]
    paths: tuple[str, ...]
    """The files that differ now."""
    next_due_at: datetime | None
    """The first promise of an open incident that has not fallen due."""
    seen: Preview
    """The site as it was before."""


class Keeper:
    """One who compiles a site and keeps its promises. There is one at a time: who holds the site's lock."""

    def __init__(
        self, site_dir: Path, public: Path, *, origin: Origin | None = None, sound: SiteSound | None = None
    ) -> None:
        """Prepare it; with an origin the files come from there, and timed posts go there too."""
        self._folder = origin.folder if origin else site_dir
        self._origin = origin
        self._public = public
        self._compiler = Compiler(self._folder, public, sound=sound)
        self._unseen = Unseen(self._folder)
        self._has_begun = False
        self.trouble = ""
        """Why a post that is due could not be written; empty when all could."""

    def keep(self, now: datetime, changed: Names | None) -> Iterator[Built]:
        """Yield each publication that is needed at `now`: of the files as they are, and once more with what is due.

        What is due is judged by what was just read and published, so that an update that came in time is never
        overlooked. Raises as `Compiler.compile` does; what was published stays. A post that cannot be written holds up
        nothing: `trouble` says why, and the page will say that the update is late.
        """
        changed = self._brought_in(changed)
        if not self._has_begun:
            # A crash may have come between a post and its publication.
            self._write(lambda: self._unseen.take_back_late(self._public, now), now)
            changed = None
        built = self._compiler.compile(now, changed=changed)
        self._has_begun = True
        yield built
        if posted := self._post(built, now):
            yield self._compiler.compile(now, changed=posted)
        self._unseen.forget_public(self._public)

    def _brought_in(self, changed: Names | None) -> Names | None:
        """Take the newest files from the origin; return all that may differ, None for any."""
        if self._origin is None:
            return changed
        brought = self._origin.bring_in(self._compiler.open_paths())
        return None if changed is None or brought is None else changed | brought

    def _post(self, built: Built, now: datetime) -> tuple[str, ...]:
        """Write what is due, and return the files that differ now."""
        self.trouble = ""
        due = due_posts(built.in_hand, built.settings, now)
        try:
            return self._write(lambda: write_posts(self._folder, due, built.settings, unseen=self._unseen), now)
        except (StatusPageError, OSError) as error:
            self.trouble = f"a holding update cannot be written: {error}"
            return ()

    def _write(self, write: Callable[[], tuple[str, ...]], now: datetime) -> tuple[str, ...]:
        """Write posts, and commit them before they are published, while the origin keeps still."""
        if self._origin is None:
            return write()
        with self._origin.still():
            if written := write():
                self._origin.keep(written, now)
        return written

    def close(self) -> None:
        """Close the files that it keeps open."""
        self._compiler.close()


def post(site_dir: Path, now: datetime, *, origin: Origin | None = None) -> Posted:
    """Write the timed posts that are due at `now` into the files of the site, without publishing anything.

    With an origin they go there too. Raises as `Compiler.preview` and `write_posts` do.
    """
    folder = origin.folder if origin else site_dir
    with closing(Compiler(folder)) as compiler:
        if origin:
            origin.bring_in(compiler.open_paths())
        seen = compiler.preview(now)
    due = tuple(due_posts(seen.in_hand, seen.settings, now))
    with origin.still() if origin else nullcontext():
        written = write_posts(folder, due, seen.settings)
        if origin and written:
            origin.keep(written, now)
    promises = [each.shown.promise.due_at for each in seen.in_hand if each.shown.promise]
    promises += [each.update.next_update_at for each in due]
    return Posted(
        posts=due,
        paths=written,
        next_due_at=min((at for at in promises if at > now), default=None),
        seen=seen,
    )
