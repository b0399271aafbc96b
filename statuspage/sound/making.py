"""The process that makes sound beside the server, whose readers wait for nothing that is reckoned here."""

from __future__ import annotations

import os
import pickle
import signal
import sys
from pathlib import Path

from statuspage.sound.speech import NotSpoken
from statuspage.sound.studio import Studio

_NICENESS = 5


def main(site_dir: Path) -> None:
    """Make the scripts on the standard input; what went wrong is the last line that is told."""
    # Not at once: an engine that still speaks is to be ended first.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit("was ended"))
    os.nice(_NICENESS)
    studio, reasons = Studio(site_dir), []
    for script in pickle.load(sys.stdin.buffer):  # noqa: S301 - from the program itself
        try:
            studio.make(script)
        except NotSpoken as error:
            reasons.append(str(error))
    if reasons:
        sys.exit("; ".join(dict.fromkeys(reasons)))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
