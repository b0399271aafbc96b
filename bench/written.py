"""An incident of the corpus, before it becomes a file of ours or of another program's."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class WrittenUpdate:
    """One update as its author wrote it."""

    at: datetime
    status: str
    body: str
    field_lines: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class WrittenIncident:
    """One incident as its author wrote it; `form` says what is unusual about its file."""

    slug: str
    title: str
    service: int
    state: str
    updates: tuple[WrittenUpdate, ...]
    """Oldest first."""
    header: tuple[str, ...] = ()
    """More lines of front matter."""
    make_good: str = ""
    form: str = ""

    @property
    def began_at(self) -> datetime:
        """Return when it was first spoken of."""
        return self.updates[0].at

    @property
    def path(self) -> str:
        """Return where its file lies, below the folder of incidents."""
        return f"{self.began_at.year}/{self.slug}.md"


def file_of(incident: WrittenIncident) -> bytes:
    """Return the file of one incident as it lies on disk."""
    updates = reversed(incident.updates) if incident.form == "newest first" else incident.updates
    text = "\n".join([*_header(incident), *(line for update in updates for line in _update_lines(incident, update))])
    if incident.make_good:
        text += f"\n## Make-good\n\n{incident.make_good}\n"
    if incident.form == "windows":
        text = "\ufeff" + text.replace("\n", "\r\n")
    return text.encode()


def _header(incident: WrittenIncident) -> list[str]:
    components = ["components:", f"  service-{incident.service}: {incident.state}"]
    return ["---", f"title: {incident.title}", *components, *incident.header, "---", ""]


def _update_lines(incident: WrittenIncident, update: WrittenUpdate) -> list[str]:
    at = f"{update.at:%Y-%m-%d %H:%M} UTC"
    if incident.form == "fractions":
        at = f"{update.at:%Y-%m-%dT%H:%M:%S.%f}"[:-3] + "Z"
    field_lines = ["\n".join(update.field_lines), ""] if update.field_lines else []
    return [f"## {at} — {update.status}", "", update.body, "", *field_lines]
