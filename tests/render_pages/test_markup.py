from __future__ import annotations

import time
from urllib.parse import urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from statuspage.render.markup import to_html, to_text
from statuspage.render.markup.plain_text import words_of_any, words_of_plain
from tests.render_pages.hostile import BOMBS, SCRIPTS
from tests.render_pages.reading import elements, fragment, visible_text

ALLOWED_TAGS = {
    *("p", "br", "hr", "h3", "h4", "h5", "h6", "strong", "em", "code", "pre", "blockquote", "ul", "ol", "li"),
    *("table", "thead", "tbody", "tr", "th", "td", "a", "img"),
}
ALLOWED_ATTRIBUTES = {"href", "title", "rel", "src", "alt", "start"}
CPU_SECONDS = 5
WORDY = (
    *("word", " ", "  ", "\n", "\t", "\u00a0", "&", "&amp;", "&am", "p;", "&lt;", "<", ">", "<b>", "'", '"', "é"),
    *(
        "**a**",
        "*b *",
        "* a*",
        "`c  d`",
        "`&amp;`",
        "[e](/x)",
        '[f](/x "a > b")',
        '[g](/x "a <b")',
        "![h](/i.png)",
        "  \n",
    ),
)


def assert_harmless(html: str) -> None:
    for tag, attributes in elements(fragment(html)):
        assert tag in ALLOWED_TAGS | {"DOCUMENT_FRAGMENT"}
        assert set(attributes) <= ALLOWED_ATTRIBUTES
        if "href" in attributes:
            assert urlsplit(attributes["href"]).scheme in ("https", "http", "mailto", "")
            assert attributes["rel"] == "noopener noreferrer nofollow"
        if "src" in attributes:
            assert attributes["src"].startswith("/")
            assert not attributes["src"].startswith(("//", "/\\"))


@pytest.mark.parametrize("text", SCRIPTS)
def test_no_text_gets_a_script_or_a_foreign_image_on_the_page(text: str) -> None:
    html = to_html(text)

    assert_harmless(html)


def test_there_are_at_least_two_hundred_hostile_texts() -> None:
    assert len(set(SCRIPTS)) >= 200


@pytest.mark.parametrize("name", BOMBS)
def test_no_text_takes_long(name: str) -> None:
    started = time.process_time()

    html = to_html(BOMBS[name])

    assert time.process_time() - started < CPU_SECONDS
    assert_harmless(html)


@pytest.mark.parametrize(
    ("name", "words"),
    [("10,000 nested brackets", "x"), ("nested quotes", ">>>>"), ("link definitions", "[r1]"), ("5 MB", "words words")],
)
def test_a_text_that_would_be_slow_is_shown_as_written(name: str, words: str) -> None:
    html = to_html(BOMBS[name])

    assert words in visible_text(fragment(html))


@given(st.text(alphabet=st.sampled_from("[](){}<>!*_`~#-+=|:&;\\\"'/ \n\tab1.\x00\x02\x03"), max_size=120))
def test_markup_soup_never_fails_and_never_does_harm(text: str) -> None:
    html = to_html(text)

    assert_harmless(html)
    to_text(text)


@pytest.mark.parametrize(
    ("html", "words"),
    [
        (
            "<p>Some <strong>cards</strong> &amp; <em> more</em>,\nsee <code>a &lt; b</code>.</p>",
            "Some cards & more, see a < b.",
        ),
        ('<p><a href="/x" rel="nofollow">A link</a></p>', "A link"),
        ("<p> </p>", None),
        ('<p><a href="/x" title="a > b">A link</a></p>', None),
        ("<p>One<br>two</p>", None),
        ("<p>One</p>\n<p>two</p>", "One\n\ntwo"),
        ("<ul>\n<li>One</li>\n<li>two</li>\n</ul>", "- One\n- two"),
        ("<p>First</p>\n<ol>\n<li>One</li>\n<li>two</li>\n</ol>", "First\n\n1. One\n2. two"),
        ("<ul>\n<li>One\n<ul>\n<li>two</li>\n</ul>\n</li>\n</ul>", None),
        ('<ol start="3">\n<li>One</li>\n</ol>', None),
        ("<h3>One</h3>", None),
    ],
)
def test_paragraphs_and_flat_lists_need_no_parser_for_their_words(html: str, words: str | None) -> None:
    assert words_of_plain(html) == words


@given(st.lists(st.sampled_from(WORDY), max_size=12).map("".join))
def test_the_words_of_plain_html_are_those_that_the_parser_finds(text: str) -> None:
    for html in (to_html(text), f"<p>{to_html(text).removeprefix('<p>').removesuffix('</p>')}</p>"):
        assert words_of_plain(html) in (None, words_of_any(html))


@given(st.text(max_size=200))
def test_any_text_at_all_never_fails_and_never_does_harm(text: str) -> None:
    html = to_html(text)

    assert_harmless(html)
    to_text(text)


@pytest.mark.parametrize(
    ("href", "result"),
    [
        ("https://a.example/x", "https://a.example/x"),
        ("http://a.example/x?a=1&b=2", "http://a.example/x?a=1&b=2"),
        ("HTTPS://a.example/", "HTTPS://a.example/"),
        ("mailto:help@a.example", "mailto:help@a.example"),
        ("//a.example/x", "https://a.example/x"),
        ("///a.example/x", "https://a.example/x"),
        ("\\\\\\\\a.example/x", "https://a.example/x"),
        ("/\\\\a.example/x", "https://a.example/x"),
        ("/history/", "/status/history/"),
        ("history/", "/status/history/"),
        ("./history/", "/status/history/"),
        ("../history/", "/status/history/"),
        ("../../history/", "/status/history/"),
        ("?page=2", "/status/?page=2"),
        ("#main", "#main"),
        ("static/plan.pdf", "/status/static/plan.pdf"),
        ("tel:+49301234567", None),
        ("ftp://a.example/", None),
        ("javascript:alert(1)", None),
        ("JAVASCRIPT:alert(1)", None),
        ("java&Tab;script:alert(1)", None),
        ("java&NewLine;script:alert(1)", None),
        ("&#1;javascript:alert(1)", None),
        ("&#x6A;avascript:alert(1)", None),
        ("javascript&colon;alert(1)", None),
        ("javascript&#58;alert(1)", None),
        ("data:text/html,hello", None),
        ("vbscript:msgbox(1)", None),
        ("file:///etc/passwd", None),
        ("blob:https://a.example/x", None),
        ("view-source:https://a.example/", None),
        ("about:blank", None),
    ],
)
def test_links_lead_to_the_web_to_a_mailbox_or_within_the_site(href: str, result: str | None) -> None:
    html = to_html(f"[x](<{href}>)", base_url="/status")

    (link,) = (attributes for tag, attributes in elements(fragment(html)) if tag == "a")
    assert link.get("href") == result


def test_html_of_the_author_is_shown_as_text() -> None:
    html = to_html("Before.\n\n<style>\n\nWe are down.\n\n| a | b |\n|---|---|\n| 1 | <b>2</b> |")

    assert visible_text(fragment(html)) == "Before.\n<style>\nWe are down.\na\nb\n1\n<b>2</b>"


def test_headings_start_at_level_three_and_keep_their_order() -> None:
    html = to_html("# One\n\n## Two\n\nThree\n---\n\n###### Six")

    assert html == "<h3>One</h3>\n<h4>Two</h4>\n<h4>Three</h4>\n<h6>Six</h6>"


def test_headings_that_start_low_come_up_to_level_three() -> None:
    assert to_html("#### Deep\n\n##### Deeper") == "<h3>Deep</h3>\n<h4>Deeper</h4>"


def test_an_image_of_the_site_stays_and_any_other_becomes_a_link() -> None:
    own = to_html("![Plan](static/plan.png)")
    foreign = to_html("![Plan](https://a.example/plan.png)")
    linked = to_html("[![Plan](https://a.example/plan.png)](https://a.example/)")

    assert own == '<p><img alt="Plan" src="/static/plan.png"></p>'
    assert foreign == '<p><a href="https://a.example/plan.png" rel="noopener noreferrer nofollow">Plan</a></p>'
    assert linked == '<p><a href="https://a.example/" rel="noopener noreferrer nofollow">Plan</a></p>'


def test_for_feeds_every_address_names_the_site() -> None:
    html = to_html("[a](/history/) [b](#u1) ![c](static/c.png)", base_url="https://status.example.com")

    addresses = [a.get("href") or a.get("src") for _, a in elements(fragment(html)) if a]
    assert addresses == [
        "https://status.example.com/history/",
        "https://status.example.com/#u1",
        "https://status.example.com/static/c.png",
    ]


def test_tables_fenced_code_and_lists_are_markup() -> None:
    html = to_html("a | b\n--- | ---\n1 | 2\n\n```python\nx < 1\n```\n\n3. three\n4. four")

    assert html == (
        "<table>\n<thead>\n<tr>\n<th>a</th>\n<th>b</th>\n</tr>\n</thead>\n<tbody>\n<tr>\n<td>1</td>\n<td>2</td>\n"
        "</tr>\n</tbody>\n</table>\n<pre><code>x &lt; 1\n</code></pre>\n"
        '<ol start="3">\n<li>three</li>\n<li>four</li>\n</ol>'
    )


def test_one_text_leaves_nothing_behind_for_the_next() -> None:
    to_html("[name]: https://a.example/\n\n[name]")

    assert to_html("[name]") == "<p>[name]</p>"


def test_plain_text_keeps_the_words_and_the_shape() -> None:
    text = to_text(
        "# We *see* it\n\nOne line\nand the next, with [a link](https://a.example/) & `code`.\n\n"
        "- first\n- second\n    - deeper\n\n1. one\n\n2. two\n\n> said\n\na | b\n--- | ---\n1 | 2\n\n```\nx\n  y\n```"
    )

    assert text == (
        "We see it\n\nOne line and the next, with a link & code.\n\n- first\n- second\n  - deeper\n\n"
        "1. one\n2. two\n\nsaid\n\na, b\n\n1, 2\n\nx\n  y"
    )


def test_plain_text_of_nothing_is_nothing() -> None:
    assert to_text("") == ""
    assert to_text(" \n\n ") == ""
