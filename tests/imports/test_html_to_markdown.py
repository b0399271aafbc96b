"""HTML of other people's bodies: its words and its shape stay, nothing of it acts."""

from __future__ import annotations

import time

import pytest

from statuspage.imports.html_to_markdown import to_markdown


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Plain *Markdown*, a_b & 5 < 6.\r\n- item\r\n  - inner", "Plain *Markdown*, a_b & 5 < 6.\n- item\n  - inner"),
        ("One.<br /><br />Two.<br>Three_3.", "One.\n\nTwo.  \nThree_3."),
        ("<ul><li><strong>03:06</strong> - Down.</li>\n<li>Up.</li></ul>", "- **03:06** - Down.\n- Up."),
        ("<p>a</p>\r\n<p>b\r\nc &lt;d&gt;</p>", "a\n\nb\nc <d>"),
        ('<a href="https://e.example/a(b)">ok</a>', "[ok](https://e.example/a%28b%29)"),
        ("<a href='java\tscript:alert(1)'>go</a>", "go (`java\tscript:alert(1)`)"),
        ("<a href='//e.example'>go</a>", "go (`//e.example`)"),
        ("<img src='https://e.example/p.png' alt='graph' onerror=alert(1)>", "[graph](https://e.example/p.png)"),
        ("<script>alert(1)</script><b onclick=x>bold</b>", "<script>alert(1)</script>**bold**"),
        ("<style>p{}</style><b>we are down", "<style>p{}</style>**we are down**"),
        ("Remote call on <IP:PORT> <b>failed</b>", "Remote call on <IP:PORT> **failed**"),
        ("```\n<br>\n```\n<b>x</b> `<b>`", "```\n<br>\n```\n**x** `<b>`"),
        ("<strike>over</strike> <https://e.example/x>", "~~over~~ <https://e.example/x>"),
        ("<pre>\na\n  b\n</pre>", "```\na\n  b\n```"),
        ("<table><tr><th>A</th></tr>\n<tr><td>1</td></tr></table>", "| A |\n| --- |\n| 1 |"),
    ],
)
def test_html_becomes_markdown_and_markdown_stays(text: str, expected: str) -> None:
    assert to_markdown(text) == expected


@pytest.mark.parametrize(
    "text",
    ["<b>" * 15_000, "<ul><li>" * 5_000, "`" * 45_000, "\n" * 45_000, "<" * 45_000, "[](" * 15_000, "<a " * 15_000],
)
def test_no_text_takes_long(text: str) -> None:
    began = time.perf_counter()

    to_markdown(text + "<b>x</b>")

    assert time.perf_counter() - began < 5
