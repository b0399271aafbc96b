"""A holding update in words: that nothing new is known since when, what was said, who is at it, and the new promise."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime

from statuspage.authoring import escape_body, update_text, written_time
from statuspage.characters import one_line
from statuspage.config import OwnWords
from statuspage.config.holding import sentences_of
from statuspage.model import Site
from statuspage.posts.catalogue import PostCatalogue, Wordings
from statuspage.posts.english import ENGLISH
from statuspage.posts.german import GERMAN
from statuspage.posts.quotation import escaped, quotation
from statuspage.render.hold.wordings import catalogue_for
from statuspage.render.words import clock_time, zone_word
from statuspage.timeline.due import HoldingUpdate, post_id

_CATALOGUES = {"en": ENGLISH, "de": GERMAN}
_PLACEHOLDER = re.compile(r"\{(since|next|said)\}")


def holding_post(post: HoldingUpdate, site: Site, own: OwnWords) -> str:
    """Return the whole update as it is written into the timed file: heading, words, promise and id."""
    return update_text(
        at=post.at,
        zone=site.zone,
        message=holding_words(post, site, own),
        next_update=written_time(post.next_update_at, site.zone),
        update_id=post_id(post.incident.source.id, post.due_at),
    )


def holding_words(post: HoldingUpdate, site: Site, own: OwnWords) -> str:
    """Return the words as Markdown, one paragraph, in the language of the site, else in English.

    They differ from those of every other timed post of the incident.
    """
    catalogue = _CATALOGUES.get(catalogue_for(site.language).language, ENGLISH)
    wordings = own.of(post.status) or _wordings(post, catalogue)
    earlier = {one_line(update.body) for update in post.incident.updates if update.is_timed}
    said = _said(post, site, catalogue)
    bodies = (
        _filled(wordings[(post.number + step) % len(wordings)], _times(post, site, catalogue, in_full=in_full) | said)
        for in_full in (False, True)
        for step in range(len(wordings))
    )
    # The new promise is in every wording, and no earlier post has promised that instant.
    return next(body for body in bodies if body not in earlier)


def _wordings(post: HoldingUpdate, catalogue: PostCatalogue) -> Wordings:
    ends_at = post.incident.ends_at
    if ends_at is not None and ends_at <= post.at and post.status in catalogue.past_end:
        return catalogue.past_end[post.status]
    return catalogue.by_status[post.status]


def _said(post: HoldingUpdate, site: Site, catalogue: PostCatalogue) -> dict[str, str]:
    if post.said is None:
        return {"said": ""}
    spoken = catalogue_for(site.language)
    return {"said": escaped(quotation(post.said.body, spoken=spoken, unquotable=catalogue.unquotable))}


def _filled(wording: str, values: Mapping[str, str]) -> str:
    """Return the wording with its values, without the sentence that would quote nothing."""
    kept = (sentence for sentence in sentences_of(wording) if values["said"] or "{said}" not in sentence)
    return escape_body(_PLACEHOLDER.sub(lambda found: values[found[1]], " ".join(kept)))


def _spoken_at(post: HoldingUpdate) -> datetime:
    """Return the time of the last update that a person wrote; where there is none, that of the last step."""
    steps = (update.at for update in post.incident.updates if not update.is_timed)
    return post.said.at if post.said else next(steps, post.incident.created_at)


def _times(post: HoldingUpdate, site: Site, catalogue: PostCatalogue, *, in_full: bool) -> dict[str, str]:
    """Return both times.

    With the day where it is another than that of the post, and the zone once where it is the same; in full with both
    and the year, so that no two minutes are the same.
    """
    since, due = (at.astimezone(site.zone) for at in (_spoken_at(post), post.next_update_at))
    today = None if in_full else post.at.astimezone(site.zone)
    names_zone = in_full or since.utcoffset() != due.utcoffset()
    return {
        "since": _moment(since, site, catalogue, today=today, names_zone=names_zone),
        "next": _moment(due, site, catalogue, today=today, names_zone=True),
    }


def _moment(local: datetime, site: Site, catalogue: PostCatalogue, *, today: datetime | None, names_zone: bool) -> str:
    zone = zone_word(local, site.zone)
    form = catalogue.clock_and_zone if names_zone else catalogue.clock
    clock = form.format(clock=clock_time(local, site.zone), zone=catalogue.zones.get(zone, zone))
    if today and local.date() == today.date():
        return clock
    month = catalogue.months[local.month - 1]
    year = "" if today and local.year == today.year else f" {local.year}"
    return f"{clock} {catalogue.day.format(day=local.day, month=month)}{year}"
