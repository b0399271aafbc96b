"""`import statuspage` on documents of which each shows one rule."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from statuspage.errors import Fault, Severity
from statuspage.imports.statuspage import import_statuspage
from statuspage.imports.statuspage.source import JsonValue
from statuspage.model import ComponentChange, ComponentState, Group, Status
from tests.imports.documents import (
    API,
    PAGE,
    WEB,
    Json,
    affected,
    component,
    incident,
    saved,
    summary,
    update,
)
from tests.imports.reading import only_incident, read_site, tree


def imported(tmp_path: Path, document: Json) -> Path:
    result = import_statuspage(saved(tmp_path / "in", document), tmp_path / "site")
    assert result.unreadable == ()
    return tmp_path / "site"


def notes_of(tmp_path: Path, document: Json) -> list[str]:
    result = import_statuspage(saved(tmp_path / "in", document), tmp_path / "site")
    assert result.unreadable == ()
    return [str(note) for note in result.notes if note.path != "incidents"]


def test_a_summary_becomes_settings_and_a_file_for_each_incident(tmp_path: Path) -> None:
    source = summary(
        incident(
            update("14:31", "identified", "Found.<br />Soon.", affected_components=[affected("major_outage")]),
            update("14:05", "investigating", "Looking.", affected_components=[affected("partial_outage")]),
            started_at="2026-11-21T14:04:59.950Z",
        ),
        components=[component(status="major_outage", description='For "machines"', start_date="2020-01-31")],
    )

    site = imported(tmp_path, source)

    assert tree(site) == {
        "statuspage.toml": (
            "[site]\n"
            'id = "pageaaaaaaaa"\n'
            'title = "Acme"\n'
            'url = "https://status.acme.example"\n'
            'language = "en"\n'
            'timezone = "Europe/Berlin"\n'
            "\n"
            "[[component]]\n"
            'id = "apiaaaaaaaaa"\n'
            'name = "API"\n'
            'description = "For \\"machines\\""\n'
            "since = 2020-01-31\n"
        ),
        "incidents/2026/2026-11-21-api-fails.md": (
            "---\n"
            "title: API fails\n"
            "id: incident0001\n"
            "impact: minor\n"
            "started: 2026-11-21 14:04:59.950 UTC\n"
            "components:\n"
            "  apiaaaaaaaaa: partial_outage\n"
            "# Imported from https://status.acme.example/incidents/incident0001\n"
            '# created_at "2026-11-21T14:05:00.000Z", updated_at "2026-11-21T14:31:00.000Z",'
            ' shortlink "https://stspg.io/aaaaaaaaaaaa"\n'
            "---\n"
            "\n"
            "## 2026-11-21 14:05 UTC — Investigating\n"
            "\n"
            "Looking.\n"
            "\n"
            "Next update: none\n"
            "Id: update001405\n"
            "\n"
            "## 2026-11-21 14:31 UTC — Identified\n"
            "\n"
            "Components: apiaaaaaaaaa: major_outage\n"
            "\n"
            "Found.  \n"
            "Soon.\n"
            "\n"
            "Id: update001431\n"
        ),
    }
    assert read_site(site)[1] == ()


def test_importing_again_writes_nothing_and_keeps_a_renamed_file(tmp_path: Path) -> None:
    source = saved(tmp_path / "in", summary(incident(update("14:05", "investigating"))))
    first = import_statuspage(source, tmp_path / "site")
    renamed = tmp_path / "site" / "incidents" / "our-name.md"
    first.written[0].rename(renamed)

    again = import_statuspage(source, tmp_path / "site")

    assert (len(first.written), again.written) == (2, ())
    assert [path for path in tree(tmp_path / "site") if path.endswith(".md")] == ["incidents/our-name.md"]


def test_an_incident_that_went_on_is_rewritten_alone(tmp_path: Path) -> None:
    opened = update("14:05", "investigating")
    import_statuspage(saved(tmp_path / "in", summary(incident(opened))), tmp_path / "site")

    again = import_statuspage(
        saved(tmp_path / "in", summary(incident(update("15:00", "resolved"), opened))), tmp_path / "site"
    )

    assert [path.name for path in again.written] == ["2026-11-21-api-fails.md"]
    assert [u.status for u in only_incident(tmp_path / "site").updates] == [Status.INVESTIGATING, Status.RESOLVED]


def test_existing_settings_stay_and_get_the_missing_components_at_their_end(tmp_path: Path) -> None:
    (tmp_path / "site").mkdir()
    settings = tmp_path / "site" / "statuspage.toml"
    settings.write_text('[site]\ntitle = "Ours"\nurl = "https://a.example"\n\n[[component]]\nid = "own"\nname = "Own"')

    result = import_statuspage(saved(tmp_path / "in", summary()), tmp_path / "site")

    assert settings.read_text() == (
        '[site]\ntitle = "Ours"\nurl = "https://a.example"\n\n[[component]]\nid = "own"\nname = "Own"\n'
        '\n[[component]]\nid = "apiaaaaaaaaa"\nname = "API"\n'
    )
    assert [str(note) for note in result.notes] == [
        'statuspage.toml: warning: component "apiaaaaaaaaa" was added at the end; move it to where it belongs'
    ]


def test_a_file_of_that_name_that_came_from_elsewhere_is_left_alone(tmp_path: Path) -> None:
    own = tmp_path / "site" / "incidents" / "2026-11-21-api-fails.md"
    own.parent.mkdir(parents=True)
    own.write_text("---\ntitle: Ours\n---\n\n## 2026-11-21 14:00 UTC — Investigating\n")

    imported(tmp_path, summary(incident(update("14:05", "investigating"))))

    assert own.read_text().startswith("---\ntitle: Ours\n")
    assert "incidents/2026/2026-11-21-api-fails-incident0001.md" in tree(tmp_path / "site")


def test_two_incidents_of_one_name_and_day_both_get_their_id_whatever_the_order(tmp_path: Path) -> None:
    one = incident(update("14:05", "investigating"))
    other = incident(update("15:05", "investigating", id="another01505"), id="incident0002")

    import_statuspage(saved(tmp_path / "a", summary(one, other)), tmp_path / "one")
    import_statuspage(saved(tmp_path / "b", summary(other, one)), tmp_path / "two")

    assert tree(tmp_path / "one") == tree(tmp_path / "two")
    assert sorted(tree(tmp_path / "one"))[:2] == [
        "incidents/2026/2026-11-21-api-fails-incident0001.md",
        "incidents/2026/2026-11-21-api-fails-incident0002.md",
    ]


def test_many_documents_of_one_incident_become_one_with_every_update(tmp_path: Path) -> None:
    first, second = update("14:05", "investigating"), update("14:31", "identified")
    saved(tmp_path / "in", {"page": PAGE, "incident": incident(second)}, name="b.json")
    source = saved(tmp_path / "in", incident(first), name="a.json")

    import_statuspage(source, tmp_path / "site")

    assert [u.id for u in only_incident(tmp_path / "site").updates] == ["update001405", "update001431"]


def test_groups_keep_their_order_and_that_of_their_components(tmp_path: Path) -> None:
    group_id = "groupaaaaaaa"
    rows: list[JsonValue] = [
        component("Last", id="lastaaaaaaaa", position=2, group_id=group_id),
        component("Group", id=group_id, position=2, group=True, components=[API, "lastaaaaaaaa"]),
        component("First", position=1, group_id=group_id),
        component("Alone", id=WEB, position=1),
    ]

    page, faults = read_site(imported(tmp_path, summary(components=rows)))

    alone, group = page.rows
    assert isinstance(group, Group)
    assert (alone.name, group.name, group.api_id) == ("Alone", "Group", group_id)
    assert [c.name for c in group.components] == ["First", "Last"]
    assert faults == ()


def test_a_component_that_is_gone_from_the_page_is_retired(tmp_path: Path) -> None:
    gone = affected("partial_outage", code="goneaaaaaaaa", name="Old - Search")
    site = imported(tmp_path, summary(incident(update("14:05", "investigating", affected_components=[gone]))))

    page, faults = read_site(site)

    retired = page.component_by_id["goneaaaaaaaa"]
    assert (retired.name, retired.is_retired, retired.api_id) == ("Old - Search", True, "goneaaaaaaaa")
    assert faults == ()


def test_a_state_that_no_open_incident_explains_is_a_standing_state(tmp_path: Path) -> None:
    rows: list[JsonValue] = [
        component(status="degraded_performance"),
        component("Web", id=WEB, status="partial_outage"),
    ]
    told = update("14:05", "investigating", affected_components=[affected("partial_outage", code=WEB)])

    page, _ = read_site(imported(tmp_path, summary(incident(told), components=rows)))

    assert page.component_by_id[API].state is ComponentState.DEGRADED_PERFORMANCE
    assert page.component_by_id[WEB].state is ComponentState.OPERATIONAL


def test_a_component_better_off_than_its_open_incident_says_is_a_note(tmp_path: Path) -> None:
    told = update("14:05", "investigating", affected_components=[affected("major_outage")])

    notes = notes_of(tmp_path, summary(incident(told)))

    assert notes == [
        'statuspage.toml: warning: component "apiaaaaaaaaa" was operational on the page, its incidents say'
        " major_outage; the worse one counts"
    ]


def test_an_incident_told_only_when_it_was_over_was_bad_before(tmp_path: Path) -> None:
    told = update("15:00", "resolved", affected_components=[affected("operational", old="major_outage")])

    found = only_incident(imported(tmp_path, summary(incident(told))))

    assert found.components == (ComponentChange(component_id=API, state=ComponentState.MAJOR_OUTAGE),)
    assert found.started_at == datetime(2026, 11, 21, 14, 5, tzinfo=UTC)
    assert found.notifies is False


def test_a_component_left_broken_at_the_close_that_works_now_counts_as_restored(tmp_path: Path) -> None:
    opened = update("14:05", "investigating", affected_components=[affected("partial_outage")])
    closed = update("15:00", "resolved", affected_components=[affected("partial_outage", old="partial_outage")])

    notes = notes_of(tmp_path, summary(incident(closed, opened)))

    assert notes == [
        "incidents/2026/2026-11-21-api-fails.md: warning: "
        'component "apiaaaaaaaaa" was still partial_outage at the close, and works now; written as restored'
    ]
    assert only_incident(tmp_path / "site").updates[-1].components == ()


def test_a_component_left_broken_at_the_close_and_ever_since_stays_so(tmp_path: Path) -> None:
    opened = update("14:05", "investigating", affected_components=[affected("partial_outage")])
    closed = update("15:00", "resolved", affected_components=[affected("partial_outage", old="partial_outage")])

    site = imported(tmp_path, summary(incident(closed, opened), components=[component(status="partial_outage")]))

    assert only_incident(site).updates[-1].components == (
        ComponentChange(component_id=API, state=ComponentState.PARTIAL_OUTAGE),
    )
    assert read_site(site)[0].component_by_id[API].state is ComponentState.OPERATIONAL


def planned(*updates: Json, **more: object) -> Json:
    times = {"scheduled_for": "2026-11-21T15:00:00.000Z", "scheduled_until": "2026-11-21T16:00:00.000Z"}
    return incident(*updates, **{"impact": "maintenance", **times, **more})  # type: ignore[arg-type]  # JSON all of it


def test_planned_work_keeps_its_window_and_its_own_words(tmp_path: Path) -> None:
    work = planned(
        update("15:02", "in_progress", affected_components=[affected("under_maintenance")]),
        update("14:05", "scheduled", affected_components=[affected("operational")]),
    )

    found = only_incident(imported(tmp_path, summary(scheduled_maintenances=[work])))

    assert found.window is not None
    assert found.window.starts_at == datetime(2026, 11, 21, 15, 0, tzinfo=UTC)
    assert found.window.ends_at == datetime(2026, 11, 21, 16, 0, tzinfo=UTC)
    assert found.components == (ComponentChange(component_id=API, state=ComponentState.UNDER_MAINTENANCE),)
    assert [(u.status, u.components) for u in found.updates] == [(Status.SCHEDULED, ()), (Status.IN_PROGRESS, ())]


def test_planned_work_that_went_on_past_its_end_is_not_completed_by_the_clock(tmp_path: Path) -> None:
    work = planned(update("17:30", "completed"), update("15:01", "in_progress"), update("14:05", "scheduled"))

    notes = notes_of(tmp_path, summary(scheduled_maintenances=[work]))

    assert only_incident(tmp_path / "site").updates[1].ends_at == datetime(2026, 11, 21, 17, 30, tzinfo=UTC)
    assert notes == [
        "incidents/2026/2026-11-21-api-fails.md: warning: "
        "went on past scheduled_until; the update before that says the end that it had"
    ]


def test_what_nothing_stands_for_is_a_note_and_a_comment(tmp_path: Path) -> None:
    told = update("14:05", "observing", custom_tweet="We know\nabout it.", tweet_id=7)
    source = summary(incident(told, impact="huge", started_at="2026-11-21T14:09:00.000Z", metadata={"a": 1}))

    notes = notes_of(tmp_path, source)

    path = "incidents/2026/2026-11-21-api-fails.md"
    assert notes == [
        f'{path}: warning: "observing" is no status here; written as investigating',
        f'{path}: warning: impact "huge": not an impact here; derived from the components',
        f"{path}: warning: metadata has no place here; kept as a comment",
        f"{path}: warning: started_at 2026-11-21T14:09:00+00:00 is after the first update;"
        " the incident begins with that update",
        f"{path}: warning: update update001405: custom_tweet has no place here; kept as a comment",
        f"{path}: warning: update update001405: tweet_id has no place here; kept as a comment",
    ]
    text = (tmp_path / "site" / path).read_text()
    for kept in ("# status observing\n", "# impact huge\n", 'metadata {"a": 1}', 'custom_tweet "We know\\nabout it."'):
        assert kept in text
    assert read_site(tmp_path / "site")[1] == ()


def test_what_is_too_much_for_front_matter_stands_below_the_updates(tmp_path: Path) -> None:
    told = [
        update(f"{hour:02}:00", "investigating", custom_tweet=f"We still know. {'x' * 900}")
        for hour in range(20, 0, -1)
    ]

    found = only_incident(imported(tmp_path, summary(incident(*told))))

    (section,) = found.sections
    assert (len(found.updates), section.heading) == (20, "Kept from the source")
    assert section.body.count("custom_tweet") == 20


def test_an_incident_without_updates_is_told_by_one_without_words(tmp_path: Path) -> None:
    found = only_incident(imported(tmp_path, summary(incident(status="monitoring"))))

    assert [(u.status, u.body, u.at) for u in found.updates] == [
        (Status.MONITORING, "", datetime(2026, 11, 21, 14, 5, tzinfo=UTC))
    ]


def test_words_without_a_time_are_kept_below_the_updates(tmp_path: Path) -> None:
    lost = update("14:31", "identified", "Lost words.", display_at=None, created_at="soon")

    found = only_incident(imported(tmp_path, summary(incident(lost, update("14:05", "investigating")))))

    assert [(section.heading, section.body) for section in found.sections] == [
        ("Words without a time", "**identified** - Lost words.")
    ]


def test_hostile_text_stays_text(tmp_path: Path) -> None:
    body = "<script>alert(1)</script>\n\n## 2026-11-21 15:00 UTC — Resolved\n\n<a href='javascript:x'>go</a>\n\nId: zzz"
    name = 'x: "<&]]>\x00\u2028# \ud800'

    page, faults = read_site(imported(tmp_path, summary(incident(update("14:05", "investigating", body), name=name))))

    (found,) = page.incidents
    assert [fault for fault in faults if fault.severity is Severity.ERROR] == []
    assert found.title == 'x: "<&]]> #'
    assert [u.body for u in found.updates] == [
        "<script>alert(1)</script>\n\n### 2026-11-21 15:00 UTC — Resolved\n\ngo (`javascript:x`)\n\nId&#58; zzz"
    ]


def test_a_page_that_says_no_usable_zone_or_address_is_a_note(tmp_path: Path) -> None:
    notes = notes_of(tmp_path, {**summary(), "page": {**PAGE, "time_zone": "London", "url": ""}})

    assert notes == [
        'statuspage.toml: warning: "London" is no time zone of the IANA list; "UTC" stands for it, write the right one',
        'statuspage.toml: warning: no document says the address of the page; "https://status.example.com" stands'
        " for it, write the right one",
    ]
    assert read_site(tmp_path / "site")[1] == ()


def unreadable(tmp_path: Path, content: bytes) -> list[str]:
    (tmp_path / "in.json").write_bytes(content)
    result = import_statuspage(str(tmp_path / "in.json"), tmp_path / "site")
    assert (result.written, (tmp_path / "site").exists()) == ((), False)
    return [str(fault) for fault in result.unreadable]


WANTED = "not a document of a status API; one with page, components, incidents or an incident is wanted"


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b"", "in.json: not JSON: Expecting value: line 1 column 1 (char 0)"),
        (b"\x89PNG\x0d\x0a\xff", "in.json: not UTF-8 text; a JSON document is wanted"),
        (b"[1, 2]", f"in.json: {WANTED}"),
        (b'{"components": []}', f"in.json: {WANTED}"),
        (
            b'{"meta": {}, "incident": {}}',
            "in.json: a webhook message; export the incident itself, /api/v2/incidents/<id>.json",
        ),
    ],
)
def test_a_document_that_is_none_is_an_error_and_nothing_is_written(
    tmp_path: Path, content: bytes, expected: str
) -> None:
    assert unreadable(tmp_path, content) == [expected]


def test_nesting_without_end_is_an_error(tmp_path: Path) -> None:
    (fault,) = unreadable(tmp_path, b"[" * 100_000)

    assert fault.startswith("in.json: not JSON: ")


def test_an_incident_without_an_id_is_an_error_and_the_others_are_imported(tmp_path: Path) -> None:
    source = saved(tmp_path / "in", summary(incident(id=None), incident(update("14:05", "investigating"))))

    result = import_statuspage(source, tmp_path / "site")

    assert result.unreadable == (
        Fault(path="summary.json", where="incident 1", what='needs an "id" and a "name", both text'),
    )
    assert only_incident(tmp_path / "site").id == "incident0001"


def test_documents_of_another_page_are_errors(tmp_path: Path) -> None:
    saved(tmp_path / "in", summary(), name="a.json")
    saved(tmp_path / "in", summary(), name="b.json")
    source = saved(tmp_path / "in", {**summary(), "page": {**PAGE, "id": "another00000"}}, name="c.json")

    result = import_statuspage(source, tmp_path / "site")

    assert [str(fault) for fault in result.unreadable] == [
        "c.json: is about another page (another00000) than most (pageaaaaaaaa); give it a folder of its own"
    ]


def test_a_link_and_a_missing_folder_are_errors(tmp_path: Path) -> None:
    source = saved(tmp_path / "in", summary())
    (tmp_path / "in" / "link.json").symlink_to("/etc/hostname")

    linked = import_statuspage(source, tmp_path / "site")
    missing = import_statuspage(str(tmp_path / "nowhere"), tmp_path / "site")

    assert [str(fault) for fault in linked.unreadable] == ["link.json: not a regular file; give the document itself"]
    assert [str(fault) for fault in missing.unreadable] == ["nowhere: cannot be read: No such file or directory"]
