"""The outbox: once in, at least once out, whatever happens in between."""

from __future__ import annotations

import logging
import sqlite3
import stat
import threading
from datetime import timedelta
from pathlib import Path

import pytest

from statuspage.config.staff import ChannelKind
from statuspage.deliver.outbox import LEASE, Claim, Outbox
from statuspage.deliver.store import open_store
from statuspage.errors import NotDelivered
from tests.deliver.builders import NOON, hook, mail_to, message

SECOND = timedelta(seconds=1)
MINUTE = timedelta(minutes=1)
HOUR = timedelta(hours=1)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "var" / "outbox.sqlite"


@pytest.fixture
def outbox(file: Path) -> Outbox:
    return Outbox(file)


def claimed(outbox: Outbox, *, after: timedelta = timedelta(0)) -> Claim:
    claim = outbox.claim(NOON + after)
    assert claim is not None
    return claim


def test_a_message_comes_out_as_it_went_in_for_each_destination(outbox: Outbox) -> None:
    said = message(is_replaceable=True, priority=3)

    new = outbox.enqueue([said], [mail_to(), hook()], now=NOON)
    claims = [claimed(outbox), claimed(outbox)]

    assert new == (said,)
    assert [claim.message for claim in claims] == [said, said]
    assert [claim.message.id for claim in claims] == [said.id, said.id]
    assert [(claim.destination, claim.lane, claim.attempt) for claim in claims] == [
        (mail_to().id, "mail", 1),
        (hook().id, "acme.example", 1),
    ]
    assert outbox.claim(NOON) is None


def test_what_was_said_is_not_said_again(file: Path) -> None:
    said = message()

    first = Outbox(file).enqueue([said], [mail_to()], now=NOON)
    again = Outbox(file).enqueue([said, message("another")], [mail_to()], now=NOON + HOUR)

    assert (first, again) == ((said,), (message("another"),))


def test_many_threads_that_say_the_same_say_it_once(file: Path) -> None:
    new: list[object] = []
    start = threading.Barrier(8)

    def say() -> None:
        own = Outbox(file)
        start.wait(20)
        new.extend(own.enqueue([message()], [mail_to()], now=NOON))
        own.close()

    threads = [threading.Thread(target=say) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)

    assert new == [message()]


def test_many_may_open_a_new_outbox_at_once(tmp_path: Path) -> None:
    failures: list[Exception] = []
    for turn in range(40):
        start = threading.Barrier(8)

        def open_one(file: Path = tmp_path / f"{turn}.sqlite", start: threading.Barrier = start) -> None:
            start.wait(20)
            try:
                open_store(file).close()
            except sqlite3.Error as error:
                failures.append(error)

        threads = [threading.Thread(target=open_one) for _ in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(30)

    assert failures == []


def test_one_delivery_is_claimed_by_one_only_until_its_lease_ends(outbox: Outbox) -> None:
    outbox.enqueue([message()], [mail_to()], now=NOON)
    first = claimed(outbox)

    assert outbox.claim(NOON + LEASE - SECOND) is None
    second = claimed(outbox, after=LEASE)
    outbox.done(first, now=NOON + LEASE)
    assert (second.attempt, second.message.id) == (2, first.message.id)
    assert claimed(outbox, after=2 * LEASE).attempt == 3


def test_what_is_done_is_done(outbox: Outbox) -> None:
    outbox.enqueue([message()], [mail_to()], now=NOON)

    outbox.done(claimed(outbox), now=NOON)

    assert outbox.claim(NOON + HOUR) is None
    assert outbox.next_due() is None


def test_a_failed_delivery_waits_longer_each_time_and_is_given_up_when_it_expires(outbox: Outbox) -> None:
    outbox.enqueue([message()], [mail_to()], now=NOON)
    now, waits = NOON, []

    while (claim := outbox.claim(now)) is not None:
        again_at = outbox.failed(claim, NotDelivered("451 busy"), now=now)
        waits.append(again_at - now if again_at else None)
        now = again_at or now

    assert waits == [5 * SECOND, 5 * MINUTE, 30 * MINUTE, 2 * HOUR, 2 * HOUR, None]
    (trouble,) = outbox.troubles(since=NOON)
    assert (trouble.destination, trouble.reason, trouble.is_dead) == (mail_to().id, "451 busy", True)


def test_a_receiver_may_ask_for_more_time(outbox: Outbox) -> None:
    outbox.enqueue([message()], [hook()], now=NOON)

    again_at = outbox.failed(claimed(outbox), NotDelivered("429", retry_after=10 * MINUTE), now=NOON)

    assert again_at == NOON + 10 * MINUTE
    assert outbox.next_due() == again_at


def test_a_permanent_failure_is_given_up_at_once_and_is_seen_for_as_long_as_asked(outbox: Outbox) -> None:
    outbox.enqueue([message()], [mail_to()], now=NOON)

    assert outbox.failed(claimed(outbox), NotDelivered("550 no", is_permanent=True), now=NOON) is None

    assert outbox.claim(NOON + 5 * HOUR) is None
    assert [t.is_dead for t in outbox.troubles(since=NOON)] == [True]
    assert outbox.troubles(since=NOON + SECOND) == ()


def test_what_waits_after_a_failure_is_a_trouble_and_what_only_waits_is_none(outbox: Outbox) -> None:
    outbox.enqueue([message()], [mail_to()], now=NOON)
    before = outbox.troubles(since=NOON)

    outbox.failed(claimed(outbox), NotDelivered("451 busy"), now=NOON)

    (trouble,) = outbox.troubles(since=NOON)
    assert before == ()
    assert (trouble.subject, trouble.is_dead, trouble.attempt) == (message().subject, False, 1)


def test_a_message_that_expired_is_not_sent(outbox: Outbox) -> None:
    outbox.enqueue([message(expires_at=NOON + HOUR)], [mail_to()], now=NOON)

    assert outbox.claim(NOON + HOUR) is None
    assert outbox.troubles(since=NOON) == ()


def test_a_reminder_is_not_sent_behind_what_it_reminded_of(outbox: Outbox) -> None:
    reminder = message("soon", is_replaceable=True, at=NOON)
    missed = message("missed", at=NOON + 10 * MINUTE)
    elsewhere = message("other", topic="xyz", is_replaceable=True, at=NOON)
    outbox.enqueue([reminder, missed, elsewhere], [mail_to()], now=NOON)

    sent = {claimed(outbox).message.key, claimed(outbox).message.key}

    assert sent == {"missed", "other"}
    assert outbox.claim(NOON) is None


def test_the_most_urgent_goes_first_and_a_busy_server_holds_up_only_itself(outbox: Outbox) -> None:
    outbox.enqueue([message("b", priority=2), message("a", priority=1)], [mail_to()], now=NOON)
    outbox.enqueue([message("c", priority=9)], [hook()], now=NOON)

    free = outbox.claim(NOON, busy=["mail"])

    assert free is not None
    assert free.message.key == "c"
    assert outbox.next_due(busy=["mail", "acme.example"]) is None
    assert [claimed(outbox).message.key, claimed(outbox).message.key] == ["a", "b"]


def test_what_nobody_needs_to_know_any_more_is_withdrawn(outbox: Outbox) -> None:
    outbox.enqueue([message("a"), message("b"), message("c", topic="xyz")], [mail_to()], now=NOON)

    outbox.withdraw(["abc"], keep=["b"], now=NOON)

    assert {claimed(outbox).message.key, claimed(outbox).message.key} == {"b", "c"}
    assert outbox.claim(NOON) is None
    assert outbox.enqueue([message("a")], [mail_to()], now=NOON) == ()


def test_what_is_forgotten_may_be_said_again_with_another_id(outbox: Outbox) -> None:
    first = message("fault x", kind="fault", topic="")
    outbox.enqueue([first, message("fault y", kind="fault"), message("z")], [mail_to()], now=NOON)

    outbox.forget(["fault"], keep=["fault y"], before=NOON)
    again = message("fault x", kind="fault", topic="", at=NOON + HOUR)
    new = outbox.enqueue([again, message("fault y"), message("z")], [mail_to()], now=NOON + HOUR)

    assert new == (again,)
    assert again.id != first.id


def test_after_a_month_it_is_not_remembered_any_more(outbox: Outbox) -> None:
    outbox.enqueue([message()], [mail_to()], now=NOON)

    outbox.prune(NOON + timedelta(days=30))
    known = outbox.enqueue([message()], [mail_to()], now=NOON)
    outbox.prune(NOON + timedelta(days=31))

    assert known == ()
    assert outbox.enqueue([message()], [mail_to()], now=NOON) == (message(),)


def test_a_clock_that_was_set_back_holds_nothing_up(outbox: Outbox) -> None:
    outbox.enqueue([message()], [mail_to()], now=NOON)

    assert outbox.claim(NOON - 2 * HOUR) is None
    assert outbox.claim(NOON - 4 * HOUR) is not None


def test_a_crash_while_messages_are_taken_in_leaves_all_of_them_or_none(outbox: Outbox) -> None:
    broken = message("b", subject=None)

    with pytest.raises(sqlite3.IntegrityError):
        outbox.enqueue([message("a"), broken], [mail_to()], now=NOON)

    assert outbox.claim(NOON) is None
    assert outbox.enqueue([message("a")], [mail_to()], now=NOON) == (message("a"),)


def test_no_address_stands_in_the_file_and_only_its_owner_reads_it(outbox: Outbox, file: Path) -> None:
    room = "https://hooks.slack.com/services/T0/B0/sesame"
    outbox.enqueue([message()], [mail_to(), hook(room, ChannelKind.SLACK)], now=NOON)
    outbox.close()

    content = file.read_bytes()

    assert b"ops@acme.example" not in content
    assert b"sesame" not in content
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


@pytest.mark.parametrize("content", [b"no database", b"SQLite format 3\x00" + bytes(4096)])
def test_a_damaged_file_is_set_aside_and_a_new_one_begun(
    outbox: Outbox, file: Path, caplog: pytest.LogCaptureFixture, content: bytes
) -> None:
    file.parent.mkdir()
    file.write_bytes(content)

    with caplog.at_level(logging.ERROR):
        new = outbox.enqueue([message()], [mail_to()], now=NOON)

    assert new == (message(),)
    assert (file.parent / "outbox.damaged.sqlite").read_bytes() == content
    assert [record.message for record in caplog.records] == ["outbox set aside"]


def test_the_database_of_another_program_is_set_aside(outbox: Outbox, file: Path) -> None:
    file.parent.mkdir()
    with sqlite3.connect(file) as other:
        other.execute("CREATE TABLE theirs (a)")
    other.close()

    assert outbox.enqueue([message()], [mail_to()], now=NOON) == (message(),)
    assert (file.parent / "outbox.damaged.sqlite").exists()


def test_a_file_that_is_damaged_while_it_is_used_is_set_aside_and_the_next_call_begins_anew(
    outbox: Outbox, file: Path
) -> None:
    outbox.enqueue([message(str(n), text="x" * 500) for n in range(200)], [mail_to()], now=NOON)
    outbox.close()
    outbox.enqueue([message("open again")], [mail_to()], now=NOON)
    with sqlite3.connect(file) as other:
        other.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    other.close()
    with file.open("r+b") as disk:
        disk.seek(4096)
        disk.write(b"\xff" * (file.stat().st_size - 4096))

    with pytest.raises(sqlite3.DatabaseError):
        outbox.prune(NOON + timedelta(days=99))
    new = outbox.enqueue([message("after")], [mail_to()], now=NOON)

    assert new == (message("after"),)


def test_a_folder_that_cannot_be_written_is_an_error_that_passes(tmp_path: Path) -> None:
    (tmp_path / "var").write_text("a file")
    outbox = Outbox(tmp_path / "var" / "outbox.sqlite")

    with pytest.raises(OSError, match="var"):
        outbox.enqueue([message()], [mail_to()], now=NOON)
    (tmp_path / "var").unlink()

    assert outbox.enqueue([message()], [mail_to()], now=NOON) == (message(),)
