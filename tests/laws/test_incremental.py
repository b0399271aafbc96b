"""Law 3: after any sequence of changes the incrementally published tree is byte-equal to a fresh build."""

from __future__ import annotations

import shutil
import tempfile
from datetime import timedelta
from pathlib import Path

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from statuspage.pipeline import Compiler
from statuspage.pipeline.whole import compile_site
from tests.laws.sites import CONFIG, incident_texts, instant, minutes_of_day
from tests.laws.test_laws import DAMAGES

NAMES = (
    "incidents/2026-10-10-cards.md",
    "incidents/2026-10-11-search.md",
    "incidents/2026/2026-10-12-mail.md",
    "incidents/2026/2026-10-10-cards.md",
    "incidents/2026-10-13-mail.de.md",
    "incidents/2026-10-13-mail.md",
    "incidents/Cards Fail.md",
    "incidents/cards-fail.md",
)
LANGUAGES = ("de", "de-AT", "ar", "fr", "en")
ENDINGS = tuple(f".{language}.md" for language in LANGUAGES)
LOGO = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path d="M0 0h9"/></svg>'
POSTS = "## {} — Update\n\nWe are still at it.\n"
IDS = ("cardsfailed1", "searchfailed")


class IncrementalSite(RuleBasedStateMachine):
    """One site folder, edited, kept up to date by one compiler, and by others that come and go."""

    def __init__(self) -> None:
        super().__init__()
        self.site = Path(tempfile.mkdtemp())
        self.now = instant(0)
        self.handed_over: set[str] = set()
        self.looks_at_all = False
        self.waiting = 0
        self.write("statuspage.toml", CONFIG.format(zone="Europe/Berlin"))
        self.compiler = Compiler(self.site)

    def teardown(self) -> None:
        self.compiler.close()
        shutil.rmtree(self.site)

    def write(self, name: str, text: str) -> None:
        file = self.site / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text)
        self.handed_over.add(name)

    def present(self) -> list[str]:
        return sorted(p.relative_to(self.site).as_posix() for p in self.site.glob("incidents/**/*.md"))

    @initialize(texts=st.dictionaries(st.sampled_from(NAMES), incident_texts(), max_size=4), minute=minutes_of_day)
    def begin(self, texts: dict[str, str], minute: int) -> None:
        self.now = instant(minute)
        for name, text in texts.items():
            self.write(name, text)

    @rule(name=st.sampled_from(NAMES), text=incident_texts())
    def put_a_file(self, name: str, text: str) -> None:
        self.write(name, text)

    @rule(data=st.data(), damage=st.sampled_from(DAMAGES))
    def damage_a_file(self, data: st.DataObject, damage: object) -> None:
        if names := self.present():
            name = data.draw(st.sampled_from(names))
            assert callable(damage)
            self.write(name, damage((self.site / name).read_text()))

    @rule(data=st.data(), own_id=st.sampled_from(IDS))
    def give_a_file_an_id(self, data: st.DataObject, own_id: str) -> None:
        if names := self.present():
            name = data.draw(st.sampled_from(names))
            self.write(name, (self.site / name).read_text().replace("title:", f"id: {own_id}\ntitle:", 1))

    @rule(data=st.data(), own_id=st.sampled_from(IDS))
    def give_an_update_an_id(self, data: st.DataObject, own_id: str) -> None:
        if names := self.present():
            name = data.draw(st.sampled_from(names))
            self.write(name, (self.site / name).read_text().rstrip() + f"\n\nId: {own_id}\n")

    @rule(data=st.data())
    def remove_a_file(self, data: st.DataObject) -> None:
        if names := self.present():
            name = data.draw(st.sampled_from(names))
            (self.site / name).unlink()
            self.handed_over.add(name)

    @rule(data=st.data(), name=st.sampled_from(NAMES))
    def rename_a_file(self, data: st.DataObject, name: str) -> None:
        if names := self.present():
            old = data.draw(st.sampled_from(names))
            (self.site / name).parent.mkdir(parents=True, exist_ok=True)
            (self.site / old).replace(self.site / name)
            self.handed_over |= {old, name}

    @rule(data=st.data(), minute=minutes_of_day)
    def post_by_the_clock(self, data: st.DataObject, minute: int) -> None:
        if names := [name for name in self.present() if not name.endswith(".timed.md")]:
            name = data.draw(st.sampled_from(names))
            self.write(f"{name.removesuffix('.md')}.timed.md", POSTS.format(f"{instant(minute):%Y-%m-%d %H:%M} UTC"))

    @rule(data=st.data(), language=st.sampled_from(LANGUAGES), text=incident_texts(), is_copied=st.booleans())
    def translate(self, data: st.DataObject, language: str, text: str, is_copied: bool) -> None:
        if names := [name for name in self.present() if not name.endswith((".timed.md", *ENDINGS))]:
            name = data.draw(st.sampled_from(names))
            # A translator begins with a copy: its updates are those of the original.
            words = (self.site / name).read_text().replace("title: '", "title: 'Über ") if is_copied else text
            self.write(f"{name.removesuffix('.md')}.{language}.md", words)

    @rule(data=st.data(), language=st.sampled_from(LANGUAGES))
    def translate_what_is_no_incident(self, data: st.DataObject, language: str) -> None:
        if names := [name for name in self.present() if name.endswith((".timed.md", *ENDINGS))]:
            name = data.draw(st.sampled_from(names))
            self.write(f"{name.removesuffix('.md')}.{language}.md", (self.site / name).read_text())

    @rule(ending=st.sampled_from(ENDINGS))
    def drop_a_language(self, ending: str) -> None:
        for name in self.present():
            if name.endswith(ending):
                (self.site / name).unlink()
                self.handed_over.add(name)

    @rule(
        zone=st.sampled_from(["UTC", "Europe/Berlin", "Asia/Kolkata"]),
        title=st.sampled_from(["One", "Two"]),
        more=st.sampled_from(["", 'languages = ["ar"]\n', 'language = "de"\n', '[brand]\nlogo = "static/logo.svg"\n']),
    )
    def configure(self, zone: str, title: str, more: str) -> None:
        settings = CONFIG.format(zone=zone).replace('"Example"', f'"{title}"')
        self.write("statuspage.toml", settings.replace("\n\n", f"\n{more}\n", 1))

    @rule(text=st.sampled_from(["<svg/>", "<svg></svg>", LOGO]))
    def put_a_logo(self, text: str) -> None:
        self.write("static/logo.svg", text)

    @rule()
    def remove_the_logo(self) -> None:
        (self.site / "static/logo.svg").unlink(missing_ok=True)
        self.handed_over.add("static/logo.svg")

    @rule(minutes=st.integers(1, 3 * 24 * 60))
    def let_time_pass(self, minutes: int) -> None:
        self.now += timedelta(minutes=minutes)

    @rule(minutes=st.integers(1, 24 * 60))
    def set_the_clock_back(self, minutes: int) -> None:
        self.now -= timedelta(minutes=minutes)

    @rule()
    def restart(self) -> None:
        self.compiler.close()
        self.compiler = Compiler(self.site)
        self.looks_at_all = True

    @rule()
    def compile_elsewhere_in_between(self) -> None:
        other = Compiler(self.site)
        other.compile(self.now)
        other.close()

    @rule()
    def lose_the_cache(self) -> None:
        self.compiler.close()
        for file in self.site.glob("var/cache.sqlite*"):
            file.unlink()
        self.compiler = Compiler(self.site)

    @rule()
    def lose_a_public_file(self) -> None:
        shutil.rmtree(self.site / "public" / "incidents", ignore_errors=True)
        self.looks_at_all = True

    @rule(steps=st.integers(1, 3))
    def let_changes_pile_up(self, steps: int) -> None:
        self.waiting = steps

    @rule()
    def look_at_every_file(self) -> None:
        self.looks_at_all = True

    @invariant()
    def the_tree_is_that_of_a_fresh_build(self) -> None:
        if self.waiting:
            self.waiting -= 1
            return
        # The fresh build has the same last good versions: those of before this compilation.
        expected = compile_site(self.site, self.now)

        built = self.compiler.compile(self.now, changed=None if self.looks_at_all else frozenset(self.handed_over))
        self.handed_over, self.looks_at_all = set(), False

        assert published(self.site / "public") == expected.files
        assert built.faults == expected.faults
        assert built.next_change_at == expected.shown.next_change_at


def published(out: Path) -> dict[str, bytes]:
    return {p.relative_to(out).as_posix(): p.read_bytes() for p in out.rglob("*") if p.is_file()}


IncrementalSite.TestCase.settings = settings(max_examples=10, stateful_step_count=25)
TestLaw3 = IncrementalSite.TestCase
