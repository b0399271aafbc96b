"""The fast way for plain Markdown: Python-Markdown's bytes, or no answer."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from bench.plain_markdown import differences, random_texts
from statuspage.imports.cstate import import_cstate
from statuspage.imports.statuspage import import_statuspage
from statuspage.render.markup import python_markdown
from statuspage.render.markup.plain import plain_html
from statuspage.source.folder import read_folder
from statuspage.source.last_good import LastGood
from statuspage.source.site import read_site
from tests.sample import SAMPLE_NOW, copy_sample

TAKEN = {
    "One word.": "<p>One word.</p>",
    "Two\nlines.\n\nAnother & more, 5 > 4.": "<p>Two\nlines.</p>\n<p>Another &amp; more, 5 &gt; 4.</p>",
    "- first\n- **second**": "<ul>\n<li>first</li>\n<li><strong>second</strong></li>\n</ul>",
    "1. first\n2. second\n\nThen.": "<ol>\n<li>first</li>\n<li>second</li>\n</ol>\n<p>Then.</p>",
    "*This* is `a_b > c`, see [the notes](https://example.com/a_b).": (
        '<p><em>This</em> is <code>a_b &gt; c</code>, see <a href="https://example.com/a_b">the notes</a>.</p>'
    ),
}
DECLINED = (
    "",
    "# Heading",
    "> quote",
    "a | b\n--- | ---",
    "```\ncode\n```",
    "<b>raw</b>",
    "back\\slash",
    "&amp;",
    "_emphasis_",
    "hard  \nbreak",
    "- outer\n  - inner",
    "- a\n\n- b",
    "3. third",
    "![picture](/static/a.png)",
    "[name]\n\n[name]: https://example.com",
    "[x](javascript:alert(1))",
    "5 * 3 * 2",
    "x" * 50_001,
    "no\u00a0break",
    "half a character \ud800",
    "- +\n- item",
)


@pytest.mark.parametrize(("text", "html"), TAKEN.items())
def test_plain_text_is_taken(text: str, html: str) -> None:
    assert plain_html(text) == html == python_markdown(text)


@pytest.mark.parametrize("text", DECLINED)
def test_anything_else_is_declined(text: str) -> None:
    assert plain_html(text) is None


def bodies_in(folder: Path) -> set[str]:
    incidents = read_site(read_folder(folder), LastGood(folder)).page.incidents
    return {update.body for incident in incidents for update in incident.updates}


@pytest.mark.parametrize("base_url", ["", "/status", "https://status.example.com"])
def test_ten_thousand_random_texts_come_out_as_python_markdown_and_the_cleaner_make_them(base_url: str) -> None:
    texts = list(random_texts(10_000))

    assert sum(plain_html(text) is not None for text in texts) > 1_000
    assert list(differences(texts, base_url=base_url)) == []


def test_what_github_wrote_comes_out_as_python_markdown_makes_it(shared: Path) -> None:
    documents = [json.loads(f.read_text()) for f in (shared / "real-incidents" / "github-statuspage").glob("*.json")]
    updates = [update for document in documents for update in document["incident"]["incident_updates"]]
    bodies = {update["body"].replace("\r\n", "\n") for update in updates}

    assert sum(plain_html(body) is not None for body in bodies) > len(bodies) / 2
    assert list(differences(bodies)) == []


@pytest.mark.parametrize(
    ("import_site", "name"), [(import_statuspage, "github-statuspage"), (import_cstate, "jenkins-cstate")]
)
def test_what_is_imported_comes_out_as_python_markdown_makes_it(
    import_site: Callable[[str, Path], object], name: str, shared: Path, tmp_path: Path
) -> None:
    import_site(str(shared / "real-incidents" / name), tmp_path)

    bodies = bodies_in(tmp_path)

    assert sum(plain_html(body) is not None for body in bodies) > len(bodies) / 2
    assert list(differences(bodies)) == []


def test_the_sample_site_is_the_same_when_python_markdown_reads_all_of_it(repository: Path, tmp_path: Path) -> None:
    site = copy_sample(repository, tmp_path)
    command = (sys.executable, "-m", "statuspage", "build", "--site", site, "--now", SAMPLE_NOW, "--output")

    for switch in ("off", "on"):
        surroundings = os.environ | {"STATUSPAGE_PLAIN_MARKDOWN": switch}
        subprocess.run([*command, tmp_path / switch], env=surroundings, check=True, capture_output=True)

    built = {switch: files_in(tmp_path / switch) for switch in ("off", "on")}
    assert len(built["on"]) > 50
    assert built["off"] == built["on"]


def files_in(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
