"""A site folder for commands to work on."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.screens import SETTINGS


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a site without incidents, below the folder in which the commands run."""
    folder = tmp_path / "acme"
    (folder / "incidents").mkdir(parents=True)
    (folder / "statuspage.toml").write_text(SETTINGS)
    monkeypatch.chdir(tmp_path)
    return Path("acme")
