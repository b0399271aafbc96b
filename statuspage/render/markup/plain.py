"""A fast way for the Markdown that updates are mostly made of: exactly Python-Markdown's bytes, or no answer at all.

Taken are paragraphs and flat lists with `**strong**`, `*emphasis*`, `code` and `[links](https://…)` in them. A text
with anything else (nesting, headings, quotes, tables, escapes, entities, hard breaks) is declined as a whole.
"""

from __future__ import annotations

import re
from collections.abc import Callable

LONGEST_TEXT = 50_000

_DECLINED_ANYWHERE = ("\\", "<", "|", "]:", "***")
"""Escapes, HTML, tables, link definitions, emphasis that needs the whole grammar."""
_BLOCK = r"[ #>=~]|```|[-+]\n|[-*_ ]+(?:\n|\Z)"
"""Indented lines, headings, quotes, underlines, fences, empty items and rules."""
_DECLINED_LINE = re.compile(rf"\n(?:(?<= \n)|(?<=\*\*\n)|\n\n|{_BLOCK})")
"""The same, and hard breaks, lines that end in emphasis, several blank lines."""
_DECLINED_MARK = re.compile(r"&(?! )|(?<!\w)_")
"""Entities, and underscores that may be emphasis."""
_ITEM = re.compile(r"(?:[*+-]|\d+\.) +(?=\S)")
# An item in which another block begins is no item of a flat list. Its text is escaped by then.
_FLAT = rf"(?!&gt;|{_ITEM.pattern}|{_BLOCK})"
_BULLET = re.compile(rf"\n[*+-] +(?=\S){_FLAT}")
_NUMBER = re.compile(rf"\n\d+\. +(?=\S){_FLAT}")
_PLAIN = r"[^*_`\[\]&>\n]"
_WORDS = rf"(?! ){_PLAIN}+(?<! )"
# Each way begins with the mark itself, so that the search jumps from mark to mark; the last four are marks alone.
_INLINE = re.compile(
    r"`(?<!``)(?P<code>[^`\s](?:[^`\n]*[^`\s])?)`(?!`)"
    rf"|\*(?<!\*\*)\*(?P<strong>{_WORDS})\*\*(?!\*)"
    rf"|\*(?<!\*\*)(?P<em>{_WORDS})\*(?!\*)"
    rf"|\[(?<!!\[)(?P<text>{_PLAIN}{{1,300}})\]\((?P<a>(?:https?:/)?/[\w/.,~%?=#+:@-]{{1,300}})\)"
    r"|\*|`|\[|\]"
)
_UNKNOWN = "\0"
"""Stands for a mark that is none of ours: no text that is taken has it."""
_LINK = re.compile(r'<a href="[^"]*">[^<]*</a>')


def plain_html(markdown: str) -> str | None:
    """Return what Python-Markdown makes of the text; None when it has more in it than this module knows."""
    text = markdown.strip("\n")
    if not text or len(text) > LONGEST_TEXT or _is_declined(text):
        return None
    html = _blocks(text.replace("&", "&amp;").replace(">", "&gt;"))
    if html is None:
        return None
    html = _INLINE.sub(_element, html)
    return None if _UNKNOWN in html else html


def clean_plain(html: str, clean: Callable[[str], str]) -> str:
    """Return what a cleaner makes of the HTML of `plain_html`.

    All of it but the links is escaped text in a handful of tags, which no cleaner would touch, so it sees those alone.
    """
    return _LINK.sub(lambda link: clean(link[0]), html)


def _is_declined(text: str) -> bool:
    return (
        # White space that is neither a space nor a line feed, control characters, halves of characters.
        not text.replace("\n", "").isprintable()
        or any(sign in text for sign in _DECLINED_ANYWHERE)
        or text.endswith(" ")
        or _DECLINED_LINE.search(f"\n{text}") is not None
        or (("&" in text or "_" in text) and _DECLINED_MARK.search(text) is not None)
    )


def _blocks(text: str) -> str | None:
    """Return the blocks of an escaped text, in their tags; a list with blank lines in it is declined."""
    blocks = []
    follows_list = False
    for block in text.split("\n\n"):
        is_list = _ITEM.match(block) is not None
        html = _list(block) if is_list else f"<p>{block}</p>"
        if html is None or (is_list and follows_list):
            return None
        blocks.append(html)
        follows_list = is_list
    return "\n".join(blocks)


def _list(block: str) -> str | None:
    """Return a flat list, one line an item, all marked alike; numbers begin with 1."""
    is_numbered = block[0].isdigit()
    if is_numbered and not block.startswith("1."):
        return None
    marker, tag = (_NUMBER, "ol") if is_numbered else (_BULLET, "ul")
    items, count = marker.subn("</li>\n<li>", f"\n{block}")
    return None if count <= block.count("\n") else f"<{tag}>{items.removeprefix('</li>')}</li>\n</{tag}>"


def _element(match: re.Match[str]) -> str:
    tag = match.lastgroup
    if tag is None:
        return _UNKNOWN
    return f'<a href="{match["a"]}">{match["text"]}</a>' if tag == "a" else f"<{tag}>{match[tag]}</{tag}>"
