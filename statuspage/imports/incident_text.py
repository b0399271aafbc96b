"""The Markdown file of one imported incident."""

from __future__ import annotations

from collections.abc import Iterable
from zoneinfo import ZoneInfo

from statuspage.authoring import components_yaml, escape_body, front_matter, update_text, written_time, yaml_text
from statuspage.characters import one_line
from statuspage.imports.drafts import DraftIncident, DraftUpdate
from statuspage.model import FINAL_STATUSES
from statuspage.source.front_matter import LARGEST_FRONT_MATTER_BYTES

ORIGIN = "# Imported from "
"""Begins the line by which a later import knows its file again."""
KEPT_HEADING = "Kept from the source"

_UTC = ZoneInfo("UTC")


def incident_text(draft: DraftIncident) -> str:
    """Return the whole file: front matter, updates oldest first with their times in UTC, then other sections.

    What nothing of ours stands for is kept as comments of the front matter, which no reader of the page sees; what
    does not fit there stands below the updates.
    """
    front = [*_keys(draft), *components_yaml(draft.components), f"{ORIGIN}{one_line(draft.origin)}"]
    kept = [f"# {one_line(line)}" for line in draft.kept]
    fits = len("\n".join([*front, *kept]).encode()) <= LARGEST_FRONT_MATTER_BYTES
    parts = [front_matter([*front, *(kept if fits else ())])]
    parts += [_update(update, is_newest=update is draft.updates[-1]) for update in draft.updates]
    parts += [f"## {one_line(heading)}\n\n{escape_body(body)}\n" for heading, body in draft.sections]
    if not fits:
        parts.append(f"## {KEPT_HEADING}\n\n{_as_code(kept)}\n")
    return "\n".join(parts)


def _keys(draft: DraftIncident) -> Iterable[str]:
    yield f"title: {yaml_text(draft.title)}"
    if draft.id:
        yield f"id: {yaml_text(draft.id)}"
    if draft.starts_at and draft.ends_at:
        yield "kind: maintenance"
        yield f"starts: {written_time(draft.starts_at, _UTC)}"
        yield f"ends: {written_time(draft.ends_at, _UTC)}"
    if draft.impact:
        yield f"impact: {draft.impact}"
    if draft.started_at:
        yield f"started: {written_time(draft.started_at, _UTC)}"
    if draft.is_draft:
        yield "draft: yes"
    if draft.is_pinned:
        yield "pinned: yes"
    if not draft.notifies:
        yield "notify: no"


def _update(update: DraftUpdate, *, is_newest: bool) -> str:
    return update_text(
        at=update.at,
        zone=_UTC,
        status=update.status,
        message=update.body,
        # Nobody promised the update after it; what is still open is promised one from now on.
        next_update=None if is_newest or update.status in FINAL_STATUSES else "none",
        components=update.components,
        ends_at=update.ends_at,
        notifies=update.notifies,
        update_id=update.id,
    )


def _as_code(lines: list[str]) -> str:
    """Return the lines as a block that shows them as they are."""
    return "\n".join(f"    {line.removeprefix('# ')}" for line in lines)
