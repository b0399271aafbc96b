"""What people have written, as a voice can say it; what no voice can say is left out."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from itertools import islice

from statuspage.model import HoldStyle
from statuspage.render.hold.catalogue import Catalogue
from statuspage.render.markup import to_text

_PARAGRAPHS = re.compile(r"\n\s*\n|\n(?=\s*(?:[-*•]|\d+\.) )")
_BULLET = re.compile(r"^\s*(?:[-*•]|\d+\.)\s+")
_SENTENCE_ENDS = re.compile(r"(?<=[.!?؟…])[\"”’)]*\s+(?=[^a-zäöüß\s])")
_SENTENCE_ENDS_BUT_ORDINALS = re.compile(r"(?<=[.!?…])(?<!\d\.)[\"”’)]*\s+(?=[^a-zäöüß\s])")

_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_NUMBER = re.compile(
    r"(?:[1-9]\d{0,2}(?:,\d{3})|[1-9]\d{0,2}(?:\.\d{3})|[1-9]\d{0,5}|0|(?:0|[1-9]\d{0,2})[.,]\d{1,2})%?"
)
_PHONE = re.compile(r"(?<![\w.,:+-])(?:\+[1-9]|0[1-9])\d*(?:[ ()-]{1,2}\d+){1,8}(?![\w%:-])")
_FEWEST_PHONE_DIGITS = 7
SENTENCES_KEPT = 1_024
"""So many sentences stay as a voice says them: of an edited text, most are as they were."""
MOST_SENTENCES_OF_NEWS = 2
MOST_CHARACTERS_READ = 4000
MOST_CHARACTERS_OF_A_NAME = 200
_HOST = re.compile(r"\w\.[^\W\d_]{2,}")
_HOST_IN_TEXT = re.compile(
    r"(?<![\w@/:.-])(?:[a-z][a-z-]*\.){1,3}(?:app|at|ch|cloud|com|de|dev|edu|eu|example|gov|info|io|net|org|uk)(?![\w/:-]|\.\w)",
    re.IGNORECASE,
)
"""An address of at most four parts; with another ending it may as well be two sentences without a space."""
_CODED_NAME = re.compile(r"[^\W\d_]\d+[^\W\d_]")
_MAY_BE_ONE = re.compile(r"(?<=\w)\((e?s|en?|in|innen)\)")
"""As in `service(s)`."""
_LABEL = re.compile(r"^(?:update|edit|aktualisierung|nachtrag) ?[,:–—-]+ *", re.IGNORECASE)
"""Before a sentence, a word that only says that it is news."""
_PUNCTUATION = ".,:;?'’،؛؟"
_DIGITS = str.maketrans("٠١٢٣٤٥٦٧٨٩", "0123456789")
_QUOTES = dict.fromkeys(map(ord, '"“”„«»‹›'), None)


def speakable_sentences(markdown: str, style: HoldStyle, catalogue: Catalogue) -> tuple[str | None, ...]:
    """Return the sentences of the text as a voice says them, in order; None in place of each that no voice can say."""
    return tuple(_spoken(sentence, style, catalogue) for sentence in _sentences(_beginning(markdown), catalogue))


def spoken_name(name: str, style: HoldStyle, catalogue: Catalogue) -> str:
    """Return a name in words: letters of abbreviations one by one, numbers in words; empty if nothing can be said.

    A name that is an address is said as one; among other words no address can be said, and no code such as `k8s`.
    """
    said, known = _by_lexicon(unicodedata.normalize("NFKC", name[:MOST_CHARACTERS_OF_A_NAME]), style)
    if _HOST.search(said):
        address = said.removeprefix("*.")
        return "" if " " in address else spoken_host(address, catalogue)
    if _CODED_NAME.search(said):
        return ""
    words = re.sub(r"[^\W\d_]+|\d+|[^\w'’-]|_", lambda found: _part_of_name(found[0], known, catalogue), said)
    return re.sub(r"\s+", " ", words).strip(" -'’")


def spoken_host(host: str, catalogue: Catalogue) -> str:
    """Return `status dot acme dot example`, whether the host is given in signs or in the words of another language."""
    bare = re.sub(r"^[a-z]+://", "", host.strip(), flags=re.IGNORECASE).partition("/")[0]
    words = re.sub(r"(?<=\w)\.(?=\w)|\b(?:dot|punkt)\b", f" {catalogue.dot} ", bare, flags=re.IGNORECASE)
    words = re.sub(r"(?<=\w)-(?=\w)", f" {catalogue.dash} ", words)
    return " ".join(words.split()) if all(_WORD.fullmatch(word) for word in words.split()) else ""


def unspeakable(text: str, style: HoldStyle) -> tuple[str, ...]:
    """Return what no voice can say in a plain text, in order, each once: codes, addresses, unknown capitals."""
    said, known = _by_lexicon(text, style)
    tokens = _without_phones(_clean(said)).split()
    found = [token for place, token in enumerate(tokens) if not _can_be_said(token, known, tokens[place - 1 : place])]
    return tuple(dict.fromkeys(token.strip(_PUNCTUATION) or token for token in found))


def unspeakable_news(markdown: str, style: HoldStyle, catalogue: Catalogue) -> tuple[str, ...]:
    """Return what no voice can say in the sentences of an update that callers would hear, its first ones."""
    heard = islice(_sentences(_beginning(markdown), catalogue), MOST_SENTENCES_OF_NEWS)
    return tuple(dict.fromkeys(token for sentence in heard for token in unspeakable(sentence, style)))


def words_in(text: str) -> int:
    """Return how many words the text has, by its spaces."""
    return len(text.split())


def spoken_words_in(text: str) -> int:
    """Return how many words a voice says: `thirty-five` and `p.m.` are two each."""
    return len(re.findall(r"[^\W_]+(?:['’][^\W_]+)*", text))


def _beginning(markdown: str) -> str:
    """Return the text, of a very long one the first whole sentences: nobody listens to more."""
    text = to_text(markdown[:MOST_CHARACTERS_READ])
    return text if len(markdown) <= MOST_CHARACTERS_READ else text[: text.rfind(".") + 1]


def _sentences(text: str, catalogue: Catalogue) -> Iterator[str]:
    ends = _SENTENCE_ENDS_BUT_ORDINALS if catalogue.has_ordinal_dots else _SENTENCE_ENDS
    paragraphs = [" ".join(_BULLET.sub("", paragraph).split()) for paragraph in _PARAGRAPHS.split(text)]
    for paragraph in paragraphs:
        # Beside other paragraphs, one without a full stop is a heading, a cell or a line of code.
        if len(paragraphs) == 1 or paragraph.endswith((".", "!", "?", "؟", "…")):
            yield from filter(None, ends.split(paragraph))


@lru_cache(maxsize=SENTENCES_KEPT)
def _spoken(sentence: str, style: HoldStyle, catalogue: Catalogue) -> str | None:
    if sentence.endswith(":") or catalogue.coded.search(sentence) or unspeakable(sentence, style):
        return None
    said = _LABEL.sub("", _clean(_by_lexicon(sentence, style)[0]))
    said = _PHONE.sub(lambda found: _phone_words(found[0], catalogue), said)
    said = _HOST_IN_TEXT.sub(lambda found: spoken_host(found[0], catalogue), said)
    said = re.sub(r"\d[\d.,]*(?<=\d) ?%?", lambda found: _number_words(found[0], catalogue), said)
    said = " ".join(said.split()).rstrip(" ,;:.،؛")
    unfit = (catalogue.banned, catalogue.for_readers, catalogue.ageing)
    if not said or "%" in said or any(phrases.search(said) for phrases in unfit):
        return None
    return said[0].upper() + said[1:] + ("" if said.endswith(("?", "؟")) else ".")


def _by_lexicon(text: str, style: HoldStyle) -> tuple[str, frozenset[str]]:
    """Return the text with the site's own words in place, and those words, which are known to be speakable."""
    if not style.say:
        return text, frozenset()
    spoken_by_written = dict(style.say)
    known = frozenset(word for spoken in spoken_by_written.values() for word in spoken.split())
    return _lexicon_pattern(style.say).sub(lambda found: spoken_by_written[found[0]], text), known


@lru_cache(maxsize=8)
def _lexicon_pattern(say: tuple[tuple[str, str], ...]) -> re.Pattern[str]:
    longest_first = sorted((written for written, _ in say if written), key=lambda written: (-len(written), written))
    choices = "|".join(map(re.escape, longest_first)) or r"(?!)"
    return re.compile(rf"(?<!\w)(?:{choices})(?!\w)")


def _clean(text: str) -> str:
    """Return the text without quotation marks, brackets, dashes and marks that are for the eye only."""
    text = unicodedata.normalize("NFKC", text).translate(_QUOTES).translate(_DIGITS)
    unheard = ("Cf", "Cc", "Cs", "Mn")  # vowel marks too: a voice knows the word without them
    text = "".join(sign for sign in text if unicodedata.category(sign) not in unheard or sign.isspace())
    text = _MAY_BE_ONE.sub(r"\1", text)
    text = re.sub(r"\s*[(\[](?=\w)|\s+[–—-]+\s+|(?<=[^\W\d])—(?=[^\W\d])", ", ", text)
    text = re.sub(r"(?<=\w)[)\]](?=[.,;:?!])", "", text)
    text = re.sub(r"(?<=\w)[)\]]", ",", text)
    text = re.sub(r"\.{2,}|…|!+", ".", text)
    return re.sub(r"\s+(?=[.,;:?،؛؟])", "", text).strip(" ,")


def _without_phones(text: str) -> str:
    return _PHONE.sub(lambda found: found[0] if _digits_in(found[0]) < _FEWEST_PHONE_DIGITS else " ", text)


def _can_be_said(token: str, known: frozenset[str], before: list[str]) -> bool:
    bare = token.strip(_PUNCTUATION)
    if not bare or bare in known or _HOST_IN_TEXT.fullmatch(bare):
        return True
    if bare == "%":
        return bool(before) and bool(_NUMBER.fullmatch(before[0]))
    if _WORD.fullmatch(bare) and re.sub("['’-]", "", bare).isalpha():
        return not any(part.removesuffix("s").isupper() and len(part) > 1 for part in re.split(r"['’-]", bare))
    return bool(_NUMBER.fullmatch(bare))


def _number_words(written: str, catalogue: Catalogue) -> str:
    number = written.rstrip("% ")
    tail = f" {catalogue.percent}" if "%" in written else written[len(number) :]
    of_thousands = "," if catalogue.decimal_sign == "." else "."
    plain = re.sub(rf"[{of_thousands}](?=\d{{3}}$)", "", number)
    whole, _, fraction = plain.replace(of_thousands, catalogue.decimal_sign).partition(catalogue.decimal_sign)
    digits = [catalogue.number(int(digit)) for digit in fraction]
    return " ".join([catalogue.number(int(whole)), *([catalogue.decimal_word] if digits else []), *digits]) + tail


def _phone_words(written: str, catalogue: Catalogue) -> str:
    """Return a phone number digit by digit, in the groups in which it is written, long groups in threes."""
    if _digits_in(written) < _FEWEST_PHONE_DIGITS:
        return written
    groups = [part for group in re.findall(r"\d+", written) for part in _short_groups(group)]
    words = ", ".join(" ".join(catalogue.number(int(digit)) for digit in group) for group in groups)
    return f"{catalogue.plus} {words}" if written.startswith("+") else words


def _short_groups(digits: str) -> Iterator[str]:
    while len(digits) > 4:
        yield digits[:3]
        digits = digits[3:]
    yield digits


def _digits_in(text: str) -> int:
    return sum(sign.isdigit() for sign in text)


def _part_of_name(part: str, known: frozenset[str], catalogue: Catalogue) -> str:
    if part.isdecimal():
        return f" {catalogue.number(int(part))} " if len(part) < 7 else " "
    if part.isupper() and len(part) > 1 and part not in known:
        return " ".join(part)
    return part if part.isalpha() else " "
