"""Small sites with something to tell callers, and a Python without the extra `hold`."""

from __future__ import annotations

import io
import os
import subprocess
import sys
import sysconfig
from pathlib import Path

import numpy as np
import numpy.typing as npt
import soundfile

OPEN_NOW = "2026-11-21T14:10:00Z"
BEFORE = "2026-11-20T12:00:00Z"
SETTINGS = """\
[site]
title = "Acme Status"
url = "https://status.acme.example"
language = "en-GB"

[[component]]
id = "card-payments"
name = "Card payments"

[hold]
languages = ["en", "de"]
"""
INCIDENT = """\
---
title: Card payments are failing
impact: major
components:
  card-payments: major_outage
---

## 2026-11-21 14:05 UTC — Investigating

About one card payment in three fails.

What you can do: You can still pay by bank transfer.
Next update: 14:35
"""
WITHOUT_SOUND = ("numpy", "py_nanotts", "hibari", "soundfile", "_soundfile")


def make_site(folder: Path, *, incidents: int = 1) -> Path:
    """Write a site with so many open incidents and return it."""
    (folder / "incidents").mkdir(parents=True)
    (folder / "statuspage.toml").write_text(SETTINGS, encoding="utf-8")
    for number in range(incidents):
        (folder / "incidents" / f"payments-{number}.md").write_text(INCIDENT, encoding="utf-8")
    return folder


def recorded_wav(*, rate: int, channels: int = 1, hertz: float = 700, seconds: float = 1.5) -> bytes:
    """Return a WAV file of a tone that stands for somebody's voice; in stereo it is on the left alone."""
    times = np.arange(round(rate * seconds)) / rate
    samples: npt.NDArray[np.float64] = np.zeros((len(times), channels))
    samples[:, 0] = 0.3 * np.sin(2 * np.pi * hertz * times)
    file = io.BytesIO()
    soundfile.write(file, samples, rate, format="WAV", subtype="PCM_16")
    return file.getvalue()


def run_without_sound(links: Path, repository: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run the program under a Python that has everything but what makes sound."""
    links.mkdir()
    for package in Path(sysconfig.get_path("purelib")).iterdir():
        if not package.name.startswith(WITHOUT_SOUND):
            (links / package.name).symlink_to(package)
    environment = {"PYTHONPATH": f"{links}{os.pathsep}{repository}", "PATH": "", "LC_ALL": "C.UTF-8"}
    return subprocess.run(
        [sys.executable, "-S", "-m", "statuspage", *arguments],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
