"""Outer edges that fail at the call one wants: functions of `os`, the C library, writing to a file, SQLite."""

from __future__ import annotations

import errno
import io
import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest

FULL = "No space left on device"


class NthCall:
    """Counts calls and makes one of them fail; for 0 none."""

    def __init__(self, number: int, *, below: str = "") -> None:
        self.number = number
        self.below = below
        """Calls that name no path below this folder are not counted."""
        self.count = 0

    def begin(self, number: int) -> None:
        """Count anew."""
        self.number, self.count = number, 0

    @property
    def has_failed(self) -> bool:
        return 0 < self.number <= self.count

    def pass_or_fail(self, path: object = "") -> None:
        if self.below and not str(path).startswith(self.below):
            return
        self.count += 1
        if self.count == self.number:
            raise OSError(errno.ENOSPC, FULL, str(path) or None)

    def over(self, function: Callable[..., Any]) -> Callable[..., Any]:
        """Return the function with this before it."""

        def called(*args: Any, **kwargs: Any) -> Any:
            self.pass_or_fail(args[0] if args else "")
            return function(*args, **kwargs)

        return called


def fail_function(patch: pytest.MonkeyPatch, call: NthCall, *, name: str) -> None:
    """Make a function of `os` fail."""
    patch.setattr(os, name, call.over(getattr(os, name)))


def fail_fsync(patch: pytest.MonkeyPatch, call: NthCall) -> None:
    """Make bringing a file or a folder to disk fail."""
    call.below = ""
    patch.setattr(os, "fsync", call.over(os.fsync))


def fail_syncfs(patch: pytest.MonkeyPatch, call: NthCall) -> None:
    """Make the C library's function for a whole file system fail."""
    call.below = ""

    def syncfs(_descriptor: int) -> int:
        call.count += 1
        return -1 if call.count == call.number else 0

    patch.setattr("statuspage.publish.writing._SYNCFS", syncfs)


def fail_write(patch: pytest.MonkeyPatch, call: NthCall) -> None:
    """Make writing to a file opened by its descriptor stop half way."""
    call.below = ""
    fdopen = os.fdopen

    class FullFile(io.FileIO):
        def write(self, content: Any, /) -> int:
            if call.count + 1 == call.number:
                super().write(bytes(content)[: len(content) // 2])
            call.pass_or_fail()
            return super().write(content)

    def opened(descriptor: int, mode: str = "r", *args: Any, **kwargs: Any) -> Any:
        return FullFile(descriptor, mode) if mode == "wb" else fdopen(descriptor, mode, *args, **kwargs)

    patch.setattr(os, "fdopen", opened)


def fail_sqlite(patch: pytest.MonkeyPatch, call: NthCall) -> None:
    """Make statements that write fail as they do on a full disk, in every database that is opened from now on."""
    connect = sqlite3.connect

    class FullDatabase(sqlite3.Connection):
        def _pass_or_fail(self, sql: str) -> None:
            if sql.lstrip().upper().startswith(("INSERT", "UPDATE", "DELETE", "BEGIN", "COMMIT")):
                try:
                    call.pass_or_fail(call.below)
                except OSError as error:
                    full = sqlite3.OperationalError("database or disk is full")
                    full.sqlite_errorcode = sqlite3.SQLITE_FULL
                    raise full from error

        def execute(self, sql: str, *args: Any) -> sqlite3.Cursor:
            self._pass_or_fail(sql)
            return super().execute(sql, *args)

        def executemany(self, sql: str, *args: Any) -> sqlite3.Cursor:
            self._pass_or_fail(sql)
            return super().executemany(sql, *args)

    patch.setattr(sqlite3, "connect", lambda *args, **kwargs: connect(*args, factory=FullDatabase, **kwargs))


@contextmanager
def refused(name: str) -> Iterator[None]:
    """Have every call of a function of `os` fail inside the block."""

    def refuse(*_args: Any, **_kwargs: Any) -> None:
        raise OSError(errno.ENOSPC, FULL)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(os, name, refuse)
        yield
