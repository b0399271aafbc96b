"""Putting facts into the sentences of one language."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from urllib.parse import urlsplit

from statuspage.render.hold.catalogue import Catalogue
from statuspage.render.hold.facts import Facts, Names, Problem
from statuspage.render.hold.lasting import sentence_seconds
from statuspage.render.hold.lines import Line, Weight
from statuspage.render.hold.moments import Moment, Relation
from statuspage.render.hold.speech import spoken_host, spoken_words_in
from statuspage.shown import Shown

FULL, SHORT, WORKAROUND_FIRST = range(3)
"""The places of the three wordings."""
MOST_WORDS_OF_ADDRESS = 9
MOST_WORDS_OF_OPENING, MOST_SECONDS_OF_OPENING = 28, 11.0
"""So that the promise and the choice to stay always fit beside it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Speaker:
    """One language, and everything that there is to say in it."""

    words: Catalogue
    facts: Facts
    address: str
    """Of the page, as a voice says it; empty where it has none."""

    def about(self, sentence: str, names: Names, **given: str) -> str:
        """Return the sentence with the names in it; "our service" where there are none."""
        spoken = names.spoken or (self.words.service,)
        others = names.others if names.spoken else 0
        return sentence.format(
            names=self.words.listed(spoken, others), direct=self.words.listed_directly(spoken, others), **given
        )

    def at(self, sentence: str, moment: Moment | None) -> str:
        """Return the sentence with the instant in it; empty without one."""
        return sentence.format_map(self.times(moment)) if moment else ""

    def times(self, moment: Moment) -> dict[str, str]:
        """Return the instant as each kind of sentence needs it."""
        return {relation.value: self.words.when(relation, moment) for relation in Relation}

    def where(self, wording: int) -> str:
        """Return where the news can be read; empty where the page has no address that can be said."""
        return self.words.where[wording].format(url=self.address) if self.address else ""

    def promise(self, wording: int) -> Line:
        """Return when the next update comes; empty when nothing is promised that has not passed."""
        return Line(self.at(self.words.promise[wording], self.facts.next_update), Weight.NEEDED)

    def closing(self, wording: int) -> list[Line]:
        """Return the promise, where to look, and the choice to stay."""
        return [self.promise(wording), *self.ending(wording)]

    def ending(self, wording: int) -> list[Line]:
        """Return where to look, and the choice to stay."""
        return [
            Line(self.where(wording), Weight.SPARE if wording == FULL else Weight.WELCOME),
            Line(self.words.anything_else[wording], Weight.NEEDED),
        ]

    def beside(self, wording: int) -> list[Line]:
        """Return what else is going on: planned work, and what was fixed a little while ago."""
        planned = self.facts.planned
        return [
            Line(self.about(self.words.planned_too[wording], planned) if planned else "", Weight.WANTED),
            Line(self.fixed(wording, has_zone=False), Weight.USEFUL),
        ]

    def fixed(self, wording: int, *, has_zone: bool) -> str:
        """Return that what was wrong is not any more, and since when; empty when nothing has just been fixed."""
        names, moment = self.facts.fixed, self.facts.fixed_at
        if names is None or moment is None:
            return ""
        return self.about(
            self.words.fixed[wording], names, **self.times(moment if has_zone else replace(moment, zone=""))
        )

    def known(self, problem: Problem) -> str:
        """Return that we know about it."""
        if problem.title:
            return self.words.known_by_title.format(title=problem.title)
        return self.about(self.words.known, problem.names)

    def title(self, problem: Problem, wording: int) -> str:
        """Return the title in a sentence, where no component says what it is about."""
        return self.words.by_title[wording].format(title=problem.title) if problem.title else ""

    def first_advice(self, problem: Problem) -> str:
        """Return what callers can do; or, where there is nothing, that they need not tell us."""
        return self.advice(problem) or self.about(self.words.no_report, problem.names)

    def advice(self, problem: Problem) -> str:
        """Return what callers can do, as much as one can follow; empty where there is nothing.

        In one sentence, because in the full wording its parts are sentences of their own.
        """
        for count in range(len(problem.workaround), 0, -1):
            advice = "; ".join(sentence.rstrip(".") for sentence in problem.workaround[:count])
            opening = self.about(self.words.meanwhile, problem.names, what=f"{advice}.")
            is_quick = sentence_seconds(opening, self.words.pace) <= MOST_SECONDS_OF_OPENING
            if is_quick and spoken_words_in(opening) <= MOST_WORDS_OF_OPENING:
                return opening
        return ""

    def still_works(self, problem: Problem, wording: int) -> str:
        """Return what is not affected; empty where nobody has said so and the states do not tell."""
        if problem.still_works:
            return self.words.still_works[wording].format(what=problem.still_works[0])
        is_alone = len(self.facts.problems) == 1 and self.facts.planned is None
        can_tell = is_alone and problem.names.spoken and self.facts.all_else_works
        return self.words.all_else_works[wording] if can_tell else ""

    def share(self, problem: Problem) -> str:
        """Return how many customers are affected, rounded to what one can picture; empty where it was not measured."""
        if problem.share is None:
            return ""
        share = next((name for bound, name in self.words.shares if problem.share < bound), self.words.shares[-1][1])
        return self.words.affected_share.format(share=share)


def spoken_address(shown: Shown, words: Catalogue) -> str:
    """Return the address of the page as a voice says it; empty where that would take too many words."""
    host = shown.hold.spoken_url or urlsplit(shown.site.url).hostname or ""
    spoken = spoken_host(host, words)
    is_host = f" {words.dot} " in spoken
    return spoken if is_host and spoken_words_in(spoken) <= MOST_WORDS_OF_ADDRESS else ""


def together(many: Iterable[Names]) -> Names:
    """Return all the names as one list, each once."""
    lists = tuple(many)
    spoken = tuple(dict.fromkeys(name for names in lists for name in names.spoken))
    return Names(spoken=spoken, others=sum(names.others for names in lists))
