"""The example of the format's own documentation, whole."""

from __future__ import annotations

from statuspage.model import ComponentChange, ComponentState, Impact, Incident, Status, Update, derived_id

from .builders import read, utc

EXAMPLE = """\
---
title: Card payments are failing
impact: major                  # optional: else derived from the components
components:
  card-payments: major_outage
  dashboard: degraded_performance
---

## 2026-11-21 14:05 UTC — Investigating

About one card payment in three fails. It is our mistake and we are sorry.
You can still pay by bank transfer.

Next update: 14:35

## 2026-11-21 14:31 UTC — Identified

A configuration change this afternoon broke the link to one card network. We are rolling it back.

Next update: 15:00

## 2026-11-21 14:58 UTC — Resolved

Components: all operational

Payments work again since 14:50. Nobody was charged twice.

## 2026-11-23 10:00 UTC — Postmortem

What happened, why, and what we changed. …

## Make-good

Every customer whose payment failed gets this month's fee back, without asking.
"""
SLUG = "2026-11-21-card-payments"


def update_id(at: str) -> str:
    return derived_id(SLUG, "update", utc(at).isoformat(), "0")


def test_the_example_says_exactly_this() -> None:
    reading = read({f"{SLUG}.md": EXAMPLE})

    assert reading.faults == ()
    assert reading.path_by_slug == {SLUG: f"incidents/{SLUG}.md"}
    assert reading.page.incidents == (
        Incident(
            slug=SLUG,
            id=derived_id(SLUG),
            title="Card payments are failing",
            impact=Impact.MAJOR,
            components=(
                ComponentChange(component_id="card-payments", state=ComponentState.MAJOR_OUTAGE),
                ComponentChange(component_id="dashboard", state=ComponentState.DEGRADED_PERFORMANCE),
            ),
            updates=(
                Update(
                    id=update_id("2026-11-21 14:05"),
                    at=utc("2026-11-21 14:05"),
                    status=Status.INVESTIGATING,
                    body="About one card payment in three fails. It is our mistake and we are sorry.\n"
                    "You can still pay by bank transfer.",
                    next_update_at=utc("2026-11-21 14:35"),
                ),
                Update(
                    id=update_id("2026-11-21 14:31"),
                    at=utc("2026-11-21 14:31"),
                    status=Status.IDENTIFIED,
                    body="A configuration change this afternoon broke the link to one card network. "
                    "We are rolling it back.",
                    next_update_at=utc("2026-11-21 15:00"),
                ),
                Update(
                    id=update_id("2026-11-21 14:58"),
                    at=utc("2026-11-21 14:58"),
                    status=Status.RESOLVED,
                    body="Payments work again since 14:50. Nobody was charged twice.",
                    restores_all=True,
                ),
                Update(
                    id=update_id("2026-11-23 10:00"),
                    at=utc("2026-11-23 10:00"),
                    status=Status.POSTMORTEM,
                    body="What happened, why, and what we changed. …",
                ),
            ),
            make_good="Every customer whose payment failed gets this month's fee back, without asking.",
        ),
    )


def test_the_example_says_the_same_with_the_marks_that_editors_leave() -> None:
    plain = read({f"{SLUG}.md": EXAMPLE})
    lines = [f"{line} \t" if line.startswith("##") or not line else line for line in EXAMPLE.split("\n")]
    marked = "\ufeff" + "\r\n".join(lines).rstrip().replace("  card-", "\tcard-").replace("  dash", "\tdash")

    assert read({f"{SLUG}.md": marked}) == plain
