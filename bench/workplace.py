"""Where measurements work: a folder with corpora that are made once, and fresh folders that are never made anew.

On ext4, files that are created soon after many were deleted cost ten times as much. So nothing is deleted between
measurements; the whole folder goes at the end.
"""

from __future__ import annotations

import argparse
import itertools
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from bench.corpus import incidents, write_site
from statuspage.layout import VAR


@dataclass(frozen=True, slots=True, kw_only=True)
class Workplace:
    """A folder that holds all that measurements read and write."""

    root: Path

    def site(self, count: int) -> Path:
        """Return a site of so many incidents that nothing here edits; made when it is asked for first."""
        site = self.root / f"site-{count}"
        if not site.is_dir():
            unfinished = self.fresh("site")
            write_site(unfinished, incidents(count))
            unfinished.rename(site)
        return site

    def own_site(self, count: int) -> Path:
        """Return a new copy of that site, to be edited; nothing has been compiled in it."""
        copy = self.fresh("edited")
        shutil.copytree(self.site(count), copy, ignore=shutil.ignore_patterns(VAR))
        return copy

    def fresh(self, name: str) -> Path:
        """Return a path that has never been used."""
        tries = (self.root / f"{name}-{number}" for number in itertools.count(1))
        return next(path for path in tries if not path.exists())

    def forget_state(self, site: Path) -> None:
        """Put aside what the program keeps beside a site, so that the next build is a cold one."""
        if (site / VAR).exists():
            (site / VAR).rename(self.fresh("old-state"))


def options(description: str | None) -> argparse.ArgumentParser:
    """Return a parser with the options that every measurement has."""
    parser = argparse.ArgumentParser(description=(description or "").partition("\n")[0])
    parser.add_argument("--folder", type=Path, help="work here and keep what is made; default: a temporary folder")
    parser.add_argument("--full", action="store_true", help="also measure the largest sites")
    return parser


@contextmanager
def workplace(folder: Path | None) -> Iterator[Workplace]:
    """Give a workplace in `folder`, or in one that is removed at the end."""
    if folder is not None:
        folder.mkdir(parents=True, exist_ok=True)
        yield Workplace(root=folder.resolve())
        return
    with tempfile.TemporaryDirectory(prefix="statuspage-bench-") as temporary:
        yield Workplace(root=Path(temporary))
