"""What one language must offer so that the hold message can be spoken in it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from re import Pattern
from typing import TypeAlias

from statuspage.model import ComponentState, Status
from statuspage.render.hold.moments import Moment, Relation, ZoneName

Three: TypeAlias = tuple[str, str, str]
"""The same fact in three sentences: for the full wording, the short one, and the one with the workaround first."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Catalogue:
    """The words, numbers, times and sentences of one language.

    Sentences may hold `{names}` (after "with" or "on"), `{direct}` (as an object), `{title}`, `{what}`, `{count}`,
    `{share}`, `{url}`, and `{at}`, `{by}`, `{since}`, `{after}` for a moment.
    """

    language: str
    """As `xml:lang` has it."""

    number: Callable[[int], str]
    """0 to 999,999 in words."""
    when: Callable[[Relation, Moment], str]
    zone_name: ZoneName
    listed: Callable[[Sequence[str], int], str]
    """Names and a number of others, after "with": `card payments, refunds and two other services`."""
    listed_directly: Callable[[Sequence[str], int], str]
    """The same as an object."""
    more: Callable[[int, bool], Three]
    """So many further problems stand on the status page; True: all smaller than those named."""
    shares: Sequence[tuple[Decimal, str]]
    """Upper bounds in percent, ascending, each with its words; the last has no bound to keep."""

    pace: float
    """Letters a second that the slowest voice says at least, pauses apart; measured: docs/hold.md."""
    decimal_sign: str
    decimal_word: str
    percent: str
    plus: str
    dot: str
    dash: str
    service: str
    """In place of a component's name, after "with"."""

    known: str
    known_by_title: str
    by_title: Three
    """A sentence beside the opening that gives the title; the first is unused."""
    sorry: str
    affected: Mapping[ComponentState, str]
    affected_share: str
    all_else_works: Three
    still_works: Three
    doing: Mapping[Status, Three]
    """The second opens the short wording, with `{names}`."""
    already: Mapping[Status, Pattern[str]]
    """What the news says where it says the same as the first of `doing`."""
    fresh: Mapping[Status, str]
    """Opens the short wording after a new update."""
    meanwhile: str
    """Opens the wording that begins with the workaround."""
    no_report: str
    """Opens it where there is none."""
    promise: Three
    where: Three
    anything_else: Three
    several: str
    unreadable: tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]
    planned: Three
    planned_effect: str
    planned_end: Three
    planned_too: Three
    fixed: Three
    still_seen: Three

    title_opening: Pattern[str]
    """What a title may begin with that a sentence about a problem says anyway."""
    title_of_nothing: Pattern[str]
    """Titles that do not say what is wrong."""
    banned: Pattern[str]
    """Phrases that callers must not hear."""
    for_readers: Pattern[str]
    """Jargon, links, and promises without a time: readers may make something of them, callers do not."""
    apology: Pattern[str]
    ageing: Pattern[str]
    """Words that are wrong by the time they are heard: `in ten minutes`."""
    of_today: Pattern[str]
    """Words that are wrong on any other day: `this morning`."""
    points_back: Pattern[str]
    """The beginning of a sentence that means nothing without the one before it."""
    coded: Pattern[str]
    """Numbers that say nothing to a caller: `error 503`, `2 pm` without a zone."""
    has_ordinal_dots: bool
    """Whether `21. November` is one sentence."""

    def must_not_say(self, name: str) -> bool:
        """Return whether a name would put an apology or a banned phrase into every sentence that it stands in."""
        return bool(self.banned.search(name) or self.apology.search(name))
