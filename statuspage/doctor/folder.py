"""The folders that the program writes into, and the room on their disk."""

from __future__ import annotations

import errno
import os
import shlex
import shutil
from collections.abc import Iterator
from pathlib import Path

from statuspage.doctor.finding import Finding, Verdict
from statuspage.layout import INCIDENTS, PUBLIC, VAR
from statuspage.whole_file import whole_beside

ABOUT = "folder"
LEAST_FREE_BYTES = 200_000_000
_PROBE = "doctor"


def look_at_folder(site_dir: Path) -> Iterator[Finding]:
    """Yield for each folder whether files can be put into it whole, and whether the disk has room."""
    for name in (VAR, PUBLIC, INCIDENTS):
        folder = site_dir / name
        if folder.exists():
            yield _tried(folder, name)
        elif name != INCIDENTS:
            yield _tried(site_dir, f"{name}, which is not there yet,")
    yield _room(site_dir)


def _tried(folder: Path, name: str) -> Finding:
    """Return whether a file can be written into the folder and renamed there, as each file of the site is."""
    try:
        with whole_beside(folder / _PROBE, b"") as probe:
            renamed = probe.with_name(f"{probe.name}.{_PROBE}")
            probe.replace(renamed)
            renamed.unlink()
    except OSError as error:
        what = f"{name} cannot be written: {error.strerror}"
        return Finding(about=ABOUT, verdict=Verdict.WRONG, what=what, remedy=_remedy(error, folder))
    return Finding(about=ABOUT, verdict=Verdict.WELL, what=f"{name} can be written")


def _remedy(error: OSError, folder: Path) -> str:
    if error.errno == errno.EROFS:
        return "mount its disk so that it can be written"
    if error.errno in (errno.EACCES, errno.EPERM):
        return f"give it to the user of this program: sudo chown -R {os.geteuid()} {shlex.quote(str(folder))}"
    return f"see what it is: ls -ld {shlex.quote(str(folder))}"


def _room(site_dir: Path) -> Finding:
    free = shutil.disk_usage(site_dir).free
    what = f"the disk has {free / 1e9:.1f} GB free"
    if free < LEAST_FREE_BYTES:
        remedy = f"make room: at least {LEAST_FREE_BYTES / 1e9:.1f} GB"
        return Finding(about=ABOUT, verdict=Verdict.WRONG, what=what, remedy=remedy)
    return Finding(about=ABOUT, verdict=Verdict.WELL, what=what)
