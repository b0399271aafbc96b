"""The corpus as a site for Hugo: the theme in `bench/hugo/`, our style, and a content file an incident."""

from __future__ import annotations

import hashlib
import json
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from zoneinfo import ZoneInfo

from bench.corpus import NOW
from bench.written import WrittenIncident, WrittenUpdate

THEME = Path(__file__).parent / "hugo"
BETWEEN_UPDATES = "\n\n* * *\n\n"
"""What the layouts split a content file at."""
ZONE = ZoneInfo("Europe/Berlin")
SUMMARY_LETTERS = 200


def write_hugo_site(folder: Path, written: Iterator[WrittenIncident], *, page_of_ours: Path) -> None:
    """Write a site that Hugo builds into the same pages, styled like `page_of_ours`, a page that we have compiled."""
    shutil.copytree(THEME, folder)
    style = re.search(r"<style>.*?</style>", page_of_ours.read_text(encoding="utf-8"), re.DOTALL)
    assert style is not None
    (folder / "layouts" / "_partials" / "style.html").write_text(style[0], encoding="utf-8")
    for incident in written:
        kind = "maintenance" if incident.form == "planned" else "incidents"
        target = folder / "content" / kind / incident.path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(content_of(incident), encoding="utf-8")


def hugo_command(binary: Path, folder: Path, *, output: Path) -> list[str | Path]:
    """Return the command that builds the site, at the instant of the corpus and from nothing kept of earlier runs."""
    places: list[str | Path] = ["--source", folder, "--destination", output, "--cacheDir", folder / "cache"]
    return [binary, *places, "--clock", NOW.isoformat(), "--ignoreCache", "--noBuildLock", "--quiet"]


def content_of(incident: WrittenIncident) -> str:
    """Return the content file of one incident: what the page needs to know, then its updates, newest first."""
    newest_first = incident.updates[::-1]
    body = BETWEEN_UPDATES.join(_update_text(update) for update in newest_first)
    if incident.make_good:
        body += f"\n\n## Make-good\n\n{incident.make_good}"
    # JSON is YAML, and needs no thought about quotes.
    rows = (f"{key}: {json.dumps(value, ensure_ascii=False)}" for key, value in _facts(incident).items())
    return "\n".join(["---", *rows, "---", body, ""])


def _facts(incident: WrittenIncident) -> dict[str, object]:
    last = incident.updates[-1]
    minutes = int((last.at - incident.began_at).total_seconds()) // 60
    return {
        "title": incident.title,
        "date": incident.began_at.isoformat(),
        "draft": "draft: yes" in incident.header,
        "months": [f"{incident.began_at.astimezone(ZONE):%Y-%m}"],
        "id": _identifier(incident.slug),
        "open": last.status == "Monitoring",
        "status": last.status,
        "state": incident.state,
        "service": f"Service {incident.service}",
        "began": f"{incident.began_at.astimezone(ZONE):%A %-d %B %Y, %H:%M %Z}",
        "ended": f"{last.at.astimezone(ZONE):%A %-d %B %Y, %H:%M %Z}",
        "lasted": f"{minutes // 60} h {minutes % 60} min",
        "summary_text": last.body.replace("\n", " ")[:SUMMARY_LETTERS] + "…",
        "updates": [
            {"id": _identifier(f"{update.at}"), "status": update.status, "at": update.at.isoformat()}
            for update in reversed(incident.updates)
        ],
    }


def _update_text(update: WrittenUpdate) -> str:
    heading = f"## {update.status}, {update.at.astimezone(ZONE):%-d %B %Y, %H:%M %Z} {{#{_identifier(f'{update.at}')}}}"
    return "\n\n".join([heading, update.body, *update.field_lines])


def _identifier(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:12]
