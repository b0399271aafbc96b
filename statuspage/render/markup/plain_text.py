"""Plain text as HTML paragraphs, and the HTML of `markup` as plain words."""

from __future__ import annotations

import html
import re
from html.parser import HTMLParser

_BLANK_LINES = re.compile(r"\n[ \t]*\n\s*")
_SPACES = re.compile(r"[ \t\n\r\f]+")
_INLINE_TAG = re.compile(r"</?(?:strong|em|code|a)(?: [^<>]*)?>")
_PLAIN_BLOCK = re.compile(
    r"<p>(?P<words>.+?)</p>(?:\n|\Z)|<(?P<list>ul|ol)>\n(?P<items><li>.+?</li>)\n</(?P=list)>(?:\n|\Z)", re.DOTALL
)
_BLOCKS = {"p", "h3", "h4", "h5", "h6", "pre", "blockquote", "ul", "ol", "li", "table", "tr", "hr"}
_CELLS = {"td", "th"}


def as_paragraphs(text: str) -> str:
    """Return the text as written, escaped, a `<p>` for each paragraph and a `<br>` at each end of a line."""
    paragraphs = (html.escape(part.strip()) for part in _BLANK_LINES.split(text.replace("\r\n", "\n")))
    return "\n".join("<p>" + "<br>\n".join(part.split("\n")) + "</p>" for part in paragraphs if part)


def words_of(markup: str) -> str:
    """Return the words of HTML made by `markup.to_html`, paragraphs separated by a blank line."""
    words = words_of_plain(markup)
    return words_of_any(markup) if words is None else words


def words_of_any(markup: str) -> str:
    """Return the same, whatever is in the HTML."""
    reader = _WordReader()
    reader.feed(markup)
    reader.close()
    return reader.words()


def words_of_plain(markup: str) -> str | None:
    """Return the same of paragraphs and flat lists with nothing in them but emphasis, code and links.

    None for anything else. Most texts are such, and it takes a quarter of the time.
    """
    blocks: list[str] = []
    end = 0
    for match in _PLAIN_BLOCK.finditer(markup):
        if match.start() != end:
            return None
        end = match.end()
        words = _plain_words(match["words"]) if match["words"] else _plain_items(match["items"], match["list"])
        if not words:
            return None
        blocks.append(words)
    return "\n\n".join(blocks) if end == len(markup) and blocks else None


def _plain_items(items: str, kind: str) -> str | None:
    found = [_plain_words(item) for item in items.removeprefix("<li>").removesuffix("</li>").split("</li>\n<li>")]
    if not all(found):
        return None
    return "\n".join(f"{f'{number}.' if kind == 'ol' else '-'} {words}" for number, words in enumerate(found, start=1))


def _plain_words(inside: str) -> str | None:
    text = _INLINE_TAG.sub("", inside)
    # What `<` and `>` are left stand for other tags, or in an attribute.
    return None if "<" in text or ">" in text else _SPACES.sub(" ", html.unescape(text)).strip()


class _WordReader(HTMLParser):
    """Gathers the words of each block, and remembers which lists it is in."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._blocks: list[str] = []
        self._line = ""
        self._counters: list[int | None] = []
        self._is_preformatted = False
        self._joins_list = False
        self._is_at_marker = False

    def words(self) -> str:
        """Return everything read so far; items of one list on following lines."""
        self._end_block()
        return "\n\n".join(self._blocks)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _BLOCKS and not (self._is_at_marker and tag == "p"):
            self._end_block()
        if tag in ("ul", "ol"):
            self._joins_list = bool(self._counters)
            self._counters.append(int(dict(attrs).get("start") or 1) if tag == "ol" else None)
        elif tag == "li":
            self._line = self._marker()
            self._is_at_marker = True
        elif tag == "pre":
            self._is_preformatted = True
        elif tag == "br":
            self._line = self._line.rstrip(" ") + "\n"
        elif tag == "img":
            self._line += dict(attrs).get("alt") or ""
        elif tag in _CELLS and self._line:
            self._line = self._line.rstrip() + ", "

    def handle_endtag(self, tag: str) -> None:
        if tag in _BLOCKS:
            self._end_block()
        if tag in ("ul", "ol"):
            self._counters.pop()
            self._joins_list = bool(self._counters)
        elif tag == "pre":
            self._is_preformatted = False

    def handle_data(self, data: str) -> None:
        if self._is_preformatted:
            self._line += data
            return
        words = _SPACES.sub(" ", data)
        self._is_at_marker = self._is_at_marker and not words.strip()
        starts_line = not self._line or self._line[-1] in " \n"
        self._line += words.lstrip(" ") if starts_line else words

    def _marker(self) -> str:
        if not self._counters or self._counters[-1] is None:
            mark = "- "
        else:
            mark = f"{self._counters[-1]}. "
            self._counters[-1] += 1
        return "  " * (len(self._counters) - 1) + mark

    def _end_block(self) -> None:
        line = self._line.rstrip() if self._counters else self._line.strip()
        self._line = ""
        self._is_at_marker = False
        if not line.strip():
            return
        if self._joins_list and self._blocks:
            self._blocks[-1] += "\n" + line
        else:
            self._blocks.append(line)
        self._joins_list = bool(self._counters)
