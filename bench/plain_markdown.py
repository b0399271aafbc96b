"""The fast way for plain Markdown against Python-Markdown: random strings, how many it takes, and every difference.

Run as `python bench/plain_markdown.py [COUNT]`; a million strings take some minutes. Ends with 1 at a difference.
"""

from __future__ import annotations

import random
import sys
from collections.abc import Iterator

from statuspage.render.markup import python_markdown
from statuspage.render.markup.plain import plain_html

PIECES = (
    *"ab1 _*`[]()!&<>#-+.~=:|\\\"'\n",
    *(
        "\n\n",
        "**",
        "- ",
        "* ",
        "1. ",
        "2. ",
        "`x`",
        "*a*",
        "**b**",
        "[t](https://e.org/a_b)",
        "[t](/x)",
        "  \n",
        "a_b",
    ),
    *(
        "words ",
        "more words",
        ". ",
        ", ",
        "é",
        "\u00a0",
        "&amp;",
        "& ",
        "https://e.org",
        "\n- ",
        "\n1. ",
        "ü_",
        "\t",
        "![",
        "](",
    ),
)
# Of these alone most strings are taken, so that what is taken is looked at closely.
TAME = (
    *(
        "words ",
        "more words",
        ". ",
        ", ",
        "a_b",
        "é",
        "5 > 4",
        " & ",
        "\n",
        "\n\n",
        "\n\n- ",
        "\n- ",
        "\n\n1. ",
        "\n2. ",
    ),
    *(
        "`x`",
        "`a_b > c`",
        "*a*",
        "**b c**",
        "**b** *c*",
        "[t](https://e.org/a_b?c=d#e)",
        "[t u](/x)",
        "(",
        ")",
        "!",
        "'",
        '"',
        "1.",
        "-",
        "+",
    ),
)


def random_texts(count: int, *, seed: int = 7) -> Iterator[str]:
    """Yield so many short texts, the same for the same seed."""
    chance = random.Random(seed)
    for _ in range(count):
        yield "".join(chance.choices(chance.choice((PIECES, TAME)), k=chance.randrange(1, 14)))


def main(count: int) -> int:
    """Return 1 when any text came out differently."""
    taken, different = 0, 0
    for text in random_texts(count):
        fast = plain_html(text)
        taken += fast is not None
        if fast is not None and fast != (slow := python_markdown(text)):
            different += 1
            print(f"{text!r}\n  fast {fast!r}\n  slow {slow!r}")
    print(f"{count} texts, {taken} taken, {different} different")
    return int(different > 0)


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000))
