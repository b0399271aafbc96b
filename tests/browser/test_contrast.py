"""Every text stands out 7 : 1 from whatever it stands on, every shape and bar 3 : 1, in both schemes."""

from __future__ import annotations

import pytest

from tests.browser.contrast import colours, of_shapes, of_texts, ratio
from tests.browser.kinds import BY_NAME, Sites
from tests.browser.weights import stylesheet


def scheme_of(sites: Sites, name: str) -> dict[str, str]:
    return colours(stylesheet(sites.page(BY_NAME["index all well"])).decode())[name]


@pytest.mark.parametrize("name", ["light", "dark"])
def test_every_colour_of_text_stands_out_from_every_ground(name: str, sites: Sites) -> None:
    faint = {pair: round(value, 2) for pair, value in of_texts(scheme_of(sites, name)).items() if value < 7}

    assert faint == {}


@pytest.mark.parametrize("name", ["light", "dark"])
def test_every_shape_and_bar_stands_out_from_its_ground(name: str, sites: Sites) -> None:
    faint = {pair: round(value, 2) for pair, value in of_shapes(scheme_of(sites, name)).items() if value < 3}

    assert faint == {}


def test_contrast_is_counted_as_others_count_it() -> None:
    assert ratio("#000", "#ffffff") == pytest.approx(21)
    assert ratio("rgb(119, 119, 119)", "#fff") == pytest.approx(4.48, abs=0.01)
    assert ratio("#777", "rgba(0, 0, 0, 0)") == pytest.approx(4.48, abs=0.01)
