"""The trip on one screen: files that changed, what they say, what is true now, what differs of it, where that lies."""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Callable, Iterable
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from statuspage.cache import is_damage, open_cache
from statuspage.compiler import InHand, Moved
from statuspage.config import Settings
from statuspage.errors import Fault
from statuspage.layout import PUBLIC, VAR
from statuspage.pipeline.memory import Memory
from statuspage.pipeline.run import Run
from statuspage.publish import ManifestDamaged, NotPublished, Publication, Published, manifest_path
from statuspage.shown import Shown

if TYPE_CHECKING:
    from statuspage.sound import SiteSound

COMMIT = "commit"
"""Under this name the cache keeps the commit that was compiled last."""
_Result = TypeVar("_Result")


@dataclass(frozen=True, slots=True, kw_only=True)
class Built:
    """One compilation and what its publication did."""

    settings: Settings
    """In force: those of the file, or the last good ones."""
    next_change_at: datetime
    """The first instant after `now` at which anything public differs."""
    in_hand: tuple[InHand, ...]
    """All that is open, and, where there are staff to tell, what was resolved not long ago."""
    faults: tuple[Fault, ...]
    """By path, then by line."""
    published: Published
    note: str
    """Why the cache was thrown away; empty when it was not."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """A site as the public would see it."""

    settings: Settings
    shown: Shown
    in_hand: tuple[InHand, ...]
    """All that is open, and, where there are staff to tell, what was resolved not long ago."""
    faults: tuple[Fault, ...]
    """By path, then by line."""


class Compiler:
    """Keeps one output folder up to date with one site folder, and does no more than what changed asks for.

    Everything that it knows lies in the cache: another process may compile the same site in between, and a new one
    goes on where the last one ended.
    """

    def __init__(
        self, site_dir: Path, output: Path | None = None, *, jobs: int = 1, sound: SiteSound | None = None
    ) -> None:
        """Prepare it; without `sound`, none is published."""
        self._site_dir = site_dir
        self._sound = sound
        self._out = output or site_dir / PUBLIC
        self._manifest = manifest_path(site_dir, self._out)
        self._cache_path = cache_path(site_dir, self._out)
        self._cache = open_cache(self._cache_path)
        self._memory = Memory(site_dir)
        self._jobs = jobs
        self._publication: Publication | None = None

    def close(self) -> None:
        """Close the files that it keeps open."""
        self._cache.close()
        self._memory.last_good.close()
        if self._publication:
            self._publication.close()

    def compile(self, now: datetime, *, changed: Iterable[str] | None = None) -> Built:
        """Bring the output to what the public may see at `now` (aware), and return what was done.

        `changed` names files below the site folder that may differ; for None every file is looked at.
        Raises FaultyFiles when there are no settings to work with, neither good ones nor earlier ones, and NotPublished
        when the disk refuses; what was public then stays.
        """
        return self._until_still(lambda moved: self._compile(now.astimezone(UTC), changed, moved))

    def _until_still(self, attempt: Callable[[set[str]], _Result]) -> _Result:
        """Return what the attempt does, repeated while files move under it, and without a cache or manifest damaged."""
        moved: set[str] = set()
        has_discarded = False
        while True:
            try:
                return attempt(moved)
            except Moved as error:
                # A file was edited while others were read: begin again, with it.
                moved.add(error.path)
            except ManifestDamaged:
                if has_discarded or self._publication is None:
                    raise
                self._publication.discard_manifest()
                has_discarded = True
            except sqlite3.DatabaseError as error:
                self._begin_anew(error)

    def _begin_anew(self, error: sqlite3.Error) -> None:
        """Throw the cache away where it turned out to be damaged; raises NotPublished where that would not help."""
        if not is_damage(error) and not isinstance(error, sqlite3.OperationalError):
            raise error
        if not is_damage(error) or self._cache.note:
            raise NotPublished(f"{self._cache_path}: cannot be used: {error}") from error
        self._cache.close()
        self._cache = open_cache(self._cache_path, damage=str(error))

    def _compile(self, now: datetime, changed: Iterable[str] | None, moved: set[str]) -> Built:
        publication = self._publication = self._publication or Publication(self._out, manifest=self._manifest)
        with self._cache.writing():
            publication.begin()
            run = Run(self._site_dir, self._cache, self._memory, now=now)
            run.trust(publication, looks_at_all=changed is None)
            run.look(changed, moved, publication)
            run.publish_incidents(publication, out=self._out, manifest=self._manifest, jobs=self._jobs)
            run.publish_static(publication)
            in_hand = run.in_hand()
            if self._sound:
                run.publish_sound(publication, self._sound)
            published = run.publish_lists(publication)
            run.keep(publication)
            next_change_at, faults = run.next_change_at, run.faults()
        note, self._cache.note = self._cache.note, ""
        return Built(
            settings=run.settings,
            next_change_at=next_change_at,
            in_hand=in_hand,
            faults=faults,
            published=published,
            note=note,
        )

    def compile_commit(self, now: datetime) -> Built:
        """Do the same as `compile`, for what git says has changed since this was last called; else for every file.

        For pipelines, where nothing lies in the folder that is not committed.
        """
        from statuspage.compiler.commits import changed_since, head_of

        commit = head_of(self._site_dir)
        changed = changed_since(self._site_dir, before) if commit and (before := self._cache.get(COMMIT)) else None
        built = self.compile(now, changed=changed)
        with self._cache.writing():
            self._cache.set(COMMIT, commit or "")
        return built

    def open_paths(self) -> frozenset[str]:
        """Return the files of all that was open when the site was last compiled, by whichever process."""
        return self._until_still(lambda _: self._cache.open_paths())

    def preview(self, now: datetime) -> Preview:
        """Return what the public would see at `now`; nothing is written, and nothing kept.

        Its history can be asked until this is closed. Raises FaultyFiles and NotPublished like `compile`.
        """
        return self._until_still(lambda moved: self._preview(now.astimezone(UTC), moved))

    def _preview(self, now: datetime, moved: set[str]) -> Preview:
        with self._cache.writing(keeps=False):
            run = Run(self._site_dir, self._cache, Memory(self._site_dir), now=now)
            run.look(None, moved)
            run.tell_incidents()
            return Preview(settings=run.settings, shown=run.shown(), in_hand=run.in_hand(), faults=run.faults())


def build(
    site_dir: Path,
    *,
    output: Path,
    now: datetime,
    jobs: int = 1,
    asks_git: bool = False,
    sound: SiteSound | None = None,
) -> Built:
    """Compile the site once, as `Compiler.compile` does, or as `compile_commit`."""
    with closing(Compiler(site_dir, output, jobs=jobs, sound=sound)) as compiler:
        return compiler.compile_commit(now) if asks_git else compiler.compile(now)


def preview(site_dir: Path, now: datetime) -> Preview:
    """Return what the public would see at `now`, as `Compiler.preview` does; its history cannot be asked any more."""
    with closing(Compiler(site_dir)) as compiler:
        return compiler.preview(now)


def cache_path(site_dir: Path, output: Path) -> Path:
    """Return where the cache of a site and an output folder lies."""
    if output.resolve() == (site_dir / PUBLIC).resolve():
        return site_dir / VAR / "cache.sqlite"
    name = hashlib.sha256(str(output.resolve()).encode()).hexdigest()[:12]
    return site_dir / VAR / f"cache-{name}.sqlite"
