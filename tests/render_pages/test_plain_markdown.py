"""The fast way for plain Markdown: Python-Markdown's bytes, or no answer."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from bench.plain_markdown import random_texts
from statuspage.render.markup import python_markdown
from statuspage.render.markup.plain import plain_html

TAKEN = {
    "One word.": "<p>One word.</p>",
    "Two\nlines.\n\nAnother & more, 5 > 4.": "<p>Two\nlines.</p>\n<p>Another &amp; more, 5 &gt; 4.</p>",
    "- first\n- **second**": "<ul>\n<li>first</li>\n<li><strong>second</strong></li>\n</ul>",
    "1. first\n2. second\n\nThen.": "<ol>\n<li>first</li>\n<li>second</li>\n</ol>\n<p>Then.</p>",
    "*This* is `a_b > c`, see [the notes](https://example.com/a_b).": (
        '<p><em>This</em> is <code>a_b &gt; c</code>, see <a href="https://example.com/a_b">the notes</a>.</p>'
    ),
}
DECLINED = (
    "",
    "# Heading",
    "> quote",
    "a | b\n--- | ---",
    "```\ncode\n```",
    "<b>raw</b>",
    "back\\slash",
    "&amp;",
    "_emphasis_",
    "hard  \nbreak",
    "- outer\n  - inner",
    "- a\n\n- b",
    "3. third",
    "![picture](/static/a.png)",
    "[name]\n\n[name]: https://example.com",
    "[x](javascript:alert(1))",
    "5 * 3 * 2",
    "x" * 50_001,
)


@pytest.mark.parametrize(("text", "html"), TAKEN.items())
def test_plain_text_is_taken(text: str, html: str) -> None:
    assert plain_html(text) == html == python_markdown(text)


@pytest.mark.parametrize("text", DECLINED)
def test_anything_else_is_declined(text: str) -> None:
    assert plain_html(text) is None


def test_ten_thousand_random_texts_come_out_as_python_markdown_makes_them() -> None:
    taken = {text: html for text in random_texts(10_000) if (html := plain_html(text)) is not None}

    assert len(taken) > 1_000
    assert {text: python_markdown(text) for text in taken} == taken


def test_what_github_wrote_comes_out_as_python_markdown_makes_it(shared: Path) -> None:
    documents = [json.loads(f.read_text()) for f in (shared / "real-incidents" / "github-statuspage").glob("*.json")]
    updates = [update for document in documents for update in document["incident"]["incident_updates"]]
    bodies = [update["body"].replace("\r\n", "\n") for update in updates]

    taken = {body: html for body in bodies if (html := plain_html(body)) is not None}

    assert len(taken) > len(set(bodies)) / 2
    assert {body: python_markdown(body) for body in taken} == taken
