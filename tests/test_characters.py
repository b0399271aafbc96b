"""Which characters may pass."""

from __future__ import annotations

from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from statuspage.characters import clean_text, decode, even_lines, first_unfit, one_line, without_controls
from statuspage.errors import Unreadable


@given(st.text())
def test_what_is_left_of_any_text_is_fit_for_xml(text: str) -> None:
    left = without_controls(text)

    assert first_unfit(left) is None
    element = ElementTree.Element("a")
    element.text = left
    read = ElementTree.fromstring(ElementTree.tostring(element, "unicode")).text or ""
    assert even_lines(read) == even_lines(left)


@pytest.mark.parametrize("code", [0x00, 0x0B, 0x1B, 0x7F, 0x85, 0x9B, 0xD800, 0xFDD0, 0xFFFE, 0xFFFF])
def test_controls_halves_and_what_is_no_character_are_left_out(code: int) -> None:
    assert without_controls(f"a{chr(code)}b") == "ab"
    assert first_unfit(f"a\n{chr(code)}b") == (2, f"U+{code:04X}")


def test_every_kind_of_line_end_becomes_a_line_feed_or_a_space() -> None:
    text = "a\r\nb\rc\x0bd\x0ce\x85f\u2028g\u2029h"

    assert clean_text(text) == "a\nb\nc\nd\ne\nf\ng\nh"
    assert one_line(f" {text}\t \n") == "a b c d e f g h"


def test_bytes_that_are_no_text_are_refused_at_their_place() -> None:
    with pytest.raises(Unreadable, match="is not UTF-8 text: byte 1 is 0xff; save it as UTF-8"):
        decode(b"a\xff")
