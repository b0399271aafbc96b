"""A small site on disk, kept up to date by a compiler, and what the public gets of it by every other way."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

from statuspage.errors import Severity
from statuspage.pipeline import Built, Compiler
from statuspage.pipeline.whole import compile_site

CONFIG = """\
[site]
title = "Acme Status"
url = "https://status.acme.example"
timezone = "UTC"

[[component]]
id = "cards"
name = "Cards"
[[component]]
id = "search"
name = "Search"
[[component]]
id = "mail"
name = "Mail"
"""
NOW = datetime(2026, 11, 21, 14, 5, tzinfo=UTC)
"""In the middle of a full hour, so that a minute later nothing is due."""


def at(when: datetime) -> str:
    """Return an instant as a heading has it."""
    return f"{when:%Y-%m-%d %H:%M} UTC"


def text_of(
    title: str = "You cannot pay by card",
    *,
    began_at: datetime = NOW - timedelta(days=3),
    body: str = "We know about it.",
    component: str = "cards",
    is_open: bool = False,
    more: str = "",
    end: str = "",
) -> str:
    """Return the file of an incident that lasted for half an hour, or is still open."""
    header = f"---\ntitle: {title}\ncomponents:\n  {component}: major_outage\n{more}---\n\n"
    first = f"## {at(began_at)} — Investigating\n\n{body}\n"
    last = "" if is_open else f"\n## {at(began_at + timedelta(minutes=30))} — Resolved\n\nIt works again.\n"
    return header + first + last + end


def planned_text(title: str = "A new database", *, starts_at: datetime, announced_at: datetime) -> str:
    """Return the file of two hours of planned work."""
    header = f"kind: maintenance\nstarts: {at(starts_at)}\nends: {at(starts_at + timedelta(hours=2))}\n"
    components = "components:\n  mail: under_maintenance\n"
    body = f"## {at(announced_at)} — Scheduled\n\nMail rests for two hours.\n"
    return f"---\ntitle: {title}\n{header}{components}---\n\n{body}"


class SiteOnDisk:
    """A site folder, its compiler, and the files that were edited since it last ran."""

    def __init__(self, root: Path, *, config: str = CONFIG, now: datetime = NOW) -> None:
        self.root = root
        self.public = root / "public"
        self.now = now
        self.edited: set[str] = set()
        self.write("statuspage.toml", config)
        self.compiler = Compiler(root)

    def write(self, name: str, text: str | bytes) -> Path:
        """Put a file into the site folder, in place of the one that is there, in the same inode."""
        file = self.root / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(text if isinstance(text, bytes) else text.encode())
        self.edited.add(name)
        return file

    def edit(self, name: str, old: str, new: str) -> None:
        """Replace words in a file."""
        text = (self.root / name).read_text(encoding="utf-8")
        assert old in text
        self.write(name, text.replace(old, new))

    def remove(self, name: str) -> None:
        """Remove a file."""
        (self.root / name).unlink()
        self.edited.add(name)

    def rename(self, old: str, new: str) -> None:
        """Give a file another name."""
        target = self.root / new
        target.parent.mkdir(parents=True, exist_ok=True)
        (self.root / old).rename(target)
        self.edited |= {old, new}

    def compile_edited(self) -> Built:
        """Compile what was edited."""
        return self.compile(changed=frozenset(self.edited))

    def compile(self, *, changed: Iterable[str] | None = None) -> Built:
        """Compile, by default with a look at every file."""
        built = self.compiler.compile(self.now, changed=changed)
        self.edited = set()
        return built

    def compile_as_fresh(self, *, changed: Iterable[str] | None = None) -> Built:
        """Compile and assert that what is public is what a whole build makes of the same files."""
        # The fresh build has the same last good versions: those of before this compilation.
        expected = compile_site(self.root, self.now)
        built = self.compile(changed=changed)
        assert_same(tree(self.public), expected.files)
        assert built.faults == expected.faults
        assert built.next_change_at == expected.shown.next_change_at
        return built

    def restart(self) -> None:
        """Go on with another compiler, as another process would."""
        self.compiler.close()
        self.compiler = Compiler(self.root)


@contextmanager
def site_on_disk(root: Path, **options: str) -> Iterator[SiteOnDisk]:
    """Yield a site that is closed in the end."""
    site = SiteOnDisk(root, **options)  # type: ignore[arg-type] # the options are texts only
    try:
        yield site
    finally:
        site.compiler.close()


def tree(out: Path) -> dict[str, bytes]:
    """Return every file below a folder."""
    return {p.relative_to(out).as_posix(): p.read_bytes() for p in out.rglob("*") if p.is_file()}


def assert_same(got: dict[str, bytes], wanted: object) -> None:
    """Assert that two trees are the same; say which paths differ, not what they hold."""
    assert isinstance(wanted, dict)
    missing, surplus = wanted.keys() - got.keys(), got.keys() - wanted.keys()
    differing = {path for path in wanted.keys() & got.keys() if wanted[path] != got[path]}
    is_same = not (missing or surplus or differing)
    assert is_same, f"missing {missing}, surplus {surplus}, differing {differing}"


def assert_whole(public: Path, *, may_be_empty: bool = False) -> None:
    """Assert what a reader may ask of the public folder at any moment: files are whole, links of the index lead on."""
    files = {path: content for path, content in tree(public).items() if not path.endswith(".part")}
    assert files or may_be_empty
    for path, content in files.items():
        if path.endswith(".html"):
            assert content.rstrip().endswith(b"</html>"), path
        elif path.endswith(".json"):
            json.loads(content)
        elif path.endswith((".xml", ".atom", ".rss", ".svg")):
            assert content.rstrip().endswith(b">"), path
    if index := files.get("index.html"):
        assert missing_links(index, files) == set()


def missing_links(page: bytes, files: Iterable[str]) -> set[str]:
    """Return the pages of this site that a page links to and that are not there."""
    links = {link.partition("#")[0] for link in re.findall(rb'href="(/[^"]*)"', page) for link in [link.decode()]}
    wanted = {f"{link[1:]}index.html" if link.endswith("/") else link[1:] for link in links if link}
    return wanted - set(files)


def leftovers(root: Path) -> list[str]:
    """Return the half files that lie anywhere below a folder."""
    return sorted(path.name for path in root.rglob("*.part"))


def errors(built: Built) -> list[str]:
    """Return what is wrong, as a person reads it."""
    return [str(fault) for fault in built.faults if fault.severity is Severity.ERROR]
