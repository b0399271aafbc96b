"""Generated sites: the files of a site as people write them, drawn at random around one day."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import strategies as st

DAY = datetime(2026, 10, 15, tzinfo=UTC)
COMPONENTS = ("cards", "search", "mail")
STATES = ("operational", "degraded performance", "Partial outage", "major outage", "under_maintenance")
INCIDENT_WORDS = ("Investigating", "Identified", "Monitoring", "Update", "Resolved", "Fixed", "Postmortem")
OPEN_WORDS = ("Investigating", "Identified", "Monitoring", "Update")
MAINTENANCE_WORDS = ("Scheduled", "In progress", "Verifying", "Update", "Completed", "Cancelled")
BODIES = (
    "About one payment in three fails. We are sorry.",
    "We found the cause and are rolling it back.\n\n- first\n- second",
    "It **works** again, see [the notes](https://example.com/notes).",
    "",
)
TITLES = (
    "You cannot pay by card",
    "Search is slow",
    'A "quoted" <title> & more',
    "بطاقات الدفع لا تعمل",
    "Parcels 📦 late",
)

CONFIG = """\
[site]
title = "Example"
url = "https://status.example.com"
timezone = "{zone}"

[[group]]
name = "Shop"
[[group.component]]
id = "cards"
name = "Card payments"
spoken = "card payments"
[[group.component]]
id = "search"
name = "Search"
[[component]]
id = "mail"
name = "Mail"
"""

minutes_of_day = st.integers(-2 * 24 * 60, 2 * 24 * 60)


def instant(minute: int) -> datetime:
    """Return the instant so many minutes after the generated day began."""
    return DAY + timedelta(minutes=minute)


def written(minute: int) -> str:
    """Return an instant as a heading has it."""
    return f"{instant(minute):%Y-%m-%d %H:%M} UTC"


@st.composite
def update_texts(draw: st.DrawFn, minute: int, words: tuple[str, ...]) -> str:
    """Draw one update with some of the field lines."""
    fields = draw(
        st.lists(
            st.sampled_from(
                [
                    "Next update: 30m",
                    "Next update: none",
                    "What you can do: Pay by transfer",
                    "Still working: The app",
                    f"Share: {draw(st.integers(1, 100))}%",
                    f"Ends: {written(minute + draw(st.integers(1, 600)))}",
                    "Hold: We know about it and we are on it.",
                    "Impact: major",
                    f"Components: {draw(st.sampled_from(COMPONENTS))}: {draw(st.sampled_from(STATES))}",
                ]
            ),
            max_size=3,
            unique_by=lambda line: line.split(":")[0],
        )
    )
    body = draw(st.sampled_from(BODIES))
    heading = f"## {written(minute)} — {draw(st.sampled_from(words))}"
    return "\n\n".join(part for part in (heading, body, "\n".join(fields)) if part)


@st.composite
def incident_texts(draw: st.DrawFn, *, is_open: bool = False) -> str:
    """Draw one incident or planned work; when asked, an incident that is still open at the end."""
    title, is_pinned = draw(st.sampled_from(TITLES)), draw(st.booleans())
    is_planned = not is_open and draw(st.booleans())
    words = MAINTENANCE_WORDS if is_planned else OPEN_WORDS if is_open else INCIDENT_WORDS
    minutes = sorted(draw(st.lists(minutes_of_day, min_size=1, max_size=4)))
    lines = ["---", f"title: '{title}'", f"pinned: {str(is_pinned).lower()}"]
    if is_planned:
        starts = draw(minutes_of_day)
        ends = starts + draw(st.integers(1, 600))
        lines += ["kind: maintenance", f"starts: {written(starts)}", f"ends: {written(ends)}"]
    elif draw(st.booleans()):
        lines.append(f"impact: {draw(st.sampled_from(['none', 'minor', 'major', 'critical']))}")
    components = draw(st.dictionaries(st.sampled_from(COMPONENTS), st.sampled_from(STATES), max_size=2))
    if components:
        lines += ["components:", *(f"  {name}: {state}" for name, state in components.items())]
    updates = [draw(update_texts(minute, words)) for minute in minutes]
    return "\n".join([*lines, "---", "", "\n\n".join(updates), ""])


def site_files(max_incidents: int = 4) -> st.SearchStrategy[dict[str, str]]:
    """Return a strategy for the files of a site, by path."""
    incidents = st.dictionaries(
        st.sampled_from([f"incidents/2026-10-1{n}-story.md" for n in range(8)]),
        incident_texts(),
        max_size=max_incidents,
    )
    zones = st.sampled_from(["UTC", "Europe/Berlin", "America/New_York", "Asia/Kolkata"])
    return st.builds(lambda files, zone: {"statuspage.toml": CONFIG.format(zone=zone)} | files, incidents, zones)


def translations_of(files: dict[str, str]) -> st.SearchStrategy[dict[str, str]]:
    """Return a strategy for translations beside these files, by path: copies, and texts that fit as they may."""
    paths = [path.removesuffix(".md") for path in files if path.startswith("incidents/")]
    if not paths:
        return st.just({})
    names = st.sampled_from([f"{path}.{language}.md" for path in paths for language in ("de", "de-AT", "ar", "fr")])
    originals = [text.replace("title: '", "title: 'Über ") for path, text in files.items() if path.endswith(".md")]
    return st.dictionaries(names, st.sampled_from(originals) | incident_texts(), max_size=3)
