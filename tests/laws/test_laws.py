"""The laws of the architecture, over generated sites (the numbers are those of docs/architecture.md)."""

from __future__ import annotations

import json
import random
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta

from hypothesis import assume, example, given
from hypothesis import strategies as st

from statuspage.indicator import page_indicator
from statuspage.model import Page
from statuspage.render.hold import hold_wordings
from statuspage.render.site import render
from statuspage.render.words import LEVEL_WORD
from statuspage.shown import HOLD_AFTER_RESOLVED, Level, Shown, ShownIncident
from statuspage.timeline.change import next_change
from statuspage.timeline.page import page_at
from tests.laws.reading import page_of
from tests.laws.sites import incident_texts, instant, minutes_of_day, site_files, translations_of

Damage = Callable[[str], str]

FAULTS: tuple[Damage, ...] = (
    lambda text: text.replace("title:", "titel:"),
    lambda text: text.replace("---\n", "", 1),
    lambda text: text.replace("\n---\n", "\n", 1),
    lambda text: text.replace(" UTC — ", " — "),
    lambda text: text.replace("## 2026-", "## 2O26-"),
    lambda text: text.replace("components:", "components: [", 1),
    lambda _text: "",
    lambda text: text.replace("outage", "outrage"),
    lambda text: text.replace("performance", "perf0rmance").replace("impact: ", "impact: very "),
)
DAMAGES: tuple[Damage, ...] = (*FAULTS, lambda text: text[: len(text) // 2], lambda text: text.replace("o", "\x00"))


def tree(page: Page, now: datetime) -> dict[str, bytes]:
    return render(page_at(page, now), {})


@given(site_files(), st.data(), minutes_of_day, st.randoms(use_true_random=False))
def test_law_1_the_same_files_and_instant_give_the_same_bytes_in_any_order(
    files: dict[str, str], data: st.DataObject, minute: int, shuffler: random.Random
) -> None:
    files |= data.draw(translations_of(files))
    names = list(files)
    shuffler.shuffle(names)

    first = tree(page_of(files), instant(minute))
    second = tree(page_of({name: files[name] for name in names}), instant(minute))

    assert first == second


@given(site_files(), minutes_of_day, st.floats(0, 1, exclude_max=True))
def test_law_2_nothing_public_differs_before_the_next_change(files: dict[str, str], minute: int, part: float) -> None:
    page, now = page_of(files), instant(minute)

    change = next_change(page, now)
    later = min(now + (change - now) * part, change - timedelta(microseconds=1))
    before, after = tree(page, now), tree(page, later)

    before.pop("heartbeat.json")
    after.pop("heartbeat.json")
    assert after == before


def facts(incident: ShownIncident) -> tuple[object, ...]:
    return incident.source, incident.status, incident.impact, incident.level, incident.updates, incident.states


def by_slug(shown: Shown) -> dict[str, tuple[object, ...]]:
    return {i.source.slug: facts(i) for i in (*shown.incidents, *shown.maintenances)}


@given(site_files(), st.data(), minutes_of_day, st.sampled_from(DAMAGES))
def test_law_5_a_fault_in_a_file_changes_nothing_about_the_others(
    files: dict[str, str], data: st.DataObject, minute: int, damage: Damage
) -> None:
    name = data.draw(st.sampled_from(sorted(files)))
    assume(name != "statuspage.toml")
    now, slug = instant(minute), name.removeprefix("incidents/").removesuffix(".md")

    whole = by_slug(page_at(page_of(files), now))
    damaged = by_slug(page_at(page_of({**files, name: damage(files[name])}), now))

    whole.pop(slug, None)
    damaged.pop(slug, None)
    assert damaged == whole


@given(site_files(), st.data(), st.sampled_from(DAMAGES))
def test_law_5_a_fault_in_a_translation_changes_nothing_about_the_incident_and_its_other_translations(
    files: dict[str, str], data: st.DataObject, damage: Damage
) -> None:
    added = data.draw(translations_of(files))
    assume(added)
    name = data.draw(st.sampled_from(sorted(added)))
    slug, language = name.split("/")[1].split(".")[0], name.split(".")[1].split("-")[0]

    whole, damaged = page_of(files | added), page_of({**files, **added, name: damage(added[name])})

    assert damaged.languages == whole.languages
    for before, after in zip(whole.incidents, damaged.incidents, strict=True):
        others = tuple(each for each in before.translations if before.slug != slug or each.language != language)
        kept = tuple(each for each in after.translations if after.slug != slug or each.language != language)
        assert kept == others
        assert replace(after, translations=()) == replace(before, translations=())


@given(site_files(), st.data(), minutes_of_day)
def test_law_5_translations_change_no_fact(files: dict[str, str], data: st.DataObject, minute: int) -> None:
    now, added = instant(minute), data.draw(translations_of(files))

    alone, translated = page_at(page_of(files), now), page_at(page_of(files | added), now)

    def untranslated(shown: Shown) -> list[ShownIncident]:
        every = (*shown.incidents, *shown.maintenances)
        return [replace(each, source=replace(each.source, translations=())) for each in every]

    assert untranslated(translated) == untranslated(alone)
    assert translated.level is alone.level
    assert translated.next_change_at == alone.next_change_at


@given(incident_texts(is_open=True), st.sampled_from(FAULTS))
def test_law_5_a_new_file_that_is_broken_never_makes_all_look_well(text: str, damage: Damage) -> None:
    now = instant(3 * 24 * 60)

    damaged = page_at(page_of({"incidents/2026-10-10-story.md": damage(text)}), now)

    assert damaged.level is not Level.WORKING
    assert damaged.open_incidents


@given(incident_texts(), minutes_of_day, st.sampled_from(FAULTS))
def test_law_5_a_file_that_was_good_before_keeps_its_states_and_impact(text: str, minute: int, damage: Damage) -> None:
    now, name = instant(minute), "incidents/2026-10-10-story.md"
    whole = page_at(page_of({name: text}), now)

    damaged = page_at(page_of({name: damage(text)}, earlier={name: text}), now)

    assert damaged.level.severity >= whole.level.severity


def hold_is_due(shown: Shown) -> bool:
    just_fixed = any(i.resolved_at and i.resolved_at + HOLD_AFTER_RESOLVED > shown.now for i in shown.incidents)
    return bool(shown.open_incidents or shown.active_maintenances or just_fixed)


@given(site_files(), minutes_of_day)
def test_law_6_every_surface_tells_the_same(files: dict[str, str], minute: int) -> None:
    shown = page_at(page_of(files), instant(minute))

    public = render(shown, {})
    index, badge = public["index.html"].decode(), public["badge.svg"].decode()
    ours = json.loads(public["api/v1/status.json"])
    theirs = json.loads(public["api/v2/summary.json"])

    assert ours["level"] == shown.level.value
    assert LEVEL_WORD[shown.level] in badge
    assert f'<section class="band now {shown.level.value}"' in index
    open_ids = {i.source.id for i in shown.open_incidents}
    assert {i["id"] for i in ours["incidents"]} == open_ids == {i["id"] for i in theirs["incidents"]}
    assert all(i.source.path in index for i in shown.open_incidents)
    assert any(hold_wordings(shown, "en")) == hold_is_due(shown)
    states = {c["id"]: c["status"] for c in theirs["components"] if not c["group"]}
    assert states == {c.source.api_id: c.state.value for c in shown.components}
    rule = page_indicator((c.state for c in shown.components), has_open_incident=bool(shown.open_incidents))
    if not any(i.source.is_unreadable for i in shown.open_incidents):
        assert theirs["status"] == {"indicator": rule.indicator, "description": rule.description}


@given(site_files(), minutes_of_day)
def test_the_updates_feed_holds_every_public_update(files: dict[str, str], minute: int) -> None:
    shown = page_at(page_of(files), instant(minute))

    items = json.loads(render(shown, {})["feed.json"])["items"]

    public = sorted(u.id for i in (*shown.incidents, *shown.maintenances) for u in i.updates)
    assert sorted(item["id"].rpartition("/")[2] for item in items) == public


@example(files={"statuspage.toml": ""}, minute=0)
@given(site_files(), minutes_of_day)
def test_the_next_change_is_always_ahead_and_never_further_than_a_day(files: dict[str, str], minute: int) -> None:
    now = instant(minute)

    ahead = next_change(page_of(files), now) - now

    assert timedelta() < ahead <= timedelta(hours=25)
