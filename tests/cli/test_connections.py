"""How many connections `serve` takes, by what the system allows."""

from __future__ import annotations

import subprocess
import sys

import pytest

ASK = """\
import resource
resource.setrlimit(resource.RLIMIT_NOFILE, ({soft}, {hard}))
from statuspage.cli.connections import connections_at_once
print(connections_at_once(), *resource.getrlimit(resource.RLIMIT_NOFILE))
"""


@pytest.mark.parametrize(
    ("soft", "hard", "expected"),
    [
        (1024, 16_000, "4096 4608 16000"),
        (16_000, 16_000, "4096 16000 16000"),
        (512, 1024, "512 1024 1024"),
        (256, 512, "64 512 512"),
    ],
)
def test_the_limit_of_open_files_is_raised_and_some_are_left_for_the_compiler(
    soft: int, hard: int, expected: str
) -> None:
    answer = subprocess.run(
        [sys.executable, "-c", ASK.format(soft=soft, hard=hard)], capture_output=True, text=True, check=True
    )

    assert answer.stdout.strip() == expected
