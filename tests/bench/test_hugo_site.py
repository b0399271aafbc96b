"""The corpus as a site for Hugo: nothing that our side has to render is missing there."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest

from bench.commands import Missing, hugo
from bench.corpus import incidents
from bench.hugo_site import BETWEEN_UPDATES, content_of, hugo_command, write_hugo_site

COUNT = 120
STYLED = "<!DOCTYPE html><style>p{margin:0}</style><p>Ours"


@pytest.fixture(scope="module")
def public(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return what Hugo builds of a corpus in which every second incident is odd."""
    try:
        binary = hugo()
    except Missing as missing:
        pytest.skip(str(missing))
    root = tmp_path_factory.mktemp("hugo")
    page, site, output = root / "ours.html", root / "site", root / "public"
    page.write_text(STYLED, encoding="utf-8")
    write_hugo_site(site, incidents(COUNT, odd_every=2), page_of_ours=page)
    subprocess.run([*map(str, hugo_command(binary, site, output=output))], check=True)
    return output


def test_a_content_file_holds_every_update_with_its_words() -> None:
    for incident in incidents(COUNT, odd_every=2):
        content = content_of(incident)

        assert content.count(BETWEEN_UPDATES) == len(incident.updates) - 1
        assert all(update.body in content for update in incident.updates)


def test_hugo_writes_a_page_and_a_document_an_incident(public: Path) -> None:
    shown = [each.slug for each in incidents(COUNT, odd_every=2) if "draft: yes" not in each.header]

    pages = [file.parent.name for file in public.glob("[im]*/*/index.html")]
    documents = [file.stem for file in public.glob("api/v2/*/*.json")]

    assert sorted(pages) == sorted(documents) == sorted(shown)


def test_a_page_of_hugo_shows_every_update_and_our_style(public: Path) -> None:
    for incident in (each for each in incidents(COUNT, odd_every=2) if not each.header):
        page = (public / "incidents" / incident.slug / "index.html").read_text(encoding="utf-8")

        others = ["updates", "services", "share", "get-updates", *(["make-good"] if incident.make_good else [])]
        assert page.count("<h2 id=") == len(incident.updates) + len(others)
        assert "<style>p{margin:0}</style>" in page


def test_a_document_of_hugo_has_the_text_of_every_update(public: Path) -> None:
    for incident in (each for each in incidents(COUNT, odd_every=2) if not each.header):
        document = json.loads((public / "api/v2/incidents" / f"{incident.slug}.json").read_text(encoding="utf-8"))
        bodies = [update["body"] for update in document["incident"]["incident_updates"]]

        assert len(bodies) == len(incident.updates)
        assert all(update.body in body for update, body in zip(reversed(incident.updates), bodies, strict=True))


def test_months_are_paged_and_feeds_hold_25(public: Path) -> None:
    assert (public / "history/2026-10/page/2/index.html").is_file()
    assert (public / "history.atom").read_text(encoding="utf-8").count("<entry>") == 25
    assert (public / "history.xml").read_text(encoding="utf-8").count("<item>") == 25
