"""The page of one incident or planned work."""

from __future__ import annotations

from urllib.parse import quote

from statuspage.model import Status
from statuspage.render.markup.plain_text import words_of
from statuspage.render.pages.frame import Frame, Head
from statuspage.render.pages.incident_view import entries, explanations, opening, record, state_steps
from statuspage.render.words import LEVEL_WORD, STATUS_WORD
from statuspage.shown import Level, ShownIncident

SUBJECT_LENGTH = 200


def render_incident_page(incident: ShownIncident, frame: Frame) -> dict[str, bytes]:
    """Return `incidents/<slug>/index.html` or `maintenance/<slug>/index.html`."""
    source, site = incident.source, frame.site
    frame = frame.about((incident,))
    level = incident.level if incident.is_open else Level.WORKING
    head = Head(
        path=source.path.removeprefix("/") + "index.html",
        title=source.title,
        description=words_of(f"<p>{opening(incident, frame)}</p>") or STATUS_WORD[incident.status],
        level=level,
    )
    return frame.page(
        head,
        "incident.html",
        since=incident.updated_at,
        incident=incident,
        level=level,
        state=_state(incident),
        facts=record(incident, frame),
        entries=entries(incident, frame, with_explanations=False),
        explanations=explanations(incident),
        components=state_steps(incident, frame),
        friend=_mail_to_a_friend(source.title, site.url + source.path),
    )


def _state(incident: ShownIncident) -> str:
    if incident.status in (Status.RESOLVED, Status.POSTMORTEM):
        return "Put right"
    if incident.is_maintenance:
        return f"Planned work: {STATUS_WORD[incident.status].lower()}"
    return f"{LEVEL_WORD[incident.level]}: {STATUS_WORD[incident.status].lower()}"


def _mail_to_a_friend(title: str, address: str) -> str:
    subject = quote(title[:SUBJECT_LENGTH], safe="")
    return f"mailto:?subject={subject}&body={subject}%0D%0A{quote(address, safe='')}"
