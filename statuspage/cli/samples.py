"""The site that `init` begins with, carried inside the program."""

from __future__ import annotations

from importlib.resources import as_file, files
from pathlib import Path

from statuspage.authoring import write_new
from statuspage.errors import StatusPageError
from statuspage.layout import PUBLIC, SETTINGS, VAR

IGNORED_BY_GIT = f"/{PUBLIC}/\n/{VAR}/\n".encode()


def copy_samples(folder: Path) -> tuple[Path, ...]:
    """Write a new site into the folder and return its files; StatusPageError where there is a site already."""
    if (folder / SETTINGS).exists():
        raise StatusPageError(f"{folder / SETTINGS}: there is a site already; choose another folder")
    with as_file(files("statuspage") / "samples") as samples:
        contents = {file.relative_to(samples): file.read_bytes() for file in samples.rglob("*.*")}
    # The settings come last: a folder that has them is whole.
    contents = {Path(".gitignore"): IGNORED_BY_GIT} | contents
    order = sorted(contents, key=lambda path: (path.name == SETTINGS, path))
    missing = [path for path in order if not (folder / path).exists()]
    for path in missing:
        write_new(folder / path, contents[path])
    return tuple(folder / path for path in missing)
