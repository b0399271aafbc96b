"""Keeping a site: compiled as it is now, with the holding updates that fell due, each written and published once."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from statuspage.errors import StatusPageError
from statuspage.pipeline.trip import Built, Compiler
from statuspage.posts.due import DuePost, due_posts, write_posts
from statuspage.posts.unseen import Unseen

Names = frozenset[str]
"""Files below the site folder."""
Commit = Callable[[Sequence[str], datetime], None]
"""Keeps files of timed posts where the site's files come from, before they are published."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Posted:
    """The timed posts that were written at an instant."""

    posts: tuple[DuePost, ...]
    paths: tuple[str, ...]
    """The files that differ now."""
    next_due_at: datetime | None
    """The first promise of an open incident that has not fallen due."""


def _not_committed(_paths: Sequence[str], _now: datetime) -> None:
    """Leave the files as they were written."""


class Keeper:
    """One who compiles a site and keeps its promises. There is one at a time: who holds the site's lock."""

    def __init__(self, site_dir: Path, public: Path, *, commit: Commit = _not_committed) -> None:
        self._site_dir = site_dir
        self._commit = commit
        self._public = public
        self._compiler = Compiler(site_dir, public)
        self._unseen = Unseen(site_dir)
        self._has_begun = False
        self.trouble = ""
        """Why a post that is due could not be written; empty when all could."""

    def keep(self, now: datetime, changed: Names | None) -> Iterator[Built]:
        """Yield each publication that is needed at `now`: of the files as they are, and once more with what is due.

        What is due is judged by what was just read and published, so that an update that came in time is never
        overlooked. Raises as `Compiler.compile` does; what was published stays. A post that cannot be written holds up
        nothing: `trouble` says why, and the page will say that the update is late.
        """
        if not self._has_begun:
            # A crash may have come between a post and its publication.
            if taken_back := self._unseen.take_back_late(self._public, now):
                self._commit(taken_back, now)
            changed = None
        built = self._compiler.compile(now, changed=changed)
        self._has_begun = True
        yield built
        if posted := self._post(built, now):
            self._commit(posted, now)
            yield self._compiler.compile(now, changed=posted)
        self._unseen.forget_public(self._public)

    def _post(self, built: Built, now: datetime) -> tuple[str, ...]:
        """Write what is due, and return the files that differ now."""
        self.trouble = ""
        due = due_posts(built.in_hand, built.settings, now)
        try:
            return write_posts(self._site_dir, due, built.settings, unseen=self._unseen)
        except (StatusPageError, OSError) as error:
            self.trouble = f"a holding update cannot be written: {error}"
            return ()

    def close(self) -> None:
        """Close the files that it keeps open."""
        self._compiler.close()


def post(site_dir: Path, now: datetime) -> Posted:
    """Write the timed posts that are due at `now` into the files of the site, without publishing anything.

    Raises as `Compiler.preview` and `write_posts` do.
    """
    with closing(Compiler(site_dir)) as compiler:
        seen = compiler.preview(now)
    due = tuple(due_posts(seen.in_hand, seen.settings, now))
    written = write_posts(site_dir, due, seen.settings)
    promises = [each.shown.promise.due_at for each in seen.in_hand if each.shown.promise]
    promises += [each.update.next_update_at for each in due]
    return Posted(
        posts=due,
        paths=written,
        next_due_at=min((at for at in promises if at > now), default=None),
    )
