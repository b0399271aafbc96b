"""A page that a real Asterisk plays, or a word that there is none."""

from __future__ import annotations

import pytest

from statuspage.sound.engines import voices_for
from tests.pbx import chroot


@pytest.fixture(autouse=True, scope="session")
def _is_there() -> None:
    if reason := chroot.missing():
        pytest.skip(f"Asterisk: {reason}")
    if not voices_for("en"):
        pytest.skip("no voice is installed")
