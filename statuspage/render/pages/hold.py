"""The page for call-centre staff: what callers hear on hold, in every language and wording."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from statuspage.render.hold import Message, Messages
from statuspage.render.language import language_of
from statuspage.render.pages.frame import Frame, Head
from statuspage.shown import Shown


@dataclass(frozen=True, slots=True, kw_only=True)
class Spoken:
    """The wordings of one language."""

    language: str
    name: str
    wordings: tuple[str, ...]
    """Empty when nothing is to be said."""


def render_hold_page(shown: Shown, messages: Messages, frame: Frame) -> dict[str, bytes]:
    """Return `hold/index.html`."""
    head = Head(
        path="hold/index.html",
        title=frame.language.text("What callers hear"),
        description=frame.language.text("The message that callers hear on hold, to read, to play and to fetch."),
        level=None,
    )
    spoken = tuple(_spoken(language, wordings) for language, wordings in messages.items())
    return frame.page(head, "hold.html", since=shown.updated_at, spoken=spoken)


def _spoken(language: str, messages: Sequence[Message]) -> Spoken:
    wordings = tuple(" ".join(message) for message in messages if message)
    return Spoken(language=language, name=language_of(language).name, wordings=wordings)
