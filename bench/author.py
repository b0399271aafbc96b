"""One who edits a site at random, the same way for the same seed: what a soak lets a program go through."""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

from bench.corpus import NOW, plain_incident
from bench.edits import incident_files, reworded, save, with_news
from bench.written import file_of

FIRST_NEW_NUMBER = 500_000
RECENT = 60
"""Every second edit is of one of so many newest files, which stand in the index and in feeds."""
LONGEST_FILE_LETTERS = 20_000
FEWEST_SHARE = 0.5
"""Of the files there were at first, so many stay."""


class Author:
    """Edits the files of one site; every edit also writes its number into the newest incident, which stays."""

    def __init__(self, site: Path, *, seed: int = 1) -> None:
        self.site = site
        self._chance = random.Random(seed)
        *self._files, self._newest = incident_files(site)
        self._fewest = int(len(self._files) * FEWEST_SHARE)
        self._newest_text = self._newest.read_text(encoding="utf-8")
        self._broken: dict[Path, str] = {}
        self._edits: tuple[Callable[[int], set[Path]], ...] = (
            self._append,
            self._reword,
            self._add,
            self._remove,
            self._rename,
            self._break,
            self._mend,
        )
        self.gone: set[str] = set()
        """The slugs that stand nowhere any more, each noted before its file goes."""
        self.counts = dict.fromkeys((edit.__name__.removeprefix("_") for edit in self._edits), 0)
        """How often each kind of edit was made."""

    def edit(self, number: int) -> frozenset[str]:
        """Make one edit; return the paths that it touched, below the site."""
        edit = self._chance.choice(self._edits)
        touched = edit(number)
        self.counts[edit.__name__.removeprefix("_")] += bool(touched)
        save(self._newest, with_news(self._newest_text, number))
        return self._below_site(touched | {self._newest})

    def mend_everything(self) -> frozenset[str]:
        """Make every broken file readable again; return the paths that it touched, below the site."""
        touched = set(self._broken)
        for file in touched:
            save(file, self._broken.pop(file))
        return self._below_site(touched)

    def _append(self, _number: int) -> set[Path]:
        file = self._any()
        text = file.read_text(encoding="utf-8")
        if len(text) > LONGEST_FILE_LETTERS:
            text = text.rpartition("\n## ")[0]
        at = NOW - timedelta(minutes=self._chance.randrange(60, 600))
        save(file, f"{text.rstrip()}\n\n## {at:%Y-%m-%d %H:%M} UTC — Update\n\nStill at it.\n")
        return {file}

    def _reword(self, number: int) -> set[Path]:
        file = self._any()
        text = re.sub(r"^We are at step\w+ of the repair\. ", "", file.read_text(encoding="utf-8"), flags=re.MULTILINE)
        save(file, reworded(text, number))
        return {file}

    def _add(self, number: int) -> set[Path]:
        began_at = NOW - timedelta(minutes=self._chance.randrange(200, 20_000))
        added = plain_incident(FIRST_NEW_NUMBER + number, began_at, is_open=False)
        file = self.site / "incidents" / added.path
        file.parent.mkdir(parents=True, exist_ok=True)
        save(file, file_of(added).decode())
        self._files.append(file)
        return {file}

    def _remove(self, _number: int) -> set[Path]:
        if len(self._files) <= self._fewest:
            return set()
        file = self._any()
        self._forget(file)
        file.unlink()
        return {file}

    def _rename(self, number: int) -> set[Path]:
        file = self._any()
        renamed = file.with_name(f"{file.stem.partition('-renamed')[0]}-renamed-{number}.md")
        self._forget(file)
        file.rename(renamed)
        self._files.append(renamed)
        return {file, renamed}

    def _break(self, _number: int) -> set[Path]:
        file = self._any()
        text = file.read_text(encoding="utf-8")
        self._broken[file] = text
        save(file, text.replace("title: ", "title: [", 1))
        return {file}

    def _mend(self, _number: int) -> set[Path]:
        if not self._broken:
            return set()
        file = self._chance.choice(sorted(self._broken))
        save(file, self._broken.pop(file))
        return {file}

    def _any(self) -> Path:
        """Return a file that is not broken, every second time one of the newest."""
        start = max(0, len(self._files) - RECENT) if self._chance.random() < 0.5 else 0
        while True:
            file = self._files[self._chance.randrange(start, len(self._files))]
            if file not in self._broken:
                return file

    def _forget(self, file: Path) -> None:
        self.gone.add(file.stem)
        self._files.remove(file)

    def _below_site(self, files: set[Path]) -> frozenset[str]:
        return frozenset(file.relative_to(self.site).as_posix() for file in files)
