"""`post`: the timed posts that are due, written once; for pipelines without a server."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from statuspage.cli.options import json_option, now_option, site_option
from statuspage.instants import utc_text

if TYPE_CHECKING:
    from statuspage.pipeline import Posted


@click.command()
@site_option
@now_option
@json_option
def post(site_dir: Path, *, now: datetime, as_json: bool) -> None:
    """Write the holding updates that are due.

    They say in place of a promised update that nothing new is known, and promise the next. Nothing is published: run
    build after it. Exit code 0 also when nothing is due.
    """
    from statuspage.pipeline import post as write_due_posts

    posted = write_due_posts(site_dir, now)
    click.echo(_as_json(posted) if as_json else "\n".join(_sentences(posted, now)))


def _sentences(posted: Posted, now: datetime) -> Iterator[str]:
    for each in posted.posts:
        promised = f"the update promised by {_at(each.update.due_at, now)}"
        yield f"{each.update.incident.source.title}: wrote a holding update in place of {promised}."
    if not posted.posts:
        yield "No holding update is due."
    if posted.next_due_at:
        yield f"The next update is promised by {_at(posted.next_due_at, now)}."


def _at(at: datetime, now: datetime) -> str:
    """Return `14:30 UTC`, with the date unless it is today's."""
    return f"{at:{'%H:%M' if at.date() == now.date() else '%Y-%m-%d %H:%M'}} UTC"


def _as_json(posted: Posted) -> str:
    report = {
        "posts": [
            {
                "slug": each.update.incident.source.slug,
                "id": each.id,
                "due_at": utc_text(each.update.due_at),
                "at": utc_text(each.update.at),
                "next_update_at": utc_text(each.update.next_update_at),
            }
            for each in posted.posts
        ],
        "files": list(posted.paths),
        "next_due_at": posted.next_due_at and utc_text(posted.next_due_at),
    }
    return json.dumps(report, indent=2, ensure_ascii=False)
