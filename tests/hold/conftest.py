"""A page for the tests of this folder, with one problem."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.hold.builders import failing_cards
from tests.hold.page_server import Page


@pytest.fixture
def page() -> Iterator[Page]:
    page = Page()
    page.tells(failing_cards())
    yield page
    page.server.shutdown()
    page.server.server_close()
