"""`[promise]`: the later clock, the overrun, and the site's own words of holding updates."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from statuspage.config import OwnWords, parse_settings
from statuspage.config.settings import Settings
from statuspage.model import LaterClock, PromiseClock, Status

SITE = '[site]\ntitle = "Acme Status"\nurl = "https://status.acme.example"\n'
TEXTS = tuple(f"Text {letter}: nothing new since {{since}}. We write by {{next}}." for letter in "ABCDEF")


def read(text: str) -> Settings:
    settings, faults = parse_settings(SITE + text)
    assert faults == ()
    assert settings is not None
    return settings


def faults_of(text: str) -> list[str]:
    settings, faults = parse_settings(SITE + text)
    assert settings is None
    return [str(fault).removeprefix("statuspage.toml:") for fault in faults]


def holding(*texts: str, status: str = "investigating") -> str:
    return f"[promise.holding]\n{status} = [\n" + "".join(f"  '{text}',\n" for text in texts) + "]\n"


def test_without_a_table_there_is_no_later_clock_and_no_word_of_ones_own() -> None:
    settings = read("")

    assert settings.clock == PromiseClock(overrun=timedelta(minutes=30), later=None)
    assert settings.holding == OwnWords()
    assert settings.holding.of(Status.INVESTIGATING) == ()


def test_an_empty_later_table_turns_the_later_clock_on_as_it_is_usual() -> None:
    assert read("[promise.later]\n").clock.later == LaterClock(
        after=timedelta(hours=2),
        critical=timedelta(hours=1),
        major=timedelta(hours=1),
        minor=timedelta(hours=2),
        none=timedelta(hours=24),
    )


def test_every_time_of_the_clock_can_be_said() -> None:
    clock = read('[promise]\noverrun = "15m"\nlater = { after = "3h", critical = "45m", none = "48h" }\n').clock

    assert clock.overrun == timedelta(minutes=15)
    assert clock.later == LaterClock(after=timedelta(hours=3), critical=timedelta(minutes=45), none=timedelta(hours=48))


def test_own_words_are_read_by_status() -> None:
    settings = read(holding(*TEXTS) + "in_progress = [" + ", ".join(f'"{text}"' for text in TEXTS[::-1]) + "]\n")

    assert settings.holding.of(Status.INVESTIGATING) == TEXTS
    assert settings.holding.of(Status.IN_PROGRESS) == TEXTS[::-1]
    assert settings.holding.of(Status.MONITORING) == ()


def test_own_words_may_stand_on_several_lines() -> None:
    text = "[promise.holding]\nverifying = ['''\nNothing new\nsince {since}. Next: {next}.''',\n"

    assert read(text + ", ".join(f"'{one}'" for one in TEXTS) + "]\n").holding.of(Status.VERIFYING)[0] == (
        "Nothing new since {since}. Next: {next}."
    )


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("No news. Next: {next}.", "has no {since}; write the time of the last update that a person wrote as {since}"),
        ("No news since {since}.", "has no {next}; write the time of the next update as {next}"),
        ("Since {since}, {nxt}, {next}.", 'has the unknown placeholder {nxt}; did you mean "next"?'),
        (
            "Since {since}, {title}, {next}.",
            "has the unknown placeholder {title}; known are {since}, {next} and {said}",
        ),
        (
            "Since {since!r}, {next}.",
            'has the unknown placeholder {since!r}; did you mean "since"?',
        ),
        ("Since {since}} and {next}.", "has a brace that belongs to no placeholder; take it out"),
        ("Since { and {since} and {next}.", "has a brace that belongs to no placeholder; take it out"),
        ("Since \x7f {since}, {next}.", "holds a character that no page can show, U+007F; take it out"),
        (
            "{said} was our word. Since {since}, {next}.",
            'begins with {said}; let words of yours come first, such as We said then: "{said}"',
        ),
        (
            "We said at {since}: {said}. Next: {next}.",
            "has {said} beside another placeholder; give it a sentence of its own, "
            "which is left out where nothing was said",
        ),
    ],
)
def test_a_text_that_would_go_wrong_is_a_fault_that_says_what_would_be_right(text: str, fault: str) -> None:
    written = holding(*TEXTS[:2], text.replace("\x7f", "\\u007f"), *TEXTS[3:])
    written = written.replace("'", '"""') if "\x7f" in text else written

    assert faults_of(written) == [f"5: [promise] holding investigating: text 3 {fault}"]


def test_too_few_texts_equal_texts_and_other_statuses_are_faults() -> None:
    assert faults_of(holding(*TEXTS[:4])) == [
        "5: [promise] holding investigating: has 4 of at least 6 texts; write 2 more"
    ]
    assert faults_of(holding(*TEXTS, TEXTS[2].upper().replace("SINCE}", "since}").replace("NEXT}", "next}"))) == [
        "5: [promise] holding investigating: texts 3 and 7 are equal; no two posts may say the same"
    ]
    assert faults_of(holding(*TEXTS, status="identifed")) == [
        '5: [promise] holding identifed: unknown key; did you mean "identified"?'
    ]
    assert faults_of("[promise.holding]\nmonitoring = 'one'\n") == [
        '5: [promise] holding monitoring: must be a list of texts, such as monitoring = ["…"]'
    ]
    assert faults_of("[promise.later]\nmonitoring = '2h'\n") == [
        "5: [promise] later monitoring: unknown key; known are after, critical, major, minor, none"
    ]


def test_a_list_that_is_none_is_a_fault_where_no_default_can_be_shown() -> None:
    assert faults_of('[publish]\nside_files = "gzip"\n') == [
        '5: [publish] side_files: must be a list of texts, such as side_files = ["gzip"]'
    ]


def test_the_example_of_the_manual_is_right(repository: Path) -> None:
    manual = (repository / "docs" / "configuration.md").read_text()
    example = manual.partition("```toml\n[promise.later]")[2].partition("```")[0]

    settings = read(f"[promise.later]{example}")

    assert settings.clock.later is not None
    assert len(settings.holding.of(Status.MONITORING)) == 6
