"""The fast way for plain Markdown against Python-Markdown and the cleaner: random strings, and every difference.

Run as `python bench/plain_markdown.py [COUNT]`; a million strings take some minutes. Ends with 1 at a difference.
"""

from __future__ import annotations

import random
import sys
from collections.abc import Iterable, Iterator

from statuspage.render.markup import cleaner, python_markdown
from statuspage.render.markup.plain import clean_plain, plain_html

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
        "[t](//e.org/x)",
        "[t](https://e.org:99999/)",
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
        "[t](/../x)",
        "[t](//e.org:1/ü)",
        "[t](http://1.2.3.4.5/%zz)",
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


def differences(texts: Iterable[str], *, base_url: str = "") -> Iterator[tuple[str, str, str]]:
    """Yield each text that the fast way takes and makes something else of: the text, what it makes, and what is right.

    First as Python-Markdown makes it, then as it is when the cleaner has read all of it.
    """
    clean = cleaner(base_url).clean
    for text in texts:
        html = plain_html(text)
        if html is None:
            continue
        for fast, right in ((html, python_markdown(text)), (clean_plain(html, clean), clean(html))):
            if fast != right:
                yield text, fast, right


def main(count: int) -> int:
    """Return 1 when any text came out differently."""
    taken = sum(plain_html(text) is not None for text in random_texts(count))
    different = 0
    for text, fast, right in differences(random_texts(count), base_url="/status"):
        different += 1
        print(f"{text!r}\n  fast {fast!r}\n  right {right!r}")
    print(f"{count} texts, {taken} taken, {different} different")
    return int(different > 0)


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000))
