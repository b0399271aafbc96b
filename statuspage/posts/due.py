"""Which timed posts are due, and putting them into the files of their incidents."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from statuspage.compiler import InHand
from statuspage.config import Settings
from statuspage.posts.timed_files import TimedFiles, timed_path
from statuspage.posts.unseen import Unseen, UnseenPost
from statuspage.source.names import IncidentName
from statuspage.timeline.due import HoldingUpdate, holding_update, post_id


@dataclass(frozen=True, slots=True, kw_only=True)
class DuePost:
    """A timed post that is to be written into the files of an incident."""

    name: IncidentName
    update: HoldingUpdate

    @property
    def id(self) -> str:
        """Return the id of the post, which says which promise it answers."""
        return post_id(self.update.incident.source.id, self.update.due_at)


def due_posts(in_hand: Iterable[InHand], settings: Settings, now: datetime) -> Iterator[DuePost]:
    """Yield the posts that are due at `now`, in the order of their incidents' files."""
    for each in in_hand:
        if update := holding_update(each.shown, settings.clock, now):
            yield DuePost(name=each.name, update=update)


def write_posts(
    site_dir: Path, due: Iterable[DuePost], settings: Settings, *, unseen: Unseen | None = None
) -> tuple[str, ...]:
    """Write the posts, each once however often it is asked for, and return the files that differ now.

    They are noted in `unseen` by whoever publishes them too. Raises StatusPageError or OSError where a file cannot be
    written; those before it are.
    """
    due = tuple(due)
    if not due:
        return ()
    # The words are loaded only when something is to be said: a server may run for weeks before that.
    from statuspage.posts.words import holding_post

    files = TimedFiles(site_dir)
    written = []
    for post in due:
        path, page = timed_path(post.name), f"{post.update.incident.source.path.strip('/')}/index.html"
        text = holding_post(post.update, settings.site, settings.holding)
        if unseen:
            unseen.note(UnseenPost(id=post.id, path=path, page=page, at=post.update.at))
        if files.add(path, text, post_id=post.id):
            written.append(path)
    return tuple(written)
