"""Edits incidents of a site and compiles it after each: what a process of its own does.

What it edits are files of its own; every few edits it compiles with a look at all files, else the names of its own.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

from statuspage.pipeline import Compiler
from tests.compiler.sites import NOW, text_of

OWN_FILES = 4


def edit_and_compile(root: Path, own: str, count: int, compiled: Callable[[], object]) -> None:
    """Do so many edits; tell of each compilation."""
    compiler = Compiler(root)
    for turn in range(count):
        name = edit(root, own, turn)
        compiler.compile(NOW, changed=None if turn % 3 == 0 else name)
        compiled()
    compiler.close()


def edit(root: Path, own: str, turn: int) -> list[str]:
    """Write, or remove, a file; return what differs."""
    name = f"incidents/2026-11-1{turn % OWN_FILES}-{own}.md"
    if turn % 5 == 4:
        (root / name).unlink(missing_ok=True)
    else:
        began_at = NOW - timedelta(days=11 - turn % OWN_FILES, minutes=len(own))
        text = text_of(f"{own} {turn}", began_at=began_at, body=f"Turn {turn}. " * (turn % 7), is_open=turn % 2 == 0)
        beside = root / f"incidents/.{own}"
        beside.write_text(text)
        beside.replace(root / name)
    return [name]
