"""`statuspage serve` as operators run it: a real process on a loopback port."""

from __future__ import annotations

import gzip
import json
import os
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.web.servers import IDENTIFIED, INCIDENT, NOW, STOP_LIMIT_SECONDS, Server, serving, write_site

PAGE = "/incidents/2026-11-21-card-payments/"
NEWS = "The link to one card network is broken."
EVERY_SURFACE = ("/", PAGE, "/history.atom", "/updates.rss", "/feed.json", "/api/v2/summary.json")


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("site")
    write_site(folder)
    return folder


@pytest.fixture(scope="module")
def server(site: Path) -> Iterator[Server]:
    with serving(site, "--now", NOW) as server:
        yield server


def test_it_says_what_it_serves_and_where(site: Path, server: Server) -> None:
    server.wait_until(lambda: len(server.said) == 2)

    assert server.said == [
        f"Serving Acme Status at http://127.0.0.1:{server.port}/ Next change 14:35 UTC.",
        f"Edit the files in {site / 'incidents'}: the page follows. Ctrl-C ends it.",
    ]


@pytest.mark.parametrize("surface", EVERY_SURFACE)
def test_the_incident_is_on_every_surface(server: Server, surface: str) -> None:
    answer = server.ask(surface)

    assert answer.status == 200
    assert "About one card payment in three fails." in answer.text


def test_a_head_request_gets_the_headers_of_a_get_and_no_body(server: Server) -> None:
    whole = server.ask("/hold/en.txt")

    head = server.ask("/hold/en.txt", method="HEAD")

    assert (head.status, head.body) == (200, b"")
    assert {**head.headers, "date": ""} == {**whole.headers, "date": ""}


def test_answers_bear_the_time_of_the_clock_that_the_site_is_compiled_by(server: Server) -> None:
    dates = [server.ask(path).headers["date"] for path in ("/", "/heartbeat.json", "/nowhere/")]

    # The server's own answer carries one date, too: ours takes its place.
    assert [date.startswith("Sat, 21 Nov 2026 14:") for date in dates] == [True] * 3


def test_what_a_client_has_already_is_not_sent_again(server: Server) -> None:
    tag = server.ask("/history.atom").headers["etag"]

    answer = server.ask("/history.atom", If_None_Match=tag)

    assert (answer.status, answer.body) == (304, b"")


def test_a_head_request_with_the_tag_gets_304_too(server: Server) -> None:
    tag = server.ask("/hold/en.txt").headers["etag"]

    answer = server.ask("/hold/en.txt", method="HEAD", If_None_Match=tag)

    assert (answer.status, answer.headers["etag"]) == (304, tag)


def test_gzip_holds_the_same_bytes(server: Server) -> None:
    plain = server.ask("/")

    packed = server.ask("/", Accept_Encoding="gzip")

    assert packed.headers["content-encoding"] == "gzip"
    assert gzip.decompress(packed.body) == plain.body
    assert len(packed.body) < len(plain.body) / 2


@pytest.mark.parametrize(
    "path",
    [
        "/nothing",
        "/../statuspage.toml",
        "/%2e%2e/statuspage.toml",
        "/static/..%2f..%2fstatuspage.toml",
        "/..%5cstatuspage.toml",
        "//example.com/",
        "//example.com/..",
        "/%00",
        "/%ff%fe",
    ],
)
def test_what_is_not_published_is_not_found(server: Server, path: str) -> None:
    answer = server.ask(path)

    assert (answer.status, answer.headers["content-type"]) == (404, "text/html; charset=utf-8")
    assert answer.body == server.ask("/404.html").body


@pytest.mark.parametrize("address", ["/", PAGE, "/nothing"])
def test_the_server_demands_the_policy_that_the_page_states_and_that_nobody_frames_it(
    server: Server, address: str
) -> None:
    answer = server.ask(address)

    stated = answer.text.partition('<meta http-equiv="Content-Security-Policy" content="')[2].partition('"')[0]
    assert stated.startswith("default-src 'none'; style-src 'sha256-")
    assert answer.headers["content-security-policy"] == f"{stated}; frame-ancestors 'none'"


def test_a_page_without_its_final_slash_leads_to_it(server: Server) -> None:
    answer = server.ask(PAGE.rstrip("/"), Host="evil.example")

    assert (answer.status, answer.headers["location"]) == (308, PAGE)


def test_another_method_is_refused(server: Server) -> None:
    assert server.ask("/", method="POST", Content_Length="0").status == 405


def test_its_health_says_how_the_compiling_goes(server: Server) -> None:
    answer = server.ask("/healthz")

    health = json.loads(answer.text)
    assert answer.status == 200
    assert {**health, "compiled_at": ""} == {
        "ok": True,
        "compiled_at": "",
        "next_change_at": "2026-11-21T14:35:00Z",
        "late_beats": 0,
        "faults": [],
    }
    assert health["compiled_at"].startswith("2026-11-21T14:1")


def test_an_edit_reaches_page_feeds_json_and_callers_together(tmp_path: Path) -> None:
    incident = write_site(tmp_path)
    with serving(tmp_path, "--now", NOW) as server:
        words_before = server.ask("/hold/en.txt").text
        heartbeat_before = json.loads(server.ask("/heartbeat.json").text)

        incident.write_text(INCIDENT + IDENTIFIED)
        server.wait_until(lambda: NEWS in server.ask("/").text)

        assert all(NEWS in server.ask(surface).text for surface in EVERY_SURFACE)
        assert "two thirty-five p.m." in words_before
        assert NEWS in server.ask("/hold/en.txt").text
        assert json.loads(server.ask("/heartbeat.json").text)["update"] != heartbeat_before["update"]


def test_an_update_with_a_later_time_goes_public_at_it(tmp_path: Path) -> None:
    incident = write_site(tmp_path)
    incident.write_text(INCIDENT + IDENTIFIED)

    with serving(tmp_path, "--now", "2026-11-21T14:07:57Z") as server:
        was_public = NEWS in server.ask("/").text
        server.wait_until(lambda: NEWS in server.ask("/").text)

    assert not was_public


def test_a_broken_file_is_logged_and_shown_in_its_health_while_the_page_goes_on(tmp_path: Path) -> None:
    incident = write_site(tmp_path)
    with serving(tmp_path, "--now", NOW) as server:
        incident.write_text(INCIDENT.replace("Investigating", "Investigatin"))
        server.wait_until(lambda: json.loads(server.ask("/healthz").text)["faults"] != [])

        (fault,) = json.loads(server.ask("/healthz").text)["faults"]
        assert fault.startswith("incidents/2026-11-21-card-payments.md:7: ")
        assert 'did you mean "Investigating"?' in fault
        assert "About one card payment in three fails." in server.ask("/").text
        assert sum("WARNING fault" in line for line in server.logged) == 1


def test_the_last_published_page_is_served_while_nothing_can_be_compiled(tmp_path: Path) -> None:
    write_site(tmp_path)
    with serving(tmp_path, "--now", NOW) as server:
        page = server.ask("/").body
    (tmp_path / "statuspage.toml").write_text("broken")
    for copy in (tmp_path / "var" / "last-good").rglob("statuspage.toml"):
        copy.unlink()

    with serving(tmp_path, "--now", NOW) as server:
        again = server.ask("/").body
        health = json.loads(server.ask("/healthz").text)

    assert again == page
    assert health["faults"][0].startswith("statuspage.toml:1: cannot be read as TOML")
    assert not any("Traceback" in line for line in server.logged)


def test_a_second_server_says_so_serves_only_and_takes_over(tmp_path: Path) -> None:
    incident = write_site(tmp_path)
    with serving(tmp_path, "--now", NOW) as first, serving(tmp_path, "--now", NOW) as second:
        incident.write_text(INCIDENT + IDENTIFIED)
        second.wait_until(lambda: NEWS in second.ask("/").text)
        compiled_by_second = any("INFO published" in line for line in second.logged)

        first.stop()
        second.wait_until(lambda: any("INFO published" in line for line in second.logged))

    assert second.said == [
        f"Serving {tmp_path} at http://127.0.0.1:{second.port}/ Another statuspage serve compiles it."
    ]
    assert not compiled_by_second


def test_it_ends_within_five_seconds_of_being_asked(tmp_path: Path) -> None:
    write_site(tmp_path)
    with serving(tmp_path, "--now", NOW) as server:
        server.ask("/")

        seconds = server.stop()
    # The block has ended: everything that it said is here.
    assert seconds < STOP_LIMIT_SECONDS
    assert server.process.returncode == 0
    assert server.logged[-1].endswith(" INFO stopped")


def test_a_worker_that_dies_is_replaced(tmp_path: Path) -> None:
    write_site(tmp_path)
    with serving(tmp_path, "--now", NOW) as server:
        (worker,) = _children(server.process.pid)

        os.kill(worker, signal.SIGKILL)
        server.wait_until(lambda: _children(server.process.pid) not in ([], [worker]))
        server.wait_until(lambda: _answers(server))

        assert "About one card payment in three fails." in server.ask("/").text


def _children(pid: int) -> list[int]:
    tasks = Path(f"/proc/{pid}/task").iterdir()
    return [int(child) for task in tasks for child in (task / "children").read_text().split()]


def _answers(server: Server) -> bool:
    try:
        return server.ask("/").status == 200
    except OSError:
        return False
