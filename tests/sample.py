"""A copy of the sample site of this repository, and the instant of its invented day at which everything is going on."""

from __future__ import annotations

import shutil
from pathlib import Path

SAMPLE_NOW = "2026-10-15T14:20:00+01:00"


def copy_sample(repository: Path, folder: Path) -> Path:
    """Copy the sample site to `folder` and return it."""
    shutil.copy(repository / "statuspage.toml", folder)
    for name in ("incidents", "static"):
        shutil.copytree(repository / name, folder / name)
    return folder
