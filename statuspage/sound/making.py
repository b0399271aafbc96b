"""The process that makes sound beside the server, whose readers wait for nothing that is reckoned here."""

from __future__ import annotations

import os
import pickle
import signal
import sys
from pathlib import Path

from statuspage.sound.studio import Studio

_NICENESS = 5


def main(site_dir: Path) -> None:
    """Make the scripts on the standard input; what went wrong is the last line that is told."""
    # Not at once: an engine that still speaks is to be ended first.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit("was ended"))
    os.nice(_NICENESS)
    scripts = pickle.load(sys.stdin.buffer)  # noqa: S301 - from the program itself
    if reasons := Studio(site_dir).make_all(scripts):
        sys.exit("; ".join(reasons))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
