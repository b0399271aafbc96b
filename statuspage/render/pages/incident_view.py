"""One incident or planned work as page and timeline show it: facts, entries newest first, states through time."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from markupsafe import Markup, escape

from statuspage.instants import utc_text
from statuspage.model import ComponentState, Status
from statuspage.render.language import Language
from statuspage.render.pages.frame import Frame
from statuspage.render.pages.moments import acknowledgement_id
from statuspage.render.pages.told import Told
from statuspage.render.words import update_word
from statuspage.shown import Level, Promise, ShownIncident, ShownUpdate
from statuspage.translatable import translatable

MOST_CHANGES = 4
"""So many services are told one by one; more of them by their state, and only the first by name."""
_FIRST_PARAGRAPH = re.compile(r"<p>(.*?)</p>\s*", re.DOTALL)


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """One line of what a reader needs first: its name and what is to be said."""

    term: str
    words: Markup
    mark: str = ""
    """The attribute that names the language of the words, where that is not the page's."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TimelineEntry:
    """One update in a timeline."""

    id: str
    label: str
    moment: Markup
    """When it came."""
    html: Markup
    late: Markup
    """That this update came later than was promised, and by how much; else empty."""
    promise: Markup
    """The word given about the next update; empty when there is none or the facts say it."""
    changes: tuple[str, ...]
    is_automatic: bool
    level: Level | None
    """What the first and the last word are marked with; None for those between."""
    mark: Markup
    """The attribute that names the language of the text, where that is not the page's."""

    @property
    def is_bare(self) -> bool:
        """Return True when it holds nothing beside its label and its time."""
        return not (self.html or self.late or self.promise or self.changes)


@dataclass(frozen=True, slots=True, kw_only=True)
class StateSteps:
    """The states of components that went the same way through an incident."""

    names: tuple[str, ...]
    steps: tuple[tuple[datetime, ComponentState], ...]


def facts(told: Told, frame: Frame, *, is_headline: bool = True) -> tuple[Fact, ...]:
    """Return what a reader of an open incident needs first: only what is known."""
    incident, text = told.incident, frame.language.text
    can_do, working = frame.html(incident.what_you_can_do or ""), frame.html(incident.still_working or "")
    found = (
        Fact(term=text("Planned for"), words=_window(incident, frame)),
        Fact(term=text("Next update"), words=_next_update(incident.promise, frame, is_headline=is_headline)),
        Fact(term=text("What you can do"), words=can_do, mark=told.mark("what_you_can_do")),
        Fact(term=text("Still working"), words=working, mark=told.mark("still_working")),
    )
    return tuple(fact for fact in found if fact.words)


def record(told: Told, frame: Frame) -> tuple[Fact, ...]:
    """Return the facts of the incident's own page: with when it was, whom it hit, and how promises were kept."""
    incident, language = told.incident, frame.language
    text = language.text
    affected = language.listed(frame.names(component_id for component_id, _ in incident.states), limit=12)
    share = ""
    if incident.share is not None:
        share = text("Measured: {share} of customers", share=language.percent(incident.share))
    found = (
        (text("Started") if incident.is_open else text("From and to"), _duration(incident, frame)),
        (text("Affected"), escape(affected)),
        (text("How many"), escape(share)),
        (text("Our promises"), escape("" if incident.is_open else _promises_kept(incident, language))),
    )
    more = tuple(Fact(term=term, words=words) for term, words in found if words)
    return (*facts(told, frame), *more) if incident.is_open else (*_planned(incident, frame), *more)


def entries(told: Told, frame: Frame, *, with_explanations: bool = True) -> tuple[TimelineEntry, ...]:
    """Return the updates, newest first; `with_explanations=False` leaves out the postmortem."""
    incident = told.incident
    promises = [update.promise for update in incident.updates]
    told_newer = _told_newer(incident)
    first = incident.updates[-1].id if incident.updates else None
    return tuple(
        _entry(
            update,
            frame,
            answered=earlier,
            is_told_above=update.id in told_newer,
            moment=_moment(update, incident, frame, is_news=incident.is_open and number == 0),
            level=_level(update, incident, is_first=update.id == first),
            mark=told.mark(update.id),
        )
        for number, (update, earlier) in enumerate(zip(incident.updates, [*promises[1:], None], strict=False))
        if with_explanations or update.status is not Status.POSTMORTEM
    )


def _told_newer(incident: ShownIncident) -> frozenset[str]:
    """Return the updates whose promise stands higher up: the one in force, and a time that a newer one gives too."""
    due_at = {incident.promise.due_at} if incident.promise else set()
    told = [incident.updates[0].id] if incident.promise else []
    for update in incident.updates[len(told) :]:
        if update.promise and update.promise.due_at in due_at:
            told.append(update.id)
        elif update.promise:
            due_at.add(update.promise.due_at)
    return frozenset(told)


def explanations(incident: ShownIncident) -> tuple[ShownUpdate, ...]:
    """Return the postmortem, oldest first."""
    return tuple(update for update in reversed(incident.updates) if update.status is Status.POSTMORTEM)


def state_steps(incident: ShownIncident, frame: Frame) -> tuple[StateSteps, ...]:
    """Return the states of each touched component, in the order of the configuration; those alike stand together."""
    steps: dict[str, list[tuple[datetime, ComponentState]]] = {each: [] for each, _ in incident.states}
    for update in reversed(incident.updates):
        for change in update.changes:
            known = steps.setdefault(change.component_id, [])
            if not known or known[-1][1] is not change.new:
                known.append((update.at, change.new))
    alike: dict[tuple[tuple[datetime, ComponentState], ...], list[str]] = {}
    for component_id, way in steps.items():
        alike.setdefault(tuple(way), []).append(component_id)
    return tuple(StateSteps(names=frame.names(ids), steps=way) for way, ids in alike.items() if way)


def opening(told: Told, frame: Frame) -> tuple[Markup, Markup]:
    """Return the first paragraph of the newest update, else of the summary, without its `<p>`, and its mark."""
    if newest := newest_opening(told.incident, frame):
        return newest, told.mark(told.incident.updates[0].id)
    return split_opening(frame.html(told.incident.source.summary))[0], told.mark("summary")


def newest_opening(incident: ShownIncident, frame: Frame) -> Markup:
    """Return the first paragraph of the newest update, without its `<p>`; empty where it opens with anything else."""
    return split_opening(frame.html(incident.updates[0].body))[0] if incident.updates else Markup("")


def split_opening(html: Markup) -> tuple[Markup, Markup]:
    """Return the inside of the paragraph that a text begins with, and what follows it."""
    match = _FIRST_PARAGRAPH.match(html)
    return (Markup(match.group(1)), Markup(html[match.end() :])) if match else (Markup(""), html)


def _next_update(promise: Promise | None, frame: Frame, *, is_headline: bool) -> Markup:
    if promise is None:
        return Markup("")
    when, language = frame.moments, frame.language
    # Several may be late at once, and no sentence stands twice on one page.
    late = (
        translatable("This update is late. We said {time}.") if is_headline else translatable("Late: we said {time}.")
    )
    if promise.is_late:
        return language.markup(late, time=when.at(promise.due_at))
    words = language.markup("By {time}", time=when.ago(promise.due_at))
    # Said by the script of a page that stays open past the time; it sets the time in.
    late_words = escape(language.text(late, time="{}"))
    return Markup(f'<span data-due="{utc_text(promise.due_at)}" data-late="{late_words}">{words}</span>')


def _entry(  # one argument for each thing that only the place in the timeline tells
    update: ShownUpdate,
    frame: Frame,
    *,
    answered: Promise | None,
    is_told_above: bool,
    moment: Markup,
    level: Level | None,
    mark: Markup,
) -> TimelineEntry:
    return TimelineEntry(
        id=update.id,
        label=frame.language.text(update_word(update)),
        moment=moment,
        html=frame.html(update.body),
        late=_late(answered, frame),
        promise=Markup("") if is_told_above else _promised(update, frame),
        changes=tuple(_changes(update, frame)),
        is_automatic=update.is_automatic,
        level=level,
        mark=mark,
    )


def _level(update: ShownUpdate, incident: ShownIncident, *, is_first: bool) -> Level | None:
    if update.status.is_final:
        return Level.WORKING
    return incident.worst_level if is_first else None


def _moment(update: ShownUpdate, incident: ShownIncident, frame: Frame, *, is_news: bool) -> Markup:
    when = frame.moments
    if acknowledgement_id(incident) == update.id:
        return when.day(update.at)
    return when.ago(update.at) if is_news and not update.is_automatic else when.at(update.at)


def _late(answered: Promise | None, frame: Frame) -> Markup:
    if answered is None or answered.late_by is None:
        return Markup("")
    due = frame.moments.at_beside(answered.due_at, answered.made_at)
    late_by = frame.language.duration(answered.late_by)
    return frame.language.markup("Late: this came {length} after the time we gave, {time}.", length=late_by, time=due)


def _promised(update: ShownUpdate, frame: Frame) -> Markup:
    promise = update.promise
    if promise is None:
        return Markup("")
    due = frame.moments.at_beside(promise.due_at, update.at)
    if promise.followed_at and not promise.is_late:
        return frame.language.markup("Next update promised by {time}, and kept.", time=due)
    return frame.language.markup("Next update promised by {time}.", time=due)


def _changes(update: ShownUpdate, frame: Frame) -> Iterator[str]:
    changed = [change for change in update.changes if change.old is not change.new]
    if len(changed) <= MOST_CHANGES:
        yield from (f"{frame.name_by_id.get(c.component_id, c.component_id)}: {frame.state(c.new)}" for c in changed)
        return
    for state in dict.fromkeys(change.new for change in changed):
        names = frame.names(change.component_id for change in changed if change.new is state)
        services = frame.language.listed(names, limit=MOST_CHANGES)
        yield frame.language.text("{level}: {services}", level=frame.state(state), services=services)


def _window(incident: ShownIncident, frame: Frame) -> Markup:
    if incident.starts_at is None or incident.ends_at is None:
        return Markup("")
    return frame.moments.span(incident.starts_at, incident.ends_at)


def _planned(incident: ShownIncident, frame: Frame) -> tuple[Fact, ...]:
    window = _window(incident, frame)
    return (Fact(term=frame.language.text("Planned for"), words=window),) if window else ()


def _duration(incident: ShownIncident, frame: Frame) -> Markup:
    if incident.status in (Status.SCHEDULED, Status.CANCELLED):
        return Markup("")
    if incident.resolved_at is None:
        return frame.moments.ago(incident.began_at)
    lasted = frame.language.duration(incident.resolved_at - incident.began_at)
    return Markup(f"{frame.moments.span(incident.began_at, incident.resolved_at)} ({lasted})")


def _promises_kept(incident: ShownIncident, language: Language) -> str:
    made = [update.promise for update in incident.updates if update.promise and update.promise.followed_at]
    late = sum(promise.is_late for promise in made)
    if not made:
        return ""
    kept = language.counted(
        "{kept} of {number} update came by the time we gave",
        "{kept} of {number} updates came by the time we gave",
        len(made),
        kept=len(made) - late,
    )
    return language.text("{kept}, {late} came late.", kept=kept, late=late) if late else f"{kept}."
