"""The figures of serving: what is said where a program for them is missing."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path


def test_the_figures_name_the_package_that_is_missing(repository: Path, tmp_path: Path) -> None:
    command = [sys.executable, str(repository / "bench" / "serving.py")]

    answer = subprocess.run(command, env={"PATH": str(tmp_path)}, capture_output=True, text=True)

    assert answer.returncode == 2
    assert answer.stdout.startswith("missing: ")
    assert answer.stdout.endswith("wrk)\n")
