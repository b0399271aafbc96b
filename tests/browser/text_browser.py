"""A page as a browser without styles, pictures and script shows it: its words in the order of the document."""

from __future__ import annotations

from collections.abc import Iterator
from xml.etree.ElementTree import Element

from tests.render_pages.reading import document

_UNSEEN = {"head", "script", "style", "template", "svg", "img"}
_MARK = {"h1": "# ", "h2": "## ", "h3": "### ", "h4": "#### ", "li": "- ", "summary": "> ", "caption": "Table: "}
_BLOCKS = {*_MARK, *"p div section header footer main nav ul ol dl dt dd table tr details pre blockquote form".split()}
_CELLS = {"td", "th"}


def shown_without_styles(page: bytes) -> str:
    """Return the lines of a page; a mark at the start says what is a heading or an entry of a list."""
    shown, marks = [], ""
    for line in "".join(_pieces(document(page))).split("\n"):
        words = " ".join(line.split())
        if not words or f"{words} " in _MARK.values():
            marks += f"{words} " if words else ""
            continue
        shown.append(f"{marks}{words}\n")
        marks = ""
    return "".join(shown)


def words_without_styles(page: bytes) -> list[str]:
    """Return the words of a page without any mark."""
    return "".join(_pieces(document(page), marked=False)).split()


def _pieces(element: Element, *, marked: bool = True) -> Iterator[str]:
    name = str(element.tag).rpartition("}")[2]
    if name not in _UNSEEN:
        edge = "\n" if name in _BLOCKS or name == "br" else " | " if name in _CELLS and marked else ""
        yield edge + (_MARK.get(name, "") if marked else "")
        yield (element.text or "").replace("\n", "\n" if name == "pre" else " ")
        for child in element:
            yield from _pieces(child, marked=marked)
        yield "\n" if name in _BLOCKS else "\t" if name in _CELLS else ""
    yield (element.tail or "").replace("\n", " ")
