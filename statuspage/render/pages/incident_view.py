"""One incident or planned work as page and timeline show it: facts, entries newest first, states through time."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from markupsafe import Markup, escape

from statuspage.instants import utc_text
from statuspage.model import ComponentState, Status
from statuspage.render.pages.counting import percent_words
from statuspage.render.pages.frame import Frame, listed
from statuspage.render.pages.moments import acknowledgement_id
from statuspage.render.words import STATE_WORD, duration_words, update_word
from statuspage.shown import Promise, ShownIncident, ShownUpdate

_FIRST_PARAGRAPH = re.compile(r"<p>(.*?)</p>\s*", re.DOTALL)


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """One line of what a reader needs first: its name and what is to be said."""

    term: str
    words: Markup


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
    is_final: bool

    @property
    def is_bare(self) -> bool:
        """Return True when it holds nothing beside its label and its time."""
        return not (self.html or self.late or self.promise or self.changes)


@dataclass(frozen=True, slots=True, kw_only=True)
class StateSteps:
    """The states of one component through an incident."""

    name: str
    steps: tuple[tuple[datetime, ComponentState], ...]


def facts(incident: ShownIncident, frame: Frame, *, is_headline: bool = True) -> tuple[Fact, ...]:
    """Return what a reader of an open incident needs first: only what is known."""
    found = (
        ("Planned for", _window(incident, frame)),
        ("Next update", _next_update(incident.promise, frame, is_headline=is_headline)),
        ("What you can do", frame.html(incident.what_you_can_do or "")),
        ("Still working", frame.html(incident.still_working or "")),
    )
    return tuple(Fact(term=term, words=words) for term, words in found if words)


def record(incident: ShownIncident, frame: Frame) -> tuple[Fact, ...]:
    """Return the facts of the incident's own page: with when it was, whom it hit, and how promises were kept."""
    affected = listed(frame.names(component_id for component_id, _ in incident.states), limit=12)
    share = f"Measured: {percent_words(incident.share)} of customers" if incident.share is not None else ""
    found = (
        ("Started" if incident.is_open else "From and to", _duration(incident, frame)),
        ("Affected", escape(affected)),
        ("How many", escape(share)),
        ("Our promises", escape("" if incident.is_open else _promises_kept(incident))),
    )
    more = tuple(Fact(term=term, words=words) for term, words in found if words)
    return (*facts(incident, frame), *more) if incident.is_open else (*_planned(incident, frame), *more)


def entries(incident: ShownIncident, frame: Frame, *, with_explanations: bool = True) -> tuple[TimelineEntry, ...]:
    """Return the updates, newest first; `with_explanations=False` leaves out the postmortem."""
    promises = [update.promise for update in incident.updates]
    return tuple(
        _entry(
            update,
            frame,
            answered=earlier,
            is_told_above=incident.is_open and number == 0,
            moment=_moment(update, incident, frame),
        )
        for number, (update, earlier) in enumerate(zip(incident.updates, [*promises[1:], None], strict=False))
        if with_explanations or update.status is not Status.POSTMORTEM
    )


def explanations(incident: ShownIncident) -> tuple[ShownUpdate, ...]:
    """Return the postmortem, oldest first."""
    return tuple(update for update in reversed(incident.updates) if update.status is Status.POSTMORTEM)


def state_steps(incident: ShownIncident, frame: Frame) -> tuple[StateSteps, ...]:
    """Return the states of each touched component, in the order of the configuration."""
    steps: dict[str, list[tuple[datetime, ComponentState]]] = {each: [] for each, _ in incident.states}
    for update in reversed(incident.updates):
        for change in update.changes:
            known = steps.setdefault(change.component_id, [])
            if not known or known[-1][1] is not change.new:
                known.append((update.at, change.new))
    names = frame.names(steps)
    return tuple(StateSteps(name=name, steps=tuple(s)) for name, s in zip(names, steps.values(), strict=True) if s)


def opening(incident: ShownIncident, frame: Frame) -> Markup:
    """Return the first paragraph of the newest update, else of the summary, without its `<p>`."""
    return newest_opening(incident, frame) or split_opening(frame.html(incident.source.summary))[0]


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
    due = frame.moments.at(promise.due_at)
    # Several may be late at once, and no sentence stands twice on one page.
    late = "This update is late. We said" if is_headline else "Late: we said"
    if promise.is_late:
        return Markup(f"{late} {due}.")
    # Said by the script of a page that stays open past the time.
    late_words = f"{late} {frame.moments.words(promise.due_at)}."
    return Markup(f'<span data-due="{utc_text(promise.due_at)}" data-late="{late_words}">By {due}.</span>')


def _entry(
    update: ShownUpdate, frame: Frame, *, answered: Promise | None, is_told_above: bool, moment: Markup
) -> TimelineEntry:
    return TimelineEntry(
        id=update.id,
        label=update_word(update),
        moment=moment,
        html=frame.html(update.body),
        late=_late(answered, frame),
        promise=Markup("") if is_told_above else _promised(update, frame),
        changes=tuple(_changes(update, frame)),
        is_automatic=update.is_automatic,
        is_final=update.status.is_final,
    )


def _moment(update: ShownUpdate, incident: ShownIncident, frame: Frame) -> Markup:
    is_undated = acknowledgement_id(incident) == update.id
    return frame.moments.day(update.at) if is_undated else frame.moments.at(update.at)


def _late(answered: Promise | None, frame: Frame) -> Markup:
    if answered is None or answered.late_by is None:
        return Markup("")
    due = frame.moments.at_beside(answered.due_at, answered.made_at)
    return Markup(f"Late: this came {duration_words(answered.late_by)} after the time we gave, {due}.")


def _promised(update: ShownUpdate, frame: Frame) -> Markup:
    promise = update.promise
    if promise is None:
        return Markup("")
    kept = ", and kept" if promise.followed_at and not promise.is_late else ""
    return Markup(f"Next update promised by {frame.moments.at_beside(promise.due_at, update.at)}{kept}.")


def _changes(update: ShownUpdate, frame: Frame) -> Iterator[str]:
    for change in update.changes:
        if change.old is not change.new:
            (name,) = frame.names((change.component_id,))
            yield f"{name}: {STATE_WORD[change.new]}"


def _window(incident: ShownIncident, frame: Frame) -> Markup:
    if incident.starts_at is None or incident.ends_at is None:
        return Markup("")
    return frame.moments.span(incident.starts_at, incident.ends_at)


def _planned(incident: ShownIncident, frame: Frame) -> tuple[Fact, ...]:
    window = _window(incident, frame)
    return (Fact(term="Planned for", words=window),) if window else ()


def _duration(incident: ShownIncident, frame: Frame) -> Markup:
    if incident.status in (Status.SCHEDULED, Status.CANCELLED):
        return Markup("")
    if incident.resolved_at is None:
        return frame.moments.at(incident.began_at)
    lasted = duration_words(incident.resolved_at - incident.began_at)
    return Markup(f"{frame.moments.span(incident.began_at, incident.resolved_at)} ({lasted})")


def _promises_kept(incident: ShownIncident) -> str:
    made = [update.promise for update in incident.updates if update.promise and update.promise.followed_at]
    late = sum(promise.is_late for promise in made)
    if not made:
        return ""
    kept = f"{len(made) - late} of {len(made)} updates came by the time we gave"
    return f"{kept}, {late} came late." if late else f"{kept}."
