"""What there is to tell callers at an instant, in one language: which problems, of what, since when, until when."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from itertools import takewhile

from statuspage.model import ComponentState, Status
from statuspage.render.hold.catalogue import Catalogue
from statuspage.render.hold.lasting import letters_in
from statuspage.render.hold.moments import Moment, moment_at, recent_moment
from statuspage.render.hold.speech import speakable_sentences, spoken_name, spoken_words_in
from statuspage.render.translated import translated_words
from statuspage.shown import HOLD_AFTER_RESOLVED, Shown, ShownIncident

MOST_NAMES = 3
MOST_WORDS_OF_NAMES, MOST_LETTERS_OF_NAMES = 8, 70
MOST_WORDS_OF_TITLE, MOST_LETTERS_OF_TITLE = 12, 70
MOST_WORDS_QUOTED = 22
"""Longer sentences of an incident's own text are not read out: nobody can follow them on a telephone."""
FEWEST_WORDS_QUOTED = 3
_AFFECTED = (ComponentState.MAJOR_OUTAGE, ComponentState.PARTIAL_OUTAGE, ComponentState.DEGRADED_PERFORMANCE)
_INCIDENT_STATUSES = (Status.INVESTIGATING, Status.IDENTIFIED, Status.MONITORING)


@dataclass(frozen=True, slots=True, kw_only=True)
class Names:
    """Components by their spoken names, and how many more there are than a caller can keep in mind."""

    spoken: tuple[str, ...] = ()
    others: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """One open incident, or planned work under way, as callers are to hear of it."""

    source: ShownIncident
    status: Status
    names: Names
    """What it concerns; none spoken where it names no component, or none that can be said."""
    affected: tuple[tuple[ComponentState, Names], ...]
    """What is not as it should be now, worst first."""
    title: str
    """Without a full stop; empty where it is not said."""
    news: tuple[str, ...]
    """Sentences of the newest update."""
    workaround: tuple[str, ...]
    still_works: tuple[str, ...]
    override: tuple[str, ...]
    """The words that a person wrote for callers; none where they cannot all be said."""
    fresh_since: Moment | None
    """Of the newest update that a person wrote, where it is of today and not the first."""
    share: Decimal | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """Everything that the hold message is made of."""

    problems: tuple[Problem, ...]
    """Open incidents, worst first."""
    planned: Names | None
    """What planned work is under way on; None when there is none."""
    planned_work: tuple[Problem, ...]
    planned_end: Moment | None
    fixed: Names | None
    """What was fixed a little while ago; None when nothing was."""
    fixed_at: Moment | None
    next_update: Moment | None
    """The first promise that has not passed."""
    all_else_works: bool


def gather_facts(shown: Shown, catalogue: Catalogue) -> Facts:
    """Return what callers are to hear at `shown.now`; of what people wrote, what is in the catalogue's language."""
    fixed = recently_fixed(shown)
    planned = shown.active_maintenances
    due_at = next_update_at(shown)
    return Facts(
        problems=tuple(_problem(incident, shown, catalogue) for incident in shown.worst_first),
        planned=_names_of([c for m in planned for c, _ in m.states], shown, catalogue) if planned else None,
        planned_work=tuple(_problem(work, shown, catalogue) for work in planned),
        planned_end=_planned_end(shown, catalogue),
        fixed=_names_of([c for incident in fixed for c, _ in incident.states], shown, catalogue) if fixed else None,
        fixed_at=_fixed_moment(fixed, shown, catalogue),
        next_update=_moment(due_at, shown, catalogue) if due_at else None,
        all_else_works=_all_else_works(shown),
    )


def recently_fixed(shown: Shown) -> tuple[ShownIncident, ...]:
    """Return the incidents that callers still hear about though they are over, in the order of the page."""
    return tuple(
        incident
        for incident in shown.incidents
        if incident.resolved_at and incident.resolved_at <= shown.now < incident.resolved_at + HOLD_AFTER_RESOLVED
    )


def next_update_at(shown: Shown) -> datetime | None:
    """Return the first promise of an open incident, or else of planned work under way, that has not passed."""
    for spoken_of in (shown.open_incidents, shown.active_maintenances):
        due = [i.promise.due_at for i in spoken_of if i.promise and i.promise.due_at > shown.now]
        if spoken_of:
            return min(due, default=None)
    return None


def _planned_end(shown: Shown, catalogue: Catalogue) -> Moment | None:
    """Return when the last planned work ends by itself; None where one is being verified, which ends when it ends."""
    ends = [work.ends_at for work in shown.active_maintenances if work.ends_at and work.status is Status.IN_PROGRESS]
    if not ends or len(ends) < len(shown.active_maintenances) or max(ends) <= shown.now:
        return None
    return _moment(max(ends), shown, catalogue)


def _problem(incident: ShownIncident, shown: Shown, catalogue: Catalogue) -> Problem:
    affected = _affected(incident, shown, catalogue)
    still_affected = [c for state in _AFFECTED for c, its in incident.states if its is state]
    names = _names_of(still_affected or [c for c, _ in incident.states], shown, catalogue)
    told, own_words = _told(incident, shown, catalogue), _OwnWords(shown, catalogue)
    return Problem(
        source=incident,
        status=incident.status if incident.status in _INCIDENT_STATUSES else Status.INVESTIGATING,
        names=names,
        affected=affected,
        title="" if names.spoken else own_words.title(told),
        news=own_words.news(told),
        workaround=own_words.advice(told.what_you_can_do, incident.created_at),
        still_works=own_words.advice(told.still_working, incident.created_at),
        override=own_words.for_callers(told),
        fresh_since=_fresh_since(incident, shown),
        share=incident.share,
    )


def _told(incident: ShownIncident, shown: Shown, catalogue: Catalogue) -> ShownIncident:
    """Return the incident with what people wrote of it in the language of the callers; empty where nobody has."""
    if primary_tag(shown.site.language) == catalogue.language:
        return incident
    words = translated_words(incident, catalogue.language)
    return replace(
        incident,
        source=replace(incident.source, title=words.title),
        updates=tuple(replace(update, body=words.bodies.get(update.id, "")) for update in incident.updates),
        what_you_can_do=words.what_you_can_do,
        still_working=words.still_working,
        hold=words.hold,
    )


def _affected(incident: ShownIncident, shown: Shown, catalogue: Catalogue) -> tuple[tuple[ComponentState, Names], ...]:
    by_state = ((state, [c for c, its in incident.states if its is state]) for state in _AFFECTED)
    named = ((state, _names_of(ids, shown, catalogue)) for state, ids in by_state if ids)
    return tuple((state, names) for state, names in named if names.spoken)


def _names_of(component_ids: Sequence[str], shown: Shown, catalogue: Catalogue) -> Names:
    ids = tuple(dict.fromkeys(component_ids))
    known = [shown.component_by_id[c].source for c in ids if c in shown.component_by_id]
    said = (spoken_name(component.spoken_as(catalogue.language), shown.hold, catalogue) for component in known)
    spoken = [name for name in said if name and not catalogue.must_not_say(name)]
    kept: list[str] = []
    for name in dict.fromkeys(spoken):
        together = " ".join([*kept, name])
        is_long = spoken_words_in(together) > MOST_WORDS_OF_NAMES or letters_in(together) > MOST_LETTERS_OF_NAMES
        if len(kept) == MOST_NAMES or is_long:
            break
        kept.append(name)
    return Names(spoken=tuple(kept), others=len(ids) - len(kept) if kept else 0)


def _fresh_since(incident: ShownIncident, shown: Shown) -> Moment | None:
    written = [update for update in incident.updates if not update.is_automatic and not update.is_timed]
    if len(written) < 2 or _local_day(written[0].at, shown) != _local_day(shown.now, shown):
        return None
    return recent_moment(written[0].at, shown.now, site=shown.site)


def _moment(at: datetime, shown: Shown, catalogue: Catalogue) -> Moment:
    return moment_at(at, shown.now, site=shown.site, zone_name=catalogue.zone_name)


def _fixed_moment(fixed: Sequence[ShownIncident], shown: Shown, catalogue: Catalogue) -> Moment | None:
    at = max((incident.resolved_at for incident in fixed if incident.resolved_at), default=None)
    return recent_moment(at, shown.now, site=shown.site, zone_name=catalogue.zone_name) if at else None


def _all_else_works(shown: Shown) -> bool:
    """Return whether every component that no incident names works, and there is one."""
    touched = {c for incident in (*shown.open_incidents, *shown.active_maintenances) for c, _ in incident.states}
    others = [component for component in shown.components if component.source.id not in touched]
    return bool(others) and all(component.state is ComponentState.OPERATIONAL for component in others)


class _OwnWords:
    """Reads what people wrote in an incident, in the language of the callers."""

    def __init__(self, shown: Shown, catalogue: Catalogue) -> None:
        self._shown = shown
        self._catalogue = catalogue

    def title(self, incident: ShownIncident) -> str:
        said = self.read(incident.source.title, incident.created_at)
        if len(said) != 1 or incident.source.is_unreadable:
            return ""
        title = self._catalogue.title_opening.sub("", said[0]).rstrip(".?")
        is_short = spoken_words_in(title) <= MOST_WORDS_OF_TITLE and letters_in(title) <= MOST_LETTERS_OF_TITLE
        return title if is_short and not self._catalogue.title_of_nothing.search(title) else ""

    def news(self, incident: ShownIncident) -> tuple[str, ...]:
        """Return what the newest update says that no clock wrote; of planned work only once it has begun.

        A holding update says no more than that there is nothing new: callers hear the news before it.
        """
        update = next((u for u in incident.updates if not u.is_automatic and not u.is_timed), None)
        if update is None or (incident.starts_at and update.at < incident.starts_at):
            return ()
        said = self.read(update.body, update.at)
        return tuple(sentence for sentence in said if spoken_words_in(sentence) >= FEWEST_WORDS_QUOTED)

    def for_callers(self, incident: ShownIncident) -> tuple[str, ...]:
        """Return every sentence of the words for callers, however long; none when one of them cannot be said."""
        written_at = next((u.at for u in incident.updates if not u.is_timed), incident.created_at)
        said = self._sentences(incident.hold, written_at, most_words=None)
        return said if all(said) else ()

    def advice(self, text: str | None, written_at: datetime) -> tuple[str, ...]:
        """Return the sentences up to the first that cannot be said: advice without its beginning misleads."""
        return tuple(takewhile(bool, self._sentences(text, written_at)))

    def read(self, text: str | None, written_at: datetime) -> tuple[str, ...]:
        """Return every sentence that can be said, but none that means nothing after one that cannot."""
        kept: list[str] = []
        has_lost_thread = False
        for sentence in self._sentences(text, written_at):
            has_lost_thread = not sentence or (has_lost_thread and bool(self._catalogue.points_back.match(sentence)))
            kept += [] if has_lost_thread else [sentence]
        return tuple(kept)

    def _sentences(
        self, text: str | None, written_at: datetime, *, most_words: int | None = MOST_WORDS_QUOTED
    ) -> tuple[str, ...]:
        """Return the sentences of the text, empty in place of each that callers must not or cannot hear."""
        if not text:
            return ()
        is_of_today = _local_day(written_at, self._shown) == _local_day(self._shown.now, self._shown)
        said = (sentence or "" for sentence in speakable_sentences(text, self._shown.hold, self._catalogue))
        return tuple(
            ""
            if (most_words is not None and spoken_words_in(sentence) > most_words)
            or (not is_of_today and self._catalogue.of_today.search(sentence))
            else sentence
            for sentence in said
        )


def primary_tag(language: str) -> str:
    """Return `en` for `en-GB`."""
    return language.replace("_", "-").partition("-")[0].lower()


def _local_day(at: datetime, shown: Shown) -> date:
    return at.astimezone(shown.site.zone).date()
