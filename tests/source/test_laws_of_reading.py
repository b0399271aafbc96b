"""Two laws, over generated folders: no order of files matters, and no fault reaches another file."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from statuspage.source.folder import SourceFile
from statuspage.source.page import read_page

from .builders import HEADING, incident_text, no_versions, read, settings_of

WORDS = st.sampled_from(
    [
        "---\n",
        "title: Cards\n",
        "title: [\n",
        "impact: major\n",
        "impact: x\n",
        "components: [dashboard, gone]\n",
        "components:\n  dashboard: down\n",
        "kind: maintenance\n",
        "starts: 2026-11-22 22:00\n",
        "ends: 2026-11-22 23:00\n",
        "draft: true\n",
        f"{HEADING}\n",
        "## 2026-11-21 15:00 — Resolved\n",
        "## 2026-03-29 02:30 — Update\n",
        "## Resolved\n",
        "## Make-good\n",
        "\n",
        "Next update: 14:35\n",
        "Next update: never ever\n",
        "Components: all operational\n",
        "Components: dashboard: x\n",
        "```\n",
        "\x00\x1b\n",
        "[" * 600 + "\n",
        "| a |\n",
    ]
)
BAD = st.one_of(
    st.lists(WORDS, max_size=12).map("".join).map(str.encode),
    st.binary(max_size=200),
    st.text(max_size=200).map(lambda text: text.encode("utf-8", "replace")),
    st.lists(WORDS, max_size=8).map(lambda words: incident_text("".join(words)).encode()),
)
NAMES = st.sampled_from(["a.md", "z.md", "Good One.md", "sub/zz.md", "m.timed.md", "good-1.de.md", "é.md"])
GOOD: dict[str, str | bytes] = {
    "good-1.md": incident_text(title="One", more="components: [dashboard]\n"),
    "good-2.md": incident_text(title="Two"),
    "2026/good-3.md": incident_text(f"{HEADING}\n\nx\n\n## 2026-11-21 15:00 UTC — Resolved\n", title="Three"),
}


@given(bad=st.dictionaries(NAMES, BAD, max_size=4))
def test_a_fault_in_any_file_changes_nothing_about_the_others(bad: dict[str, bytes]) -> None:
    alone = read(dict(GOOD)).page.incidents

    beside = read({**GOOD, **bad}).page.incidents

    # A translation of one of the good files says nothing but words in another language.
    untranslated = [replace(incident, translations=()) for incident in beside]
    assert [incident for incident in untranslated if incident in alone] == list(alone)


@given(bad=st.dictionaries(NAMES, BAD, max_size=4), data=st.data())
def test_the_order_in_which_files_are_listed_changes_nothing(bad: dict[str, bytes], data: st.DataObject) -> None:
    files = [
        SourceFile(path=f"incidents/{name}", data=text if isinstance(text, bytes) else text.encode())
        for name, text in {**GOOD, **bad}.items()
    ]
    shuffled = data.draw(st.permutations(files))

    assert read_page(settings_of(), shuffled, last_good=no_versions) == read_page(
        settings_of(), files, last_good=no_versions
    )


@given(text=BAD)
def test_a_new_file_that_is_no_draft_is_always_on_the_page(text: bytes) -> None:
    reading = read({"cards.md": text})

    is_draft = any(b"draft: true" in line for line in text.split(b"\n"))
    assert is_draft or len(reading.page.incidents) == 1
    for incident in reading.page.incidents:
        assert incident.title
        assert incident.updates or incident.is_maintenance
        assert list(incident.updates) == sorted(incident.updates, key=lambda update: update.at)
        assert len({update.id for update in incident.updates}) == len(incident.updates)
