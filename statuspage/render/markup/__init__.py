"""Markdown from the files as HTML that is safe on any page, and as plain words."""

from __future__ import annotations

from functools import lru_cache
from threading import Lock
from xml.etree.ElementTree import Element

import nh3
from markdown import Markdown
from markdown.extensions.fenced_code import FencedCodeExtension
from markdown.extensions.sane_lists import SaneListExtension
from markdown.extensions.tables import TableExtension
from markdown.inlinepatterns import (
    IMAGE_LINK_RE,
    IMAGE_REFERENCE_RE,
    LINK_RE,
    REFERENCE_RE,
    ImageInlineProcessor,
    ImageReferenceInlineProcessor,
    LinkInlineProcessor,
    ReferenceInlineProcessor,
    ShortImageReferenceInlineProcessor,
    ShortReferenceInlineProcessor,
)
from markdown.treeprocessors import Treeprocessor

from statuspage.render.addresses import full_address, is_own_file
from statuspage.render.markup.bounds import LINK_REACH, is_slow
from statuspage.render.markup.plain import clean_plain, plain_html
from statuspage.render.markup.plain_text import as_paragraphs, words_of

FIRST_HEADING_LEVEL = 3
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_TEXT_TAGS = {"p", "br", "hr", "h3", "h4", "h5", "h6", "strong", "em", "code", "pre", "blockquote", "a", "img"}
_TAGS = _TEXT_TAGS | {"ul", "ol", "li", "table", "thead", "tbody", "tr", "th", "td"}
_ATTRIBUTES = {"a": {"href", "title"}, "img": {"src", "alt", "title"}, "ol": {"start"}}
_SCHEMES = {"https", "http", "mailto"}

# One instance for all texts is a third faster than one each; it keeps notes between
# `reset` and the end of `convert`, hence the lock.
_CONVERTING = Lock()


TEXTS_KEPT = 512
"""So many texts stay as they were rendered: the newest stand in several documents, and most stay as they are."""


@lru_cache(maxsize=TEXTS_KEPT)
def to_html(markdown: str, *, base_url: str = "") -> str:
    """Return safe HTML: headings from level 3, no HTML of the author's, no image but the site's own.

    Links and images of the site get `base_url` in front (for feeds and mail, the site's address).
    What Python-Markdown would be slow on (`bounds`) comes back as escaped paragraphs.
    """
    clean = cleaner(base_url).clean
    html = plain_html(markdown) if _plain_is_on else None
    if html is not None:
        return clean_plain(html, clean)
    return as_paragraphs(markdown) if is_slow(markdown) else clean(python_markdown(markdown))


_plain_is_on = True


def use_plain_markdown(*, is_on: bool) -> None:
    """Turn the fast way for plain Markdown on or off, for texts to come: their bytes are the same."""
    global _plain_is_on
    _plain_is_on = is_on


def python_markdown(markdown: str) -> str:
    """Return what Python-Markdown makes of the text: not cleaned yet, and slow for some texts."""
    with _CONVERTING:
        html: str = _MARKDOWN.reset().convert(markdown)
    return html


@lru_cache(maxsize=TEXTS_KEPT)
def to_text(markdown: str) -> str:
    """Return the words alone: paragraphs separated by a blank line, list items as `- …`, links as their text."""
    return words_of(to_html(markdown))


class _NearbyLinks(LinkInlineProcessor):
    """Looks for the end of a link in its neighbourhood only: each `[` would else read on to the end of the text."""

    def getText(self, data: str, index: int) -> tuple[str, int, bool]:  # noqa: N802 - Python-Markdown's name
        return super().getText(data[: index + LINK_REACH], index)

    def getLink(self, data: str, index: int) -> tuple[str, str | None, int, bool]:  # noqa: N802 - as above
        return super().getLink(data[: index + LINK_REACH], index)


class _Reference(_NearbyLinks, ReferenceInlineProcessor):
    """`[text][name]`."""


class _Image(_NearbyLinks, ImageInlineProcessor):
    """`![text](address)`."""


class _ImageReference(_NearbyLinks, ImageReferenceInlineProcessor):
    """`![text][name]`."""


class _ShortReference(_NearbyLinks, ShortReferenceInlineProcessor):
    """`[name]`."""


class _ShortImageReference(_NearbyLinks, ShortImageReferenceInlineProcessor):
    """`![name]`."""


class _PageShape(Treeprocessor):
    """Fits a text into a page: its headings under the page's, and foreign images as links to them."""

    def run(self, root: Element) -> None:
        _shift_headings(root)
        _link_foreign_images(root, inside_link=False)


def _shift_headings(root: Element) -> None:
    headings = [element for element in root.iter() if element.tag in _HEADINGS]
    if not headings:
        return
    shift = FIRST_HEADING_LEVEL - 1 - min(_HEADINGS.index(heading.tag) for heading in headings)
    for heading in headings:
        heading.tag = _HEADINGS[min(_HEADINGS.index(heading.tag) + shift, len(_HEADINGS) - 1)]


def _link_foreign_images(parent: Element, *, inside_link: bool) -> None:
    for element in parent:
        if element.tag == "img" and not is_own_file(element.get("src", "")):
            _become_link(element, inside_link=inside_link)
        _link_foreign_images(element, inside_link=inside_link or element.tag == "a")


def _become_link(image: Element, *, inside_link: bool) -> None:
    address = image.get("src", "")
    image.text = image.get("alt") or address
    image.attrib.clear()
    if inside_link:
        # A link in a link is not HTML; the cleaner drops this tag and keeps its words.
        image.tag = "span"
        return
    image.tag = "a"
    image.set("href", address)


def _make_markdown() -> Markdown:
    # Extensions as instances: their names would be looked up among the installed packages.
    extensions = [SaneListExtension(), TableExtension(), FencedCodeExtension()]
    markdown = Markdown(extensions=extensions, output_format="html")
    # Without these two, the author's HTML is text like any other and is escaped.
    markdown.preprocessors.deregister("html_block")
    markdown.inlinePatterns.deregister("html")
    for name, pattern, priority in (
        ("reference", _Reference(REFERENCE_RE, markdown), 170),
        ("link", _NearbyLinks(LINK_RE, markdown), 160),
        ("image_link", _Image(IMAGE_LINK_RE, markdown), 150),
        ("image_reference", _ImageReference(IMAGE_REFERENCE_RE, markdown), 140),
        ("short_reference", _ShortReference(REFERENCE_RE, markdown), 130),
        ("short_image_ref", _ShortImageReference(IMAGE_REFERENCE_RE, markdown), 125),
    ):
        markdown.inlinePatterns.register(pattern, name, priority)
    # After `unescape` (0), so that addresses are what they will be.
    markdown.treeprocessors.register(_PageShape(markdown), "page_shape", -1)
    return markdown


_MARKDOWN = _make_markdown()


@lru_cache(maxsize=8)
def cleaner(base_url: str) -> nh3.Cleaner:
    """Return what makes any HTML safe, and puts `base_url` in front of the site's own addresses."""

    def own_address(_tag: str, name: str, value: str) -> str | None:
        if name == "src":
            return full_address(value, base_url=base_url) if is_own_file(value) else None
        return full_address(value, base_url=base_url) if name == "href" else value

    return nh3.Cleaner(
        tags=_TAGS,
        attributes=_ATTRIBUTES,
        attribute_filter=own_address,
        url_schemes=_SCHEMES,
        link_rel="noopener noreferrer nofollow",
    )
