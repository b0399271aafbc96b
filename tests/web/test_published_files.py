"""Published files over HTTP: what is answered from prepared bytes, and with which headers."""

from __future__ import annotations

import gzip
import os
from datetime import UTC, datetime
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from statuspage.web.app import create_app, published_of
from statuspage.web.health import Health

FEED = b"<feed>" + b"<entry/>" * 200 + b"</feed>"
FILES = {
    "index.html": b"<!doctype html><title>Acme Status</title>",
    "404.html": b"<!doctype html>"
    b'<meta http-equiv="Content-Security-Policy" content="default-src \'none\'; style-src &#39;sha256-x=&#39;">'
    b"<title>No such page</title>",
    "history.atom": FEED,
    "history.rss": FEED,
    "feed.json": b"{}",
    "calendar.ics": b"BEGIN:VCALENDAR",
    "badge.svg": b"<svg/>",
    "heartbeat.json": b"{}",
    "api/v2/summary.json": b"{}",
    "hold/en.txt": b"We know about it.",
    "hold/en.ssml": b"<speak/>",
    "hold/hold.json": b"{}",
    "incidents/card-payments/index.html": b"<!doctype html><title>Card payments</title>",
    "static/logo.svg": b"<svg/>",
}


@pytest.fixture
def public(tmp_path: Path) -> Path:
    for path, content in FILES.items():
        file = tmp_path / "public" / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content)
    return tmp_path / "public"


@pytest.fixture
def client(public: Path) -> FlaskClient:
    return create_app(public.parent).test_client()


@pytest.mark.parametrize(
    ("address", "kind"),
    [
        ("/", "text/html; charset=utf-8"),
        ("/history.atom", "application/atom+xml"),
        ("/history.rss", "application/rss+xml"),
        ("/feed.json", "application/feed+json"),
        ("/calendar.ics", "text/calendar; charset=utf-8"),
        ("/badge.svg", "image/svg+xml"),
        ("/api/v2/summary.json", "application/json; charset=utf-8"),
        ("/hold/en.txt", "text/plain; charset=utf-8"),
        ("/hold/en.ssml", "application/ssml+xml"),
        ("/hold/hold.json", "application/json; charset=utf-8"),
        ("/incidents/card-payments/", "text/html; charset=utf-8"),
        ("/static/logo.svg", "image/svg+xml"),
    ],
)
def test_each_file_is_sent_whole_with_its_kind(client: FlaskClient, address: str, kind: str) -> None:
    path = address.removeprefix("/") + ("index.html" if address.endswith("/") else "")

    answer = client.get(address)

    assert (answer.status_code, answer.headers["Content-Type"], answer.data) == (200, kind, FILES[path])


def test_a_head_request_gets_the_headers_of_a_get_and_no_body(client: FlaskClient) -> None:
    whole = client.get("/history.atom")

    head = client.head("/history.atom")

    assert head.data == b""
    assert head.status_code == 200
    assert dict(head.headers) == dict(whole.headers)


def test_the_page_is_checked_each_time_and_loads_nothing_from_elsewhere(client: FlaskClient) -> None:
    headers = client.get("/").headers

    assert headers["Cache-Control"] == "public, max-age=0, must-revalidate"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "strict-origin-when-cross-origin"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert headers["Content-Security-Policy"] == "default-src 'none'; style-src 'sha256-x='; frame-ancestors 'none'"


def test_a_policy_that_slips_into_an_incident_page_allows_nothing(public: Path) -> None:
    page = public / "incidents" / "card-payments" / "index.html"
    page.write_bytes(b'<meta http-equiv="Content-Security-Policy" content="script-src \'unsafe-inline\'">')

    headers = create_app(public.parent).test_client().get("/incidents/card-payments/").headers

    assert headers["Content-Security-Policy"] == "default-src 'none'; style-src 'sha256-x='; frame-ancestors 'none'"


def test_without_a_page_that_states_a_policy_nothing_loads(public: Path) -> None:
    (public / "404.html").write_bytes(b"<!doctype html><title>No such page</title>")

    headers = create_app(public.parent).test_client().get("/").headers

    assert headers["Content-Security-Policy"] == "default-src 'none'; frame-ancestors 'none'"


@pytest.mark.parametrize("address", ["/hold/en.txt", "/hold/en.ssml"])
def test_phone_systems_may_keep_the_words_for_a_quarter_of_a_minute(client: FlaskClient, address: str) -> None:
    assert client.get(address).headers["Cache-Control"] == "public, max-age=15, must-revalidate"


def test_phone_systems_check_the_hold_document_each_time(client: FlaskClient) -> None:
    assert client.get("/hold/hold.json").headers["Cache-Control"] == "public, max-age=0, must-revalidate"


@pytest.mark.parametrize(
    "address", ["/api/v2/summary.json", "/history.atom", "/feed.json", "/hold/hold.json", "/badge.svg"]
)
def test_what_other_sites_read_is_open_to_their_scripts(client: FlaskClient, address: str) -> None:
    headers = client.get(address).headers

    assert headers["Access-Control-Allow-Origin"] == "*"
    assert headers["Cross-Origin-Resource-Policy"] == "cross-origin"


def test_pages_are_not_open_to_scripts_of_other_sites(client: FlaskClient) -> None:
    assert "Access-Control-Allow-Origin" not in client.get("/").headers


@pytest.mark.parametrize("shape", ["{tag}", '"other", {tag}', "W/{tag}", "*", '"a,b",{tag}'])
def test_a_client_that_has_the_file_gets_304_without_a_body(client: FlaskClient, shape: str) -> None:
    tag = client.get("/history.atom").headers["ETag"]

    answer = client.get("/history.atom", headers={"If-None-Match": shape.format(tag=tag)})

    assert (answer.status_code, answer.data, answer.headers["ETag"]) == (304, b"", tag)
    assert answer.headers["Cache-Control"] == "public, max-age=0, must-revalidate"


def test_a_client_that_has_another_version_gets_the_file(client: FlaskClient) -> None:
    answer = client.get("/history.atom", headers={"If-None-Match": '"0123"'})

    assert (answer.status_code, answer.data) == (200, FEED)


def test_gzip_is_sent_to_those_who_take_it_under_a_tag_of_its_own(client: FlaskClient) -> None:
    plain = client.get("/history.atom")

    packed = client.get("/history.atom", headers={"Accept-Encoding": "br, gzip"})

    assert packed.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(packed.data) == FEED
    assert packed.headers["Content-Length"] == str(len(packed.data))
    assert packed.headers["ETag"] != plain.headers["ETag"]
    assert packed.headers["Vary"] == plain.headers["Vary"] == "Accept-Encoding"


@pytest.mark.parametrize(
    ("address", "target"),
    [
        ("/incidents/card-payments", "/incidents/card-payments/"),
        ("/incidents/card-payments?utm=1", "/incidents/card-payments/"),
        ("/incidents/card-payments/index.html", "/incidents/card-payments/"),
        ("/index.html", "/"),
    ],
)
def test_a_page_has_one_address_and_others_lead_to_it(client: FlaskClient, address: str, target: str) -> None:
    answer = client.get(address)

    assert (answer.status_code, answer.headers["Location"]) == (308, target)


@pytest.mark.parametrize(
    "address",
    [
        "/nothing",
        "/incidents/",
        "/history.atom/",
        "/../secret.txt",
        "/static/../../secret.txt",
        "/static/..%2f..%2fsecret.txt",
        "/%2e%2e/secret.txt",
        "/static//logo.svg",
        "/.index.html.1.part",
        "/static/%00",
        "/%ff",
        "/static/link.txt",
        "/" + "a" * 5000,
    ],
)
def test_an_address_of_nothing_published_gets_the_404_page(public: Path, address: str) -> None:
    (public.parent / "secret.txt").write_text("secret")
    (public / "static" / "link.txt").symlink_to(public.parent / "secret.txt")
    (public / ".index.html.1.part").write_text("half")

    answer = create_app(public.parent).test_client().get(address)

    assert (answer.status_code, answer.data) == (404, FILES["404.html"])
    assert answer.headers["Content-Type"] == "text/html; charset=utf-8"
    assert answer.headers["Cache-Control"] == "public, max-age=0, must-revalidate"


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH"])
def test_other_methods_are_refused(client: FlaskClient, method: str) -> None:
    answer = client.open("/", method=method)

    assert answer.status_code == 405
    assert set(answer.headers["Allow"].split(", ")) == {"GET", "HEAD", "OPTIONS"}


def test_queries_cookies_and_hosts_change_no_byte(client: FlaskClient) -> None:
    plain = client.get("/")

    odd = client.get(
        "/?next=//evil.example", headers={"Host": "evil.example", "Cookie": "a=b", "X-Forwarded-Host": "x"}
    )

    assert (odd.data, dict(odd.headers)) == (plain.data, dict(plain.headers))


def test_a_site_whose_address_has_a_path_answers_below_it_too(public: Path) -> None:
    app = create_app(public.parent)
    published_of(app).base = "/status"
    client = app.test_client()

    answers = [client.get(address) for address in ("/status/", "/status/history.atom", "/", "/status/nothing")]
    moved = client.get("/status/incidents/card-payments")

    assert [answer.status_code for answer in answers] == [200, 200, 200, 404]
    assert moved.headers["Location"] == "/status/incidents/card-payments/"


def test_a_new_publication_shows_after_the_swap_and_not_half_before(public: Path) -> None:
    app = create_app(public.parent)
    client = app.test_client()
    (public / "index.html").write_bytes(b"new")
    before = client.get("/").data

    published_of(app).refresh()

    assert (before, client.get("/").data) == (FILES["index.html"], b"new")


def test_a_page_read_from_disk_is_never_older_than_the_disk(public: Path, client: FlaskClient) -> None:
    page = public / "incidents" / "card-payments" / "index.html"
    client.get("/incidents/card-payments/")
    page.with_suffix(".new").write_bytes(b"<!doctype html><title>Resolved</title>")
    page.with_suffix(".new").replace(page)

    answer = client.get("/incidents/card-payments/")

    assert answer.data == b"<!doctype html><title>Resolved</title>"


def test_last_modified_is_when_the_file_was_published(public: Path) -> None:
    os.utime(public / "hold" / "en.txt", (1_000_000_000, 1_000_000_000))

    answer = create_app(public.parent).test_client().get("/hold/en.txt")

    assert answer.headers["Last-Modified"] == "Sun, 09 Sep 2001 01:46:40 GMT"


def test_without_anything_published_the_page_says_that_it_is_not_compiled_yet(tmp_path: Path) -> None:
    answer = create_app(tmp_path).test_client().get("/")

    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "5")
    assert answer.text == (
        "The status page has not been compiled yet. "
        'Its operators compile it with "statuspage build" or "statuspage serve".\n'
    )
    assert create_app(tmp_path).test_client().get("/healthz").status_code == 503


def test_the_site_can_be_named_by_the_environment(public: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("STATUSPAGE_SITE", str(public.parent))

    assert create_app().test_client().get("/").data == FILES["index.html"]


def test_a_process_that_only_serves_is_healthy(client: FlaskClient) -> None:
    answer = client.get("/healthz")

    assert (answer.status_code, answer.json) == (200, {"ok": True, "faults": [], "compiler": "not in this process"})
    assert answer.headers["Cache-Control"] == "no-store"


def test_a_compiler_that_has_been_silent_for_too_long_is_said_with_503(public: Path) -> None:
    silent = Health(
        is_alive=False,
        compiled_at=datetime(2026, 11, 21, 14, 5, tzinfo=UTC),
        next_change_at=None,
        late_beats=4,
        faults=("why",),
    )

    answer = create_app(public.parent, health=lambda: silent).test_client().get("/healthz")

    assert answer.status_code == 503
    assert answer.json == {
        "ok": False,
        "compiled_at": "2026-11-21T14:05:00Z",
        "next_change_at": None,
        "late_beats": 4,
        "faults": ["why"],
    }
