"""The rule that says which Markdown is shown as it was written, because Python-Markdown would be slow on it.

A text is slow when one of these holds:

- it is longer than `TEXT_LIMIT` characters;
- it has more opening square brackets, backticks, or asterisks and underscores, than `MARK_LIMITS` allows (each
  starts a search for its other half);
- it has more than `FENCE_LIMIT` fences of code, or a run of more than `SPACES_LIMIT` spaces;
- a line opens more than `NESTING_LIMIT` lists and quotes, or a list item or quote is indented by more than
  `INDENT_LIMIT` columns (each level is a round of recursion);
- a paragraph, a stretch without a blank line, has more than `LINE_LIMIT` lines (headings are split off one by one);
- its tables could have more than `CELL_LIMIT` cells (every row is filled up to the widest).
"""

from __future__ import annotations

import re

TEXT_LIMIT = 50_000
MARK_LIMITS = {"[": 1_000, "`": 1_000, "*_": 2_000}
LINK_REACH = 1_000
"""How many characters after its `[` a link may end, and after its `(` again."""
FENCE_LIMIT = 200
SPACES_LIMIT = 300
NESTING_LIMIT = 8
INDENT_LIMIT = 32
LINE_LIMIT = 1_000
CELL_LIMIT = 10_000

_MARKER = r"(?:>|(?:[-+*]|\d+\.)(?=[ \t]))"
_NESTED = re.compile(rf"^(?:[ \t]*{_MARKER}){{{NESTING_LIMIT + 1}}}", re.MULTILINE)
_INDENTED = re.compile(rf"^[ ]{{{INDENT_LIMIT + 1},}}{_MARKER}", re.MULTILINE)
_FENCE = re.compile(r"^(?:~~~|```)", re.MULTILINE)
_SPACES = re.compile(rf"[ ]{{{SPACES_LIMIT + 1}}}")
_BLANK_LINE = re.compile(r"\n[ \t]*(?=\n)")


def is_slow(markdown: str) -> bool:
    """Return True when the text breaks the rule above and must not reach Python-Markdown."""
    if len(markdown) > TEXT_LIMIT:
        return True
    if any(sum(map(markdown.count, marks)) > limit for marks, limit in MARK_LIMITS.items()):
        return True
    text = markdown.replace("\r\n", "\n").replace("\r", "\n").expandtabs(4)
    if any(form.search(text) for form in (_NESTED, _INDENTED, _SPACES)):
        return True
    return len(_FENCE.findall(text)) > FENCE_LIMIT or _has_too_many_lines(text)


def _has_too_many_lines(text: str) -> bool:
    cells = 0
    for paragraph in _BLANK_LINE.split(text):
        lines = paragraph.split("\n")
        if len(lines) > LINE_LIMIT:
            return True
        cells += len(lines) * max(line.count("|") for line in lines)
    return cells > CELL_LIMIT
