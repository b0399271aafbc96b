"""What is odd about one incident in fifty of the corpus: its text, its file, its kind, or what comes after it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from functools import partial

from bench.written import WrittenIncident, WrittenUpdate

PLANNED_STATUSES = ("Scheduled", "In progress", "Verifying", "Completed")


def with_body(incident: WrittenIncident, body: str) -> WrittenIncident:
    """Return it with another text in its second update."""
    first, second, *others = incident.updates
    return replace(incident, updates=(first, replace(second, body=body), *others))


def with_form(incident: WrittenIncident, form: str) -> WrittenIncident:
    """Return it written in another way."""
    return replace(incident, form=form)


def with_fractions(incident: WrittenIncident) -> WrittenIncident:
    """Return it with times to the millisecond."""
    moved = (replace(update, at=update.at + timedelta(seconds=20.25)) for update in incident.updates)
    return replace(incident, updates=tuple(moved), form="fractions")


def planned(incident: WrittenIncident) -> WrittenIncident:
    """Return planned work in its place, announced three days before its window and finished in it."""
    starts_at = incident.began_at
    ends_at = starts_at + timedelta(hours=2)
    times = (
        starts_at - timedelta(hours=73),
        starts_at,
        starts_at + timedelta(minutes=70),
        starts_at + timedelta(minutes=95),
    )
    updates = (
        WrittenUpdate(at=at, status=status, body=update.body)
        for at, status, update in zip(times, PLANNED_STATUSES, incident.updates, strict=False)
    )
    window = (f"starts: {starts_at:%Y-%m-%d %H:%M} UTC", f"ends: {ends_at:%Y-%m-%d %H:%M} UTC")
    return replace(
        incident,
        state="under_maintenance",
        updates=tuple(updates),
        header=("kind: maintenance", *window),
        form="planned",
    )


def with_postmortem(incident: WrittenIncident) -> WrittenIncident:
    """Return it with an explanation after its end."""
    last = incident.updates[-1]
    explanation = WrittenUpdate(at=last.at + timedelta(hours=1), status="Postmortem", body=last.body)
    return replace(incident, updates=(*incident.updates, explanation))


def with_header(incident: WrittenIncident, *lines: str) -> WrittenIncident:
    """Return it with more front matter."""
    return replace(incident, header=lines)


ODDITIES: tuple[Callable[[WrittenIncident], WrittenIncident], ...] = (
    partial(with_body, body="| hour | orders |\n| --- | --- |\n| 10 | 400 |\n| 11 | 12 |"),
    partial(with_body, body="```\nGET /orders 503\n## not a heading\n```"),
    partial(with_body, body="<b>Raw</b> <script>alert(1)</script> HTML & entities &amp; more"),
    partial(with_body, body="بطاقات الدفع لا تعمل 📦 and back again"),
    partial(with_body, body="> A quote\n> of two lines\n\n1. one\n2. two\n   - inner"),
    partial(with_form, form="windows"),
    partial(with_form, form="newest first"),
    with_fractions,
    planned,
    with_postmortem,
    lambda incident: replace(incident, make_good="Everyone who waited gets the *delivery fee* back, without asking."),
    lambda incident: with_header(incident, "draft: yes"),
    lambda incident: with_header(incident, "pinned: yes", "notify: no"),
)
