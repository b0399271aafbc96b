"""A logo in SVG as one drawing in one colour, that of the text around it: it stands inside every page."""

from __future__ import annotations

from collections.abc import Iterator
from xml.sax.saxutils import quoteattr

from lxml import etree

from statuspage.errors import Unreadable

MOST_BYTES = 2048
LARGEST_SVG_BYTES = 64 * 1024
"""Of the file as it was saved. What is larger is not even parsed, because that is done at every compile."""
_SHAPES = {"path", "circle", "ellipse", "rect", "line", "polyline", "polygon", "g"}
_SAID_ELSEWHERE = {"title", "desc", "metadata"}
_PAINTS = ("fill", "stroke", "color")
_NUMBERS = (
    "d points transform cx cy r rx ry x y x1 x2 y1 y2 width height fill-rule clip-rule opacity fill-opacity "
    "stroke-width stroke-linecap stroke-linejoin stroke-miterlimit stroke-dasharray"
).split()
_SVG = "{http://www.w3.org/2000/svg}"


def one_colour_drawing(svg: bytes) -> str:
    """Return the logo as `<svg>` for the inside of a page. Raises Unreadable with what would be right."""
    if len(svg) > LARGEST_SVG_BYTES:
        limit = LARGEST_SVG_BYTES // 1024
        raise Unreadable(f"has more than {limit} kB; save it as plain SVG, without what the drawing program adds")
    try:
        root = etree.fromstring(svg, etree.XMLParser(resolve_entities=False, no_network=True, remove_comments=True))
    except (etree.XMLSyntaxError, ValueError) as error:
        raise Unreadable(f"is no SVG: {error}") from error
    if root.tag != f"{_SVG}svg" or root.getroottree().docinfo.internalDTD is not None:
        raise Unreadable("is no plain SVG: it begins with <svg xmlns=…>, without a document type")
    view = root.get("viewBox") or _view_of(root)
    colours = sorted({colour for element in root.iter() for colour in _colours(element)})
    if len(colours) > 1:
        raise Unreadable(f"has {len(colours)} colours ({', '.join(colours)}); draw it in one, to be read on any ground")
    inside = "".join(map(_drawn, root))
    own = "".join(_attributes(root, without=("width", "height", "x", "y")))
    drawing = f'<svg class="logo" viewBox={quoteattr(view)}{own} aria-hidden="true">{inside}</svg>'
    if len(drawing) > MOST_BYTES:
        raise Unreadable(f"takes {len(drawing)} bytes in every page; make it simpler, {MOST_BYTES} at most")
    return drawing


def _view_of(root: etree._Element) -> str:
    width, height = root.get("width", ""), root.get("height", "")
    if not (width.isdigit() and height.isdigit()):
        raise Unreadable('has no viewBox; write it as viewBox="0 0 48 48"')
    return f"0 0 {width} {height}"


def _colours(element: etree._Element) -> Iterator[str]:
    for name in _PAINTS:
        colour = (element.get(name) or "none").strip().lower()
        if colour not in ("none", "currentcolor", "inherit", "transparent"):
            yield colour


def _drawn(element: etree._Element) -> str:
    name = str(element.tag).removeprefix(_SVG)
    if name in _SAID_ELSEWHERE or not isinstance(element.tag, str):
        return ""
    if name not in _SHAPES:
        raise Unreadable(f"holds <{name.rpartition('}')[2]}>; a logo in one colour is made of shapes alone")
    return f"<{name}{''.join(_attributes(element))}>{''.join(map(_drawn, element))}</{name}>"


def _attributes(element: etree._Element, *, without: tuple[str, ...] = ()) -> Iterator[str]:
    if "style" in element.attrib or "class" in element.attrib:
        raise Unreadable("has style= or class=; write what they say as attributes, such as stroke-width")
    for name in _NUMBERS:
        value = element.get(name)
        if value is not None and name not in without:
            yield f" {name}={quoteattr(value)}"
    for name in _PAINTS[:2]:
        value = element.get(name)
        if value is not None:
            yield f' {name}="{"none" if value.strip().lower() in ("none", "transparent") else "currentColor"}"'
