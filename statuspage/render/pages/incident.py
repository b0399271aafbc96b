"""The page of one incident or planned work."""

from __future__ import annotations

from urllib.parse import quote

from statuspage.model import Status
from statuspage.render.markup.plain_text import words_of
from statuspage.render.pages.frame import Frame, Head
from statuspage.render.pages.incident_view import entries, explanations, opening, record, split_opening, state_steps
from statuspage.render.words import STATUS_IN_SENTENCE, STATUS_WORD
from statuspage.shown import Level, ShownIncident

SUBJECT_LENGTH = 200


def render_incident_page(incident: ShownIncident, frame: Frame) -> dict[str, bytes]:
    """Return `incidents/<slug>/index.html` or `maintenance/<slug>/index.html`."""
    frame = frame.about((incident,))
    told = frame.told(incident)
    source = told.incident.source
    level = incident.level if incident.is_open else Level.WORKING
    newest, _ = opening(told, frame)
    head = Head(
        path=source.path.removeprefix("/") + "index.html",
        title=source.title,
        description=words_of(f"<p>{newest}</p>") or frame.language.text(STATUS_WORD[incident.status]),
        level=level,
    )
    lead, summary = split_opening(frame.html(source.summary))
    return frame.page(
        head,
        "incident.html",
        since=incident.updated_at,
        incident=told.incident,
        mark=told.mark,
        level=level,
        state_line=_state(incident, frame),
        lead=lead,
        summary=summary,
        facts=record(told, frame),
        entries=entries(told, frame, with_explanations=False),
        explanations=explanations(told.incident),
        components=state_steps(incident, frame),
        friend=_mail_to_a_friend(source.title, f"{frame.site.url}/{frame.folder}{head.address.removeprefix('/')}"),
        help_address=frame.help_address,
    )


def _state(incident: ShownIncident, frame: Frame) -> str:
    text = frame.language.text
    if incident.status in (Status.RESOLVED, Status.POSTMORTEM):
        return text("Put right")
    level = text("Planned work") if incident.is_maintenance else frame.level(incident.level)
    return text("{level}: {status}", level=level, status=text(STATUS_IN_SENTENCE[incident.status]))


def _mail_to_a_friend(title: str, address: str) -> str:
    subject = quote(title[:SUBJECT_LENGTH], safe="")
    return f"mailto:?subject={subject}&body={subject}%0D%0A{quote(address, safe='')}"
