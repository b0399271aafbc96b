"""A program that is killed in the middle loses nothing, and two programs say one thing once."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from statuspage.deliver.outbox import Outbox
from tests.conftest import REPOSITORY
from tests.deliver.builders import NOON, hook, message
from tests.deliver.servers import Receiver

MESSAGES = 200
KILLS = 4
LIMIT_SECONDS = 60
ENVIRONMENT = {**os.environ, "PYTHONPATH": str(REPOSITORY)}


def start(program: str, *arguments: object) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", f"tests.deliver.{program}", *map(str, arguments)],
        env=ENVIRONMENT,
        text=True,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )


def test_a_sender_that_is_killed_loses_nothing_and_repeats_with_the_same_id(tmp_path: Path, receiver: Receiver) -> None:
    file = tmp_path / "outbox.sqlite"
    said = [message(str(n)) for n in range(MESSAGES)]
    outbox = Outbox(file)
    outbox.enqueue(said, [hook(receiver.url)], now=NOON)
    outbox.close()

    for kill in range(KILLS):
        with start("sender", file, receiver.url, 5 * kill) as sender:
            receiver.wait_for((kill + 1) * MESSAGES // (KILLS + 1))
            sender.kill()
    with start("sender", file, receiver.url, 5 * KILLS) as sender:
        assert sender.wait(LIMIT_SECONDS) == 0

    ids = [request.headers["webhook-id"] for request in receiver.requests]
    assert set(ids) == {one.id for one in said}
    assert len(ids) - MESSAGES <= KILLS
    assert Outbox(file).next_due() is None


def test_two_programs_that_say_the_same_say_it_once(tmp_path: Path) -> None:
    file, count = tmp_path / "outbox.sqlite", 30

    with start("teller", file, count) as first, start("teller", file, count) as second:
        for teller in (first, second):
            assert teller.stdin is not None
            teller.stdin.write("go\n")
            teller.stdin.flush()
        outputs = [teller.communicate(timeout=LIMIT_SECONDS)[0] for teller in (first, second)]

    keys = "".join(outputs).split()
    assert sorted(keys, key=int) == [str(n) for n in range(count)]
