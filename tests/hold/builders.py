"""A shop with a status page, and what callers of it hear: values with good defaults."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from statuspage.model import (
    Component,
    ComponentChange,
    ComponentState,
    HoldStyle,
    Impact,
    Incident,
    Page,
    PromiseClock,
    Site,
    Status,
    Support,
    Update,
    Window,
    derived_id,
)
from statuspage.render.hold import Heard, Sound, SoundFile, Sounds
from statuspage.shown import Shown
from statuspage.timeline.page import page_at

MAJOR = ComponentState.MAJOR_OUTAGE
PARTIAL = ComponentState.PARTIAL_OUTAGE
SLOW = ComponentState.DEGRADED_PERFORMANCE
MINUTE = timedelta(minutes=1)
TWIN = "hold/a/{}{}.wav"
"""Where the sound of a wording of a language lies for ever."""

ENGLISH_NAMES = {
    "cards": "card payments",
    "dashboard": "the dashboard",
    "refunds": "refunds",
    "signin": "sign-in",
    "search": "search",
    "mail": "order mails",
}
GERMAN_NAMES = {
    "cards": "Kartenzahlungen",
    "dashboard": "dem Dashboard",
    "refunds": "Erstattungen",
    "signin": "der Anmeldung",
    "search": "der Suche",
    "mail": "Bestellmails",
}


def at(clock: str, day: int = 20) -> datetime:
    """Return the instant of a time of day in UTC, on a day of November 2026 (the 20th is a Friday)."""
    return datetime.fromisoformat(f"2026-11-{day:02} {clock}").replace(tzinfo=UTC)


def update(clock: str, status: Status | None = Status.INVESTIGATING, body: str = "", **given: Any) -> Update:
    """Return an update of the 20th, or of `day`; its promise as a time of day in `next_at`."""
    day, next_at = given.pop("day", 20), given.pop("next_at", None)
    promise = at(next_at, day) if next_at else None
    own: dict[str, Any] = {"id": derived_id(clock, str(status)), "at": at(clock, day), "status": status, "body": body}
    return Update(**{**own, "next_update_at": promise, "promises_nothing": promise is None} | given)


def incident(*updates: Update, slug: str = "a", **given: Any) -> Incident:
    states = given.pop("states", {"cards": PARTIAL})
    own = {"slug": slug, "id": derived_id(slug), "title": "Paying by card fails", "components": changes(states)}
    return Incident(**own | {"updates": updates or (update("13:05"),)} | given)


def planned(*updates: Update, starts: str, ends: str, slug: str = "p", **given: Any) -> Incident:
    window = Window(starts_at=at(starts), ends_at=at(ends))
    states = given.pop("states", {"cards": ComponentState.UNDER_MAINTENANCE})
    return incident(*updates, slug=slug, **{"title": "New card terminals", "window": window, "states": states} | given)


def changes(states: dict[str, ComponentState]) -> tuple[ComponentChange, ...]:
    return tuple(ComponentChange(component_id=name, state=state) for name, state in states.items())


def shown(*incidents: Incident, now: datetime, **given: Any) -> Shown:
    return page_at(page(*incidents, **given), now)


def page(
    *incidents: Incident,
    language: str = "en",
    zone: str = "Europe/Berlin",
    names: dict[str, str] | None = None,
    **style: Any,
) -> Page:
    spoken = names or (GERMAN_NAMES if language == "de" else ENGLISH_NAMES)
    site = Site(
        id="shopshopshop",
        title="Acme",
        url="https://status.acme.example",
        language=language,
        zone=ZoneInfo(zone),
        support=Support(),
    )
    rows = tuple(Component(id=i, api_id=derived_id(i), name=name.title(), spoken=name) for i, name in spoken.items())
    hold = HoldStyle(**{"languages": ("en", "de")} | style)
    return Page(site=site, rows=rows, clock=PromiseClock(), hold=hold, incidents=incidents)


def failing_cards(**given: Any) -> Incident:
    """Return one major incident with a workaround and a promise, in English."""
    first = update(
        "13:05",
        body="About one card payment in three fails. It is our mistake and we are sorry.",
        next_at="13:35",
        what_you_can_do="You can still pay by bank transfer.",
    )
    return incident(first, impact=Impact.MAJOR, **given)


def sound(language: str, number: int, heard: Heard) -> Sound:
    files = tuple(
        SoundFile(
            form=form,
            path=f"hold/{language}/message-{number}.{form}",
            twin=twin,
            sha256=f"hash of {language} {number}",
        )
        for form, twin in (("wav", TWIN.format(language, number)), ("ulaw", ulaw_twin(language, number)))
    )
    return Sound(heard=heard, seconds=17.48, level_db=-22.1, files=files)


def ulaw_twin(language: str, number: int) -> str:
    """Return where its sound in µ-law lies for ever."""
    return f"hold/a/{language.encode().hex()}{number:016x}.ulaw"


def sounds(heard: Heard = Heard.VOICE) -> Sounds:
    return {language: [sound(language, number, heard) for number in (1, 2, 3)] for language in ("en", "de")}
