"""One compiler a site."""

from __future__ import annotations

import multiprocessing
from multiprocessing.synchronize import Event
from pathlib import Path

from statuspage.site_lock import SiteLock


def _hold(site_dir: Path, is_held: Event, is_over: Event) -> None:
    if SiteLock(site_dir, address="http://127.0.0.1:8080/").try_take():
        is_held.set()
    is_over.wait(10)


def test_the_second_of_two_processes_gets_the_lock_only_when_the_first_has_ended(tmp_path: Path) -> None:
    spawn = multiprocessing.get_context("spawn")
    is_held, is_over = spawn.Event(), spawn.Event()
    first = spawn.Process(target=_hold, args=(tmp_path, is_held, is_over))
    first.start()
    assert is_held.wait(10)
    lock = SiteLock(tmp_path)

    while_first_runs = (lock.holder(), lock.try_take())
    first.kill()
    first.join()
    afterwards = (lock.holder(), lock.try_take())

    assert while_first_runs == ("http://127.0.0.1:8080/", False)
    assert afterwards == (None, True)
    assert lock.is_held


def test_who_holds_the_lock_may_ask_again(tmp_path: Path) -> None:
    lock = SiteLock(tmp_path)

    assert lock.try_take()
    assert lock.try_take()


def test_to_ask_who_holds_the_lock_makes_no_file(tmp_path: Path) -> None:
    assert SiteLock(tmp_path).holder() is None
    assert list(tmp_path.iterdir()) == []
