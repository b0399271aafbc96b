"""The three wordings of the hold message: they share facts and times, and no sentence."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TypeAlias

from statuspage.model import Impact
from statuspage.render.hold.arabic import ARABIC
from statuspage.render.hold.catalogue import Catalogue
from statuspage.render.hold.english import ENGLISH
from statuspage.render.hold.facts import MOST_WORDS_QUOTED, Facts, Names, Problem, gather_facts, primary_tag
from statuspage.render.hold.german import GERMAN
from statuspage.render.hold.lines import Line, Weight, chosen, fits, folded
from statuspage.render.hold.speaker import FULL, SHORT, WORKAROUND_FIRST, Speaker, spoken_address, together
from statuspage.render.hold.speech import MOST_SENTENCES_OF_NEWS, spoken_words_in
from statuspage.shown import Shown

Message: TypeAlias = tuple[str, ...]
"""The sentences of one wording; none when nothing is to be said."""
Messages: TypeAlias = Mapping[str, tuple[Message, Message, Message]]
"""The three wordings by language."""
_Builder: TypeAlias = Callable[[Speaker, int], list[Line]]

MOST_PROBLEMS_NAMED = 3
_CATALOGUES: Mapping[str, Catalogue] = {"en": ENGLISH, "de": GERMAN, "ar": ARABIC}


def hold_wordings(shown: Shown, language: str) -> tuple[str, str, str]:
    """Return the full wording, the short one, and the one that begins with the workaround; empty when all is well.

    Each has at most 60 words and lasts at most 25 seconds. A language that is not among `model.SPOKEN_LANGUAGES` is
    spoken in English.
    """
    full, short, workaround_first = hold_messages(shown, language)
    return " ".join(full), " ".join(short), " ".join(workaround_first)


def hold_messages(shown: Shown, language: str) -> tuple[Message, Message, Message]:
    """Return the same wordings as `hold_wordings`, sentence by sentence."""
    words = catalogue_for(language)
    facts = gather_facts(shown, words)
    build = _builder_for(facts)
    if build is None:
        return (), (), ()
    speaker = Speaker(words=words, facts=facts, address=spoken_address(shown, words))
    full = _chosen(build(speaker, FULL), (), words)
    short = _chosen(build(speaker, SHORT), full, words)
    return full, short, _chosen(build(speaker, WORKAROUND_FIRST), (*full, *short), words)


def hold_messages_by_language(shown: Shown) -> Messages:
    """Return the messages in each language of the site, in the order of the configuration."""
    return {language: hold_messages(shown, language) for language in shown.hold.languages}


def catalogue_for(language: str) -> Catalogue:
    """Return the catalogue of the language, by the first part of its tag; else the English one."""
    return _CATALOGUES.get(primary_tag(language), ENGLISH)


def _builder_for(facts: Facts) -> _Builder | None:
    if len(facts.problems) > 1:
        return _several_problems
    if facts.problems:
        return _one_problem
    if facts.planned:
        return _planned_work
    return _fixed if facts.fixed else None


def _chosen(lines: Sequence[Line], said: Message, words: Catalogue) -> Message:
    # Only the first wording may apologise: callers hear all three in turn.
    allowed = [line for line in lines if not (said and words.apology.search(line.text))]
    return chosen(allowed, said={folded(sentence) for sentence in said}, apology=words.apology, pace=words.pace)


def _one_problem(speaker: Speaker, wording: int) -> list[Line]:
    problem = speaker.facts.problems[0]
    if wording == FULL and (own := _in_own_words(speaker, problem)):
        return own
    tell = _unreadable if problem.source.source.is_unreadable else (_known, _still_at_it, _advice)[wording]
    return [*tell(speaker, problem, wording), *speaker.beside(wording), *speaker.closing(wording)]


def _in_own_words(speaker: Speaker, problem: Problem) -> list[Line]:
    """Return the words that a person wrote for callers, with the promise; nothing when they would not be said whole."""
    own = [Line(sentence, Weight.NEEDED) for sentence in problem.override]
    lines = [*own, speaker.promise(FULL)]
    is_sorry_twice = sum(bool(speaker.words.apology.search(line.text)) for line in own) > 1
    return lines if own and _fits(lines, speaker.words) and not is_sorry_twice else []


def _unreadable(speaker: Speaker, _problem: Problem, wording: int) -> list[Line]:
    return [Line(sentence, Weight.NEEDED) for sentence in speaker.words.unreadable[wording]]


def _known(speaker: Speaker, problem: Problem, wording: int) -> list[Line]:
    """Return that we know, whom it affects, what is being done, and what helps meanwhile."""
    words = speaker.words
    affected = [speaker.about(words.affected[state], names) for state, names in problem.affected]
    return [
        Line(speaker.known(problem), Weight.NEEDED),
        *_news(speaker, problem),
        Line(affected[0] if affected and not problem.news else "", Weight.WANTED),
        *(Line(sentence, Weight.SPARE) for sentence in affected[1:]),
        Line(speaker.share(problem), Weight.USEFUL),
        Line(speaker.still_works(problem, wording), Weight.SPARE),
        Line(_doing(speaker, problem), Weight.WELCOME if problem.news else Weight.USEFUL),
        *(Line(sentence, Weight.WANTED) for sentence in problem.workaround),
    ]


def _doing(speaker: Speaker, problem: Problem) -> str:
    """Return what is being done; empty where the news says so itself."""
    words = speaker.words
    is_said = bool(problem.news) and bool(words.already[problem.status].search(problem.news[0]))
    return "" if is_said else words.doing[problem.status][FULL]


def _news(speaker: Speaker, problem: Problem) -> list[Line]:
    """Return the first two sentences of the newest update; an apology always, from the author if possible."""
    is_sorry = [bool(speaker.words.apology.search(sentence)) for sentence in problem.news[:MOST_SENTENCES_OF_NEWS]]
    news = [
        Line(sentence, Weight.WANTED if place == 0 or is_sorry[place] else Weight.WELCOME)
        for place, sentence in enumerate(problem.news[:MOST_SENTENCES_OF_NEWS])
    ]
    needs_apology = problem.source.impact in (Impact.MAJOR, Impact.CRITICAL) and not any(is_sorry)
    return [Line(speaker.words.sorry if needs_apology else "", Weight.WANTED), *news]


def _still_at_it(speaker: Speaker, problem: Problem, wording: int) -> list[Line]:
    """Return that work goes on, or since when there is news and what it is."""
    words = speaker.words
    sentence = words.doing[problem.status][wording]
    times: dict[str, str] = {}
    if problem.fresh_since:
        sentence, times = words.fresh[problem.status], speaker.times(problem.fresh_since)
    return [
        Line(speaker.about(sentence, problem.names, **times), Weight.NEEDED),
        Line(speaker.title(problem, wording), Weight.WANTED),
        Line(speaker.still_works(problem, wording), Weight.SPARE),
    ]


def _advice(speaker: Speaker, problem: Problem, wording: int) -> list[Line]:
    """Return what callers can do, first of all."""
    return [
        Line(speaker.first_advice(problem), Weight.NEEDED),
        Line(speaker.title(problem, wording), Weight.WANTED),
        Line(speaker.still_works(problem, wording), Weight.USEFUL),
        Line(speaker.words.doing[problem.status][wording], Weight.SPARE),
    ]


def _several_problems(speaker: Speaker, wording: int) -> list[Line]:
    """Return as many of the worst as all three wordings have room for, and how many more there are."""
    for count in range(min(MOST_PROBLEMS_NAMED, len(speaker.facts.problems)), 0, -1):
        wordings = [_named_problems(speaker, each, count) for each in (FULL, SHORT, WORKAROUND_FIRST)]
        if all(_fits(lines, speaker.words) for lines in wordings):
            return wordings[wording]
    return [Line(_how_many(speaker), Weight.NEEDED), *speaker.closing(wording)]


def _named_problems(speaker: Speaker, wording: int, count: int) -> list[Line]:
    named, rest = speaker.facts.problems[:count], speaker.facts.problems[count:]
    sentences = (_each_affected, _each_still, _each_advice)[wording](speaker, named)
    more = speaker.words.more(len(rest), _worst(rest) < _worst(named))[wording] if rest else ""
    return [
        Line(_how_many(speaker) if wording == FULL else "", Weight.WANTED),
        *(Line(sentence, Weight.NEEDED) for sentence in sentences),
        Line(more, Weight.NEEDED if wording == FULL else Weight.WANTED),
        *speaker.beside(wording),
        *speaker.closing(wording),
    ]


def _fits(lines: Sequence[Line], words: Catalogue) -> bool:
    return fits([line.text for line in lines if line.text and line.weight is Weight.NEEDED], Weight.NEEDED, words.pace)


def _worst(problems: Sequence[Problem]) -> int:
    return max(problem.source.level.severity for problem in problems)


def _how_many(speaker: Speaker) -> str:
    return speaker.words.several.format(count=speaker.words.number(len(speaker.facts.problems)))


def _each_affected(speaker: Speaker, problems: Sequence[Problem]) -> list[str]:
    """Return one sentence for each."""
    return [_affected(speaker, problem) for problem in problems]


def _affected(speaker: Speaker, problem: Problem) -> str:
    if len(problem.override) == 1 and spoken_words_in(problem.override[0]) <= MOST_WORDS_QUOTED:
        return problem.override[0]
    if problem.affected:
        state, names = problem.affected[0]
        return speaker.about(speaker.words.affected[state], names)
    return speaker.known(problem)


def _each_still(speaker: Speaker, problems: Sequence[Problem]) -> list[str]:
    """Return how far we are, one sentence for all of which the same is true."""
    statuses = dict.fromkeys(problem.status for problem in problems)
    return [
        speaker.about(speaker.words.doing[status][SHORT], together(p.names for p in problems if p.status is status))
        for status in statuses
    ]


def _each_advice(speaker: Speaker, problems: Sequence[Problem]) -> list[str]:
    """Return what callers can do about as many as there is room for, and in one sentence which they need not report."""
    closing = speaker.closing(WORKAROUND_FIRST)
    can_advise = [problem for problem in problems if speaker.advice(problem)]
    for count in range(len(can_advise), 0, -1):
        sentences = _advice_on(speaker, problems, can_advise[:count])
        if _fits([*(Line(sentence, Weight.NEEDED) for sentence in sentences), *closing], speaker.words):
            return sentences
    return _advice_on(speaker, problems, ())


def _advice_on(speaker: Speaker, problems: Sequence[Problem], advised: Sequence[Problem]) -> list[str]:
    others = together(problem.names for problem in problems if problem not in advised)
    no_report = speaker.about(speaker.words.no_report, others) if len(advised) < len(problems) else ""
    return [*(speaker.advice(problem) for problem in advised), no_report]


def _planned_work(speaker: Speaker, wording: int) -> list[Line]:
    """Return what is being worked on, until when, and what to do meanwhile."""
    words, facts = speaker.words, speaker.facts
    work = facts.planned_work[0] if len(facts.planned_work) == 1 else None
    if work and wording == FULL and (own := _in_own_words(speaker, work)):
        return own
    planned = facts.planned or Names()
    end = speaker.at(words.planned_end[wording], facts.planned_end)
    all_else_works = words.all_else_works[wording] if facts.all_else_works and planned.spoken else ""
    return [
        Line(speaker.about(words.planned[wording], planned), Weight.NEEDED),
        *_planned_details(speaker, work, wording),
        Line(all_else_works, Weight.SPARE),
        Line(end, Weight.NEEDED) if end else speaker.promise(wording),
        Line(speaker.fixed(wording, has_zone=False), Weight.USEFUL),
        *speaker.ending(wording),
    ]


def _planned_details(speaker: Speaker, work: Problem | None, wording: int) -> list[Line]:
    if wording == FULL:
        effect = speaker.about(speaker.words.planned_effect, speaker.facts.planned or Names())
        return [Line(work.news[0] if work and work.news else effect, Weight.WANTED)]
    if wording == WORKAROUND_FIRST and work:
        return [Line(sentence, Weight.WANTED) for sentence in work.workaround]
    return []


def _fixed(speaker: Speaker, wording: int) -> list[Line]:
    return [
        Line(speaker.fixed(wording, has_zone=True), Weight.NEEDED),
        Line(speaker.words.still_seen[wording], Weight.NEEDED),
        Line(speaker.where(wording) if wording == SHORT else "", Weight.SPARE),
    ]
