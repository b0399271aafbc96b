"""A program of its own that takes messages into an outbox, and prints the keys of those that were new.

Called with the file of the outbox and how many there are; it begins when a line comes.
"""

from __future__ import annotations

import sys
from pathlib import Path

from statuspage.deliver.outbox import Outbox
from tests.deliver.builders import NOON, mail_to, message

if __name__ == "__main__":
    sys.stdin.readline()
    for n in range(int(sys.argv[2])):
        for said in Outbox(Path(sys.argv[1])).enqueue([message(str(n))], [mail_to()], now=NOON):
            sys.stdout.write(f"{said.key}\n")
