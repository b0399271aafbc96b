"""A fast way for the Markdown that updates are mostly made of: exactly Python-Markdown's bytes, or no answer at all.

Taken are paragraphs and flat lists with `**strong**`, `*emphasis*`, `code` and `[links](https://…)` in them. A text
with anything else (nesting, headings, quotes, tables, escapes, entities, hard breaks) is declined as a whole.
"""

from __future__ import annotations

import re
from itertools import pairwise

LONGEST_TEXT = 50_000

_STRANGE = re.compile(r"[^\S \n]|[\x00-\x08\x0e-\x1f\x7f\\<|]")
"""White space that is neither a space nor a line feed, control characters; escapes, HTML and tables."""
_DECLINED_ANYWHERE = ("\n\n\n", " \n", "]:", "***", "**\n")
"""Several blank lines, hard breaks, link definitions, emphasis that needs the whole grammar."""
_DECLINED_LINE = re.compile(r"\n(?:[ #>=~]|```|[-+]\n|[-*_ ]+(?:\n|\Z))")
"""Indented lines, headings, quotes, underlines, fences, empty items and rules."""
_DECLINED_MARK = re.compile(r"&(?! )|(?<!\w)_")
"""Entities, and underscores that may be emphasis."""
_ITEM = re.compile(r"(?:[*+-]|(\d+)\.) +(?=\S)")
_PLAIN = r"[^*_`\[\]&>\n]"
_WORDS = rf"(?! ){_PLAIN}+(?<! )"
_INLINE = re.compile(
    r"(?<!`)`(?P<code>[^`\s](?:[^`\n]*[^`\s])?)`(?!`)"
    rf"|(?<!\*)\*\*(?P<strong>{_WORDS})\*\*(?!\*)"
    rf"|(?<!\*)\*(?P<em>{_WORDS})\*(?!\*)"
    rf"|(?<!!)\[(?P<text>{_PLAIN}{{1,300}})\]\((?P<address>(?:https?:/)?/[\w/.,~%?=#+:@-]{{1,300}})\)"
    r"|(?P<mark>[*`\[\]])"
)
_MARK = re.compile(r"[*`\[\]]")


def plain_html(markdown: str) -> str | None:
    """Return what Python-Markdown makes of the text; None when it has more in it than this module knows."""
    text = markdown.strip("\n")
    if not text or len(text) > LONGEST_TEXT or _is_declined(text):
        return None
    blocks = text.split("\n\n")
    if any(_ITEM.match(block) and _ITEM.match(following) for block, following in pairwise(blocks)):
        return None  # a list with blank lines in it
    parts = []
    for block in blocks:
        html = _list(block) if _ITEM.match(block) else _paragraph(block)
        if html is None:
            return None
        parts.append(html)
    return "\n".join(parts)


def _is_declined(text: str) -> bool:
    return (
        _STRANGE.search(text) is not None
        or any(sign in text for sign in _DECLINED_ANYWHERE)
        or text.endswith(" ")
        or _DECLINED_LINE.search(f"\n{text}") is not None
        or (("&" in text or "_" in text) and _DECLINED_MARK.search(text) is not None)
    )


def _paragraph(block: str) -> str | None:
    words = _inline(block)
    return None if words is None else f"<p>{words}</p>"


def _list(block: str) -> str | None:
    """Return a flat list, one line an item, all marked alike."""
    items = []
    is_numbered = block[0].isdigit()
    for place, line in enumerate(block.split("\n")):
        match = _ITEM.match(line)
        if match is None or (match[1] is not None) is not is_numbered:
            return None
        if is_numbered and place == 0 and match[1] != "1":
            return None
        words = None if _starts_a_block(line[match.end() :]) else _inline(line[match.end() :])
        if words is None:
            return None
        items.append(f"<li>{words}</li>")
    tag = "ol" if is_numbered else "ul"
    return "\n".join([f"<{tag}>", *items, f"</{tag}>"])


def _starts_a_block(item: str) -> bool:
    """Return True when the words of an item would be a heading, a quote, a rule or a list of their own."""
    return bool(_ITEM.match(item) or _DECLINED_LINE.match(f"\n{item}"))


def _inline(text: str) -> str | None:
    if _MARK.search(text) is None:
        return _escaped(text)
    parts: list[str] = []
    end = 0
    for match in _INLINE.finditer(text):
        if match["mark"]:
            return None
        parts += (_escaped(text[end : match.start()]), _element(match))
        end = match.end()
    return "".join((*parts, _escaped(text[end:])))


def _element(match: re.Match[str]) -> str:
    if match["code"]:
        return f"<code>{_escaped(match['code'])}</code>"
    if match["text"]:
        return f'<a href="{match["address"]}">{match["text"]}</a>'
    kind = "strong" if match["strong"] else "em"
    return f"<{kind}>{match[kind]}</{kind}>"


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace(">", "&gt;")
