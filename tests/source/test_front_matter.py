"""The block on top of a file, as strict YAML."""

from __future__ import annotations

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from statuspage.source.front_matter import UnreadableFrontMatter, YamlValue, plain_entries, read_front_matter
from statuspage.source.strict_yaml import read_yaml


def values(block: str) -> dict[str, object]:
    return {key: entry.value for key, entry in read_front_matter(f"---\n{block}\n---\nbody").entries.items()}


def test_every_scalar_is_text_as_written() -> None:
    block = 'a: 12:30\nb: no\nc: 2026-11-21 14:30\nd: 0x1F\ne: "no"\nf: ~\ng:\nh: 1.10\ni: <<\nj: true'

    assert values(block) == {
        "a": "12:30",
        "b": "no",
        "c": "2026-11-21 14:30",
        "d": "0x1F",
        "e": "no",
        "f": None,
        "g": None,
        "h": "1.10",
        "i": "<<",
        "j": "true",
    }


def test_each_key_knows_its_line_and_the_body_its_own() -> None:
    front = read_front_matter("\n---\na: 1\nb:\n  c: 2\n  d:\n  - 3\n---\nbody\n")

    assert front.entries == {
        "a": YamlValue(line=3, value="1"),
        "b": YamlValue(
            line=4,
            value={"c": YamlValue(line=5, value="2"), "d": YamlValue(line=6, value=(YamlValue(line=7, value="3"),))},
        ),
    }
    assert (front.body, front.body_line) == ("body\n", 9)


def test_a_key_that_stands_twice_keeps_its_first_value() -> None:
    front = read_front_matter("---\na: 1\na: 2\n---\n")

    assert front.entries["a"].value == "1"
    assert front.repeated == (("a", 3),)


def test_an_integer_of_5000_digits_is_text() -> None:
    assert values(f"a: {'9' * 5000}") == {"a": "9" * 5000}


@pytest.mark.parametrize(
    ("text", "line", "what"),
    [
        ("", 1, 'has no front matter; begin it with "---", "title: …" and "---"'),
        ("title: x\n---\n", 1, 'has no front matter; begin it with "---", "title: …" and "---"'),
        ("---\ntitle: x\n", 1, 'front matter has no end; write "---" on a line of its own below it'),
        (
            "---\na: &x 1\n---\n",
            2,
            "front matter holds a YAML reference (& or *); put the text in quotes, or write it out",
        ),
        (
            "---\na: 1\nb: *x\n---\n",
            3,
            "front matter holds a YAML reference (& or *); put the text in quotes, or write it out",
        ),
        (
            "---\na: !!python/name:os.system x\n---\n",
            2,
            "front matter holds a YAML tag (tag:yaml.org,2002:python/name:os.system); leave it out",
        ),
        ("---\n[1, 2]\n---\n", 2, 'front matter must be lines of "key: value"'),
        ("---\n? [a]\n: b\n---\n", 2, "front matter has a list or mapping as a key; write text"),
        (
            "---\na: 'b\n---\n",
            2,
            "front matter is not YAML: found unexpected end of stream; "
            "a text with a colon or a quote needs quotes around it",
        ),
        (
            f"---\na: {'[' * 10_000}\n---\n",
            2,
            "front matter is nested too deeply; keep to one list or mapping below a key",
        ),
        (f"---\na: {'x' * 17_000}\n---\n", 1, "front matter has more than 16 kB; the text belongs below it"),
    ],
)
def test_what_cannot_be_read_says_where_and_what_would_be_right(text: str, line: int, what: str) -> None:
    with pytest.raises(UnreadableFrontMatter) as caught:
        read_front_matter(text)

    assert (caught.value.line, str(caught.value)) == (line, what)


PIECES = st.sampled_from(
    [
        *(
            "title",
            "a b",
            "components",
            "card-payments",
            "null",
            "Null ",
            "-",
            "- ",
            "é",
            "x_1",
            "?",
            "<<",
            "~",
            "y" * 90,
        ),
        *(
            ": ",
            ":",
            ":  ",
            "\n",
            "\n",
            "\n  ",
            "\n ",
            "\n  ",
            " ",
            "  ",
            "\t",
            ",",
            ".",
            "#",
            " #",
            "'",
            '"',
            "\\",
            "’",
        ),
        *(
            "14:05",
            "2026-11-21",
            "You can't",
            "(a)",
            "[",
            "]",
            "{",
            "}",
            "&x",
            "*x",
            "!t",
            "|",
            ">",
            "%",
            "@",
            "`",
            "=",
        ),
        *("—", "\u00a0", "\ufeff", "\u2028", "\x85", "²", "\u0301", "\U0001f4e6", "---", "...", "/", "+", "major"),
    ]
)
LINES = st.sampled_from(
    [
        *("title: Cards fail", "impact: major  ", "components:", "components: ", "  dashboard: down", "  mail: slow"),
        *(" mail: slow", "    x: y", 'title: "Cards: #1"', 'a: "b"c', "a: b: c", "a: b #c", "a: null", "a: b'c", "- a"),
        *("", "a:b", "starts: 2026-11-21 22:00", "a: https://x.example/?a=b&c", 'a: "null" ', "a: null  ", 'a: ""'),
    ]
)
BLOCKS = st.one_of(st.lists(LINES, max_size=6).map("\n".join), st.lists(PIECES, max_size=14).map("".join), st.text())


@settings(max_examples=1_000)
@given(block=BLOCKS)
@example(block=f"{'a' * 1_200}: b")
@example(block=f"a: {'b' * 5_000}\nc: d")
def test_plain_lines_mean_what_a_yaml_parser_says(block: str) -> None:
    plain = plain_entries(block, first_line=2)

    if plain is not None:
        assert read_yaml(block, first_line=2) == (plain, ())


@pytest.mark.parametrize(
    "block",
    [
        "title: You can't sign in, or pay (again)",
        "title: x\ncomponents:\n  card-payments: major_outage\n  Dashboard one: slow\nimpact: major ",
        'kind: maintenance\nstarts: 2026-11-21 22:00\nends: 23:30 +02:00\ntitle: "New: disks"\nmake_good:',
    ],
)
def test_plain_lines_need_no_yaml_parser(block: str) -> None:
    assert plain_entries(block, first_line=2) is not None
