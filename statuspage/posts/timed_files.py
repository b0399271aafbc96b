"""The files of timed posts, `<slug>.timed.md`: written by the program alone, one post for each promise."""

from __future__ import annotations

import fcntl
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from statuspage.authoring import append_update, rewrite, write_new
from statuspage.errors import StatusPageError
from statuspage.layout import VAR
from statuspage.source.folder import LARGEST_SOURCE_BYTES
from statuspage.source.headings import split_blocks
from statuspage.source.names import IncidentName, stem_path


class TimedFiles:
    """The timed posts of one site folder. Several programs may write at once: each post is written once."""

    def __init__(self, site_dir: Path) -> None:
        self._site_dir = site_dir

    def add(self, path: str, post: str, *, post_id: str) -> bool:
        """Put a post at the end of a file; return False where it is there already.

        Raises StatusPageError where the file cannot be used, and OSError where the disk refuses.
        """
        with self._alone():
            text = self._text(path)
            if _has_post(text, post_id):
                return False
            whole = append_update(text, post)
            if len(whole.encode()) > LARGEST_SOURCE_BYTES:
                raise StatusPageError(f"{path}: has no room for another post; move older ones into the incident's file")
            (rewrite if text else write_new)(self._site_dir / path, whole)
        return True

    def take_back(self, path: str, post_id: str) -> bool:
        """Take a post that nobody has seen out of its file; return False where it is not there."""
        with self._alone():
            text = self._text(path)
            block = next((b for b in split_blocks(text, line=1)[1:] if _has_post(b.body, post_id)), None)
            if block is None:
                return False
            lines = text.split("\n")
            end = block.body_line - 1 + block.body.count("\n")
            rest = "\n".join([*lines[: block.line - 1], *lines[end + 1 :]]).strip("\n")
            if rest:
                rewrite(self._site_dir / path, f"{rest}\n")
            else:
                (self._site_dir / path).unlink()
        return True

    def _text(self, path: str) -> str:
        file = self._site_dir / path
        if file.is_symlink():
            raise StatusPageError(f"{path}: is a symlink, which is never followed; put the file itself here")
        try:
            return file.read_bytes().decode("utf-8")
        except FileNotFoundError:
            return ""
        except UnicodeDecodeError as error:
            raise StatusPageError(f"{path}: is not text in UTF-8; save it as UTF-8") from error

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """Hold the right to write timed posts: the server and a command may want it at once."""
        file = self._site_dir / VAR / "posts.lock"
        file.parent.mkdir(parents=True, exist_ok=True)
        with file.open("a") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield


def timed_path(name: IncidentName) -> str:
    """Return where the timed posts of an incident lie, below the site folder."""
    return name.timed or f"{stem_path(name.path)}.timed.md"


def _has_post(text: str, post_id: str) -> bool:
    return re.search(rf"^[ \t]*Id:[ \t]*{re.escape(post_id)}[ \t]*$", text, re.MULTILINE | re.IGNORECASE) is not None
