"""The words of an incident in another language than the site's own: what its translation says, and nothing else."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from statuspage.model import Section, Translation, Update, UpdateWords
from statuspage.shown import ShownIncident


@dataclass(frozen=True, slots=True, kw_only=True)
class TranslatedWords:
    """What an incident says in one language; empty or None what nobody has translated."""

    title: str
    summary: str
    make_good: str
    sections: tuple[Section, ...]
    bodies: Mapping[str, str]
    """Of updates, by their ids."""
    what_you_can_do: str | None
    still_working: str | None
    hold: str | None
    """For callers: of the newest update that a person wrote."""


def translated_words(incident: ShownIncident, language: str) -> TranslatedWords:
    """Return the words of the incident in a language, by the first part of its tag."""
    found = (each for each in incident.source.translations if each.language == language)
    translation = next(found, Translation(language=language))
    words = dict(translation.updates)
    public = {update.id for update in incident.updates}
    newest_first = [update for update in reversed(incident.source.updates) if update.id in public]

    def carried(said: Callable[[Update | UpdateWords], str | None]) -> str | None:
        """Return what holds until a later update replaces it: the words of the newest update to say it."""
        newest = next((update for update in newest_first if said(update)), None)
        return said(words[newest.id]) if newest and newest.id in words else None

    written = next((update for update in newest_first if not update.is_timed), None)
    return TranslatedWords(
        title=translation.title,
        summary=translation.summary,
        make_good=translation.make_good,
        sections=translation.sections,
        bodies={update_id: said.body for update_id, said in words.items() if said.body},
        what_you_can_do=carried(lambda said: said.what_you_can_do),
        still_working=carried(lambda said: said.still_working),
        hold=words[written.id].hold if written and written.id in words else None,
    )
