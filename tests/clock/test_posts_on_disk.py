"""Timed posts in real files: each promise gets one, whoever looks and whatever ends whom in the middle of it."""

from __future__ import annotations

import shutil
import subprocess
import sys
from datetime import datetime, timedelta
from functools import partial
from itertools import count
from pathlib import Path

import pytest

from tests.clock.on_disk import (
    BEFORE,
    DUE_AT,
    FILE,
    LATE,
    POST_ID,
    SLUG,
    TIMED,
    die_at,
    keep,
    posts,
    public_updates,
    write_site,
)
from tests.render_pages.reading import document, visible_text

SOON = DUE_AT + timedelta(seconds=20)


@pytest.fixture
def site(tmp_path: Path) -> Path:
    return write_site(tmp_path / "site")


def test_a_promise_that_falls_due_is_kept_on_every_surface(site: Path) -> None:
    keep(site, DUE_AT)

    assert len(posts(site)) == 1
    (post_id, at), _ = public_updates(site)
    assert at == "2026-11-21T14:35:00.000Z"
    public = site / "public"
    for page in ("index.html", "incidents/2026-11-21-card-payments/index.html"):
        assert f'id="u-{post_id}"' in (public / page).read_text() or page == "index.html"
        assert "14:55 UTC" in (public / page).read_text()
    assert "late" not in visible_text(document((public / "index.html").read_bytes()))
    for name in ("updates.atom", "history.atom", "api/v2/summary.json", "hold/hold.json", "api/v1/promises.json"):
        assert "14:55" in (public / name).read_text() or "14:35" in (public / name).read_text(), name


def test_after_a_longer_gap_one_post_is_written_with_its_true_time(site: Path) -> None:
    keep(site, BEFORE)

    keep(site, LATE)
    keep(site, LATE + timedelta(seconds=5))

    assert [post.partition("\n")[0] for post in posts(site)] == ["## 2026-11-21 14:47:30 UTC — Update"]
    page = (site / "public/incidents/2026-11-21-card-payments/index.html").read_text()
    assert "Late: this came 13 min after the time we gave" in page


def test_a_clock_that_is_set_back_writes_nothing_again(site: Path) -> None:
    keep(site, DUE_AT)
    once = (site / TIMED).read_text()

    for now in (DUE_AT - timedelta(hours=1), DUE_AT, DUE_AT + timedelta(minutes=3)):
        keep(site, now)

    assert (site / TIMED).read_text() == once


def test_several_programs_that_look_at_once_write_one_post(site: Path) -> None:
    command = [sys.executable, "-m", "statuspage", "post", "--site", str(site), "--now", DUE_AT.isoformat()]

    running = [subprocess.Popen(command, stdout=subprocess.DEVNULL) for _ in range(4)]

    assert [process.wait(60) for process in running] == [0] * 4
    assert len(posts(site)) == 1


def test_a_person_who_writes_the_update_a_little_late_has_the_last_word(site: Path) -> None:
    keep(site, DUE_AT)
    with (site / FILE).open("a") as file:
        file.write("\n## 2026-11-21 14:35 UTC — Identified\n\nWe found it.\n\nNext update: 16:00\n")

    keep(site, DUE_AT + timedelta(minutes=1))

    page = (site / "public/index.html").read_text()
    assert "We found it." in page.partition("<main")[2].partition("</section>")[0]
    assert "By <time" in page
    assert "16:00 UTC" in page


def test_a_post_is_not_shown_after_the_end_that_a_person_writes_a_little_late(site: Path) -> None:
    keep(site, DUE_AT)
    with (site / FILE).open("a") as file:
        file.write("\n## 2026-11-21 14:33 UTC — Resolved\n\nIt works again.\n")

    keep(site, DUE_AT + timedelta(minutes=1))

    assert len(public_updates(site)) == 2
    assert "Everything is working<" in (site / "public/index.html").read_text()


def test_where_the_post_cannot_be_written_the_page_stays_and_says_that_it_is_late(site: Path) -> None:
    (site / TIMED).symlink_to(site / "elsewhere.md")

    trouble = keep(site, LATE)

    assert trouble == (
        f"a holding update cannot be written: {TIMED}: is a symlink, which is never followed; put the file itself here"
    )
    assert "This update is late." in (site / "public/index.html").read_text()


@pytest.mark.parametrize("restart_at", [SOON, LATE], ids=["soon", "late"])
def test_a_kill_at_any_stage_of_post_and_publication_leaves_one_post(tmp_path: Path, restart_at: datetime) -> None:
    prepared = write_site(tmp_path / "prepared")
    keep(prepared, BEFORE)

    for number in count(1):
        site = tmp_path / str(number)
        shutil.copytree(prepared, site)
        was_killed = die_at(number, site, partial(keep, site, DUE_AT))
        seen_before = _shown_post(site)
        keep(site, restart_at)
        keep(site, restart_at + timedelta(seconds=1))

        assert len(posts(site)) == 1, number
        ids = [update_id for update_id, _ in public_updates(site)]
        assert len(ids) == 2, number
        is_dated_when_due = posts(site)[0].startswith("## 2026-11-21 14:35 UTC")
        assert is_dated_when_due == (seen_before or restart_at == SOON), number
        assert not list((site / "var/unseen").glob("*")), number
        shutil.rmtree(site)
        if not was_killed:
            break

    assert number > 20


def _shown_post(site: Path) -> bool:
    return f'id="u-{POST_ID}"' in (site / f"public/incidents/{SLUG}/index.html").read_text()
