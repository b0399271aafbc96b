"""The five shapes and their colours, which badge, pages and stylesheet share."""

from __future__ import annotations

import re
from urllib.parse import unquote

import pytest

from statuspage.render.badge import badge
from statuspage.render.shapes import COLOURS, NO_LEVEL_COLOUR, SHAPES, icon_address, shape
from statuspage.render.templates import STYLESHEET
from statuspage.shown import Level


def test_shapes_have_the_colours_of_the_stylesheet_on_light_ground() -> None:
    on_light_ground = STYLESHEET.partition("}")[0]

    written = dict(re.findall(r"--(\w+):(#\w+)", on_light_ground))

    assert {level: written[level.value] for level in Level} == COLOURS
    assert written["unk"] == NO_LEVEL_COLOUR


@pytest.mark.parametrize("level", Level)
def test_page_icon_and_badge_draw_the_same_shape(level: Level) -> None:
    outline, sign = SHAPES[level].outline, SHAPES[level].sign

    drawings = (
        str(shape(level)),
        unquote(icon_address(level)).replace("'", '"'),
        badge(level, text="", title="").decode(),
    )

    assert all(outline in drawing and f'd="{sign}"' in drawing for drawing in drawings)
