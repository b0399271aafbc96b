"""Incidents told, rendered and written in batches: in this process, or, when there are many, in several at once."""

from __future__ import annotations

import multiprocessing
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from statuspage.compiler import Fresh, Teller, Work
from statuspage.layout import language_folders
from statuspage.publish import Publication

if TYPE_CHECKING:
    from statuspage.render.site import Renderer

BATCH = 256
WORTH_A_PROCESS = 512
"""Fewer incidents are told sooner than another process is started."""

Result = tuple[Work, Fresh | None]
"""What was to be told, and what came of it; None where the file has vanished."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Leaves:
    """Tells incidents and publishes their own pages."""

    teller: Teller
    renderer: Callable[[], Renderer]
    """Called when there is something to render."""
    out: Path
    manifest: Path
    jobs: int = 1

    def publish(self, works: Sequence[Work], publication: Publication) -> Iterator[Result]:
        """Yield every result once its pages are in place, in the order given."""
        jobs = min(self.jobs, len(works) // WORTH_A_PROCESS + 1)
        if jobs > 1:
            yield from self._in_processes(works, publication, jobs)
            return
        for batch in _batches(works):
            yield from self.batch(batch, publication)

    def batch(self, works: Iterable[Work], publication: Publication) -> list[Result]:
        """Return the results of one batch, whose pages have been put."""
        results = [(work, self.teller.tell(work)) for work in works]
        files: dict[str, bytes] = {}
        for _, fresh in results:
            if fresh and fresh.shown:
                files |= self.renderer().incident(fresh.shown)
        publication.put(files)
        self.teller.remember()
        return results

    def _in_processes(self, works: Sequence[Work], publication: Publication, jobs: int) -> Iterator[Result]:
        # Forked, so that everything prepared here is there; nothing else runs in this process while a build begins.
        context = multiprocessing.get_context("fork")
        self.teller.close()
        self.renderer()
        with publication.apart():
            pool = context.Pool(jobs, initializer=_begin, initargs=(self,))
        with pool:
            for results, written in pool.imap(_work, _batches(works)):
                publication.note_written(written)
                yield from results


def public_files(address: str, incident_id: str, languages: Sequence[str]) -> tuple[str, ...]:
    """Return the pages and the document of an incident by its address and its id."""
    pages = (f"{folder}{address.removeprefix('/')}index.html" for folder in language_folders(languages))
    return (*pages, f"api/v2/incidents/{incident_id}.json")


def _batches(works: Sequence[Work]) -> Iterator[list[Work]]:
    waiting = iter(works)
    while batch := list(islice(waiting, BATCH)):
        yield batch


_BatchOfAProcess = Callable[[list[Work]], tuple[list[Result], tuple[str, ...]]]
_in_this_process: _BatchOfAProcess


def _begin(leaves: Leaves) -> None:
    """Prepare a process that has just been forked: it writes with a connection of its own."""
    publication = Publication(leaves.out, manifest=leaves.manifest)

    def work(batch: list[Work]) -> tuple[list[Result], tuple[str, ...]]:
        results = leaves.batch(batch, publication)
        written = publication.take_written()
        # What was told is told again when a list wants it: that costs less than to hand over all of it.
        return [(one, replace(fresh, shown=None) if fresh else None) for one, fresh in results], written

    global _in_this_process
    _in_this_process = work


def _work(batch: list[Work]) -> tuple[list[Result], tuple[str, ...]]:
    return _in_this_process(batch)
