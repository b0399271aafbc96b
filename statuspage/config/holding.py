"""`[promise.holding]` of `statuspage.toml`: the site's own words for holding updates."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from statuspage.characters import first_unfit, one_line
from statuspage.config.toml_table import TomlTable
from statuspage.errors import did_you_mean
from statuspage.model import Status

FEWEST_TEXTS = 6
PLACEHOLDERS = ("since", "next", "said")
REQUIRED_PLACEHOLDERS = ("since", "next")
HELD_STATUSES = (
    Status.INVESTIGATING,
    Status.IDENTIFIED,
    Status.MONITORING,
    Status.SCHEDULED,
    Status.IN_PROGRESS,
    Status.VERIFYING,
)
"""Those in which a promise can fall due."""
_PLACEHOLDER = re.compile(rf"\{{({'|'.join(PLACEHOLDERS)})\}}")
_BRACED = re.compile(r"\{([^{}]*)\}")
_CLOSING_QUOTES = "”“\"’‘'»«)"
_SENTENCE = re.compile(
    rf"(?:.+?(?:[.!?…][{_CLOSING_QUOTES}]*|\{{said\}}[{_CLOSING_QUOTES}]+)(?=\s+[^\sa-zäöüß]|\s*$)|.+$)\s*"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnWords:
    """The site's own wordings of holding updates, by status; a status without any has those of the program."""

    texts: tuple[tuple[Status, tuple[str, ...]], ...] = ()

    def of(self, status: Status) -> tuple[str, ...]:
        """Return the texts for the status, in the order of the file; none where the site has none of its own."""
        return dict(self.texts).get(status, ())


def sentences_of(text: str) -> tuple[str, ...]:
    """Return the sentences of a wording, its placeholders still in it."""
    return tuple(found[0].strip() for found in _SENTENCE.finditer(text))


def read_own_words(table: TomlTable) -> OwnWords:
    """Return what `[promise.holding]` says: for each status that it names, at least six texts."""
    table.refuse_unknown(*HELD_STATUSES)
    named = (status for status in HELD_STATUSES if status in table)
    return OwnWords(texts=tuple((status, _read_texts(table, status)) for status in named))


def _read_texts(table: TomlTable, status: Status) -> tuple[str, ...]:
    written = table.texts(status, default=())
    texts = tuple(one_line(text) for text in written)
    for number, text in enumerate(written, start=1):
        if wrong := next(_wrong_in(text), None):
            table.note(status, f"text {number} {wrong}")
    if twice := [text for text, count in Counter(text.casefold() for text in texts).items() if count > 1]:
        places = [str(number) for number, text in enumerate(texts, start=1) if text.casefold() == twice[0]]
        table.note(status, f"texts {' and '.join(places)} are equal; no two posts may say the same")
    elif texts and len(texts) < FEWEST_TEXTS:
        table.note(status, f"has {len(texts)} of at least {FEWEST_TEXTS} texts; write {FEWEST_TEXTS - len(texts)} more")
    return texts


def _wrong_in(text: str) -> Iterator[str]:
    """Yield what is wrong with one text, the most helpful first."""
    if unfit := first_unfit(text):
        yield f"holds a character that no page can show, {unfit[1]}; take it out"
    yield from _wrong_braces(text)
    for name in REQUIRED_PLACEHOLDERS:
        if f"{{{name}}}" not in text:
            yield f"has no {{{name}}}; write {_MEANING[name]} as {{{name}}}"
    if text.lstrip().startswith("{said}"):
        yield 'begins with {said}; let words of yours come first, such as We said then: "{said}"'
    for sentence in sentences_of(one_line(text)):
        if "{said}" in sentence and len(_PLACEHOLDER.findall(sentence)) > 1:
            yield (
                "has {said} beside another placeholder; give it a sentence of its own, which is left out where "
                "nothing was said"
            )


def _wrong_braces(text: str) -> Iterator[str]:
    for name in _BRACED.findall(text):
        if name not in PLACEHOLDERS:
            hint = did_you_mean(name, PLACEHOLDERS) or "; known are {since}, {next} and {said}"
            yield f"has the unknown placeholder {{{name}}}{hint}"
    if set("{}") & set(_PLACEHOLDER.sub("", text)):
        yield "has a brace that belongs to no placeholder; take it out"


_MEANING = {
    "since": "the time of the last update that a person wrote",
    "next": "the time of the next update",
}
