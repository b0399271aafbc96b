"""Reads our HTML with somebody else's parser."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from posixpath import join, normpath
from urllib.parse import unquote, urlsplit
from xml.etree.ElementTree import Element

import html5lib

_BLOCKS = {"p", "h1", "h2", "h3", "h4", "li", "dt", "dd", "td", "th", "caption", "div", "section", "ul", "ol", "dl"}
_UNSEEN = {"head", "script", "style", "template", "svg"}


def document(page: bytes) -> Element:
    """Return a page as a tree; any error in its HTML raises."""
    parser = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False)
    tree: Element = parser.parse(page.decode())
    return tree


def fragment(markup: str) -> Element:
    """Return a piece of HTML as a tree, read as a browser would, errors and all."""
    tree: Element = html5lib.parseFragment(markup, namespaceHTMLElements=False)
    return tree


def elements(tree: Element) -> Iterator[tuple[str, Mapping[str, str]]]:
    """Yield each tag with its attributes."""
    for element in tree.iter():
        if isinstance(element.tag, str):
            yield element.tag, {str(name): value for name, value in element.attrib.items()}


def visible_text(tree: Element) -> str:
    """Return the words as a text browser shows them, a line for each block."""
    lines = "".join(_words(tree)).split("\n")
    return "\n".join(line for line in (" ".join(line.split()) for line in lines) if line)


def _words(element: Element) -> Iterator[str]:
    name = str(element.tag).rpartition("}")[2]
    edge = "\n" if name in _BLOCKS else ""
    if name not in _UNSEEN:
        yield edge
        yield (element.text or "").replace("\n", " ")
        for child in element:
            yield from _words(child)
        yield edge
    yield (element.tail or "").replace("\n", " ")


def dangling_links(files: Mapping[str, bytes], *, root: str = "") -> list[str]:
    """Return each link of each page that leads to no file of ours and to no anchor of that file."""
    ids = {path: _ids(page) for path, page in files.items() if path.endswith(".html")}
    return [
        f"{path}: {href}"
        for path, page in files.items()
        if path.endswith(".html")
        for tag, attributes in elements(document(page))
        for href in (attributes.get("href"), attributes.get("src"))
        if href and not (tag == "link" and attributes["rel"] in ("canonical", "icon"))
        if not _leads_somewhere(href, path, files, ids, root)
    ]


def _ids(page: bytes) -> set[str]:
    return {attributes["id"] for _, attributes in elements(document(page)) if "id" in attributes}


def _leads_somewhere(href: str, path: str, files: Mapping[str, bytes], ids: Mapping[str, set[str]], root: str) -> bool:
    parts = urlsplit(href)
    if parts.scheme or parts.netloc:
        return True
    target = path
    if parts.path:
        if not parts.path.startswith(f"{root}/"):
            return False
        below = unquote(parts.path.removeprefix(root))
        target = normpath(join("/", below)).lstrip("/")
        target = join(target, "index.html") if below.endswith("/") else target
        target = target.removeprefix("./")
    return target in files and (not parts.fragment or parts.fragment in ids.get(target, set()))
