"""A real Asterisk in a folder of its own, so that nothing of the system is touched: `python -m tests.pbx.chroot`.

It is the one of Debian 11, which is fixed for good, from the mirror that this machine is set up with.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2] / ".venv" / "asterisk"
RELEASE = "bullseye"
PACKAGES = "asterisk,asterisk-modules"
LIMIT_SECONDS = 900


def missing() -> str:
    """Return why Asterisk cannot be run here; empty when it can."""
    if os.geteuid() != 0:
        return "only root can run it in a folder of its own"
    if not (ROOT / "usr" / "sbin" / "asterisk").exists():
        return "it is not prepared; `make pbx` does that, as root, where mmdebstrap and Debian's packages can be had"
    return ""


def prepare() -> None:
    """Make the folder if it is not there; raises RuntimeError that says why it cannot be made."""
    if os.geteuid() != 0:
        raise RuntimeError("only root can run Asterisk in a folder of its own")
    if (ROOT / "usr" / "sbin" / "asterisk").exists():
        return
    if shutil.which("mmdebstrap") is None:
        raise RuntimeError("mmdebstrap is not installed (on Debian: apt-get install mmdebstrap)")
    part = ROOT.with_name(f"{ROOT.name}.part")
    shutil.rmtree(part, ignore_errors=True)
    command = [
        *("mmdebstrap", "--quiet", "--variant=minbase", f"--include={PACKAGES}"),
        *('--aptopt=Acquire::Check-Valid-Until "false"', '--aptopt=Apt::Install-Recommends "false"'),
        *(RELEASE, str(part), _mirror()),
    ]
    done = subprocess.run(command, capture_output=True, text=True, timeout=LIMIT_SECONDS, check=False)
    if done.returncode:
        raise RuntimeError(f"mmdebstrap: {done.stderr.strip().splitlines()[-1]}")
    part.rename(ROOT)


def _mirror() -> str:
    """Return the first mirror of Debian's packages that apt is set up with."""
    asked = ["apt-get", "indextargets", "--format", "$(REPO_URI) $(CODENAME)"]
    told = subprocess.run(asked, capture_output=True, text=True, timeout=60, check=True).stdout.splitlines()
    # A suite for security or updates is no whole release.
    whole = [line.split()[0] for line in told if len(line.split()) == 2 and "-" not in line.split()[1]]
    if not whole:
        raise RuntimeError("apt knows no mirror of Debian's packages")
    return whole[0]


if __name__ == "__main__":
    try:
        prepare()
    except (RuntimeError, OSError, subprocess.SubprocessError) as error:
        sys.exit(f"tests that call a real Asterisk are left out: {error}")
