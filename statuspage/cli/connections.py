"""How many clients `serve` takes at once, and how much of each."""

from __future__ import annotations

import resource

WANTED_CONNECTIONS = 4_096
FEWEST_CONNECTIONS = 64
FILES_OF_OUR_OWN = 512
"""What compiling and publishing may have open, so that no crowd of clients stops them."""
LARGEST_HEAD_BYTES = 32 * 1024
HEAD_LIMIT_SECONDS = 30
"""A connection that is idle for so long is closed as well."""


def connections_at_once() -> int:
    """Return how many connections may be open, after asking the system for enough open files for this process."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = WANTED_CONNECTIONS + FILES_OF_OUR_OWN
    allowed = wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)
    if resource.RLIM_INFINITY != soft < allowed:
        resource.setrlimit(resource.RLIMIT_NOFILE, (allowed, hard))
    return max(FEWEST_CONNECTIONS, allowed - FILES_OF_OUR_OWN)
