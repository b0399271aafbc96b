"""What a site may set of its own in the look of its pages, and what is refused because somebody could not read it."""

from __future__ import annotations

import re

import pytest

from statuspage.colours import DARK_GROUNDS, LIGHT_GROUNDS, contrast, least_contrast
from statuspage.config import parse_settings
from statuspage.errors import Unreadable
from statuspage.model import Brand
from statuspage.render.templates import STYLESHEET
from statuspage.source.logo import LARGEST_SVG_BYTES, one_colour_drawing
from statuspage.source.settings_file import with_brand_files

SITE = '[site]\ntitle = "Acme Status"\nurl = "https://status.acme.example"\n'


def brand_of(text: str) -> tuple[Brand | None, list[str]]:
    settings, faults = parse_settings(f"{SITE}[brand]\n{text}")
    return settings.site.brand if settings else None, [str(fault) for fault in faults]


def test_two_colours_that_anybody_can_read_are_taken() -> None:
    brand, faults = brand_of('link = "#0A4A9F"\nlink_dark = "#a3c7ff"\n')

    assert (brand, faults) == (Brand(link="#0a4a9f", link_dark="#a3c7ff"), [])


def test_a_colour_that_is_hard_to_read_is_refused_with_its_ratio() -> None:
    brand, faults = brand_of('link = "#2b66ac"\nlink_dark = "#a3c7ff"\n')

    assert brand is None
    assert faults == [
        "statuspage.toml:5: [brand] link: #2b66ac on #fae8e5, the light ground where it is read worst, has a contrast "
        "of 4.92:1; links need 7:1, so take a darker one"
    ]


def test_the_ratio_said_is_cut_off_and_never_rounded_up_to_what_is_needed() -> None:
    near = next(f"#{grey:02x}{grey:02x}{grey:02x}" for grey in range(60, 120) if _ratio(grey) < 7)

    _, faults = brand_of(f'link = "{near}"\nlink_dark = "#ffffff"\n')

    assert re.search(r"contrast of 6\.\d\d:1", faults[0])


def _ratio(grey: int) -> float:
    return least_contrast(f"#{grey:02x}{grey:02x}{grey:02x}", LIGHT_GROUNDS)[0]


def test_one_colour_without_its_twin_is_refused() -> None:
    _, faults = brand_of('link = "#0a4a9f"\n')

    assert faults == [
        "statuspage.toml:4: [brand] link_dark: is missing; no colour can be read on light and on dark ground, "
        "so name one for dark"
    ]


@pytest.mark.parametrize(
    ("line", "what"),
    [
        ('link = "blue"\nlink_dark = "#ffffff"', '"blue" is not a colour; write it as #0a4a9f'),
        ('logo = "logo.svg"', '"logo.svg" is not a file that the site publishes; write it as static/logo.svg'),
        ('logo = "static/../x.svg"', "is not a file that the site publishes"),
        ('font = "Comic Sans"', "unknown key; known are link, link_dark, logo, picture"),
    ],
)
def test_anything_else_is_refused(line: str, what: str) -> None:
    _, faults = brand_of(f"{line}\n")

    assert what in faults[0]


def test_the_grounds_are_those_of_the_stylesheet() -> None:
    light, dark = STYLESHEET.partition("prefers-color-scheme:dark")[::2]

    for text, grounds in ((light, LIGHT_GROUNDS), (dark.partition(".ok{")[0], DARK_GROUNDS)):
        named = re.findall(r"--(?:ground|\w+-tint):(#[0-9a-f]{6})", text)
        assert tuple(named) == grounds


def test_black_on_white_stands_out_most() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#777777") == pytest.approx(1)


SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9" {attributes}>{inside}</svg>'


def drawn(inside: str, attributes: str = "") -> str:
    return one_colour_drawing(SVG.format(inside=inside, attributes=attributes).encode())


def test_a_logo_is_drawn_in_the_colour_of_the_text() -> None:
    drawing = drawn('<title>Acme</title><g fill="#ff0000"><path d="M0 0h9"/></g><circle r="2" fill="none"/>')

    assert drawing == (
        '<svg class="logo" viewBox="0 0 9 9" aria-hidden="true"><g fill="currentColor"><path d="M0 0h9"></path></g>'
        '<circle r="2" fill="none"></circle></svg>'
    )


@pytest.mark.parametrize(
    ("svg", "why"),
    [
        ("no svg", "is no SVG"),
        ("<html/>", "is no plain SVG"),
        ('<!DOCTYPE svg [<!ENTITY a "b">]><svg xmlns="http://www.w3.org/2000/svg"/>', "is no plain SVG"),
        ('<svg xmlns="http://www.w3.org/2000/svg"/>', "has no viewBox"),
        (SVG.format(inside='<path fill="red"/><path stroke="blue"/>', attributes=""), "has 2 colours (blue, red)"),
        (SVG.format(inside="<script>1</script>", attributes=""), "holds <script>"),
        (SVG.format(inside='<image href="x.png"/>', attributes=""), "holds <image>"),
        (SVG.format(inside='<path style="fill:red"/>', attributes=""), "has style= or class="),
        (SVG.format(inside=f'<path d="{"M0 0" * 900}"/>', attributes=""), "make it simpler, 2048 at most"),
    ],
)
def test_a_logo_of_more_than_shapes_in_one_colour_is_refused(svg: str, why: str) -> None:
    with pytest.raises(Unreadable) as raised:
        one_colour_drawing(svg.encode())

    assert why in str(raised.value)


def test_a_logo_that_is_too_large_is_refused_before_anybody_reads_it() -> None:
    with pytest.raises(Unreadable) as raised:
        one_colour_drawing(b"<" * (LARGEST_SVG_BYTES + 1))

    assert str(raised.value) == "has more than 64 kB; save it as plain SVG, without what the drawing program adds"


def test_a_logo_may_come_with_as_much_as_the_limit_of_what_is_left_out() -> None:
    smallest = SVG.format(inside='<metadata></metadata><path d="M0 0h9"/>', attributes="").encode()
    padding = b"x" * (LARGEST_SVG_BYTES - len(smallest))

    drawing = one_colour_drawing(smallest.replace(b"</metadata>", padding + b"</metadata>"))

    assert drawing == '<svg class="logo" viewBox="0 0 9 9" aria-hidden="true"><path d="M0 0h9"></path></svg>'


def test_nothing_of_a_logo_but_its_shapes_reaches_the_page() -> None:
    drawing = drawn('<path d="M0 0&quot;&gt;&lt;script&gt;" onclick="x()"/>', 'onload="x()"')

    assert "onclick" not in drawing
    assert "onload" not in drawing
    assert "<script>" not in drawing


def test_files_that_are_not_there_are_faults_and_the_pages_do_without() -> None:
    settings, _ = parse_settings(f'{SITE}[brand]\nlogo = "static/logo.svg"\npicture = "static/picture.png"\n')
    assert settings is not None

    found, faults = with_brand_files(settings, lambda _: None)

    assert (found.site.brand.drawing, found.site.brand.picture) == ("", None)
    assert [str(fault) for fault in faults] == [
        "statuspage.toml: [brand] picture: there is no file static/picture.png; put it there, or leave the line out",
        "statuspage.toml: [brand] logo: there is no file static/logo.svg; put it there, or leave the line out",
    ]
