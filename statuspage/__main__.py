"""`python -m statuspage`: the same as the command `statuspage`."""

from __future__ import annotations

from statuspage.cli import main

if __name__ == "__main__":
    main()
