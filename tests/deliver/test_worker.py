"""The thread that empties the outbox."""

from __future__ import annotations

import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from statuspage.deliver.announcement import Destination, Message
from statuspage.deliver.outbox import Outbox
from statuspage.deliver.worker import Delivered, Deliverer
from statuspage.errors import NotDelivered
from tests.deliver.builders import NOON, hook, mail_to, message

LIMIT_SECONDS = 20.0
PLACES = [mail_to(), mail_to("lead@acme.example"), hook(), hook("https://other.example/hook")]


@dataclass
class Post:
    """A sender of our own: what it was given, and what it answers."""

    fails: dict[str, Exception] = field(default_factory=dict)
    """By the id of a destination."""
    holds: dict[str, threading.Event] = field(default_factory=dict)
    sent: list[tuple[str, str]] = field(default_factory=list)
    running: dict[str, int] = field(default_factory=dict)
    most_at_once: dict[str, int] = field(default_factory=dict)
    came: threading.Condition = field(default_factory=threading.Condition)

    def send(self, said: Message, destination: Destination, _now: datetime) -> None:
        lane = destination.lane
        with self.came:
            self.running[lane] = self.running.get(lane, 0) + 1
            self.most_at_once[lane] = max(self.most_at_once.get(lane, 0), self.running[lane])
            self.came.notify_all()
        try:
            if destination.id in self.holds:
                assert self.holds[destination.id].wait(LIMIT_SECONDS)
            if destination.id in self.fails:
                raise self.fails[destination.id]
            with self.came:
                self.sent.append((said.key, destination.id))
        finally:
            with self.came:
                self.running[lane] -= 1
                self.came.notify_all()

    def wait_for(self, count: int) -> list[tuple[str, str]]:
        with self.came:
            assert self.came.wait_for(lambda: len(self.sent) >= count, LIMIT_SECONDS)
            return list(self.sent)


def find(destination: str) -> Destination | None:
    return next((place for place in PLACES if place.id == destination), None)


@pytest.fixture
def outbox(tmp_path: Path) -> Iterator[Outbox]:
    box = Outbox(tmp_path / "outbox.sqlite")
    yield box
    box.close()


@pytest.fixture
def post() -> Post:
    return Post()


def deliverer(outbox: Outbox, post: Post, now: datetime = NOON) -> Deliverer:
    return Deliverer(outbox, post.send, destination_of=find, clock=lambda: now)


@contextmanager
def running(outbox: Outbox, post: Post) -> Iterator[Deliverer]:
    worker = deliverer(outbox, post)
    worker.start()
    try:
        yield worker
    finally:
        for held in post.holds.values():
            held.set()
        worker.stop(limit_seconds=LIMIT_SECONDS)


def test_what_is_due_is_sent_once_to_everybody(outbox: Outbox, post: Post) -> None:
    outbox.enqueue([message()], PLACES, now=NOON)
    worker = deliverer(outbox, post)

    came = worker.deliver_due(NOON)

    assert came == Delivered(sent_count=4)
    assert sorted(post.sent) == sorted((message().key, place.id) for place in PLACES)
    assert worker.deliver_due(NOON + timedelta(hours=1)) == Delivered()


def test_a_failure_is_tried_again_when_its_time_has_come(outbox: Outbox, post: Post) -> None:
    outbox.enqueue([message()], [mail_to(), hook()], now=NOON)
    post.fails = {mail_to().id: NotDelivered("451 busy")}
    worker = deliverer(outbox, post)

    first = worker.deliver_due(NOON)
    post.fails = {}
    too_soon = worker.deliver_due(NOON + timedelta(seconds=4))
    second = worker.deliver_due(NOON + timedelta(seconds=5))

    assert first == Delivered(sent_count=1, failed_count=1)
    assert too_soon == Delivered()
    assert second == Delivered(sent_count=1)


def test_a_bug_in_one_message_does_not_stop_the_others(
    outbox: Outbox, post: Post, caplog: pytest.LogCaptureFixture
) -> None:
    outbox.enqueue([message()], [mail_to(), hook()], now=NOON)
    post.fails = {mail_to().id: ZeroDivisionError("ops@acme.example")}

    with caplog.at_level(logging.INFO):
        came = deliverer(outbox, post).deliver_due(NOON)

    assert came == Delivered(sent_count=1, failed_count=1)
    assert [t.reason for t in outbox.troubles(since=NOON)] == ["the program failed: ZeroDivisionError"]
    assert [record.message for record in caplog.records] == ["delivery broke", "delivery failed", "delivered"]
    assert "ops@" not in str([vars(record) for record in caplog.records])


def test_a_log_names_no_address(outbox: Outbox, post: Post, caplog: pytest.LogCaptureFixture) -> None:
    outbox.enqueue([message()], [mail_to(), hook("https://acme.example/hook")], now=NOON)
    post.fails = {hook().id: NotDelivered("no", is_permanent=True)}

    with caplog.at_level(logging.INFO):
        deliverer(outbox, post).deliver_due(NOON)

    values = [vars(record) for record in caplog.records]
    assert [(v["message"], v["to"]) for v in values] == [
        ("delivered", "mail o…@acme.example"),
        ("delivery given up", "webhook acme.example"),
    ]
    assert "ops@" not in str(values)
    assert "/hook" not in str([v["to"] for v in values])


def test_a_destination_that_is_gone_is_skipped(outbox: Outbox, post: Post) -> None:
    outbox.enqueue([message()], [hook("https://gone.example")], now=NOON)
    worker = deliverer(outbox, post)

    worker.deliver_due(NOON)

    assert post.sent == []
    assert outbox.troubles(since=NOON) == ()
    assert outbox.next_due() is None


def test_the_thread_sends_what_comes_when_it_is_poked(outbox: Outbox, post: Post) -> None:
    with running(outbox, post) as worker:
        outbox.enqueue([message()], PLACES, now=NOON)
        worker.poke()

        assert len(post.wait_for(4)) == 4


def test_a_server_that_hangs_holds_up_only_itself_and_gets_one_message_at_a_time(outbox: Outbox, post: Post) -> None:
    post.holds = {hook().id: threading.Event()}
    outbox.enqueue([message(str(n)) for n in range(5)], PLACES, now=NOON)

    with running(outbox, post):
        others = post.wait_for(15)
        post.holds[hook().id].set()
        everything = post.wait_for(20)

    assert hook().id not in {destination for _, destination in others}
    assert len(set(everything)) == 20
    assert set(post.most_at_once.values()) == {1}


def test_a_send_under_way_gets_time_to_finish(outbox: Outbox, post: Post) -> None:
    post.holds = {mail_to().id: threading.Event()}
    outbox.enqueue([message("a"), message("b")], [mail_to()], now=NOON)
    worker = deliverer(outbox, post)
    worker.start()
    with post.came:
        assert post.came.wait_for(lambda: post.running.get("mail"), LIMIT_SECONDS)

    stopper = threading.Thread(target=worker.stop, kwargs={"limit_seconds": LIMIT_SECONDS})
    stopper.start()
    post.holds[mail_to().id].set()
    stopper.join(LIMIT_SECONDS)

    assert not stopper.is_alive()
    assert [key for key, _ in post.sent] == ["a"]
    claim = outbox.claim(NOON)
    assert claim is not None
    assert claim.message.key == "b"


def test_a_disk_that_refuses_is_said_and_passes(tmp_path: Path, post: Post) -> None:
    folder = tmp_path / "var"
    folder.write_text("a file")
    outbox = Outbox(folder / "outbox.sqlite")

    with running(outbox, post) as worker:
        wait_until(lambda: bool(worker.failure))
        assert worker.failure.startswith("the outbox cannot be used: ")
        folder.unlink()
        outbox.enqueue([message()], [mail_to()], now=NOON)
        worker.poke()
        post.wait_for(1)
        wait_until(lambda: not worker.failure)
    outbox.close()


def wait_until(is_so: object) -> None:
    assert callable(is_so)
    pause = threading.Event()
    for _ in range(2_000):
        if is_so():
            return
        pause.wait(0.01)
    raise AssertionError("it did not come")
