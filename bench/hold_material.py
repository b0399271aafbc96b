"""What callers would have heard of incidents that nobody here wrote: a message after each update while one was open.

Run as `python bench/hold_material.py SHARED [--list]`, where SHARED holds `real-incidents/`. It counts what breaks a
rule of the hold message, and with `--list` prints each message under the words that it was made of.
"""

from __future__ import annotations

import re
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path

from statuspage.imports.cstate import import_cstate
from statuspage.imports.drafts import Imported
from statuspage.imports.statuspage import import_statuspage
from statuspage.model import Incident, Page
from statuspage.render.hold import catalogue_for, hold_messages_by_language, seconds_of, unspeakable_news, words_in
from statuspage.shown import Shown
from statuspage.source.folder import read_folder
from statuspage.source.last_good import LastGood
from statuspage.source.site import read_site
from statuspage.timeline.page import page_at

SITES: tuple[tuple[str, Callable[[str, Path], Imported], str], ...] = (
    ("GitHub", import_statuspage, "github-statuspage"),
    ("Jenkins", import_cstate, "jenkins-cstate"),
)
LANGUAGES = ("en", "de")
MOST_WORDS, MOST_SECONDS = 60, 25
NOT_SPOKEN = re.compile(r"[0-9/\\<>{}\[\]()*_`#@|=+%&\"]|https?|www\.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Heard:
    """What callers would have heard at one instant."""

    shown: Shown
    incident: Incident
    at: datetime
    messages: dict[str, tuple[tuple[str, ...], ...]]


def main(shared: Path, *, lists: bool) -> None:
    """Print a block for each of the two sites."""
    for name, importer, folder in SITES:
        with tempfile.TemporaryDirectory() as site:
            importer(str(shared / "real-incidents" / folder), Path(site))
            page = read_site(read_folder(Path(site)), LastGood(Path(site))).page
        heard = list(_heard(replace(page, hold=replace(page.hold, languages=LANGUAGES))))
        _count(name, heard)
        if lists:
            for each in heard:
                _print(each)


def _heard(page: Page) -> Iterator[Heard]:
    for incident in page.incidents:
        alone = replace(page, incidents=(incident,))
        for update in incident.updates:
            at = update.at + timedelta(seconds=1)
            shown = page_at(alone, at)
            if shown.open_incidents or shown.active_maintenances:
                messages = {language: tuple(said) for language, said in hold_messages_by_language(shown).items()}
                yield Heard(shown=shown, incident=incident, at=at, messages=messages)


def _count(name: str, heard: list[Heard]) -> None:
    texts = [(language, said) for each in heard for language, wordings in each.messages.items() for said in wordings]
    words = [words_in(" ".join(said)) for _, said in texts]
    seconds = [seconds_of(said, language) for language, said in texts]
    shared = sum(
        len(spoken) != len(set(spoken))
        for each in heard
        for wordings in each.messages.values()
        for spoken in [[sentence for said in wordings for sentence in said]]
    )
    print(
        f"{name}: {len({each.incident.slug for each in heard})} incidents, {len(heard)} instants, {len(texts)} wordings"
    )
    print(f"  words: at most {max(words)}, over {MOST_WORDS}: {sum(count > MOST_WORDS for count in words)}")
    print(f"  seconds: at most {max(seconds)}, over {MOST_SECONDS}: {sum(count > MOST_SECONDS for count in seconds)}")
    print(f"  empty: {sum(not said for _, said in texts)}; with a sentence twice: {shared}")
    print(f"  after updates of which `check` says that callers miss a sentence: {sum(map(bool, map(_unsaid, heard)))}")
    print(f"  with signs that are not spoken: {sum(bool(NOT_SPOKEN.search(' '.join(said))) for _, said in texts)}")


def _unsaid(heard: Heard) -> tuple[str, ...]:
    """Return what no voice can say of the newest update."""
    if not heard.shown.open_incidents:
        return ()
    catalogue = catalogue_for(heard.shown.site.language)
    return unspeakable_news(heard.shown.open_incidents[0].updates[0].body, heard.shown.hold, catalogue)


def _print(heard: Heard) -> None:
    print(f"\n== {heard.incident.slug}, {heard.at:%Y-%m-%d %H:%M}: {heard.incident.title}")
    newest = next(update for update in reversed(heard.incident.updates) if update.at <= heard.at)
    print(f"   {newest.status}: {' '.join(newest.body.split())}")

    if unsaid := _unsaid(heard):
        print(f"   !! a voice can't say {', '.join(unsaid)}")
    for language, wordings in heard.messages.items():
        for said in wordings:
            print(f"   {language}: {' '.join(said)}")


if __name__ == "__main__":
    main(Path(sys.argv[1]), lists="--list" in sys.argv[2:])
