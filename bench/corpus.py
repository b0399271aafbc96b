"""Write a site of any size, the same at every run: what the figures are measured on.

Run as `python bench/corpus.py COUNT FOLDER`. Each incident has five updates of about 170 words, 5.9 kB in all; one in
fifty is odd in some way (a table, code, raw HTML, right-to-left text, a quote).
"""

from __future__ import annotations

import random
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

END = datetime(2026, 11, 1, tzinfo=UTC)
COMPONENTS = 20
SECONDS_APART = 2_500
"""So that 100,000 incidents fill almost eight years."""
STATES = ("degraded_performance", "partial_outage", "major_outage")
STATUSES = ("Investigating", "Identified", "Update", "Monitoring", "Resolved")
WORDS = """payments orders parcels messages sign in search page card bank account customer app website phone
queue order refund address delivery driver depot hour morning minute part third half most some every each
works fails waits stops starts comes goes shows sends loads opens closes moves finds keeps takes gives helps
slowly again now still already soon late early today there here again once twice often never always""".split()

SETTINGS = """\
[site]
title = "Bench Status"
url = "https://status.example.com"
timezone = "Europe/Berlin"
"""
ODD_BODIES = (
    "| hour | orders |\n| --- | --- |\n| 10 | 400 |\n| 11 | 12 |",
    "```\nGET /orders 503\n## not a heading\n```",
    "<b>Raw</b> <script>alert(1)</script> HTML & entities &amp; more",
    "بطاقات الدفع لا تعمل 📦 and back again",
    "> A quote\n> of two lines\n\n1. one\n2. two\n   - inner",
)


def main(count: int, folder: Path) -> None:
    """Write the site."""
    (folder / "incidents").mkdir(parents=True, exist_ok=True)
    rows = (f'[[component]]\nid = "service-{n}"\nname = "Service {n}"\n' for n in range(COMPONENTS))
    (folder / "statuspage.toml").write_text("\n".join([SETTINGS, *rows]))
    for number in range(count):
        began = END - timedelta(seconds=SECONDS_APART * (count - number))
        year = folder / "incidents" / str(began.year)
        year.mkdir(exist_ok=True)
        (year / f"{began:%Y-%m-%d}-incident-{number:06}.md").write_text(incident_text(number, began))


def incident_text(number: int, began: datetime) -> str:
    """Return the file of one incident."""
    chance = random.Random(number)  # noqa: S311 - the same at every run, and nothing secret
    service = chance.randrange(COMPONENTS)
    lines = [
        "---",
        f"title: {sentence(chance, 6)}",
        "components:",
        f"  service-{service}: {chance.choice(STATES)}",
        "---",
    ]
    at = began
    for place, status in enumerate(STATUSES):
        odd = chance.choice(ODD_BODIES) if number % 50 == 0 and place == 1 else None
        lines += ["", f"## {at:%Y-%m-%d %H:%M} UTC — {status}", "", odd or "\n\n".join(paragraphs(chance))]
        if status != "Resolved":
            lines += ["", "Next update: 30m"]
        at += timedelta(minutes=chance.randrange(5, 40))
    return "\n".join([*lines, ""])


def paragraphs(chance: random.Random) -> Iterator[str]:
    """Yield about 170 words of plain Markdown: paragraphs, a list, emphasis, code, a link."""
    yield " ".join(sentence(chance, 12) + "." for _ in range(4))
    yield f"**{sentence(chance, 3)}** {sentence(chance, 14)}. See [the notes](https://example.com/notes/{chance.randrange(999)})."
    yield "\n".join(f"- {sentence(chance, 9)}" for _ in range(4))
    yield f"{sentence(chance, 20)} `{chance.choice(WORDS)}` {sentence(chance, 20)}."


def sentence(chance: random.Random, length: int) -> str:
    """Return so many words, the first with a capital."""
    return " ".join(chance.choices(WORDS, k=length)).capitalize()


if __name__ == "__main__":
    main(int(sys.argv[1]), Path(sys.argv[2]))
