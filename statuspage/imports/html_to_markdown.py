"""HTML in other people's bodies as Markdown; text around it stays as it was written."""

from __future__ import annotations

import re
from urllib.parse import quote, urlsplit

from bs4 import Tag
from markdownify import ATX, MarkdownConverter

from statuspage.characters import clean_text

HTML_LIMIT = 50_000
"""Longer text stays as it is: it is no update that someone wrote, and the page shows it escaped."""
NESTING_LIMIT = 60
SCHEMES = ("http", "https", "mailto")

_NAMES = (
    "a|abbr|b|blockquote|br|center|cite|code|dd|del|details|div|dl|dt|em|figure|figcaption|font|h[1-6]|hr|i|img|ins"
    "|kbd|li|mark|ol|p|pre|q|s|samp|section|small|span|strike|strong|sub|summary|sup|table|tbody|td|tfoot|th|thead"
    "|time|tr|tt|u|ul|var"
)
_TAG = re.compile(rf"</?(?:{_NAMES})(?:\s[^<>]*)?/?>", re.IGNORECASE)
_BLOCK = re.compile(
    r"\n{0,2}[ \t]{0,8}(</?(?:blockquote|dd|div|dl|dt|h[1-6]|hr|li|ol|p|table|tbody|td|tfoot|th|thead|tr|ul)\b[^<>]*>)"
    r"\s*",
    re.IGNORECASE,
)
_STRAY_OPENING = re.compile(rf"<(?!/?(?:{_NAMES})(?:\s[^<>]*)?/?>)", re.IGNORECASE)
_CODE = re.compile(
    r"^(`{3,}|~{3,})[^\n]*\n.*?(?:^\1[`~]*[ \t]*$|\Z)|(?<!`)(`{1,3})(?!`)[^`\n]+\2", re.MULTILINE | re.DOTALL
)

# Private-use characters that stand for what an HTML parser would fold away.
_NEWLINE, _SPACE, _CODE_MARK = "\ue000", "\ue001", "\ue002"
_OWN_MARKS = re.compile(f"[{_NEWLINE}{_SPACE}{_CODE_MARK}]")


def to_markdown(text: str) -> str:
    """Return the text with its HTML as Markdown; without HTML, the text itself with plain newlines.

    Links lead to http, https and mailto only. Tags that are no formatting (`<script>`, `<ID>`) stay as text.
    """
    plain = clean_text(text)
    if len(plain) > HTML_LIMIT or not _TAG.search(plain) or _is_deep(plain):
        return plain
    code: list[str] = []

    def set_aside(found: re.Match[str]) -> str:
        code.append(found[0])
        return f"{_CODE_MARK}{len(code) - 1}{_CODE_MARK}"

    marked = _CODE.sub(set_aside, _OWN_MARKS.sub("", plain))
    if not _TAG.search(marked):
        return plain
    markdown = _CONVERTER.convert(_with_marks(marked))
    return re.sub(f"{_CODE_MARK}(\\d+){_CODE_MARK}", lambda found: code[int(found[1])], _without_marks(markdown))


def _is_deep(text: str) -> bool:
    """Return True when tags could be nested so deep that the parser's recursion would not end well."""
    depth = deepest = 0
    for found in _TAG.finditer(text):
        name = found[0].casefold()
        depth += -1 if name.startswith("</") else 0 if name.startswith(("<br", "<hr", "<img")) else 1
        deepest = max(deepest, depth)
    return deepest > NESTING_LIMIT


def _with_marks(text: str) -> str:
    """Return HTML in which nothing but known tags is markup, and newlines and indents survive the parser."""
    known = _STRAY_OPENING.sub("&lt;", text)
    tight = _BLOCK.sub(r"\1", known)
    return re.sub(
        r"\n([ \t]*)",
        lambda found: _NEWLINE + _SPACE * len(found[1].expandtabs(4)),
        re.sub(r"(<pre>)\n|\n(</pre>)", r"\1\2", tight),
    )


def _without_marks(markdown: str) -> str:
    lines = markdown.replace(_NEWLINE, "\n").replace(_SPACE, " ").split("\n")
    # Two spaces at the end are a line break, unless a blank line follows or nothing stands before them.
    kept = [
        line if line.strip() and after.strip() else line.rstrip()
        for line, after in zip(lines, [*lines[1:], ""], strict=True)
    ]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(kept)).strip("\n")


class _Converter(MarkdownConverter):
    """Markdownify with links that are safe, and with foreign images as links."""

    # The names of the arguments are markdownify's.
    def convert_a(self, el: Tag, text: str, parent_tags: set[str]) -> str:  # noqa: ARG002
        return _link(text, str(el.get("href") or ""))

    def convert_strike(self, el: Tag, text: str, parent_tags: set[str]) -> str:  # noqa: ARG002
        return f"~~{text}~~" if text.strip() else text

    def convert_img(self, el: Tag, text: str, parent_tags: set[str]) -> str:  # noqa: ARG002
        source = str(el.get("src") or "")
        return _link(str(el.get("alt") or source), source)


def _link(text: str, address: str) -> str:
    """Return a Markdown link; the bare words, with the address as code, where it may not be followed."""
    target = address.strip()
    words = " ".join(text.replace(_NEWLINE, " ").replace(_SPACE, " ").split())
    if not target:
        return words
    if not _is_safe(target):
        return f"{words} (`{target.replace('`', '')}`)".strip()
    if words == target:
        return f"<{quote(target, safe=_URL_SAFE)}>"
    return f"[{words or target}]({quote(target, safe=_URL_SAFE)})"


_URL_SAFE = "/:?#@!$&'*+,;=%~[]-._"


def _is_safe(address: str) -> bool:
    try:
        parts = urlsplit(address)
    except ValueError:
        return False
    return parts.scheme.casefold() in SCHEMES and bool(parts.netloc or parts.scheme == "mailto")


_CONVERTER = _Converter(
    heading_style=ATX,
    bullets="-",
    escape_asterisks=False,
    escape_underscores=False,
    escape_misc=False,
    autolinks=False,
)
