"""Both importers on everything that real organisations wrote: nothing is lost, and nothing of it is a fault to us."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from statuspage.imports.cstate import import_cstate
from statuspage.imports.statuspage import import_statuspage
from statuspage.imports.statuspage.source import JsonValue
from statuspage.model import Status
from tests.imports.reading import read_site, tree

SAMPLES = (
    "discord-scheduled-maintenances.json",
    "emma-incidents-2019-old-shape.json",
    "github-incident-gqx5l06jjxhp-critical.json",
    "github-summary-maintenance-in-progress.json",
    "github-summary-maintenance-scheduled.json",
    "github-summary-major-two-incidents.json",
    "github-summary-minor-incident.json",
    "github-summary-open-incident-but-indicator-none.json",
    "instructure-summary-groups-timezone.json",
)
CSTATE_CONTRADICTIONS = 8
"""Issues whose resolvedWhen is before their date."""

Json = dict[str, JsonValue]


def words(text: str) -> list[str]:
    """Return the words of Markdown, plain text or HTML with lists and line breaks."""
    return re.findall(r"\w+", re.sub(r"</?(?:ul|li|strong|br)\b[^>]*>", " ", text))


def incidents_of(document: Json) -> Iterator[Json]:
    found = document.get("incident")
    lists = [document.get("incidents"), document.get("scheduled_maintenances"), [found] if found else None]
    for listed in lists:
        if isinstance(listed, list):
            yield from (entry for entry in listed if isinstance(entry, dict))


def source_updates(document: Json) -> list[tuple[str, str, datetime, str, list[str]]]:
    """Return incident, id, time, status and words of every update in a document."""
    return [
        (
            str(incident["id"]),
            str(update["id"]),
            datetime.fromisoformat(str(update["display_at"])).astimezone(UTC),
            str(update["status"]),
            words(str(update["body"])),
        )
        for incident in incidents_of(document)
        for update in incident["incident_updates"]  # type: ignore[union-attr]  # JSON that others captured
        if isinstance(update, dict)
    ]


def our_updates(site_dir: Path) -> list[tuple[str, str, datetime, str, list[str]]]:
    page, faults = read_site(site_dir)
    # Other people's titles may be longer than anyone reads.
    assert {(fault.severity, fault.where) for fault in faults} <= {("warning", "title")}
    return [
        (incident.id, update.id, update.at, str(update.status), words(update.body))
        for incident in page.incidents
        for update in incident.updates
    ]


def test_every_update_of_256_documents_is_read_back_with_id_time_status_and_words(shared: Path, tmp_path: Path) -> None:
    folder = shared / "real-incidents" / "github-statuspage"
    documents = [json.loads(path.read_text(encoding="utf-8")) for path in folder.glob("*.json")]

    result = import_statuspage(str(folder), tmp_path / "site")

    expected = [update for document in documents for update in source_updates(document)]
    assert (len(documents), len(expected), result.unreadable) == (256, 590, ())
    assert sorted(our_updates(tmp_path / "site")) == sorted(expected)


def test_title_impact_and_beginning_of_256_incidents_are_those_of_the_source(shared: Path, tmp_path: Path) -> None:
    folder = shared / "real-incidents" / "github-statuspage"
    import_statuspage(str(folder), tmp_path / "site")

    page, _ = read_site(tmp_path / "site")

    by_id = {incident.id: incident for incident in page.incidents}
    began_late = []
    for path in folder.glob("*.json"):
        (source,) = incidents_of(json.loads(path.read_text(encoding="utf-8")))
        ours = by_id[str(source["id"])]
        started_at = datetime.fromisoformat(str(source["started_at"]))
        assert (ours.title, str(ours.impact)) == (source["name"], source["impact"])
        if (ours.started_at or ours.updates[0].at) != started_at:
            began_late.append(source["id"])
    assert began_late == ["qb2vmff9bnf5"], "its first update is shown earlier than it says that it began"


def test_the_notes_on_256_documents_name_all_that_is_not_mapped(shared: Path, tmp_path: Path) -> None:
    result = import_statuspage(str(shared / "real-incidents" / "github-statuspage"), tmp_path / "site")

    reasons = [re.sub(r"[a-z0-9]{12}|\d{4}-\S+", "…", note.what) for note in result.notes]
    assert sorted(reasons) == [
        "256 files keep short links and the times at which records were created and changed as comments in their"
        " front matter: nothing of ours states them",
        'component "…" was still partial_outage at the close, and works now; written as restored',
        "started_at … is after the first update; the incident begins with that update",
        "update …: tweet_id has no place here; kept as a comment",
        "update …: tweet_id has no place here; kept as a comment",
    ]


@pytest.mark.parametrize("name", SAMPLES)
def test_every_update_of_a_captured_document_is_read_back(shared: Path, tmp_path: Path, name: str) -> None:
    source = shared / "statuspage-v2-samples" / name
    expected = source_updates(json.loads(source.read_text(encoding="utf-8")))

    result = import_statuspage(str(source), tmp_path / "site")

    assert (result.unreadable, bool(expected)) == ((), True)
    assert sorted(our_updates(tmp_path / "site")) == sorted(expected)


def test_the_order_and_names_of_documents_change_nothing(shared: Path, tmp_path: Path) -> None:
    folder = shared / "real-incidents" / "github-statuspage"
    other = tmp_path / "other"
    other.mkdir()
    for place, path in enumerate(sorted(folder.glob("*.json"), reverse=True)):
        shutil.copyfile(path, other / f"{place:03}.json")

    import_statuspage(str(folder), tmp_path / "one")
    import_statuspage(str(other), tmp_path / "two")

    assert tree(tmp_path / "one") == tree(tmp_path / "two")


def test_importing_all_of_it_again_writes_nothing(shared: Path, tmp_path: Path) -> None:
    github, jenkins = (str(shared / "real-incidents" / name) for name in ("github-statuspage", "jenkins-cstate"))
    first = (
        len(import_statuspage(github, tmp_path / "g").written),
        len(import_cstate(jenkins, tmp_path / "j").written),
    )

    again = (import_statuspage(github, tmp_path / "g").written, import_cstate(jenkins, tmp_path / "j").written)

    assert (first, again) == ((257, 298), ((), ()))


def stated_instant(front: str, key: str) -> datetime:
    found = re.search(rf"^{key}: *(\d{{4}}-\d\d-\d\d)[T ](\d+)(:\d\d:\d\d)(\S*)", front, re.MULTILINE)
    assert found is not None
    return datetime.fromisoformat(f"{found[1]}T{found[2]:0>2}{found[3]}{found[4] or '+00:00'}").astimezone(UTC)


def test_every_issue_of_297_begins_and_ends_when_its_source_says(shared: Path, tmp_path: Path) -> None:
    folder = shared / "real-incidents" / "jenkins-cstate"

    result = import_cstate(str(folder), tmp_path / "site")

    page, faults = read_site(tmp_path / "site")
    by_title: dict[tuple[str, datetime], list[datetime]] = {}
    for incident in page.incidents:
        (end,) = (update.at for update in incident.updates if update.status is Status.RESOLVED)
        by_title.setdefault((incident.slug, incident.updates[0].at), []).append(end)
    contradictory = 0
    for path in (folder / "content" / "issues").glob("*.md"):
        front = path.read_text(encoding="utf-8").split("---")[1]
        began_at, ended_at = stated_instant(front, "date"), stated_instant(front, "resolvedWhen")
        slug = re.sub(r"[^a-z0-9_-]+", "-", path.stem.casefold())
        contradictory += ended_at < began_at
        assert by_title[slug, began_at] == [max(began_at, ended_at)], path.name
    assert (len(page.incidents), faults, result.unreadable) == (297, (), ())
    assert contradictory == CSTATE_CONTRADICTIONS
    assert sum("is before its date" in note.what for note in result.notes) == CSTATE_CONTRADICTIONS


def test_no_word_of_297_issues_is_lost(shared: Path, tmp_path: Path) -> None:
    folder = shared / "real-incidents" / "jenkins-cstate"
    import_cstate(str(folder), tmp_path / "site")
    imported = {
        found[1]: text
        for text in tree(tmp_path / "site").values()
        if (found := re.search(r"^# Imported from (.+)$", text, re.MULTILINE))
    }

    lost: dict[str, set[str]] = {}
    for path in (folder / "content" / "issues").glob("*.md"):
        body = path.read_text(encoding="utf-8").split("---", 2)[2]
        # What only said when something was written has become the heading of its update, and a link from one issue
        # to another leads to its page here.
        unmarked = re.sub(
            r"^(?:\[|\*\*)[^\]*\n]+(?:\]|\*\*)|^(?:Initial|Final) message:|</?strike>"
            r"|(?<=\]\()https://status\.jenkins\.io/issues/",
            "",
            body,
            flags=re.M,
        )
        missing = set(words(unmarked)) - set(words(imported[f"content/issues/{path.name}"]))
        if missing:
            lost[path.name] = missing
    assert lost == {}
