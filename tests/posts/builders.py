"""Holding updates that are due, and the files that they are read back from: values with good defaults."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from statuspage.config import OwnWords, parse_settings
from statuspage.config.settings import Settings
from statuspage.model import Site, Status
from statuspage.shown import ShownIncident, ShownUpdate
from statuspage.source.folder import SourceFile
from statuspage.source.page import Reading, read_page
from statuspage.timeline.due import HoldingUpdate
from tests.hold.builders import MINUTE, at, incident, page, planned, shown, update

SAID = "About one card payment in three fails."
NO_OWN_WORDS = OwnWords()
INCIDENT_STATUSES = (Status.INVESTIGATING, Status.IDENTIFIED, Status.MONITORING)
PLANNED_STATUSES = (Status.SCHEDULED, Status.IN_PROGRESS, Status.VERIFYING)
STATUSES = (*INCIDENT_STATUSES, *PLANNED_STATUSES)
LANGUAGES = ("en", "de")


def site(language: str = "en", zone: str = "Europe/Berlin") -> Site:
    return page(language=language, zone=zone).site


def settings(language: str = "en", zone: str = "Europe/Berlin") -> Settings:
    text = f'[site]\ntitle = "A"\nurl = "https://a.example"\nlanguage = "{language}"\ntimezone = "{zone}"\n'
    read, faults = parse_settings(f'{text}[[component]]\nid = "cards"\nname = "Cards"\n')
    assert read is not None, faults
    return read


def due(
    *, status: Status = Status.INVESTIGATING, body: str = SAID, since: datetime | None = None, **given: Any
) -> HoldingUpdate:
    """Return a post that is due half an hour after an update of 14:05 in Berlin that said `body`."""
    since = since or at("13:05")
    told = _told(status, body, since)
    due_at = given.pop("due_at", since + 30 * MINUTE)
    own: dict[str, Any] = {
        "incident": told,
        "due_at": due_at,
        "at": due_at,
        "status": status,
        "number": 0,
        "said": told.updates[0],
        "next_update_at": due_at + 30 * MINUTE,
    }
    return HoldingUpdate(**own | given)


def posted(post: HoldingUpdate, body: str) -> ShownIncident:
    """Return the incident after the post has been written into its file."""
    before = post.incident.updates[0]
    newest = ShownUpdate(
        id="posted",
        at=post.at,
        status=post.status,
        changes_status=False,
        body=body,
        impact=before.impact,
        changes=(),
        promise=None,
        is_timed=True,
    )
    return replace(post.incident, updates=(newest, *post.incident.updates))


def read_back(text: str, *, status: Status, site: Site) -> Reading:
    """Return what the site's files say where the text is the whole timed file of the incident `cards`."""
    is_planned = status in PLANNED_STATUSES
    window = "kind: maintenance\nstarts: 2020-01-01 10:00 UTC\nends: 2020-01-01 11:00 UTC\n" if is_planned else ""
    word = status.replace("_", " ")
    own = f"---\ntitle: Paying by card fails\n{window}---\n\n## 2020-01-01 08:00 UTC — {word}\n\nIt fails.\n"
    files = (
        SourceFile(path="incidents/cards.md", data=own.encode()),
        SourceFile(path="incidents/cards.timed.md", data=text.encode()),
    )
    return read_page(settings(site.language, site.zone.key), files, last_good=lambda _path: ())


def _told(status: Status, body: str, since: datetime) -> ShownIncident:
    written = incident(update("13:05", status))
    if status in PLANNED_STATUSES:
        written = planned(update("13:05", status), starts="12:00", ends="23:00")
    now = shown(written, now=at("13:06"))
    told = (*now.incidents, *now.maintenances)[0]
    said = next(one for one in told.updates if not one.is_automatic)
    ends_at = None if told.ends_at is None else since + timedelta(hours=10)
    return replace(told, updates=(replace(said, at=since, body=body),), created_at=since, ends_at=ends_at)
