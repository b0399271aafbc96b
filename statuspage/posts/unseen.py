"""Posts that were written and may not have been published: known again after a crash between the two."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from statuspage.layout import VAR
from statuspage.posts.timed_files import TimedFiles
from statuspage.render.addresses import update_anchor
from statuspage.timeline.story import LATE_AFTER
from statuspage.whole_file import TEMPORARY_SUFFIX, write_whole


@dataclass(frozen=True, slots=True, kw_only=True)
class UnseenPost:
    """A post, and where it is to be seen."""

    id: str
    path: str
    """Of the file that it is written into, below the site folder."""
    page: str
    """Of the page that shows it, below the public folder."""
    at: datetime

    def is_public(self, public: Path) -> bool:
        """Return True when its page shows it."""
        try:
            return f'id="{update_anchor(self.id)}"' in (public / self.page).read_text("utf-8")
        except (OSError, UnicodeDecodeError):
            return False


class Unseen:
    """The posts of one site folder that nobody may have seen yet: a small file each, in `var/unseen/`."""

    def __init__(self, site_dir: Path) -> None:
        self._folder = site_dir / VAR / "unseen"
        self._files = TimedFiles(site_dir)

    def note(self, post: UnseenPost) -> None:
        """Keep in mind a post that is about to be written."""
        known = {"path": post.path, "page": post.page, "at": post.at.isoformat()}
        write_whole(self._folder / post.id, json.dumps(known).encode())

    def forget_public(self, public: Path) -> None:
        """Forget what can be seen now."""
        for post in self._posts():
            if post.is_public(public):
                self._forget(post)

    def take_back_late(self, public: Path, now: datetime) -> tuple[str, ...]:
        """Take back what nobody saw in time, after a crash; return the files that differ now.

        It will be written anew with its true time: no post is dated before it was public.
        """
        self.forget_public(public)
        changed = []
        for post in self._posts():
            if now >= post.at + LATE_AFTER:
                if self._files.take_back(post.path, post.id):
                    changed.append(post.path)
                self._forget(post)
        for half_written in self._folder.glob(f".*{TEMPORARY_SUFFIX}"):
            half_written.unlink(missing_ok=True)
        return tuple(dict.fromkeys(changed))

    def _posts(self) -> Iterator[UnseenPost]:
        for file in sorted(self._folder.glob("[!.]*")):
            with suppress(OSError, ValueError, KeyError):
                known = json.loads(file.read_bytes())
                at = datetime.fromisoformat(known["at"])
                yield UnseenPost(id=file.name, path=known["path"], page=known["page"], at=at)

    def _forget(self, post: UnseenPost) -> None:
        (self._folder / post.id).unlink(missing_ok=True)
