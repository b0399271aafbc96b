"""A real `statuspage serve` whose clock reaches a promise that nobody keeps."""

from __future__ import annotations

import json
import os
import re
import signal
from pathlib import Path

from tests.clock.on_disk import POST_ID, posts, write_site
from tests.web.servers import Server, serving

JUST_BEFORE = "2026-11-21T14:34:58Z"
JUST_AFTER = "2026-11-21T14:35:20Z"


def wait_for_the_post(server: Server) -> None:
    """Return once every surface has the post and the promise that it makes."""
    server.wait_until(lambda: POST_ID in server.ask("/updates.atom").text)
    hold = json.loads(server.ask("/hold/hold.json").text)
    promises = json.loads(server.ask("/api/v1/promises.json").text)["incidents"][0]
    ours = json.loads(server.ask("/api/v1/status.json").text)["incidents"][0]
    theirs = json.loads(server.ask("/api/v2/summary.json").text)["incidents"][0]

    assert POST_ID in server.ask("/").text
    assert "14:55 UTC" in server.ask("/").text
    assert "14:55 UTC" in server.ask("/updates.atom").text
    assert len(re.findall("&lt;small&gt;", server.ask("/history.atom").text)) == 2
    assert theirs["incident_updates"][0]["id"] == POST_ID
    assert hold["next_update"] == "2026-11-21T14:55:00.000Z"
    assert "two fifty-five" in hold["languages"]["en"]["texts"][0]
    assert ours["promise"] == promises["promise"] == {"due_at": "2026-11-21T14:55:00.000Z", "is_late": False}
    assert [promise["state"] for promise in promises["promises"]] == ["ahead", "kept"]
    assert [promise["followed_by"] for promise in promises["promises"]] == [None, "holding"]


def test_the_holding_update_comes_at_its_time_on_every_surface(tmp_path: Path) -> None:
    site = write_site(tmp_path / "site")

    with serving(site, "--now", JUST_BEFORE) as server:
        wait_for_the_post(server)

    assert len(posts(site)) == 1


def test_a_server_that_is_killed_and_started_again_posts_what_is_due_and_nothing_twice(tmp_path: Path) -> None:
    site = write_site(tmp_path / "site")
    with serving(site, "--now", JUST_BEFORE) as server:
        _kill_all_of(server)
    with serving(site, "--now", JUST_AFTER) as server:
        wait_for_the_post(server)
        _kill_all_of(server)

    with serving(site, "--now", JUST_AFTER) as server:
        wait_for_the_post(server)

    assert len(posts(site)) == 1


def _kill_all_of(server: Server) -> None:
    """End the server and the process that it answers with, as a machine that loses power does."""
    children = Path(f"/proc/{server.process.pid}/task/{server.process.pid}/children").read_text().split()
    for process_id in (server.process.pid, *map(int, children)):
        os.kill(process_id, signal.SIGKILL)
    server.process.wait()
