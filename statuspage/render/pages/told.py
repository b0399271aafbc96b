"""An incident in the language of a page: its translation, and the site's own words where there is none."""

from __future__ import annotations

from dataclasses import dataclass, replace

from markupsafe import Markup

from statuspage.render.language import Language
from statuspage.render.translated import translated_words
from statuspage.shown import ShownIncident, ShownUpdate
from statuspage.translatable import OWN_SENTENCES


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """One incident with the words that a page shows of it."""

    incident: ShownIncident
    tag: str = ""
    """Of the language that the words are in unless they are `translated`; empty: that of the page."""
    translated: frozenset[str] = frozenset()
    """`title`, `summary` and so on, and the ids of updates."""

    def mark(self, what: str) -> Markup:
        """Return ` lang="en"` for words in another language than the page's, else nothing."""
        is_foreign = self.tag and what not in self.translated
        return Markup(f' lang="{self.tag}"') if is_foreign else Markup("")


def told_in(language: Language, incident: ShownIncident, *, own_tag: str) -> Told:
    """Return the incident in a language; `own_tag` is that of the language in which the site's files are written."""
    if language.tag == own_tag:
        return Told(incident=incident)
    source, words = incident.source, translated_words(incident, language.code)
    title, summary = words.title or source.title, words.summary or source.summary
    make_good, sections = words.make_good or source.make_good, words.sections or source.sections
    updates = tuple(_update(update, words.bodies.get(update.id), language) for update in incident.updates)
    told = {
        "title": title != source.title,
        "summary": summary != source.summary,
        "make_good": make_good != source.make_good,
        "sections": sections != source.sections,
        "what_you_can_do": words.what_you_can_do is not None,
        "still_working": words.still_working is not None,
    }
    told |= {new.id: new is not old for new, old in zip(updates, incident.updates, strict=True)}
    return Told(
        incident=replace(
            incident,
            source=replace(source, title=title, summary=summary, make_good=make_good, sections=sections),
            updates=updates,
            what_you_can_do=words.what_you_can_do or incident.what_you_can_do,
            still_working=words.still_working or incident.still_working,
        ),
        tag=own_tag,
        translated=frozenset(what for what, is_told in told.items() if is_told),
    )


def _update(update: ShownUpdate, body: str | None, language: Language) -> ShownUpdate:
    if update.body in OWN_SENTENCES:
        return replace(update, body=language.text(update.body))
    return replace(update, body=body) if body else update
