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
@click.pass_context
def post(ctx: click.Context, site_dir: Path, *, now: datetime, as_json: bool) -> None:
    """Write the holding updates that are due.

    They say in place of a promised update that nothing new is known, and promise the next. Staff are told what they
    should know, and [git] in the settings has the posts committed and pushed. Nothing is published: run build after
    it. Exit code 0 also when nothing is due; 1 when something could not be done.
    """
    from statuspage.cli.upkeep import site_origin
    from statuspage.pipeline import post as write_due_posts

    origin = site_origin(site_dir, clock=lambda: now)
    if origin:
        origin.step()
    posted = write_due_posts(site_dir, now, origin=origin)
    if origin and posted.paths:
        origin.step()
    click.echo(_as_json(posted) if as_json else "\n".join(_sentences(posted, now)))
    troubles = (*(origin.alarms() if origin else ()), *_told_staff(site_dir, posted, now))
    for trouble in troubles:
        click.echo(trouble, err=True)
    ctx.exit(1 if troubles else 0)


def _told_staff(site_dir: Path, posted: Posted, now: datetime) -> tuple[str, ...]:
    """Tell staff what they should know, here and at once; return what keeps them from being told."""
    staff = posted.seen.settings.staff
    if not (staff.emails or staff.channels):
        return ()
    from statuspage.deliver.desk import StaffDesk

    desk = StaffDesk(site_dir, posted.seen.settings, lambda: now)
    try:
        desk.tell([each.shown for each in posted.seen.in_hand], faults=posted.seen.faults, now=now)
        desk.deliver_due(now)
        return desk.problems()
    finally:
        desk.stop()


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
